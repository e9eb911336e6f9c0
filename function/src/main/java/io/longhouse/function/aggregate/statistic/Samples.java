package io.longhouse.function.aggregate.statistic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.function.aggregate.state.DoubleList;
import java.util.Arrays;

/**
 * Two samples of numbers without NaN: state = VarUInt n1, VarUInt n2, n1 * Float64, n2 * Float64.
 */
record Samples(DoubleList x, DoubleList y) {
  Samples() {
    this(new DoubleList(), new DoubleList());
  }

  void merge(Samples other) {
    x.addAll(other.x);
    y.addAll(other.y);
  }

  long bytes() {
    return x.bytes() + y.bytes();
  }

  void write(ByteWriter out) {
    out.writeVarUInt(x.size());
    out.writeVarUInt(y.size());
    x.write(out);
    y.write(out);
  }

  static Samples read(ByteReader in) {
    var out = new Samples();
    int n = in.readLength(1 << 27, "sample");
    int m = in.readLength(1 << 27, "sample");
    out.x.read(n, in);
    out.y.read(m, in);
    return out;
  }

  /** Ranks from 1; equal numbers share the mean of theirs. */
  static double[] ranks(double[] v) {
    Integer[] order = new Integer[v.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(v[a], v[b]));
    double[] out = new double[v.length];
    for (int i = 0; i < v.length; ) {
      int end = i;
      while (end < v.length && v[order[end]] == v[order[i]]) {
        end++;
      }
      double rank = (i + 1 + end) / 2.0;
      for (; i < end; i++) {
        out[order[i]] = rank;
      }
    }
    return out;
  }
}
