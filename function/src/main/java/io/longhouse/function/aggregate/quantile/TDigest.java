package io.longhouse.function.aggregate.quantile;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;

/**
 * Centroids, each a mean with a weight, that are merged while they stay small against their
 * distance from the ends.
 *
 * <pre>
 * state = VarUInt n, n * (Float32 mean, Float32 weight)
 * </pre>
 */
final class TDigest {
  private static final double EPSILON = 0.01f;
  private static final int CENTROIDS_MAX = 2048;
  private static final int UNMERGED_MAX = 2048;
  private static final int CENTROIDS_READ_MAX = 65536;

  private float[] means = new float[16];
  private float[] weights = new float[16];
  private int size;
  private double total;
  private int unmerged;

  long bytes() {
    return 8L * means.length + 64;
  }

  void add(float mean, float weight) {
    if (weight == 0 || Float.isNaN(mean)) {
      return;
    }
    append(mean, weight);
  }

  private void append(float mean, float weight) {
    if (size == means.length) {
      means = Arrays.copyOf(means, size * 2);
      weights = Arrays.copyOf(weights, size * 2);
    }
    means[size] = mean;
    weights[size++] = weight;
    total += weight;
    if (++unmerged > UNMERGED_MAX) {
      compress();
    }
  }

  void merge(TDigest other) {
    for (int i = 0; i < other.size; i++) {
      append(other.means[i], other.weights[i]);
    }
  }

  /** Sorts by mean; centroids of equal means keep their order. */
  private void sort() {
    long[] keys = new long[size];
    for (int i = 0; i < size; i++) {
      int b = Float.floatToRawIntBits(means[i]);
      b ^= b >> 31 & Integer.MAX_VALUE;
      keys[i] = (long) b << 32 | i;
    }
    Arrays.sort(keys);
    float[] m = new float[means.length];
    float[] w = new float[means.length];
    for (int i = 0; i < size; i++) {
      m[i] = means[(int) keys[i]];
      w[i] = weights[(int) keys[i]];
    }
    means = m;
    weights = w;
  }

  private void compress() {
    if (unmerged > 0 || size > CENTROIDS_MAX) {
      sort();
      mergeNeighbours();
      unmerged = 0;
    }
    compressBrute();
  }

  private void mergeNeighbours() {
    double limit = total * EPSILON * 4;
    double sum = 0;
    int l = 0;
    double mean = means[0];
    double weight = weights[0];
    for (int r = 1; r < size; r++) {
      double ql = (sum + weight * 0.5) / total;
      double qr = (sum + weight + weights[r] * 0.5) / total;
      double err = Math.min(ql * (1 - ql), qr * (1 - qr));
      if (weight + weights[r] <= limit * err && canMerge(mean, means[r])) {
        weight += weights[r];
        if (means[r] != mean) {
          mean += weights[r] * (means[r] - mean) / weight;
        }
        means[l] = (float) mean;
        weights[l] = (float) weight;
      } else {
        sum += weights[l];
        l++;
        means[l] = means[r];
        weights[l] = weights[r];
        mean = means[l];
        weight = weights[l];
      }
    }
    total = sum + weight;
    size = l + 1;
  }

  private static boolean canMerge(double a, float b) {
    return a == b || !Double.isInfinite(a) && !Float.isInfinite(b);
  }

  /** Merges batches of neighbours when there are still too many centroids. */
  private void compressBrute() {
    if (size <= CENTROIDS_MAX) {
      return;
    }
    int batch = (size + CENTROIDS_MAX - 1) / CENTROIDS_MAX;
    int l = 0;
    double sum = 0;
    double mean = means[0];
    double weight = weights[0];
    int inBatch = 0;
    for (int r = 1; r < size; r++) {
      if (inBatch < batch - 1) {
        weight += weights[r];
        if (means[r] != mean) {
          mean += weights[r] * (means[r] - mean) / weight;
        }
        means[l] = (float) mean;
        weights[l] = (float) weight;
        inBatch++;
      } else {
        if (!Float.isNaN(means[l])) {
          sum += weights[l];
          l++;
        }
        means[l] = means[r];
        weights[l] = weights[r];
        mean = means[l];
        weight = weights[l];
        inBatch = 0;
      }
    }
    boolean last = !Float.isNaN(means[l]);
    total = last ? sum + weight : sum;
    size = last ? l + 1 : l;
  }

  float quantile(double level) {
    if (size == 0) {
      return Float.NaN;
    }
    compress();
    if (size == 1) {
      return means[0];
    }
    double x = level * total;
    double previousX = 0;
    float sum = 0;
    float previousMean = means[0];
    float previousWeight = weights[0];
    for (int i = 0; i < size; i++) {
      double currentX = sum + weights[i] * 0.5;
      if (currentX >= x) {
        double left = previousX + (previousWeight == 1 ? 0.5 : 0);
        double right = currentX - (weights[i] == 1 ? 0.5 : 0);
        if (x <= left) {
          return previousMean;
        }
        return x >= right
            ? means[i]
            : interpolate((float) x, (float) left, previousMean, (float) right, means[i]);
      }
      sum += weights[i];
      previousMean = means[i];
      previousWeight = weights[i];
      previousX = currentX;
    }
    return means[size - 1];
  }

  private static float interpolate(float x, float x1, float y1, float x2, float y2) {
    double k = (x - x1) / (x2 - x1);
    return (float) ((1 - k) * y1 + k * y2);
  }

  void write(ByteWriter out) {
    compress();
    out.writeVarUInt(size);
    for (int i = 0; i < size; i++) {
      out.writeFloat(means[i]);
      out.writeFloat(weights[i]);
    }
  }

  static TDigest read(ByteReader in) {
    var digest = new TDigest();
    int n = in.readLength(CENTROIDS_READ_MAX, "t-digest");
    for (int i = 0; i < n; i++) {
      float mean = in.readFloat();
      float weight = in.readFloat();
      if (!(weight > 0)) {
        throw new LonghouseException(
            ErrorCode.CANNOT_PARSE_INPUT_ASSERTION_FAILED,
            "Invalid centroid " + weight + ":" + mean);
      }
      if (!Float.isNaN(mean)) {
        digest.append(mean, weight);
      }
    }
    digest.unmerged = 0;
    digest.compress();
    return digest;
  }
}
