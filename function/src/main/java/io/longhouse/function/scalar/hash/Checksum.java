package io.longhouse.function.scalar.hash;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.longhouse.column.Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;
import java.util.zip.CRC32;

/** Checksums and hashes of one string. */
@Register(
    kind = FunctionFactory.class,
    name = "CRC32",
    caseInsensitive = true,
    category = "Hash",
    doc = "CRC-32 as zlib computes it.")
@Register(
    kind = FunctionFactory.class,
    name = "CRC32IEEE",
    caseInsensitive = true,
    category = "Hash",
    doc = "CRC-32 with the IEEE 802.3 polynomial, begun with 0 and not inverted.")
@Register(
    kind = FunctionFactory.class,
    name = "CRC64",
    caseInsensitive = true,
    category = "Hash",
    doc = "CRC-64 with the ECMA polynomial.")
@Register(
    kind = FunctionFactory.class,
    name = "wyHash64",
    category = "Hash",
    doc = "wyhash, 64 bits.")
final class Checksum implements FunctionFactory {
  private static final long[] ECMA = table(0xc96c5795d7870f42L);
  private static final long[] IEEE = table(0xedb88320L);
  private static final Hasher64 WYHASH = Hashing.wyhashFinal3();

  private final String name;

  Checksum(String name) {
    this.name = name;
  }

  private static long[] table(long polynomial) {
    long[] t = new long[256];
    for (int i = 0; i < 256; i++) {
      long c = i;
      for (int k = 0; k < 8; k++) {
        c = (c & 1) != 0 ? polynomial ^ c >>> 1 : c >>> 1;
      }
      t[i] = c;
    }
    return t;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    new Signature(name, arguments).count(1).string(0);
    return switch (name) {
      case "CRC32" -> Resolved.of(IntegerType.UINT32, (c, rows) -> zlib(Rows.bytes(c[0]), rows));
      case "CRC32IEEE" ->
          Resolved.of(
              IntegerType.UINT32,
              (c, rows) -> {
                long[] v = byTable(IEEE, Rows.bytes(c[0]), rows);
                return io.longhouse.function.scalar.NumberColumns.narrowed(v, rows, 4);
              });
      case "CRC64" ->
          Resolved.of(
              IntegerType.UINT64,
              (c, rows) -> new Int64Column(byTable(ECMA, Rows.bytes(c[0]), rows), rows));
      default ->
          Resolved.of(
              IntegerType.UINT64,
              (c, rows) -> {
                Rows.Bytes b = Rows.bytes(c[0]);
                long[] out = new long[rows];
                for (int r = 0; r < rows; r++) {
                  out[r] = WYHASH.hashBytesToLong(b.bytes(), b.from(r), b.to(r) - b.from(r));
                }
                return new Int64Column(out, rows);
              });
    };
  }

  private static Column zlib(Rows.Bytes b, int rows) {
    var crc = new CRC32();
    int[] out = new int[rows];
    for (int r = 0; r < rows; r++) {
      crc.reset();
      crc.update(b.bytes(), b.from(r), b.to(r) - b.from(r));
      out[r] = (int) crc.getValue();
    }
    return new Int32Column(out, rows);
  }

  private static long[] byTable(long[] table, Rows.Bytes b, int rows) {
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      long crc = 0;
      for (int i = b.from(r); i < b.to(r); i++) {
        crc = table[(int) (crc ^ b.bytes()[i]) & 0xFF] ^ crc >>> 8;
      }
      out[r] = crc;
    }
    return out;
  }
}
