package io.longhouse.engine.analyze;

import io.longhouse.column.type.TupleType;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.format.ColumnNames;
import java.util.List;

/** {@code untuple(t)} among the columns of a SELECT: a column for each element. */
final class Untuple {
  private Untuple() {}

  static void expand(
      FunctionCall f,
      Expression written,
      SelectAnalysis select,
      List<SelectAnalysis.Output> outputs) {
    Expr tuple = select.resolve(f.arguments().getFirst());
    if (!(tuple.type() instanceof TupleType t)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Function untuple expects tuple argument, found " + tuple.type().name());
    }
    String prefix =
        written instanceof Aliased a
            ? a.alias()
            : "tupleElement(" + ColumnNames.of(f.arguments().getFirst());
    for (int i = 0; i < t.elements().size(); i++) {
      Expr element =
          select.expressions.call("tupleElement", tuple, Literals.integer(i + 1, 1, false));
      String part = t.named() ? t.names().get(i) : Integer.toString(i + 1);
      String name =
          written instanceof Aliased
              ? prefix + "." + part
              : prefix + ", " + (t.named() ? "'" + part + "'" : part) + ")";
      outputs.add(new SelectAnalysis.Output(element, name, null));
    }
  }
}
