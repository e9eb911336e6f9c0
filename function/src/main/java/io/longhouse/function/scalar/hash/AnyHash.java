package io.longhouse.function.scalar.hash;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.hash.ColumnHash;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Hashes of any number of arguments of any types. */
@Register(
    kind = FunctionFactory.class,
    name = "cityHash64",
    category = "Hash",
    doc = "CityHash 1.0.2, 64 bits.")
@Register(
    kind = FunctionFactory.class,
    name = "sipHash64",
    category = "Hash",
    doc = "SipHash-2-4, 64 bits.")
@Register(
    kind = FunctionFactory.class,
    name = "sipHash64Keyed",
    category = "Hash",
    doc = "SipHash-2-4, 64 bits, with a key of two UInt64.")
@Register(
    kind = FunctionFactory.class,
    name = "sipHash128",
    category = "Hash",
    doc = "SipHash-2-4, 128 bits of its state.")
@Register(
    kind = FunctionFactory.class,
    name = "sipHash128Keyed",
    category = "Hash",
    doc = "SipHash-2-4, 128 bits of its state, with a key of two UInt64.")
@Register(
    kind = FunctionFactory.class,
    name = "sipHash128Reference",
    category = "Hash",
    doc = "SipHash-2-4, 128 bits as in its reference.")
@Register(
    kind = FunctionFactory.class,
    name = "sipHash128ReferenceKeyed",
    category = "Hash",
    doc = "SipHash-2-4, 128 bits as in its reference, with a key of two UInt64.")
@Register(
    kind = FunctionFactory.class,
    name = "halfMD5",
    category = "Hash",
    doc = "The first 8 bytes of MD5 as a big-endian number.")
@Register(
    kind = FunctionFactory.class,
    name = "murmurHash2_32",
    category = "Hash",
    doc = "MurmurHash2, 32 bits.")
@Register(
    kind = FunctionFactory.class,
    name = "murmurHash2_64",
    category = "Hash",
    doc = "MurmurHash2, 64 bits.")
@Register(
    kind = FunctionFactory.class,
    name = "gccMurmurHash",
    category = "Hash",
    doc = "MurmurHash2 with the seed that gcc uses, 64 bits.")
@Register(
    kind = FunctionFactory.class,
    name = "kafkaMurmurHash",
    category = "Hash",
    doc = "MurmurHash2 as Kafka's partitioner has it, 31 bits.")
@Register(
    kind = FunctionFactory.class,
    name = "murmurHash3_32",
    category = "Hash",
    doc = "MurmurHash3, 32 bits.")
@Register(
    kind = FunctionFactory.class,
    name = "murmurHash3_64",
    category = "Hash",
    doc = "MurmurHash3, its 128 bits folded to 64.")
@Register(
    kind = FunctionFactory.class,
    name = "murmurHash3_128",
    category = "Hash",
    doc = "MurmurHash3, 128 bits.")
@Register(
    kind = FunctionFactory.class,
    name = "javaHash",
    category = "Hash",
    doc = "Java's hashCode of a string or signed number.")
@Register(
    kind = FunctionFactory.class,
    name = "javaHashUTF16LE",
    category = "Hash",
    doc = "Java's hashCode of a string given as UTF-16LE.")
@Register(
    kind = FunctionFactory.class,
    name = "hiveHash",
    category = "Hash",
    doc = "Java's hashCode without its sign, as Hive has it.")
@Register(
    kind = FunctionFactory.class,
    name = "xxHash32",
    category = "Hash",
    doc = "xxHash, 32 bits.")
@Register(
    kind = FunctionFactory.class,
    name = "xxHash64",
    category = "Hash",
    doc = "xxHash, 64 bits.")
@Register(kind = FunctionFactory.class, name = "xxh3", category = "Hash", doc = "XXH3, 64 bits.")
@Register(
    kind = FunctionFactory.class,
    name = "xxh3_128",
    category = "Hash",
    doc = "XXH3, 128 bits.")
@Register(
    kind = FunctionFactory.class,
    name = "farmHash64",
    category = "Hash",
    doc = "FarmHash, 64 bits.")
@Register(
    kind = FunctionFactory.class,
    name = "farmFingerprint64",
    category = "Hash",
    doc = "FarmHash's fingerprint, 64 bits.")
@Register(
    kind = FunctionFactory.class,
    name = "metroHash64",
    category = "Hash",
    doc = "MetroHash, 64 bits, variant 1.")
final class AnyHash implements FunctionFactory {
  private static final Map<String, Supplier<ColumnHash>> HASHES =
      Map.ofEntries(
          Map.entry("cityHash64", () -> ColumnHash.CITY_64),
          Map.entry("sipHash64", () -> ColumnHash.SIP_64),
          Map.entry("sipHash128", () -> ColumnHash.SIP_128),
          Map.entry("sipHash128Reference", () -> new ColumnHash.Sip128(true)),
          Map.entry("halfMD5", HalfMd5::new),
          Map.entry("murmurHash2_32", () -> new Murmur.Of32(0, -1)),
          Map.entry("kafkaMurmurHash", () -> new Murmur.Of32(0x9747b28c, 0x7fffffff)),
          Map.entry("murmurHash2_64", () -> new Murmur.Of64(0)),
          Map.entry("gccMurmurHash", () -> new Murmur.Of64(0xc70f6907L)),
          Map.entry("murmurHash3_32", Murmur.Third32::new),
          Map.entry("murmurHash3_64", Murmur.Third64::new),
          Map.entry("murmurHash3_128", Murmur.Third128::new),
          Map.entry("javaHash", () -> new JavaHash(JavaHash.Kind.JAVA)),
          Map.entry("javaHashUTF16LE", () -> new JavaHash(JavaHash.Kind.UTF16LE)),
          Map.entry("hiveHash", () -> new JavaHash(JavaHash.Kind.HIVE)),
          Map.entry("xxHash32", XxHash.Of32::new),
          Map.entry("xxHash64", XxHash.Of64::xx64),
          Map.entry("xxh3", XxHash.Of64::xxh3),
          Map.entry("xxh3_128", XxHash.Of128::new),
          Map.entry("farmHash64", XxHash.Of64::farm),
          Map.entry("farmFingerprint64", XxHash.Fingerprint::new),
          Map.entry("metroHash64", MetroHash::new));

  private final String name;

  AnyHash(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    List<DataType> types = arguments.stream().map(Argument::type).toList();
    if (name.endsWith("Keyed")) {
      return keyed(new Signature(name, arguments).atLeast(1), types);
    }
    Supplier<ColumnHash> supplier = HASHES.get(name);
    if (supplier == null) {
      throw new IllegalStateException(name);
    }
    ColumnHash hash = supplier.get();
    boolean throwing = hash instanceof JavaHash;
    Resolved.Kernel kernel = (c, rows) -> column(hash, hash.hash(types, c, rows), rows);
    return new Resolved(resultType(hash), kernel, throwing);
  }

  private DataType resultType(ColumnHash hash) {
    return switch (hash.bits()) {
      case 32 -> hash instanceof JavaHash ? IntegerType.INT32 : IntegerType.UINT32;
      case 64 -> IntegerType.UINT64;
      default -> name.equals("xxh3_128") ? IntegerType.UINT128 : new FixedStringType(16);
    };
  }

  private Column column(ColumnHash hash, long[] hashes, int rows) {
    return switch (hash.bits()) {
      case 32 -> {
        int[] out = new int[rows];
        for (int i = 0; i < rows; i++) {
          out[i] = (int) hashes[i];
        }
        yield new Int32Column(out, rows);
      }
      case 64 -> new Int64Column(hashes, rows);
      default ->
          name.equals("xxh3_128")
              ? new WideColumn(hashes, 2, rows)
              : new FixedBytesColumn(bytes(hashes, rows), 16, rows);
    };
  }

  private static byte[] bytes(long[] hashes, int rows) {
    byte[] out = new byte[rows * 16];
    for (int i = 0; i < rows * 2; i++) {
      for (int k = 0; k < 8; k++) {
        out[i * 8 + k] = (byte) (hashes[i] >>> 8 * k);
      }
    }
    return out;
  }

  private ScalarFunction keyed(Signature s, List<DataType> types) {
    boolean fits =
        types.get(0) instanceof TupleType t
            && t.elements().equals(List.of(IntegerType.UINT64, IntegerType.UINT64));
    if (!fits) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "The key must be of type Tuple(UInt64, UInt64)");
    }
    List<DataType> rest = types.subList(1, types.size());
    ColumnHash shape = keyedHash(0, 0);
    return Resolved.of(
        resultType(shape),
        (c, rows) -> {
          Column[] values = Arrays.copyOfRange(c, 1, c.length);
          if (c[0] instanceof ConstColumn k) {
            var key = (TupleColumn) k.value();
            ColumnHash hash =
                keyedHash(
                    Rows.longs(key.elements().get(0), false)[0],
                    Rows.longs(key.elements().get(1), false)[0]);
            return column(hash, hash.hash(rest, values, rows), rows);
          }
          return eachKey((TupleColumn) c[0].full(), shape, rest, values, rows);
        });
  }

  /** Another key in every row: rows are hashed one by one. */
  private Column eachKey(
      TupleColumn keys, ColumnHash shape, List<DataType> types, Column[] values, int rows) {
    long[] key0 = Rows.longs(keys.elements().get(0).full(), false);
    long[] key1 = Rows.longs(keys.elements().get(1).full(), false);
    int w = shape.words();
    long[] out = new long[rows * w];
    Column[] one = new Column[values.length];
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < one.length; i++) {
        one[i] = values[i].slice(r, 1);
      }
      System.arraycopy(keyedHash(key0[r], key1[r]).hash(types, one, 1), 0, out, r * w, w);
    }
    return column(shape, out, rows);
  }

  private ColumnHash keyedHash(long key0, long key1) {
    return name.equals("sipHash64Keyed")
        ? new ColumnHash.Sip64(key0, key1)
        : new ColumnHash.Sip128(key0, key1, name.contains("Reference"));
  }
}
