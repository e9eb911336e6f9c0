package io.longhouse.sql.parser;

import io.longhouse.sql.ast.ColumnTransformer;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code *}, {@code COLUMNS(...)} and what may follow them. */
final class Matchers {
  private Matchers() {}

  static Matcher asterisk(Cursor c) {
    c.expect(TokenKind.ASTERISK);
    return new Matcher.Asterisk(transformers(c));
  }

  /** {@code COLUMNS('regexp')}, {@code COLUMNS(a, b)}. */
  static Matcher columns(Cursor c, @Nullable Expression qualifier) {
    c.expect("COLUMNS");
    c.expect(TokenKind.OPEN_ROUND);
    if (Literals.atString(c)) {
      String pattern = Literals.string(c);
      c.expect(TokenKind.CLOSE_ROUND);
      return new Matcher.ColumnsRegexp(qualifier, pattern, transformers(c));
    }
    var columns = new ArrayList<Expression>();
    do {
      Identifier column = Names.tryCompound(c);
      if (column == null) {
        throw c.fail("compound identifier", "string literal");
      }
      columns.add(column);
    } while (c.accept(TokenKind.COMMA));
    c.expect(TokenKind.CLOSE_ROUND);
    return new Matcher.ColumnsList(qualifier, columns, transformers(c));
  }

  static List<ColumnTransformer> transformers(Cursor c) {
    List<ColumnTransformer> list = null;
    while (true) {
      ColumnTransformer next = tryTransformer(c);
      if (next == null) {
        return list == null ? List.of() : List.copyOf(list);
      }
      if (list == null) {
        list = new ArrayList<>();
      }
      list.add(next);
    }
  }

  private static @Nullable ColumnTransformer tryTransformer(Cursor c) {
    if (c.at("APPLY")) {
      return c.attempt(Matchers::apply);
    }
    if (c.at("EXCEPT")) {
      // It may also be the EXCEPT between two queries.
      return c.attempt(Matchers::except);
    }
    return c.at("REPLACE") ? c.attempt(Matchers::replace) : null;
  }

  private static ColumnTransformer apply(Cursor c) {
    c.expect("APPLY");
    boolean parentheses = c.accept(TokenKind.OPEN_ROUND);
    Lambda lambda = c.attempt(at -> Expressions.parse(at) instanceof Lambda l ? l : null);
    String function = null;
    List<Expression> parameters = null;
    if (lambda == null) {
      function = Names.identifier(c);
      if (c.accept(TokenKind.OPEN_ROUND)) {
        parameters = c.at(TokenKind.CLOSE_ROUND) ? List.of() : Expressions.list(c);
        c.expect(TokenKind.CLOSE_ROUND);
      }
    }
    String prefix = parentheses && c.accept(TokenKind.COMMA) ? Literals.string(c) : null;
    if (parentheses) {
      c.expect(TokenKind.CLOSE_ROUND);
    }
    if (lambda != null) {
      return new ColumnTransformer.ApplyLambda(lambda, prefix);
    }
    return new ColumnTransformer.Apply(Objects.requireNonNull(function), parameters, prefix);
  }

  private static ColumnTransformer except(Cursor c) {
    c.expect("EXCEPT");
    if (c.at("ALL") || c.at("DISTINCT") || c.at("SELECT")) {
      throw c.fail("identifier");
    }
    boolean strict = c.accept("STRICT");
    boolean parentheses = c.accept(TokenKind.OPEN_ROUND);
    ColumnTransformer except;
    if (Literals.atString(c)) {
      except = new ColumnTransformer.ExceptRegexp(strict, Literals.string(c));
    } else {
      var columns = new ArrayList<Identifier>();
      do {
        columns.add(Names.single(c));
      } while (parentheses && c.accept(TokenKind.COMMA));
      except = new ColumnTransformer.Except(strict, List.copyOf(columns));
    }
    if (parentheses) {
      c.expect(TokenKind.CLOSE_ROUND);
    }
    return except;
  }

  private static ColumnTransformer replace(Cursor c) {
    c.expect("REPLACE");
    boolean strict = c.accept("STRICT");
    boolean parentheses = c.accept(TokenKind.OPEN_ROUND);
    var replacements = new ArrayList<ColumnTransformer.Replacement>();
    do {
      Expression e = Expressions.parse(c);
      c.expect("AS");
      replacements.add(new ColumnTransformer.Replacement(e, Names.identifier(c)));
    } while (parentheses && c.accept(TokenKind.COMMA));
    if (parentheses) {
      c.expect(TokenKind.CLOSE_ROUND);
    }
    return new ColumnTransformer.Replace(strict, List.copyOf(replacements));
  }
}
