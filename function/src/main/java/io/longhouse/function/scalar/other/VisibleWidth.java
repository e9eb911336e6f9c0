package io.longhouse.function.scalar.other;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.TextForm;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import java.util.List;

/** How many code points a value takes as text. */
@Register(
    kind = FunctionFactory.class,
    name = "visibleWidth",
    category = "Other",
    doc = "How many characters a value takes as text in a terminal.")
final class VisibleWidth implements FunctionFactory {
  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count("visibleWidth", arguments, 1);
    return new Call(arguments.getFirst().type(), context.formatSettings());
  }

  private record Call(DataType type, FormatSettings settings) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT64;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      if (arguments[0] instanceof ConstColumn c && rows != 1) {
        return new ConstColumn(evaluate(new Column[] {c.value()}, 1).full(), rows);
      }
      Column full = arguments[0].full();
      long[] out = new long[rows];
      var text = new ByteWriter(64);
      for (int r = 0; r < rows; r++) {
        text.reset();
        if (full.isNullAt(r)) {
          out[r] = 4;
          continue;
        }
        type.writeText(full, r, TextForm.RAW, settings, text);
        byte[] b = text.buffer();
        int n = 0;
        for (int i = 0; i < text.position(); i++) {
          n += (b[i] & 0xC0) != 0x80 ? 1 : 0;
        }
        out[r] = n;
      }
      return new Int64Column(out, rows);
    }
  }
}
