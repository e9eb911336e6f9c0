package io.longhouse.function.scalar.search;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.Widening;
import io.longhouse.function.scalar.array.ValueIds;
import io.longhouse.registry.Register;
import java.util.Arrays;
import java.util.List;

/** Whether a string or an array begins or ends with another. */
@Register(
    kind = FunctionFactory.class,
    name = "startsWith",
    category = "String",
    doc = "Whether a string or array begins with another.")
@Register(
    kind = FunctionFactory.class,
    name = "endsWith",
    category = "String",
    doc = "Whether a string or array ends with another.")
@Register(
    kind = FunctionFactory.class,
    name = "startsWithUTF8",
    category = "String",
    doc = "As startsWith for UTF-8.")
@Register(
    kind = FunctionFactory.class,
    name = "endsWithUTF8",
    category = "String",
    doc = "As endsWith for UTF-8.")
@Register(
    kind = FunctionFactory.class,
    name = "startsWithCaseInsensitive",
    category = "String",
    doc = "As startsWith without regard to the case of ASCII letters.")
@Register(
    kind = FunctionFactory.class,
    name = "endsWithCaseInsensitive",
    category = "String",
    doc = "As endsWith without regard to the case of ASCII letters.")
@Register(
    kind = FunctionFactory.class,
    name = "startsWithCaseInsensitiveUTF8",
    category = "String",
    doc = "As startsWith without regard to case.")
@Register(
    kind = FunctionFactory.class,
    name = "endsWithCaseInsensitiveUTF8",
    category = "String",
    doc = "As endsWith without regard to case.")
final class StartsWith implements FunctionFactory {
  private final String name;
  private final boolean ends;

  StartsWith(String name) {
    this.name = name;
    this.ends = name.startsWith("ends");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(2);
    if (s.type(0) instanceof ArrayType && s.type(1) instanceof ArrayType) {
      return overArrays(s);
    }
    s.string(0).string(1);
    boolean fold = name.contains("CaseInsensitive");
    return Resolved.of(IntegerType.UINT8, (c, rows) -> fold ? folded(c, rows) : exact(c, rows));
  }

  private Column exact(Column[] c, int rows) {
    Rows.Bytes text = Rows.bytes(c[0]);
    Rows.Bytes part = Rows.bytes(c[1]);
    byte[] out = new byte[rows];
    for (int r = 0; r < rows; r++) {
      int from = part.from(r);
      int to = part.to(r);
      int n = to - from;
      boolean fits = text.to(r) - text.from(r) >= n;
      int at = ends ? text.to(r) - n : text.from(r);
      out[r] =
          (byte) (fits && Arrays.equals(text.bytes(), at, at + n, part.bytes(), from, to) ? 1 : 0);
    }
    return new Int8Column(out, rows);
  }

  private Column folded(Column[] c, int rows) {
    Rows.Bytes text = Rows.bytes(c[0]);
    Rows.Bytes part = Rows.bytes(c[1]);
    boolean unicode = name.endsWith("UTF8");
    byte[] out = new byte[rows];
    for (int r = 0; r < rows; r++) {
      byte[] t = fold(text, r, unicode);
      byte[] p = fold(part, r, unicode);
      int at = ends ? t.length - p.length : 0;
      boolean fits = t.length >= p.length;
      out[r] = (byte) (fits && Arrays.equals(t, at, at + p.length, p, 0, p.length) ? 1 : 0);
    }
    return new Int8Column(out, rows);
  }

  private static byte[] fold(Rows.Bytes b, int row, boolean unicode) {
    if (unicode) {
      return LikePattern.foldCase(b.bytes(), b.from(row), b.to(row));
    }
    byte[] out = Arrays.copyOfRange(b.bytes(), b.from(row), b.to(row));
    for (int i = 0; i < out.length; i++) {
      if (out[i] >= 'A' && out[i] <= 'Z') {
        out[i] |= 0x20;
      }
    }
    return out;
  }

  private ScalarFunction overArrays(Signature s) {
    DataType left = s.array(0).element();
    DataType right = s.array(1).element();
    DataType common = CommonType.of(left, right);
    return Resolved.of(
        IntegerType.UINT8,
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          ArrayColumn b = Rows.array(c[1]);
          int[] ids =
              ValueIds.of(
                      Widening.widen(Rows.elements(a), left, common),
                      Widening.widen(Rows.elements(b), right, common))
                  .ids();
          int behind = a.offsets()[rows];
          byte[] out = new byte[rows];
          for (int r = 0; r < rows; r++) {
            int n = b.lengthAt(r);
            int at = ends ? a.offsets()[r + 1] - n : a.offsets()[r];
            int from = behind + b.offsets()[r];
            boolean fits = a.lengthAt(r) >= n;
            out[r] = (byte) (fits && Arrays.equals(ids, at, at + n, ids, from, from + n) ? 1 : 0);
          }
          return new Int8Column(out, rows);
        });
  }
}
