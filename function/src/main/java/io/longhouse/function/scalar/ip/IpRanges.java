package io.longhouse.function.scalar.ip;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.column.type.Ipv6Type;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Address ranges and checks of address texts. */
@Register(
    kind = FunctionFactory.class,
    name = "IPv4CIDRToRange",
    category = "IP Address",
    doc = "The first and last address of an IPv4 network.")
@Register(
    kind = FunctionFactory.class,
    name = "IPv6CIDRToRange",
    category = "IP Address",
    doc = "The first and last address of an IPv6 network.")
@Register(
    kind = FunctionFactory.class,
    name = "isIPv4String",
    category = "IP Address",
    doc = "Whether a text is an IPv4 address.")
@Register(
    kind = FunctionFactory.class,
    name = "isIPv6String",
    category = "IP Address",
    doc = "Whether a text is an IPv6 address.")
@Register(
    kind = FunctionFactory.class,
    name = "isIPAddressInRange",
    category = "IP Address",
    doc = "Whether an address is in a network written with a prefix length.")
final class IpRanges implements FunctionFactory {
  private final String name;

  IpRanges(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments);
    return switch (name) {
      case "IPv4CIDRToRange" -> {
        s.count(2);
        if (!(s.type(0) instanceof Ipv4Type)
            && (s.integer(0).signed() || s.integer(0).bytes() > 4)) {
          throw s.illegal(0, "must be IPv4, UInt8, UInt16 or UInt32");
        }
        prefixLength(s);
        yield Resolved.of(
            new TupleType(List.of(Ipv4Type.TYPE, Ipv4Type.TYPE)),
            (c, rows) -> range4(Rows.longs(c[0].full(), false), c[1], rows));
      }
      case "IPv6CIDRToRange" -> {
        prefixLength(s.count(2));
        boolean fits =
            s.type(0) instanceof Ipv6Type
                || s.type(0) instanceof FixedStringType t && t.width() == 16;
        if (!fits) {
          throw s.illegal(0, "must be IPv6 or FixedString(16)");
        }
        yield Resolved.of(
            new TupleType(List.of(Ipv6Type.TYPE, Ipv6Type.TYPE)),
            (c, rows) -> range6(((FixedBytesColumn) c[0].full()).bytes(), c[1], rows));
      }
      case "isIPAddressInRange" -> {
        s.count(2).string(0).string(1);
        yield Resolved.throwing(IntegerType.UINT8, IpRanges::inRange);
      }
      default -> {
        s.count(1).string(0);
        boolean six = name.equals("isIPv6String");
        yield Resolved.of(IntegerType.UINT8, (c, rows) -> check(Rows.bytes(c[0]), six, rows));
      }
    };
  }

  private static void prefixLength(Signature s) {
    if (!IntegerType.UINT8.equals(s.type(1))) {
      throw s.illegal(1, "must be UInt8");
    }
  }

  private static Column range4(long[] v, Column bits, int rows) {
    long[] n = Rows.longs(bits, false);
    int mask = Rows.mask(bits);
    int[] first = new int[rows];
    int[] last = new int[rows];
    for (int r = 0; r < rows; r++) {
      long free = 32 - Math.min(32, n[r & mask] & 0xFF);
      int hosts = (int) ((1L << free) - 1);
      first[r] = (int) v[r] & ~hosts;
      last[r] = (int) v[r] | hosts;
    }
    return new TupleColumn(
        List.of(new Int32Column(first, rows), new Int32Column(last, rows)), rows);
  }

  private static Column range6(byte[] b, Column bits, int rows) {
    long[] n = Rows.longs(bits, false);
    int mask = Rows.mask(bits);
    byte[] first = new byte[rows * 16];
    byte[] last = new byte[rows * 16];
    for (int r = 0; r < rows; r++) {
      int prefix = (int) Math.min(128, n[r & mask] & 0xFF);
      for (int k = 0; k < 16; k++) {
        int fixed = Math.clamp(prefix - 8 * k, 0, 8);
        int hosts = 0xFF >> fixed;
        first[16 * r + k] = (byte) (b[16 * r + k] & ~hosts);
        last[16 * r + k] = (byte) (b[16 * r + k] | hosts);
      }
    }
    return new TupleColumn(
        List.of(new FixedBytesColumn(first, 16, rows), new FixedBytesColumn(last, 16, rows)), rows);
  }

  private static Column check(Rows.Bytes text, boolean six, int rows) {
    byte[] out = new byte[rows];
    byte[] address = new byte[16];
    var reader = new ByteReader(new byte[0]);
    for (int r = 0; r < rows; r++) {
      int from = text.from(r);
      int to = text.to(r);
      boolean four = Ipv4Functions.parse(reader, text.bytes(), from, to) >= 0;
      boolean yes =
          six ? !four && Ipv6Functions.parseSix(reader, text.bytes(), from, to, address) : four;
      out[r] = (byte) (yes ? 1 : 0);
    }
    return new Int8Column(out, rows);
  }

  private static Column inRange(Column[] c, int rows) {
    Rows.Bytes text = Rows.bytes(c[0]);
    Rows.Bytes networks = Rows.bytes(c[1]);
    var reader = new ByteReader(new byte[0]);
    byte[] address = new byte[16];
    byte[] network = new byte[16];
    byte[] out = new byte[rows];
    for (int r = 0; r < rows; r++) {
      int from = networks.from(r);
      int to = networks.to(r);
      int slash = to - 1;
      while (slash >= from && networks.bytes()[slash] != '/') {
        slash--;
      }
      if (slash < from) {
        throw bad("The text does not contain '/': " + text(networks, r));
      }
      boolean four = Ipv4Functions.parse(reader, text.bytes(), text.from(r), text.to(r)) >= 0;
      boolean networkFour = Ipv4Functions.parse(reader, networks.bytes(), from, slash) >= 0;
      if (!Ipv6Functions.parse(reader, text.bytes(), text.from(r), text.to(r), address)) {
        throw bad("Neither IPv4 nor IPv6 address: '" + text(text, r) + "'");
      }
      if (!Ipv6Functions.parse(reader, networks.bytes(), from, slash, network)) {
        throw bad("Neither IPv4 nor IPv6 address: '" + text(networks, r) + "'");
      }
      int prefix = prefix(networks, r, slash, to, networkFour ? 32 : 128);
      out[r] =
          (byte)
              (four == networkFour
                      && samePrefix(address, network, networkFour ? prefix + 96 : prefix)
                  ? 1
                  : 0);
    }
    return new Int8Column(out, rows);
  }

  private static int prefix(Rows.Bytes networks, int row, int slash, int to, int max) {
    int n = 0;
    for (int i = slash + 1; i < to; i++) {
      int d = networks.bytes()[i] - '0';
      n = d < 0 || d > 9 || n > max ? max + 1 : n * 10 + d;
    }
    if (n > max || slash + 1 == to) {
      throw bad("The CIDR has a malformed prefix bits: " + text(networks, row));
    }
    return n;
  }

  private static boolean samePrefix(byte[] a, byte[] b, int bits) {
    for (int k = 0; k < bits; k++) {
      int bit = 0x80 >> (k & 7);
      if (((a[k >> 3] ^ b[k >> 3]) & bit) != 0) {
        return false;
      }
    }
    return true;
  }

  private static String text(Rows.Bytes b, int row) {
    return ByteText.decode(b.bytes(), b.from(row), b.to(row) - b.from(row));
  }

  private static LonghouseException bad(String message) {
    return new LonghouseException(ErrorCode.CANNOT_PARSE_TEXT, message);
  }
}
