package io.longhouse.function.scalar.json;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TextForm;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;

/** Any value as JSON. */
@Register(
    kind = FunctionFactory.class,
    name = "toJSONString",
    category = "JSON",
    doc = "A value as JSON.")
final class ToJsonString implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    DataType type = new Signature("toJSONString", arguments).count(1).type(0);
    FormatSettings settings = context.formatSettings();
    return Resolved.throwing(
        StringType.TYPE,
        (c, rows) ->
            c[0] instanceof ConstColumn k
                ? new ConstColumn(text(type, k.value(), settings, 1), rows)
                : text(type, c[0].full(), settings, rows));
  }

  private static Column text(DataType type, Column c, FormatSettings settings, int rows) {
    var out = new StringColumn.Builder(rows);
    var one = new ByteWriter(64);
    for (int r = 0; r < rows; r++) {
      one.reset();
      type.writeText(c, r, TextForm.JSON, settings, one);
      out.add(one.buffer(), 0, one.position());
    }
    return out.build();
  }

  @Override
  public boolean handlesLowCardinality() {
    return true;
  }
}
