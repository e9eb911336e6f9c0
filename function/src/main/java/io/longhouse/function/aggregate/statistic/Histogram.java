package io.longhouse.function.aggregate.statistic;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * {@code histogram(bins)}: weighted points, of which the two nearest are fused again and again when
 * there are twice as many as bins. State = Float64 least, Float64 greatest value, VarUInt n, n *
 * (Float64 mean, Float64 weight).
 */
@Register(
    kind = AggregateFactory.class,
    name = "histogram",
    category = "Aggregate",
    doc = "An adaptive histogram: lower and upper bound and height of each bin.")
final class Histogram implements AggregateFactory {
  private static final int BINS_MAX = 250;

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.parameters("histogram", parameters, 1, 1);
    Arguments.count("histogram", arguments, 1);
    long bins = Arguments.integer("histogram", parameters.get(0));
    if (bins > BINS_MAX) {
      throw new LonghouseException(
          ErrorCode.PARAMETER_OUT_OF_BOUND,
          "Unsupported bins count. Should not be greater than " + BINS_MAX);
    }
    if (bins <= 0) {
      throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "Bin count should be positive");
    }
    NumberLayout layout = Arguments.number("histogram", arguments.get(0));
    if (arguments.get(0) instanceof DecimalType || !layout.fitsWord()) {
      throw Arguments.illegal("histogram", arguments.get(0));
    }
    return new Bins(layout, (int) bins);
  }

  /** Weighted points; the first {@code sorted} of them ascend. */
  private static final class Points {
    final int bins;
    final double[] means;
    final double[] weights;
    int size;
    double least = Double.MAX_VALUE;
    double greatest = -Double.MAX_VALUE;

    Points(int bins) {
      this.bins = bins;
      means = new double[bins * 2];
      weights = new double[bins * 2];
    }

    void add(double value, double weight) {
      if (!Double.isFinite(value)) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_DATA,
            "Invalid value (inf or nan) for aggregation by 'histogram' function");
      }
      means[size] = value;
      weights[size++] = weight;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      if (size >= bins * 2) {
        compress();
      }
    }

    void merge(Points other) {
      least = Math.min(least, other.least);
      greatest = Math.max(greatest, other.greatest);
      for (int i = 0; i < other.size; i++) {
        add(other.means[i], other.weights[i]);
      }
    }

    private void fuse(int into, int from) {
      double weight = weights[from] + weights[into];
      means[into] = means[into] + weights[from] * (means[from] - means[into]) / weight;
      weights[into] = weight;
    }

    private void sort() {
      Integer[] order = new Integer[size];
      Arrays.setAll(order, i -> i);
      double[] m = means.clone();
      double[] w = weights.clone();
      Arrays.sort(order, (a, b) -> Double.compare(m[a], m[b]));
      for (int i = 0; i < size; i++) {
        means[i] = m[order[i]];
        weights[i] = w[order[i]];
      }
    }

    private record Gap(double width, int left) implements Comparable<Gap> {
      @Override
      public int compareTo(Gap other) {
        int c = Double.compare(width, other.width);
        return c != 0 ? c : Integer.compare(left, other.left);
      }
    }

    /** Fuses the nearest neighbours until there are no more points than bins. */
    void compress() {
      sort();
      int[] next = new int[size + 1];
      int[] previous = new int[size + 1];
      boolean[] alive = new boolean[size + 1];
      for (int i = 0; i < size; i++) {
        next[i] = i + 1;
        previous[i] = i == 0 ? size : i - 1;
        alive[i] = true;
      }
      var gaps = new PriorityQueue<Gap>();
      for (int i = 0; i + 1 < size; i++) {
        gaps.add(new Gap(means[i + 1] - means[i], i));
      }
      int left = size;
      while (left > bins && !gaps.isEmpty()) {
        Gap least = java.util.Objects.requireNonNull(gaps.poll());
        int i = least.left;
        int j = next[i];
        if (!alive[i] || !alive[j] || means[j] - means[i] > least.width) {
          continue;
        }
        fuse(i, j);
        alive[j] = false;
        next[i] = next[j];
        previous[next[j]] = i;
        left--;
        if (alive[next[i]]) {
          gaps.add(new Gap(means[next[i]] - means[i], i));
        }
        int before = previous[i];
        if (alive[before]) {
          gaps.add(new Gap(means[i] - means[before], before));
        }
      }
      keep(alive);
    }

    private void keep(boolean[] alive) {
      int n = 0;
      for (int i = 0; i < size; i++) {
        if (alive[i]) {
          means[n] = means[i];
          weights[n++] = weights[i];
        }
      }
      size = n;
    }

    /** Fuses points that differ in their last digits alone. */
    void unite() {
      int left = 0;
      for (int right = 1; right < size; right++) {
        double near = 10 * (means[left] + means[right]) * 0x1p-52;
        if (means[left] + Math.abs(near) >= means[right]) {
          fuse(left, right);
        } else {
          left++;
          means[left] = means[right];
          weights[left] = weights[right];
        }
      }
      size = size == 0 ? 0 : left + 1;
    }
  }

  private static final class Bins extends ObjectAggregate<Points, double[]> {
    private final NumberLayout layout;
    private final int bins;

    Bins(NumberLayout layout, int bins) {
      super(
          new ArrayType(
              new TupleType(List.of(FloatType.FLOAT64, FloatType.FLOAT64, FloatType.FLOAT64))));
      this.layout = layout;
      this.bins = bins;
    }

    @Override
    protected Points newState() {
      return new Points(bins);
    }

    @Override
    protected double[] input(Column[] arguments, int rows) {
      return Values.doubles(arguments[0], layout, rows);
    }

    @Override
    protected void addRun(Points state, double[] in, int from, int to) {
      for (int r = from; r < to; r++) {
        state.add(in[r], 1);
      }
    }

    @Override
    protected void merge(Points into, Points from) {
      into.merge(from);
    }

    @Override
    protected void write(Points state, ByteWriter out) {
      out.writeLong(Double.doubleToRawLongBits(state.least));
      out.writeLong(Double.doubleToRawLongBits(state.greatest));
      out.writeVarUInt(state.size);
      for (int i = 0; i < state.size; i++) {
        out.writeLong(Double.doubleToRawLongBits(state.means[i]));
        out.writeLong(Double.doubleToRawLongBits(state.weights[i]));
      }
    }

    @Override
    protected Points read(ByteReader in) {
      Points state = newState();
      state.least = in.readDouble();
      state.greatest = in.readDouble();
      int n = in.readLength(2 * bins, "histogram");
      for (int i = 0; i < n; i++) {
        state.means[i] = in.readDouble();
        state.weights[i] = in.readDouble();
      }
      state.size = n;
      return state;
    }

    @Override
    protected long bytes(Points state) {
      return 32L * bins + 64;
    }

    @Override
    protected void result(Points s, ColumnBuilder out) {
      s.compress();
      s.unite();
      var array = (ArrayColumn.Builder) out;
      var tuple = (TupleColumn.Builder) array.elements();
      for (int i = 0; i < s.size; i++) {
        boolean first = i == 0;
        boolean last = i + 1 == s.size;
        double low = first ? s.least : (s.means[i] + s.means[i - 1]) / 2;
        double high = last ? s.greatest : (s.means[i] + s.means[i + 1]) / 2;
        double left = first ? s.weights[i] : (s.weights[i - 1] + s.weights[i] * 3) / 4;
        double right = last ? s.weights[i] : (s.weights[i + 1] + s.weights[i] * 3) / 4;
        Values.append(low, tuple.elements().get(0));
        Values.append(high, tuple.elements().get(1));
        Values.append((left + right) / 2, tuple.elements().get(2));
        tuple.addedRow();
      }
      array.endRow();
    }
  }
}
