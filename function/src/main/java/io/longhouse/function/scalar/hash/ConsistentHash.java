package io.longhouse.function.scalar.hash;

import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.type.IntegerType;
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
import java.util.List;

/** A bucket for a hash such that few hashes move when the number of buckets changes. */
@Register(
    kind = FunctionFactory.class,
    name = "jumpConsistentHash",
    category = "Hash",
    doc = "The bucket of a hash by the jump consistent hash.")
@Register(
    kind = FunctionFactory.class,
    name = "kostikConsistentHash",
    aliases = "yandexConsistentHash",
    category = "Hash",
    doc = "The bucket of a hash by Konstantin Oblakov's consistent hash.")
final class ConsistentHash implements FunctionFactory {
  private final String name;

  ConsistentHash(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(2);
    boolean signed = s.integer(0).signed();
    boolean jump = name.equals("jumpConsistentHash");
    long buckets = s.constantInteger(1);
    long max = jump ? Integer.MAX_VALUE : 32768;
    if (buckets <= 0 || buckets > max) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "The second argument of function "
              + name
              + " (number of buckets) must be from 1 to "
              + max);
    }
    if (jump) {
      return Resolved.of(
          IntegerType.INT32,
          (c, rows) -> {
            long[] v = Rows.longs(c[0], signed);
            int[] out = new int[v.length];
            for (int i = 0; i < v.length; i++) {
              out[i] = jump(v[i], (int) buckets);
            }
            return new Int32Column(out, v.length);
          });
    }
    return Resolved.of(
        IntegerType.UINT16,
        (c, rows) -> {
          long[] v = Rows.longs(c[0], signed);
          short[] out = new short[v.length];
          for (int i = 0; i < v.length; i++) {
            out[i] = (short) kostik(v[i], (int) buckets);
          }
          return new Int16Column(out, v.length);
        });
  }

  private static int jump(long hash, int buckets) {
    long key = hash;
    long b = -1;
    long j = 0;
    while (j < buckets) {
      b = j;
      key = key * 2862933555777941757L + 1;
      j = (long) ((b + 1) * (0x1p31 / (double) ((key >>> 33) + 1)));
    }
    return (int) b;
  }

  /**
   * The hash's four 16-bit quarters decide: for a power of two of buckets the third alone; between
   * two powers the upper bits of all say whether the hash has moved to the larger one yet.
   */
  private static int kostik(long hash, int buckets) {
    if (buckets == 1) {
      return 0;
    }
    long a = hash & 0xFFFF;
    long b = hash >>> 16 & 0xFFFF;
    long c = hash >>> 32 & 0xFFFF;
    long d = hash >>> 48;
    int bits = 32 - Integer.numberOfLeadingZeros(buckets - 1);
    int large = ofPowerOfTwo(a, b, c, 1 << bits);
    if (large < buckets) {
      return large;
    }
    int shift = 16 - bits;
    long upper = d << shift | c >>> bits;
    upper = upper << shift + 1 | b >>> bits - 1;
    upper = upper << shift + 1 | a >>> bits - 1;
    long moved = Long.remainderUnsigned(upper, (long) large * (large + 1));
    long between = (moved >>> bits) + (1L << bits - 1);
    return between < buckets ? (int) between : ofPowerOfTwo(a, b, c, 1 << bits - 1);
  }

  private static int ofPowerOfTwo(long a, long b, long c, int buckets) {
    int block = (int) c & buckets - 1;
    if (block < 2) {
      return block;
    }
    int top = Integer.highestOneBit(block);
    long low = Integer.bitCount(block) % 2 == 0 ? a : b;
    return top + ((int) low & top - 1);
  }
}
