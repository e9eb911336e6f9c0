package io.longhouse.function.scalar.string;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements of an array as one string. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayStringConcat",
    aliases = "array_to_string",
    category = "String Splitting",
    doc =
        "The elements of an array as one string with a separator between them; NULLs are left out.")
final class ArrayStringConcat implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("arrayStringConcat", arguments).between(1, 2);
    DataType element = NullableType.strip(LowCardinalityType.strip(s.array(0).element()));
    byte[] separator = s.size() == 2 ? s.string(1).constantBytes(1) : new byte[0];
    Cast toText = Casts.of(element, StringType.TYPE, context);
    return Resolved.of(
        StringType.TYPE, (c, rows) -> concat(Rows.array(c[0]), separator, toText, rows));
  }

  private static Column concat(ArrayColumn a, byte[] separator, Cast toText, int rows) {
    Column e = Rows.elements(a).plain();
    byte @Nullable [] nulls = e instanceof NullableColumn n ? n.nulls() : null;
    Column values = e instanceof NullableColumn n ? n.values() : e;
    Rows.Bytes text = Rows.bytes(toText.apply(values, values.size()).full());
    int[] o = a.offsets();
    var out = new StringRows.Text(rows, rows * 8);
    for (int r = 0; r < rows; r++) {
      boolean first = true;
      for (int i = o[r]; i < o[r + 1]; i++) {
        if (nulls != null && nulls[i] != 0) {
          continue;
        }
        if (!first) {
          out.add(separator);
        }
        out.add(text.bytes(), text.from(i), text.to(i));
        first = false;
      }
      out.endRow();
    }
    return out.build();
  }
}
