package io.longhouse.function.aggregate.quantile;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.PcgRandom;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A uniform sample of at most 8192 values, kept as bits.
 *
 * <pre>
 * state = UInt64 sample size, UInt64 values seen, String state of the random generator,
 *         min(sample size, values seen) * value
 * </pre>
 */
final class ReservoirSampler {
  private static final int SAMPLE_SIZE = 8192;

  private final NumberLayout layout;
  private final PcgRandom random = new PcgRandom(123456);
  private long sampleSize = SAMPLE_SIZE;
  private long total;
  private long[] samples = new long[8];
  private int size;
  private double @Nullable [] sorted;

  ReservoirSampler(NumberLayout layout) {
    this.layout = layout;
  }

  long bytes() {
    return 8L * samples.length + 96;
  }

  void add(long bits) {
    if (layout.floating() && Double.isNaN(Values.floatOfBits(bits, layout.bytes()))) {
      return;
    }
    sorted = null;
    total++;
    if (size < sampleSize) {
      if (size == samples.length) {
        samples = Arrays.copyOf(samples, (int) Math.min(sampleSize, size * 2L));
      }
      samples[size++] = bits;
    } else {
      long r = random.below(total);
      if (r < sampleSize) {
        samples[(int) r] = bits;
      }
    }
  }

  void merge(ReservoirSampler other) {
    if (sampleSize != other.sampleSize) {
      throw new LonghouseException(
          ErrorCode.LOGICAL_ERROR, "Cannot merge samples of different sizes");
    }
    sorted = null;
    if (other.total <= sampleSize) {
      for (int i = 0; i < other.size; i++) {
        add(other.samples[i]);
      }
    } else if (total <= sampleSize) {
      long[] own = samples;
      int count = size;
      samples = other.samples.clone();
      size = other.size;
      total = other.total;
      for (int i = 0; i < count; i++) {
        add(own[i]);
      }
    } else {
      replaceSome(other);
    }
  }

  private void replaceSome(ReservoirSampler other) {
    total += other.total;
    double frequency = (double) total / (double) other.total;
    if (frequency * 2 >= sampleSize) {
      long r = random.below((long) frequency);
      if (r < sampleSize) {
        samples[(int) r] = other.samples[(int) r];
      }
    } else {
      for (double i = 0; i < sampleSize; i += frequency) {
        samples[(int) i] = other.samples[(int) i];
      }
    }
  }

  /** The quantile by linear interpolation between neighbours; NaN without values. */
  double quantile(double level) {
    if (size == 0) {
      return Double.NaN;
    }
    double[] v = sorted;
    if (v == null) {
      v = new double[size];
      for (int i = 0; i < size; i++) {
        v[i] = layout.toDouble(samples[i]);
      }
      Arrays.sort(v);
      sorted = v;
    }
    double index = Math.max(0.0, Math.min(size - 1.0, level * (size - 1.0)));
    int left = (int) index;
    int right = left + 1;
    if (right == size) {
      return v[left];
    }
    return v[left] * (right - index) + v[right] * (index - left);
  }

  /** The quantile of whole numbers that are not to be rounded to doubles. */
  long quantileExactly(double level) {
    if (size == 0) {
      return 0;
    }
    long[] v = new long[size];
    for (int i = 0; i < size; i++) {
      v[i] = layout.signExtend(samples[i]);
    }
    Arrays.sort(v);
    double index = Math.max(0.0, Math.min(size - 1.0, level * (size - 1.0)));
    int left = (int) index;
    double part = index - left;
    if (left + 1 == size || part == 0) {
      return v[left];
    }
    var fraction = new java.math.BigDecimal(part);
    var a = java.math.BigDecimal.valueOf(v[left]);
    var b = java.math.BigDecimal.valueOf(v[left + 1]);
    return a.multiply(java.math.BigDecimal.ONE.subtract(fraction))
        .add(b.multiply(fraction))
        .toBigInteger()
        .longValue();
  }

  void write(ByteWriter out) {
    out.writeLong(sampleSize);
    out.writeLong(total);
    out.writeString(random.text());
    for (int i = 0; i < size; i++) {
      Values.write(samples[i], layout.bytes(), out);
    }
  }

  void read(ByteReader in) {
    sampleSize = in.readLong();
    total = in.readLong();
    long count = Math.min(sampleSize, total);
    if (count < 0 || count > 1 << 28) {
      throw new LonghouseException(
          ErrorCode.TOO_LARGE_ARRAY_SIZE, "Too large sample: " + count + " values");
    }
    random.restore(in.readText(1000));
    size = (int) count;
    samples = new long[Math.max(8, size)];
    for (int i = 0; i < size; i++) {
      samples[i] = Values.read(layout.bytes(), in);
    }
    sorted = null;
  }
}
