package io.longhouse.engine.analyze;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.ColumnTransformer;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.format.ColumnNames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code *}, {@code t.*} and {@code COLUMNS(...)}: the columns they stand for, with what is
 * applied.
 */
final class Matchers {
  /** Begins an identifier that means one column of the relation by its place. */
  static final String PLACE = "\0column:";

  /** One of the columns: what to compute and how it is called. */
  record Expanded(Expr expr, String name) {}

  /** One of the columns, before it is resolved. */
  record Item(Expression expression, String name, String column) {
    Item(Expression expression, String name) {
      this(expression, name, name);
    }
  }

  private Matchers() {}

  /**
   * @param typeOf the type of what a qualifier means that is no table; null when it means nothing
   */
  static List<Item> expand(
      Matcher m, Relation relation, Function<Identifier, @Nullable DataType> typeOf, String scope) {
    List<Item> items =
        switch (m) {
          case Matcher.Asterisk _ -> select(relation, null, null);
          case Matcher.QualifiedAsterisk q -> {
            List<Item> columns = select(relation, identifier(q.qualifier()), null);
            yield columns.isEmpty() ? elements(q.qualifier(), typeOf) : columns;
          }
          case Matcher.ColumnsRegexp r ->
              select(relation, identifier(r.qualifier()), Pattern.compile(r.pattern()));
          case Matcher.ColumnsList l -> listed(l);
        };
    if (items.isEmpty() && m instanceof Matcher.QualifiedAsterisk q) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_IDENTIFIER,
          "Qualified matcher "
              + io.longhouse.sql.format.Formatter.formatOneLine(q.qualifier())
              + ".* does not find table in scope "
              + scope);
    }
    for (ColumnTransformer t : m.transformers()) {
      items = transform(items, t);
    }
    return items;
  }

  /** {@code tuple.*}: its elements. */
  private static List<Item> elements(
      Expression tuple, Function<Identifier, @Nullable DataType> typeOf) {
    List<Item> items = new ArrayList<>();
    if (tuple instanceof Identifier id && typeOf.apply(id) instanceof TupleType t) {
      for (int i = 0; i < t.elements().size(); i++) {
        List<String> names = t.names();
        String name = names.isEmpty() ? String.valueOf(i + 1) : names.get(i);
        Expression element =
            FunctionCall.call(
                "tupleElement", List.of(id, io.longhouse.sql.ast.NumberLiteral.unsigned(i + 1)));
        items.add(new Item(element, id.name() + "." + name, name));
      }
    }
    return items;
  }

  private static @Nullable Identifier identifier(@Nullable Expression qualifier) {
    if (qualifier == null || qualifier instanceof Identifier) {
      return (Identifier) qualifier;
    }
    throw new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED,
        "A matcher of the elements of an expression is not implemented: "
            + io.longhouse.sql.format.Formatter.formatOneLine(qualifier));
  }

  private static List<Item> select(
      Relation relation, @Nullable Identifier qualifier, @Nullable Pattern pattern) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < relation.columns().size(); i++) {
      VisibleColumn c = relation.columns().get(i);
      boolean wanted =
          (qualifier == null ? c.inAsterisk() : c.hasQualifier(qualifier.parts()) && isShown(c))
              && (pattern == null || pattern.matcher(c.name()).find());
      if (wanted) {
        String name = c.name();
        boolean ambiguous =
            qualifier == null
                && !c.qualifiers().isEmpty()
                && items.stream().anyMatch(x -> x.name().equals(c.name()));
        items.add(
            new Item(
                Identifier.of(PLACE + i),
                ambiguous ? c.qualifiers().getFirst().getLast() + "." + name : name,
                name));
      }
    }
    return items;
  }

  private static boolean isShown(VisibleColumn c) {
    return c.inAsterisk() || c.hidden();
  }

  private static List<Item> listed(Matcher.ColumnsList list) {
    List<Item> items = new ArrayList<>();
    for (Expression e : list.columns()) {
      items.add(new Item(e, ColumnNames.of(e)));
    }
    return items;
  }

  private static List<Item> transform(List<Item> items, ColumnTransformer t) {
    List<Item> out = new ArrayList<>();
    for (Item item : items) {
      switch (t) {
        case ColumnTransformer.Except e -> {
          if (e.columns().stream().noneMatch(c -> c.name().equals(item.column()))) {
            out.add(item);
          }
        }
        case ColumnTransformer.ExceptRegexp e -> {
          if (!Pattern.compile(e.pattern()).matcher(item.name()).find()) {
            out.add(item);
          }
        }
        case ColumnTransformer.Replace r -> out.add(replaced(item, r));
        case ColumnTransformer.Apply a ->
            out.add(
                new Item(
                    new FunctionCall(
                        a.function(),
                        a.parameters(),
                        List.of(item.expression()),
                        FunctionCall.Form.CALL,
                        FunctionCall.NullsAction.DEFAULT,
                        null),
                    a.columnNamePrefix() == null
                        ? a.function() + "(" + item.name() + ")"
                        : a.columnNamePrefix() + item.name()));
        case ColumnTransformer.ApplyLambda a -> {
          Expression body =
              Substitution.of(
                  a.lambda().body(), a.lambda().parameters(), List.of(item.expression()));
          Expression shown =
              Substitution.of(
                  a.lambda().body(), a.lambda().parameters(), List.of(Identifier.of(item.name())));
          out.add(
              new Item(
                  body,
                  a.columnNamePrefix() == null
                      ? ColumnNames.of(shown)
                      : a.columnNamePrefix() + item.name()));
        }
      }
    }
    checkStrict(items, t);
    return out;
  }

  private static Item replaced(Item item, ColumnTransformer.Replace r) {
    for (ColumnTransformer.Replacement x : r.replacements()) {
      if (x.column().equals(item.column())) {
        return new Item(x.expression(), item.name(), item.column());
      }
    }
    return item;
  }

  private static void checkStrict(List<Item> items, ColumnTransformer t) {
    List<String> named =
        switch (t) {
          case ColumnTransformer.Except e when e.strict() ->
              e.columns().stream().map(Identifier::name).toList();
          case ColumnTransformer.Replace r when r.strict() ->
              r.replacements().stream().map(ColumnTransformer.Replacement::column).toList();
          default -> List.of();
        };
    for (String n : named) {
      if (items.stream().noneMatch(i -> i.column().equals(n))) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Strict "
                + (t instanceof ColumnTransformer.Except ? "EXCEPT" : "REPLACE")
                + " column transformer expects following column(s) : "
                + n);
      }
    }
  }
}
