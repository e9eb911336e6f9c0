package io.longhouse.function.aggregate.sequence;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.DoubleList;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;

/**
 * {@code largestTriangleThreeBuckets(n)(x, y)}: of each of n buckets of points the one that spans
 * the largest triangle with the point before and the mean of the next bucket. State = VarUInt n,
 * VarUInt n, n * Float64 x, n * Float64 y.
 */
@Register(
    kind = AggregateFactory.class,
    name = "largestTriangleThreeBuckets",
    aliases = "lttb",
    category = "Aggregate",
    doc = "A given number of points that keep the shape of a series.")
final class LargestTriangles implements AggregateFactory {
  private static final String NAME = "largestTriangleThreeBuckets";

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.parameters(NAME, parameters, 1, 1);
    Arguments.count(NAME, arguments, 2);
    long buckets = Arguments.integer(NAME, parameters.get(0));
    if (buckets < 0) {
      throw Arguments.illegal(NAME, parameters.get(0).type());
    }
    return new Buckets(
        shown(arguments.get(0)), shown(arguments.get(1)), layout(arguments), (int) buckets);
  }

  private static NumberLayout[] layout(List<DataType> arguments) {
    NumberLayout[] out = new NumberLayout[2];
    for (int i = 0; i < 2; i++) {
      DataType t = arguments.get(i);
      NumberLayout layout = NumberLayout.of(t);
      if (layout == null || !isMoment(t) && !NumberLayout.isArithmetic(t)) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED,
            "Aggregate function "
                + NAME
                + " only supports Date, Date32, DateTime, DateTime64 and Number as an argument");
      }
      out[i] = layout;
    }
    return out;
  }

  private static boolean isMoment(DataType t) {
    return t instanceof DateType
        || t instanceof Date32Type
        || t instanceof DateTimeType
        || t instanceof DateTime64Type;
  }

  private static DataType shown(DataType t) {
    return switch (t) {
      case DateTimeType _ -> new DateTimeType(null);
      case DateTime64Type d -> new DateTime64Type(d.scale(), null);
      default -> isMoment(t) ? t : FloatType.FLOAT64;
    };
  }

  private record Points(DoubleList x, DoubleList y) {}

  private static final class Buckets extends ObjectAggregate<Points, double[][]> {
    private final NumberLayout[] layouts;
    private final int buckets;

    Buckets(DataType x, DataType y, NumberLayout[] layouts, int buckets) {
      super(new ArrayType(new TupleType(List.of(x, y))));
      this.layouts = layouts;
      this.buckets = buckets;
    }

    @Override
    protected Points newState() {
      return new Points(new DoubleList(), new DoubleList());
    }

    @Override
    protected double[][] input(Column[] arguments, int rows) {
      return new double[][] {
        Values.doubles(arguments[0], layouts[0], rows),
        Values.doubles(arguments[1], layouts[1], rows)
      };
    }

    @Override
    protected void addRun(Points state, double[][] in, int from, int to) {
      for (int r = from; r < to; r++) {
        if (!Double.isNaN(in[0][r]) && !Double.isNaN(in[1][r])) {
          state.x.add(in[0][r]);
          state.y.add(in[1][r]);
        }
      }
    }

    @Override
    protected void merge(Points into, Points from) {
      into.x.addAll(from.x);
      into.y.addAll(from.y);
    }

    @Override
    protected void write(Points state, ByteWriter out) {
      out.writeVarUInt(state.x.size());
      out.writeVarUInt(state.y.size());
      state.x.write(out);
      state.y.write(out);
    }

    @Override
    protected Points read(ByteReader in) {
      Points state = newState();
      int n = in.readLength(1 << 27, "sample");
      int m = in.readLength(1 << 27, "sample");
      state.x.read(n, in);
      state.y.read(m, in);
      return state;
    }

    @Override
    protected long bytes(Points state) {
      return state.x.bytes() + state.y.bytes();
    }

    @Override
    protected void result(Points state, ColumnBuilder out) {
      int n = state.x.size();
      Integer[] order = new Integer[n];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> Double.compare(state.x.get(a), state.x.get(b)));
      double[] x = new double[n];
      double[] y = new double[n];
      for (int i = 0; i < n; i++) {
        x[i] = state.x.get(order[i]);
        y[i] = state.y.get(order[i]);
      }
      var array = (ArrayColumn.Builder) out;
      var tuple = (TupleColumn.Builder) array.elements();
      for (int i : chosen(x, y)) {
        append(x[i], tuple.elements().get(0));
        append(y[i], tuple.elements().get(1));
        tuple.addedRow();
      }
      array.endRow();
    }

    private static void append(double v, ColumnBuilder out) {
      if (out instanceof io.longhouse.column.Float64Column.Builder b) {
        b.add(v);
      } else {
        Values.append((long) v, out);
      }
    }

    private int[] chosen(double[] x, double[] y) {
      int n = x.length;
      if (n <= buckets || buckets < 3) {
        int[] few = new int[Math.min(n, buckets)];
        Arrays.setAll(few, i -> n > buckets && i == 1 ? n - 1 : i);
        return few;
      }
      int[] out = new int[buckets];
      double size = (double) (n - 2) / (buckets - 2);
      int start = 1;
      int center = 1 + (int) Math.floor(size);
      for (int i = 0; i < buckets - 2; i++) {
        int end = Math.min(n, 1 + (int) Math.floor(size * (i + 2)));
        double meanX = 0;
        double meanY = 0;
        for (int j = center; j < end; j++) {
          meanX += x[j];
          meanY += y[j];
        }
        meanX /= end - center;
        meanY /= end - center;
        out[i + 1] = largest(x, y, out[i], start, center, meanX, meanY);
        start = center;
        center = end;
      }
      out[buckets - 1] = n - 1;
      return out;
    }

    private static int largest(
        double[] x, double[] y, int before, int start, int end, double meanX, double meanY) {
      int best = start;
      double most = 0;
      double px = x[before];
      double py = y[before];
      for (int j = start; j < end; j++) {
        double area =
            Math.abs(
                0.5
                    * (px * y[j]
                        + x[j] * meanY
                        + meanX * py
                        - px * meanY
                        - x[j] * py
                        - meanX * y[j]));
        if (area > most) {
          most = area;
          best = j;
        }
      }
      return best;
    }
  }
}
