package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Interpolate;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.OrderItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ORDER BY clause. */
final class OrderBy {
  private OrderBy() {}

  static List<OrderItem> list(Cursor c) {
    var list = new ArrayList<OrderItem>();
    do {
      list.add(item(c));
    } while (c.accept(TokenKind.COMMA));
    return list;
  }

  /** {@code ALL}, unless it is the first of several columns. */
  static @Nullable OrderItem all(Cursor c) {
    c.expect("ALL");
    OrderItem item = new OrderItem(Identifier.of("all"), direction(c), nulls(c), null, null);
    return c.kind() == TokenKind.COMMA ? null : item;
  }

  private static OrderItem item(Cursor c) {
    Expression key = Expressions.topElement(c, Expressions.Alias.WITH_AS);
    OrderItem.Direction direction = direction(c);
    OrderItem.Nulls nulls = nulls(c);
    Expression collation = c.accept("COLLATE") ? Literal.of(Literals.string(c)) : null;
    OrderItem.Fill fill = c.accept("WITH FILL") ? fill(c) : null;
    return new OrderItem(key, direction, nulls, collation, fill);
  }

  private static OrderItem.Direction direction(Cursor c) {
    if (c.accept("DESC") || c.accept("DESCENDING")) {
      return OrderItem.Direction.DESC;
    }
    if (!c.accept("ASC")) {
      c.accept("ASCENDING");
    }
    return OrderItem.Direction.ASC;
  }

  private static OrderItem.Nulls nulls(Cursor c) {
    if (!c.accept("NULLS")) {
      return OrderItem.Nulls.DEFAULT;
    }
    if (c.accept("FIRST")) {
      return OrderItem.Nulls.FIRST;
    }
    c.expect("LAST");
    return OrderItem.Nulls.LAST;
  }

  private static OrderItem.Fill fill(Cursor c) {
    Expression from = part(c, "FROM");
    Expression to = part(c, "TO");
    Expression step = part(c, "STEP");
    Expression staleness = part(c, "STALENESS");
    return new OrderItem.Fill(from, to, step, staleness);
  }

  private static @Nullable Expression part(Cursor c, String word) {
    return c.accept(word) ? Expressions.topElement(c, Expressions.Alias.WITH_AS) : null;
  }

  static Interpolate interpolate(Cursor c) {
    var items = new ArrayList<Interpolate.Item>();
    if (c.accept(TokenKind.OPEN_ROUND)) {
      while (!c.at(TokenKind.CLOSE_ROUND)) {
        String column = Names.identifier(c);
        Expression value = c.accept("AS") ? Expressions.parse(c) : Identifier.of(column);
        items.add(new Interpolate.Item(column, value));
        if (!c.accept(TokenKind.COMMA)) {
          break;
        }
      }
      c.expect(TokenKind.CLOSE_ROUND);
    }
    return new Interpolate(List.copyOf(items));
  }
}
