package io.longhouse.function.scalar.ip;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.AddressText;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.column.type.Ipv6Type;
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
import java.util.Arrays;
import java.util.List;

/** IPv6 addresses as text and as 16 bytes. */
@Register(
    kind = FunctionFactory.class,
    name = "IPv6NumToString",
    aliases = "INET6_NTOA",
    category = "IP Address",
    doc = "The text of an IPv6 address given as 16 bytes.")
@Register(
    kind = FunctionFactory.class,
    name = "IPv6StringToNum",
    aliases = "INET6_ATON",
    category = "IP Address",
    doc = "The 16 bytes of an IPv6 or IPv4 address given as text.")
@Register(
    kind = FunctionFactory.class,
    name = "IPv6StringToNumOrDefault",
    category = "IP Address",
    doc = "As IPv6StringToNum, with zeros for what is no address.")
@Register(
    kind = FunctionFactory.class,
    name = "IPv6StringToNumOrNull",
    category = "IP Address",
    doc = "As IPv6StringToNum, with NULL for what is no address.")
@Register(
    kind = FunctionFactory.class,
    name = "IPv4ToIPv6",
    category = "IP Address",
    doc = "An IPv4 address as an IPv6 address.")
@Register(
    kind = FunctionFactory.class,
    name = "cutIPv6",
    category = "IP Address",
    doc =
        "The text of an IPv6 address whose last bytes are zeroed, as many as said for IPv6 and"
            + " IPv4.")
final class Ipv6Functions implements FunctionFactory {
  private static final int BYTES = 16;

  private final String name;

  Ipv6Functions(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments);
    return switch (name) {
      case "IPv6NumToString" -> {
        requireAddress(s.count(1));
        yield Resolved.of(StringType.TYPE, (c, rows) -> texts(addresses(c[0]), 0, 0, rows));
      }
      case "cutIPv6" -> {
        requireAddress(s.count(3));
        int cut6 = (int) Math.clamp(s.constantInteger(1), 0, BYTES);
        int cut4 = (int) Math.clamp(s.constantInteger(2), 0, BYTES);
        yield Resolved.of(StringType.TYPE, (c, rows) -> texts(addresses(c[0]), cut6, cut4, rows));
      }
      case "IPv4ToIPv6" -> {
        s.count(1);
        boolean signed = !(s.type(0) instanceof Ipv4Type) && s.integer(0).signed();
        yield Resolved.of(
            s.type(0) instanceof Ipv4Type ? Ipv6Type.TYPE : new FixedStringType(BYTES),
            (c, rows) -> mapped(Rows.longs(c[0].full(), signed), rows));
      }
      default -> {
        s.count(1).string(0);
        DataType bytes = new FixedStringType(BYTES);
        yield Resolved.throwing(
            name.endsWith("OrNull") ? NullableType.orSame(bytes) : bytes,
            (c, rows) -> parsed(Rows.bytes(c[0]), rows));
      }
    };
  }

  private static void requireAddress(Signature s) {
    boolean fits =
        s.type(0) instanceof Ipv6Type
            || s.type(0) instanceof FixedStringType t && t.width() == BYTES;
    if (!fits) {
      throw s.illegal(0, "must be IPv6 or FixedString(16)");
    }
  }

  private static byte[] addresses(Column c) {
    return ((FixedBytesColumn) c.full()).bytes();
  }

  private static boolean isMapped(byte[] b, int at) {
    for (int i = 0; i < 10; i++) {
      if (b[at + i] != 0) {
        return false;
      }
    }
    return b[at + 10] == -1 && b[at + 11] == -1;
  }

  private static Column texts(byte[] b, int cut6, int cut4, int rows) {
    var out = new StringRows.Text(rows, rows * 24);
    var text = new ByteWriter(40);
    byte[] one = new byte[BYTES];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(b, r * BYTES, one, 0, BYTES);
      int cut = isMapped(one, 0) ? cut4 : cut6;
      Arrays.fill(one, BYTES - cut, BYTES, (byte) 0);
      text.reset();
      AddressText.writeIpv6(one, 0, text);
      out.add(text.buffer(), 0, text.position());
      out.endRow();
    }
    return out.build();
  }

  private static Column mapped(long[] v, int rows) {
    byte[] out = new byte[Math.multiplyExact(rows, BYTES)];
    for (int r = 0; r < rows; r++) {
      putMapped((int) v[r], out, r * BYTES);
    }
    return new FixedBytesColumn(out, BYTES, rows);
  }

  /** Writes the IPv6 address that stands for an IPv4 address. */
  static void putMapped(int v, byte[] out, int at) {
    Arrays.fill(out, at, at + 10, (byte) 0);
    out[at + 10] = -1;
    out[at + 11] = -1;
    for (int k = 0; k < 4; k++) {
      out[at + 12 + k] = (byte) (v >>> 24 - 8 * k);
    }
  }

  /** Reads a whole text, an IPv4 address as one mapped to IPv6. */
  static boolean parse(ByteReader reader, byte[] b, int from, int to, byte[] out) {
    long v4 = Ipv4Functions.parse(reader, b, from, to);
    if (v4 >= 0) {
      putMapped((int) v4, out, 0);
      return true;
    }
    return parseSix(reader, b, from, to, out);
  }

  static boolean parseSix(ByteReader reader, byte[] b, int from, int to, byte[] out) {
    reader.reset(b, from, to - from);
    return from < to && AddressText.readIpv6(reader, out) && reader.position() == to;
  }

  private Column parsed(Rows.Bytes text, int rows) {
    byte[] out = new byte[Math.multiplyExact(rows, BYTES)];
    byte[] nulls = new byte[rows];
    var reader = new ByteReader(new byte[0]);
    byte[] one = new byte[BYTES];
    for (int r = 0; r < rows; r++) {
      if (parse(reader, text.bytes(), text.from(r), text.to(r), one)) {
        System.arraycopy(one, 0, out, r * BYTES, BYTES);
      } else if (name.equals("IPv6StringToNum")) {
        throw new LonghouseException(ErrorCode.CANNOT_PARSE_IPV6, "Invalid IPv6 value");
      } else {
        nulls[r] = 1;
      }
    }
    Column values = new FixedBytesColumn(out, BYTES, rows);
    return name.endsWith("OrNull") ? new NullableColumn(values, nulls) : values;
  }
}
