package io.longhouse.engine.plan;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TextForm;
import io.longhouse.function.Functions;
import io.longhouse.function.InFunction;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ByteText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Typed expressions as text for EXPLAIN: operators between their operands, inputs by name. */
final class ExprText {
  /** How an operator is written and how tightly it binds. */
  private record Operator(String text, int level) {}

  private static final int NOT = 3;
  private static final int ELEMENTS_MAX = 10;

  private static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          Map.entry("or", new Operator(" OR ", 1)),
          Map.entry("and", new Operator(" AND ", 2)),
          Map.entry("equals", new Operator(" = ", 4)),
          Map.entry("notEquals", new Operator(" != ", 4)),
          Map.entry("less", new Operator(" < ", 4)),
          Map.entry("lessOrEquals", new Operator(" <= ", 4)),
          Map.entry("greater", new Operator(" > ", 4)),
          Map.entry("greaterOrEquals", new Operator(" >= ", 4)),
          Map.entry("like", new Operator(" LIKE ", 4)),
          Map.entry("notLike", new Operator(" NOT LIKE ", 4)),
          Map.entry("plus", new Operator(" + ", 5)),
          Map.entry("minus", new Operator(" - ", 5)),
          Map.entry("multiply", new Operator(" * ", 6)),
          Map.entry("divide", new Operator(" / ", 6)),
          Map.entry("modulo", new Operator(" % ", 6)));

  private final Header header;

  private ExprText(Header header) {
    this.header = header;
  }

  static String of(Expr e, Header header) {
    return new ExprText(header).print(e, 0);
  }

  private String print(Expr e, int level) {
    return switch (e) {
      case Expr.Input i ->
          i.index() < header.size() ? header.name(i.index()).replace("[]", "()") : "#" + i.index();
      case Expr.Constant c -> constant(c);
      case Expr.Call c -> call(c, level);
      case Expr.HigherOrder h -> h.name() + "(lambda, " + list(h.children()) + ")";
    };
  }

  private static String constant(Expr.Constant c) {
    return value(c.value(), c.type());
  }

  private static String value(Column value, DataType type) {
    var out = new ByteWriter(16);
    type.writeText(value.full(), 0, TextForm.QUOTED, FormatSettings.DEFAULT, out);
    return ByteText.decode(out.toByteArray());
  }

  private String call(Expr.Call c, int level) {
    Operator o = OPERATORS.get(c.name());
    if (o != null && c.arguments().size() >= 2) {
      String text =
          c.arguments().stream()
              .map(a -> print(a, o.level + (o.level > 2 ? 1 : 0)))
              .collect(Collectors.joining(o.text));
      return level > o.level ? "(" + text + ")" : text;
    }
    if (Functions.unwrap(c.function()) instanceof InFunction in) {
      return membership(c, in);
    }
    if (c.name().equals("not")) {
      return "NOT " + print(c.arguments().getFirst(), NOT);
    }
    return c.name() + "(" + list(c.arguments()) + ")";
  }

  /** {@code k IN (1, 2)}; a long set is only counted. */
  private String membership(Expr.Call c, InFunction in) {
    Column[] sets = in.setElements();
    String left = print(c.arguments().getFirst(), 5);
    String how = in.isNegated() ? " NOT IN " : " IN ";
    DataType type = NullableType.strip(LowCardinalityType.strip(c.arguments().getFirst().type()));
    int size = sets[0].size();
    if (sets.length > 1 || size > ELEMENTS_MAX) {
      return left + how + size + "-element set";
    }
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(value(sets[0].slice(i, 1), type));
    }
    return left + how + "(" + String.join(", ", elements) + ")";
  }

  private String list(List<Expr> all) {
    return all.stream().map(a -> print(a, 0)).collect(Collectors.joining(", "));
  }
}
