package io.longhouse.function.scalar.string;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.array.ArrayReorder;
import io.longhouse.registry.Register;
import java.util.List;

/** Strings and arrays from behind. */
@Register(
    kind = FunctionFactory.class,
    name = "reverse",
    caseInsensitive = true,
    category = "String",
    doc = "The bytes of a string or the elements of an array in the opposite order.")
@Register(
    kind = FunctionFactory.class,
    name = "reverseUTF8",
    category = "String",
    doc = "The characters of a string in the opposite order.")
final class Reverse implements FunctionFactory {
  private final String name;

  Reverse(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(1);
    if (name.equals("reverseUTF8")) {
      s.string(0);
      return Resolved.of(
          StringType.TYPE, (c, rows) -> StringRows.map(c[0], rows, Reverse::characters));
    }
    if (s.type(0) instanceof ArrayType) {
      return ArrayReorder.reversed(s);
    }
    s.string(0);
    return Resolved.of(s.type(0), (c, _) -> bytes(c[0]));
  }

  private static Column bytes(Column c) {
    return switch (c) {
      case StringColumn s -> {
        byte[] out = new byte[s.offsets()[s.size()]];
        for (int r = 0; r < s.size(); r++) {
          reverse(s.bytes(), s.offsets()[r], s.offsets()[r + 1], out);
        }
        yield new StringColumn(s.offsets(), out, s.size());
      }
      case FixedBytesColumn f -> {
        byte[] out = new byte[f.size() * f.width()];
        for (int r = 0; r < f.size(); r++) {
          reverse(f.bytes(), r * f.width(), (r + 1) * f.width(), out);
        }
        yield new FixedBytesColumn(out, f.width(), f.size());
      }
      case ConstColumn k -> new ConstColumn(bytes(k.value().plain()), k.size());
      default -> bytes(c.plain());
    };
  }

  private static void reverse(byte[] b, int from, int to, byte[] out) {
    for (int i = from, j = to - 1; i < to; i++, j--) {
      out[j] = b[i];
    }
  }

  private static void characters(byte[] b, int from, int to, StringRows.Text out) {
    int end = out.reserve(to - from) + to - from;
    byte[] arena = out.bytes();
    for (int i = from; i < to; ) {
      int n = Math.min(to - i, Utf8.sequenceLength(b[i]));
      end -= n;
      System.arraycopy(b, i, arena, end, n);
      i += n;
    }
    out.advance(to - from);
  }
}
