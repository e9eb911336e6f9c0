package io.longhouse.function.aggregate.distinct;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.function.aggregate.state.Values;
import java.util.Arrays;

/**
 * Ranks of hashes by bucket. Cells of 5 bits for 32-bit hashes, of 6 for 64-bit ones.
 *
 * <pre>
 * state = ranks, packed from the lowest bit on; UInt32 number of buckets of each rank from 0 to the
 *         highest; number of buckets of rank 0 in the smallest unsigned type that holds all buckets
 * </pre>
 */
final class HyperLogLog {
  private static final double RANGE_32 = 0x1p32;

  /** Where linear counting ends for 2^17 buckets. */
  private static final double LINEAR_MAX_17 = 159499;

  private final int precision;
  private final int hashBits;
  private final int rankMax;
  private final byte[] ranks;
  private final int[] counts;

  HyperLogLog(int precision, int hashBits) {
    this.precision = precision;
    this.hashBits = hashBits;
    this.rankMax = hashBits - precision + 1;
    this.ranks = new byte[1 << precision];
    this.counts = new int[rankMax + 1];
    this.counts[0] = 1 << precision;
  }

  long bytes() {
    return ranks.length + 4L * counts.length + 64;
  }

  void add(long hash) {
    int bucket = (int) hash & ranks.length - 1;
    long tail = (hashBits == 32 ? hash & 0xFFFFFFFFL : hash) >>> precision;
    update(bucket, tail == 0 ? rankMax : Math.min(rankMax, Long.numberOfTrailingZeros(tail) + 1));
  }

  private void update(int bucket, int rank) {
    int before = ranks[bucket];
    if (rank > before) {
      ranks[bucket] = (byte) rank;
      counts[before]--;
      counts[rank]++;
    }
  }

  void merge(HyperLogLog other) {
    for (int i = 0; i < ranks.length; i++) {
      update(i, other.ranks[i]);
    }
  }

  /** The estimate. */
  long count() {
    double m = ranks.length;
    double denominator = counts[rankMax];
    for (int i = rankMax - 1; i >= 0; i--) {
      denominator = denominator / 2 + counts[i];
    }
    double alpha = 0.7213 / (1 + 1.079 / m);
    double raw = alpha * m * m / denominator;
    double fixed = raw;
    if (raw <= RANGE_32 / 30) {
      double linear = counts[0] == 0 ? raw : m * (Math.log(m) - Math.log(counts[0]));
      if (precision == 17) {
        fixed = linear < LINEAR_MAX_17 ? linear : raw;
      } else {
        fixed = raw <= 2.5 * m ? linear : raw;
      }
    }
    return (long) (fixed + 0.5);
  }

  private int width() {
    return hashBits == 32 ? 5 : 6;
  }

  private int zerosBytes() {
    return precision < 8 ? 1 : precision < 16 ? 2 : 4;
  }

  void write(ByteWriter out) {
    int width = width();
    long held = 0;
    int bits = 0;
    for (byte rank : ranks) {
      held |= (long) rank << bits;
      bits += width;
      while (bits >= 8) {
        out.writeByte((int) held);
        held >>>= 8;
        bits -= 8;
      }
    }
    for (int count : counts) {
      out.writeInt(count);
    }
    Values.write(counts[0], zerosBytes(), out);
  }

  void read(ByteReader in) {
    int width = width();
    long held = 0;
    int bits = 0;
    for (int i = 0; i < ranks.length; i++) {
      while (bits < width) {
        held |= (long) in.readUnsignedByte() << bits;
        bits += 8;
      }
      ranks[i] = (byte) Math.min(rankMax, held & (1 << width) - 1);
      held >>>= width;
      bits -= width;
    }
    in.skip(4L * counts.length + zerosBytes());
    Arrays.fill(counts, 0);
    for (byte rank : ranks) {
      counts[rank]++;
    }
  }
}
