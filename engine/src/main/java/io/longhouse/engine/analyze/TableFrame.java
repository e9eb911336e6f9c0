package io.longhouse.engine.analyze;

import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inside the expression of an ALIAS column: names mean columns of that column's own table. */
final class TableFrame implements Frame {
  private final SelectAnalysis select;
  private final List<List<String>> qualifiers;

  TableFrame(SelectAnalysis select, List<List<String>> qualifiers) {
    this.select = select;
    this.qualifiers = qualifiers;
  }

  @Override
  public @Nullable Expr find(Identifier name) {
    if (qualifiers.isEmpty()) {
      return select.find(name);
    }
    List<String> parts = new ArrayList<>(qualifiers.getFirst());
    parts.addAll(name.parts());
    return select.find(Identifier.of(parts.toArray(new String[0])));
  }

  @Override
  public Expr aggregate(FunctionCall call) {
    throw unexpected(call);
  }

  @Override
  public Expr window(FunctionCall call) {
    throw unexpected(call);
  }

  @Override
  public Expr arrayJoin(Expr array) {
    return select.arrayJoin(array);
  }

  private static LonghouseException unexpected(FunctionCall call) {
    return new LonghouseException(
        ErrorCode.ILLEGAL_AGGREGATION,
        "Aggregate function " + call.name() + " in the expression of a column");
  }

  @Override
  public @Nullable NamedQuery namedQuery(String name) {
    return null;
  }

  @Override
  public @Nullable Expression alias(String name) {
    return null;
  }

  @Override
  public String describe() {
    return select.describe();
  }
}
