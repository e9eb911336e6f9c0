package io.longhouse.function.scalar.ip;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.AddressText;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.string.StringRows;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** IPv4 addresses as text and as numbers. */
@Register(
    kind = FunctionFactory.class,
    name = "IPv4NumToString",
    aliases = "INET_NTOA",
    category = "IP Address",
    doc = "The text of an IPv4 address given as a number.")
@Register(
    kind = FunctionFactory.class,
    name = "IPv4NumToStringClassC",
    category = "IP Address",
    doc = "As IPv4NumToString with xxx for the last part.")
@Register(
    kind = FunctionFactory.class,
    name = "IPv4StringToNum",
    aliases = "INET_ATON",
    category = "IP Address",
    doc = "The number of an IPv4 address given as text.")
@Register(
    kind = FunctionFactory.class,
    name = "IPv4StringToNumOrDefault",
    category = "IP Address",
    doc = "As IPv4StringToNum, with 0 for what is no address.")
@Register(
    kind = FunctionFactory.class,
    name = "IPv4StringToNumOrNull",
    category = "IP Address",
    doc = "As IPv4StringToNum, with NULL for what is no address.")
final class Ipv4Functions implements FunctionFactory {
  private final String name;

  Ipv4Functions(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(1);
    if (name.startsWith("IPv4NumToString")) {
      boolean signed = !(s.type(0) instanceof Ipv4Type) && s.integer(0).signed();
      boolean masked = name.endsWith("ClassC");
      return Resolved.of(
          StringType.TYPE, (c, rows) -> texts(Rows.longs(c[0].full(), signed), masked, rows));
    }
    s.string(0);
    DataType result =
        name.endsWith("OrNull") ? NullableType.orSame(IntegerType.UINT32) : IntegerType.UINT32;
    return Resolved.throwing(result, (c, rows) -> numbers(Rows.bytes(c[0]), rows));
  }

  private static Column texts(long[] v, boolean masked, int rows) {
    var out = new StringRows.Text(rows, rows * 12);
    var text = new ByteWriter(16);
    for (int r = 0; r < rows; r++) {
      text.reset();
      AddressText.writeIpv4((int) v[r], text);
      int n = text.position();
      if (masked) {
        while (text.buffer()[n - 1] != '.') {
          n--;
        }
      }
      out.add(text.buffer(), 0, n);
      if (masked) {
        out.add('x');
        out.add('x');
        out.add('x');
      }
      out.endRow();
    }
    return out.build();
  }

  /** The address of a whole text, or -1. */
  static long parse(ByteReader reader, byte[] b, int from, int to) {
    reader.reset(b, from, to - from);
    long v = AddressText.readIpv4(reader);
    return v >= 0 && reader.position() == to ? v : -1;
  }

  private Column numbers(Rows.Bytes text, int rows) {
    int[] out = new int[rows];
    byte[] nulls = new byte[rows];
    var reader = new ByteReader(new byte[0]);
    for (int r = 0; r < rows; r++) {
      long v = parse(reader, text.bytes(), text.from(r), text.to(r));
      if (v < 0 && name.equals("IPv4StringToNum")) {
        throw new LonghouseException(ErrorCode.CANNOT_PARSE_IPV4, "Invalid IPv4 value");
      }
      nulls[r] = (byte) (v < 0 ? 1 : 0);
      out[r] = (int) Math.max(0, v);
    }
    Column values = new Int32Column(out, rows);
    return name.endsWith("OrNull") ? new NullableColumn(values, nulls) : values;
  }
}
