package io.longhouse.engine.insert;

import io.longhouse.column.Header;
import io.longhouse.column.type.ArrayType;
import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The value of each column of a table over the columns that an INSERT brings: the column itself,
 * its default's expression (in which other columns may in turn be defaults), or the type's default.
 */
final class ColumnValues {
  private final Map<String, ColumnDefinition> definitions = new HashMap<>();
  private final Map<String, Expr> known = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();
  private final Analyzer analyzer;

  ColumnValues(List<ColumnDefinition> columns, Header input, Analyzer analyzer) {
    this.analyzer = analyzer;
    columns.forEach(c -> definitions.put(c.name(), c));
    for (int i = 0; i < input.size(); i++) {
      known.put(input.name(i), new Expr.Input(i, input.type(i)));
    }
  }

  Expr of(ColumnDefinition c) {
    Expr e = known.get(c.name());
    if (e != null) {
      return e;
    }
    if (!underWay.add(c.name())) {
      throw new LonghouseException(
          ErrorCode.CYCLIC_ALIASES, "Default of column " + c.name() + " depends on itself");
    }
    Expression value = c.defaultExpression();
    Expr made =
        value == null
            ? withoutDefault(c)
            : analyzer.castTo(analyzer.resolve(value, this::find), c.type());
    underWay.remove(c.name());
    known.put(c.name(), made);
    return made;
  }

  /** A part of a Nested is as long as the parts that the input has. */
  private Expr withoutDefault(ColumnDefinition c) {
    int dot = c.name().indexOf('.');
    if (dot > 0 && c.type() instanceof ArrayType array) {
      for (Map.Entry<String, Expr> e : List.copyOf(known.entrySet())) {
        boolean sibling = e.getKey().startsWith(c.name().substring(0, dot + 1));
        if (sibling && e.getValue() instanceof Expr.Input in && in.type() instanceof ArrayType) {
          Expression filled =
              FunctionCall.call(
                  "arrayWithConstant",
                  FunctionCall.call("length", Identifier.of(e.getKey())),
                  FunctionCall.call("defaultValueOfTypeName", Literal.of(array.element().name())));
          return analyzer.castTo(analyzer.resolve(filled, this::find), c.type());
        }
      }
    }
    return new Expr.Constant(c.type().defaultValue(), c.type());
  }

  /** What stands for a column's value where the input has the column but not the value. */
  @Nullable Expr defaultOf(String name) {
    ColumnDefinition c = definitions.get(name);
    Expression value = c == null ? null : c.defaultExpression();
    return c == null || value == null
        ? null
        : analyzer.castTo(analyzer.resolve(value, this::find), c.type());
  }

  private @Nullable Expr find(String name) {
    ColumnDefinition c = definitions.get(name);
    return c == null ? known.get(name) : of(c);
  }
}
