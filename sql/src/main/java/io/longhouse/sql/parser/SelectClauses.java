package io.longhouse.sql.parser;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.SqlException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.GroupBy;
import io.longhouse.sql.ast.Interpolate;
import io.longhouse.sql.ast.Limit;
import io.longhouse.sql.ast.LimitBy;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.OrderItem;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.Window;
import io.longhouse.sql.ast.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clauses of one SELECT, in the order of the source; made for one use. */
final class SelectClauses {
  private final Cursor c;
  private boolean distinct;
  private @Nullable List<Expression> distinctOn;
  private @Nullable Expression top;
  private List<OrderItem> orderBy = List.of();
  private boolean orderByAll;
  private @Nullable Interpolate interpolate;
  private @Nullable LimitBy limitBy;
  private @Nullable Expression limit;
  private @Nullable Expression offset;
  private boolean withTies;

  private SelectClauses(Cursor c) {
    this.c = c;
  }

  /** What follows the word SELECT. */
  static Select parse(Cursor c, @Nullable With with, @Nullable From from) {
    return new SelectClauses(c).parse(with, from);
  }

  private Select parse(@Nullable With with, @Nullable From fromFirst) {
    head();
    List<Expression> projection = projection();
    From from = fromFirst;
    if (from == null && c.accept("FROM")) {
      from = Froms.parse(c, Expressions.Alias.BARE);
    }
    Expression prewhere = condition("PREWHERE");
    Expression where = condition("WHERE");
    GroupBy groupBy = groupBy();
    Expression having = condition("HAVING");
    List<Window.Named> windows = c.accept("WINDOW") ? Windows.list(c) : List.of();
    Expression qualify = condition("QUALIFY");
    orderBy();
    limits();
    Limit limits = limit == null && offset == null ? null : new Limit(limit, offset, withTies);
    return new Select(
        with,
        distinct,
        projection,
        from,
        prewhere,
        where,
        groupBy,
        having,
        windows,
        qualify,
        orderBy,
        orderByAll,
        interpolate,
        limitBy,
        limits,
        Selects.settings(c));
  }

  private @Nullable Expression condition(String word) {
    return c.accept(word) ? Expressions.topElement(c, Expressions.Alias.WITH_AS) : null;
  }

  private void head() {
    boolean all = c.at("ALL") && !isOperand(1);
    if (all) {
      c.advance();
    }
    if (c.accept("DISTINCT ON")) {
      c.expect(TokenKind.OPEN_ROUND);
      distinctOn = Expressions.list(c);
      c.expect(TokenKind.CLOSE_ROUND);
    } else {
      distinct = c.accept("DISTINCT");
    }
    if (!all && c.at("ALL") && !isOperand(1)) {
      c.advance();
      all = true;
    }
    if (all && (distinct || distinctOn != null)) {
      throw c.fail("expression");
    }
    if (c.at("TOP") && (c.kind(1) == TokenKind.NUMBER || c.kind(1) == TokenKind.OPEN_ROUND)) {
      c.advance();
      boolean parentheses = c.accept(TokenKind.OPEN_ROUND);
      top = Literals.number(c);
      if (parentheses) {
        c.expect(TokenKind.CLOSE_ROUND);
      }
      withTies = c.accept("WITH TIES");
    }
  }

  /** Whether what looked like a word of SELECT is a column, since something else follows. */
  private boolean isOperand(int ahead) {
    return switch (c.kind(ahead)) {
      case COMMA, END, SEMICOLON, CLOSE_ROUND -> true;
      default -> false;
    };
  }

  private List<Expression> projection() {
    var list = new ArrayList<Expression>();
    do {
      Expression e = Expressions.topElement(c, Expressions.Alias.BARE);
      list.add(Parentheses.ofElement(e, list.size()));
      if (c.kind() == TokenKind.COMMA && isTrailingComma()) {
        c.advance();
        break;
      }
    } while (c.accept(TokenKind.COMMA));
    return list;
  }

  /** {@code SELECT a, b, FROM t}: a comma before FROM, unless FROM is itself a column. */
  private boolean isTrailingComma() {
    if (c.kind(1) == TokenKind.END || c.kind(1) == TokenKind.SEMICOLON) {
      return true;
    }
    if (!c.atAhead(1, "FROM")) {
      return false;
    }
    return switch (c.kind(2)) {
      case COMMA,
          END,
          SEMICOLON,
          CLOSE_ROUND,
          DOT,
          PLUS,
          MINUS,
          ASTERISK,
          SLASH,
          PERCENT,
          EQUALS,
          NOT_EQUALS,
          LESS,
          GREATER,
          LESS_OR_EQUALS,
          GREATER_OR_EQUALS,
          SPACESHIP,
          CONCAT,
          QUESTION,
          DOUBLE_COLON,
          ARROW,
          OPEN_SQUARE ->
          false;
      case WORD ->
          !c.atAhead(2, "FROM")
              && !c.atAhead(2, "AS")
              && !c.atAhead(2, "IN")
              && !c.atAhead(2, "NOT")
              && !c.atAhead(2, "LIKE")
              && !c.atAhead(2, "IS")
              && !c.atAhead(2, "AND")
              && !c.atAhead(2, "OR")
              && !c.atAhead(2, "BETWEEN");
      default -> true;
    };
  }

  private @Nullable GroupBy groupBy() {
    GroupBy.Kind kind = GroupBy.Kind.NONE;
    List<List<Expression>> sets = List.of();
    if (c.accept("GROUP BY")) {
      if (c.at("ROLLUP") && c.kind(1) == TokenKind.OPEN_ROUND) {
        c.advance();
        kind = GroupBy.Kind.ROLLUP;
        sets = List.of(inParentheses());
      } else if (c.at("CUBE") && c.kind(1) == TokenKind.OPEN_ROUND) {
        c.advance();
        kind = GroupBy.Kind.CUBE;
        sets = List.of(inParentheses());
      } else if (c.accept("GROUPING SETS")) {
        kind = GroupBy.Kind.GROUPING_SETS;
        sets = groupingSets();
      } else if (c.accept("ALL")) {
        kind = GroupBy.Kind.ALL;
      } else {
        kind = GroupBy.Kind.PLAIN;
        sets = List.of(Expressions.list(c));
      }
    }
    boolean totals = false;
    while (c.at("WITH") && !c.atAhead(1, "TIES")) {
      c.advance();
      boolean plain = kind == GroupBy.Kind.PLAIN || kind == GroupBy.Kind.NONE;
      if (plain && c.accept("ROLLUP")) {
        kind = GroupBy.Kind.ROLLUP;
      } else if (plain && c.accept("CUBE")) {
        kind = GroupBy.Kind.CUBE;
      } else if (!totals && c.accept("TOTALS")) {
        totals = true;
      } else {
        throw c.fail("TOTALS");
      }
    }
    return kind == GroupBy.Kind.NONE && !totals ? null : new GroupBy(kind, sets, totals);
  }

  private List<Expression> inParentheses() {
    c.expect(TokenKind.OPEN_ROUND);
    List<Expression> list = Expressions.list(c);
    c.expect(TokenKind.CLOSE_ROUND);
    return list;
  }

  private List<List<Expression>> groupingSets() {
    var sets = new ArrayList<List<Expression>>();
    c.expect(TokenKind.OPEN_ROUND);
    do {
      if (c.accept(TokenKind.OPEN_ROUND)) {
        sets.add(c.at(TokenKind.CLOSE_ROUND) ? List.of() : Expressions.list(c));
        c.expect(TokenKind.CLOSE_ROUND);
      } else {
        sets.add(List.of(Expressions.topElement(c, Expressions.Alias.WITH_AS)));
      }
    } while (c.accept(TokenKind.COMMA));
    c.expect(TokenKind.CLOSE_ROUND);
    return sets;
  }

  private void orderBy() {
    if (!c.accept("ORDER BY")) {
      return;
    }
    OrderItem all = c.attempt(OrderBy::all);
    if (all != null) {
      orderByAll = true;
      orderBy = List.of(all);
      return;
    }
    orderBy = OrderBy.list(c);
    boolean fill = orderBy.stream().anyMatch(item -> item.fill() != null);
    if (fill && c.accept("INTERPOLATE")) {
      interpolate = OrderBy.interpolate(c);
    }
  }

  private void limits() {
    if (c.accept("LIMIT")) {
      limitOrLimitBy();
    } else if (c.accept("OFFSET")) {
      offset = Expressions.topElement(c, Expressions.Alias.WITH_AS);
      boolean rows = acceptRows();
      if (rows) {
        fetch();
      }
    } else {
      fetch();
    }
    if (distinctOn != null) {
      limitBy = new LimitBy(Literal.of(1), null, distinctOn, false);
    }
    if (top != null) {
      limit = top;
    }
    if (limitBy != null && limit == null && c.accept("LIMIT")) {
      plainLimit();
    }
    if (withTies && orderBy.isEmpty()) {
      throw new SqlException(
          ErrorCode.WITH_TIES_WITHOUT_ORDER_BY, "Can not use WITH TIES without ORDER BY");
    }
  }

  private void limitOrLimitBy() {
    boolean tiesOfTop = withTies;
    withTies = false;
    plainLimit();
    boolean ties = withTies;
    withTies |= tiesOfTop;
    if (ties && distinctOn != null) {
      throw tiesWithLimitBy();
    }
    if (c.accept("BY")) {
      if (ties) {
        throw tiesWithLimitBy();
      }
      if (distinctOn != null) {
        throw SqlException.syntax("Can not use DISTINCT ON alongside LIMIT BY");
      }
      boolean all = c.accept("ALL");
      List<Expression> keys = all ? List.of() : Expressions.list(c);
      limitBy = new LimitBy(limit, offset, keys, all);
      limit = null;
      offset = null;
    }
    if (top != null && limit != null) {
      throw new SqlException(
          ErrorCode.TOP_AND_LIMIT_TOGETHER, "Can not use TOP and LIMIT together");
    }
  }

  private static SqlException tiesWithLimitBy() {
    return new SqlException(
        ErrorCode.LIMIT_BY_WITH_TIES_IS_NOT_SUPPORTED,
        "Can not use WITH TIES alongside LIMIT BY/DISTINCT ON");
  }

  /** {@code n}, {@code offset, n} or {@code n OFFSET offset}. */
  private void plainLimit() {
    limit = Expressions.topElement(c, Expressions.Alias.WITH_AS);
    if (c.accept(TokenKind.COMMA)) {
      offset = limit;
      limit = Expressions.topElement(c, Expressions.Alias.WITH_AS);
    } else if (c.accept("OFFSET")) {
      offset = Expressions.topElement(c, Expressions.Alias.WITH_AS);
    }
    withTies |= c.accept("WITH TIES");
  }

  private boolean acceptRows() {
    boolean row = c.accept("ROW");
    boolean rows = c.accept("ROWS");
    if (row && rows) {
      throw new SqlException(ErrorCode.ROW_AND_ROWS_TOGETHER, "Can not use ROW and ROWS together");
    }
    return row || rows;
  }

  private void fetch() {
    if (!c.accept("FETCH")) {
      return;
    }
    if (orderBy.isEmpty()) {
      throw new SqlException(
          ErrorCode.OFFSET_FETCH_WITHOUT_ORDER_BY,
          "Can not use OFFSET FETCH clause without ORDER BY");
    }
    if (c.accept("FIRST")) {
      if (c.accept("NEXT")) {
        throw new SqlException(
            ErrorCode.FIRST_AND_NEXT_TOGETHER, "Can not use FIRST and NEXT together");
      }
    } else {
      c.expect("NEXT");
    }
    limit = Expressions.topElement(c, Expressions.Alias.WITH_AS);
    if (!acceptRows()) {
      throw c.fail("ROW", "ROWS");
    }
    withTies = c.accept("WITH TIES");
    if (!withTies) {
      c.expect("ONLY");
    }
  }
}
