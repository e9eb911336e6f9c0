package io.longhouse.function.aggregate.statistic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.LongLongMap;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code sparkbar(width[, min x, max x])}: state = least and greatest x, least and greatest y, then
 * VarUInt number of points and x and y of each in the order of a {@link LongLongMap}.
 */
@Register(
    kind = AggregateFactory.class,
    name = "sparkbar",
    aliases = "sparkBar",
    category = "Aggregate",
    doc = "A line of bars that shows how y develops over x.")
final class Sparkbar implements AggregateFactory {
  private static final String NAME = "sparkbar";
  private static final int LEVELS = 8;

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    if (arguments.size() != 2) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Aggregate function sparkbar requires two arguments");
    }
    if (parameters.size() != 1 && parameters.size() != 3) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "The number of params does not match for aggregate function 'sparkbar', expected 1 or 3,"
              + " got "
              + parameters.size());
    }
    DataType x = arguments.get(0);
    boolean ranged = parameters.size() == 3;
    if (ranged && (wrong(parameters.get(1), x) || wrong(parameters.get(2), x))) {
      throw illegal(
          "The second and third parameters are not the same type as the first arguments for"
              + " aggregate function sparkbar");
    }
    long width = Arguments.integer(NAME, parameters.get(0));
    if (width < 2 || width > 1024) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Parameter width must be in range [2, 1024]");
    }
    boolean xTaken =
        x instanceof IntegerType t && !t.signed() && t.bytes() <= 8
            || x instanceof DateType
            || x instanceof DateTimeType;
    NumberLayout xs = NumberLayout.of(x);
    if (!xTaken || xs == null) {
      throw illegal(
          "The first argument type must be UInt or Date or DateTime for aggregate function"
              + " sparkbar");
    }
    NumberLayout ys = NumberLayout.of(arguments.get(1));
    if (ys == null || !ys.fitsWord() || !isNative(arguments.get(1))) {
      throw illegal("The second argument type must be numeric for aggregate function sparkbar");
    }
    long most = xs.bytes() == 8 ? -1 : (1L << 8 * xs.bytes()) - 1;
    long begin = ranged ? bound(parameters.get(1)) : 0;
    long end = ranged ? bound(parameters.get(2)) : most;
    if (Long.compareUnsigned(begin, end) >= 0) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Parameter end must be greater than begin of function sparkbar");
    }
    return new Of((int) width, xs.bytes(), most, ys, ranged, begin, end);
  }

  private static long bound(Argument parameter) {
    Column c = parameter.constant();
    if (c == null) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Parameters of function sparkbar must be constant");
    }
    return Values.bits(c.plain(), 1)[0];
  }

  /** A whole number goes with whole numbers, a date with dates. */
  private static boolean wrong(Argument parameter, DataType x) {
    DataType t = parameter.type();
    return !(t instanceof IntegerType n && x instanceof IntegerType && !n.signed())
        && !(t instanceof DateType && x instanceof DateType)
        && !(t instanceof DateTimeType && x instanceof DateTimeType);
  }

  private static boolean isNative(DataType t) {
    return t instanceof IntegerType || t instanceof FloatType;
  }

  private static LonghouseException illegal(String message) {
    return new LonghouseException(ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT, message);
  }

  /** Points; y as order longs, those in the map as bits. */
  private static final class Points {
    private final LongLongMap map = new LongLongMap(LongLongMap.Hash.MIX, 8);
    private long minX;
    private long maxX;
    private long minY;
    private long maxY;
  }

  private static final class Of extends ObjectAggregate<Points, long[][]> {
    private final int width;
    private final int xBytes;
    private final long mostX;
    private final NumberLayout ys;
    private final boolean ranged;
    private final long beginX;
    private final long endX;
    private final long greatestY;

    Of(int width, int xBytes, long mostX, NumberLayout ys, boolean ranged, long beginX, long endX) {
      super(StringType.TYPE);
      this.width = width;
      this.xBytes = xBytes;
      this.mostX = mostX;
      this.ys = ys;
      this.ranged = ranged;
      this.beginX = beginX;
      this.endX = endX;
      int bits = 8 * ys.bytes();
      this.greatestY =
          ys.floating() || bits == 64 && !ys.signed()
              ? -1
              : ys.signed() ? -1L >>> 65 - bits : (1L << bits) - 1;
    }

    @Override
    protected Points newState() {
      var p = new Points();
      p.minX = mostX;
      p.minY = ys.order(ys.floating() ? largestFloat() : greatestY);
      p.maxY = ys.order(ys.floating() ? smallestFloat() : ys.signed() ? ~greatestY : 0);
      return p;
    }

    private long largestFloat() {
      return Values.bitsOfFloat(ys.bytes() == 4 ? Float.MAX_VALUE : Double.MAX_VALUE, ys.bytes());
    }

    private long smallestFloat() {
      return Values.bitsOfFloat(ys.bytes() == 4 ? -Float.MAX_VALUE : -Double.MAX_VALUE, ys.bytes());
    }

    @Override
    protected long[][] input(Column[] arguments, int rows) {
      return new long[][] {Values.bits(arguments[0], rows), Values.bits(arguments[1], rows)};
    }

    @Override
    protected void addRun(Points state, long[][] in, int from, int to) {
      for (int r = from; r < to; r++) {
        long x = in[0][r];
        if (Long.compareUnsigned(beginX, x) <= 0 && Long.compareUnsigned(x, endX) <= 0) {
          long y = in[1][r];
          long sum = insert(state, x, y);
          state.minX = Long.compareUnsigned(x, state.minX) < 0 ? x : state.minX;
          state.maxX = Long.compareUnsigned(x, state.maxX) > 0 ? x : state.maxX;
          state.minY = Math.min(state.minY, ys.order(y));
          state.maxY = Math.max(state.maxY, ys.order(sum));
        }
      }
    }

    private boolean isPositive(long y) {
      if (ys.floating()) {
        return ys.toDouble(y) > 0;
      }
      return ys.signed() ? ys.signExtend(y) > 0 : y != 0;
    }

    /** The point's y after the addition; 0 when there is nothing to add. */
    private long insert(Points p, long x, long y) {
      if (!isPositive(y)) {
        return 0;
      }
      long sum = p.map.contains(x) ? sum(p.map.get(x), y) : y;
      p.map.put(x, sum);
      return sum;
    }

    private long sum(long a, long b) {
      if (ys.floating()) {
        double x = ys.toDouble(a);
        double y = ys.toDouble(b);
        return Values.bitsOfFloat(ys.bytes() == 4 ? (float) x + (float) y : x + y, ys.bytes());
      }
      return overflows(a, b) ? greatestY : a + b;
    }

    /** Whether the sum of two positive whole numbers is too large. */
    private boolean overflows(long a, long b) {
      long s = a + b;
      return Long.compareUnsigned(s, a) < 0 || Long.compareUnsigned(s, greatestY) > 0;
    }

    @Override
    protected void merge(Points into, Points from) {
      if (from.map.size() == 0) {
        return;
      }
      long[] pairs = from.map.pairs();
      for (int i = 0; i < pairs.length; i += 2) {
        into.maxY = Math.max(into.maxY, ys.order(insert(into, pairs[i], pairs[i + 1])));
      }
      into.minX = Long.compareUnsigned(from.minX, into.minX) < 0 ? from.minX : into.minX;
      into.maxX = Long.compareUnsigned(from.maxX, into.maxX) > 0 ? from.maxX : into.maxX;
      into.minY = Math.min(into.minY, from.minY);
      into.maxY = Math.max(into.maxY, from.maxY);
    }

    @Override
    protected void write(Points state, ByteWriter out) {
      Values.write(state.minX, xBytes, out);
      Values.write(state.maxX, xBytes, out);
      Values.write(ys.unorder(state.minY), ys.bytes(), out);
      Values.write(ys.unorder(state.maxY), ys.bytes(), out);
      long[] pairs = state.map.pairs();
      out.writeVarUInt(pairs.length / 2);
      for (int i = 0; i < pairs.length; i += 2) {
        Values.write(pairs[i], xBytes, out);
        Values.write(pairs[i + 1], ys.bytes(), out);
      }
    }

    @Override
    protected Points read(ByteReader in) {
      var p = new Points();
      p.minX = Values.read(xBytes, in);
      p.maxX = Values.read(xBytes, in);
      p.minY = ys.order(Values.read(ys.bytes(), in));
      p.maxY = ys.order(Values.read(ys.bytes(), in));
      int count = in.readLength(1 << 27, "hash table");
      for (int i = 0; i < count; i++) {
        long x = Values.read(xBytes, in);
        p.map.put(x, Values.read(ys.bytes(), in));
      }
      return p;
    }

    @Override
    protected void result(Points state, ColumnBuilder out) {
      ((StringColumn.Builder) out).add(text(state).getBytes(StandardCharsets.UTF_8));
    }

    private String text(Points state) {
      if (state.map.size() == 0) {
        return "";
      }
      long from = ranged ? beginX : state.minX;
      long to = ranged ? endX : state.maxX;
      if (Long.compareUnsigned(from, to) >= 0) {
        return bar(LEVELS);
      }
      return ys.floating() ? reals(state, from, to) : wholes(state, from, to);
    }

    private int bucket(long x, long from, long to) {
      long delta = to - from;
      if (delta != mostX) {
        delta++;
      }
      double at = (double) width / unsigned(delta) * unsigned(x - from);
      return (int) Math.min(at, width - 1);
    }

    private static double unsigned(long v) {
      return v >= 0 ? v : (v >>> 1 | v & 1) * 2.0;
    }

    private String reals(Points state, long from, long to) {
      double[] sums = new double[width];
      long[] counts = new long[width];
      long[] pairs = state.map.pairs();
      boolean single = ys.bytes() == 4;
      for (int i = 0; i < pairs.length; i += 2) {
        if (Long.compareUnsigned(pairs[i], from) < 0 || Long.compareUnsigned(to, pairs[i]) < 0) {
          continue;
        }
        int b = bucket(pairs[i], from, to);
        double sum = sums[b] + ys.toDouble(pairs[i + 1]);
        sums[b] = single ? (float) sum : sum;
        counts[b]++;
      }
      double max = 0;
      for (int b = 0; b < width; b++) {
        double mean = counts[b] > 0 ? sums[b] / counts[b] : sums[b];
        sums[b] = single ? (float) mean : mean;
        max = sums[b] > max ? sums[b] : max;
      }
      var text = new StringBuilder();
      double step = single ? (float) max / (LEVELS - 1) : max / (LEVELS - 1);
      for (int b = 0; b < width && max > 0; b++) {
        double level = sums[b] > 0 ? sums[b] / step + 1 : 0;
        text.append(bar(single ? (float) level : level));
      }
      return text.toString();
    }

    private String wholes(Points state, long from, long to) {
      long[] sums = new long[width];
      long[] counts = new long[width];
      long[] pairs = state.map.pairs();
      for (int i = 0; i < pairs.length; i += 2) {
        if (Long.compareUnsigned(pairs[i], from) < 0 || Long.compareUnsigned(to, pairs[i]) < 0) {
          continue;
        }
        int b = bucket(pairs[i], from, to);
        if (overflows(sums[b], pairs[i + 1])) {
          sums[b] = greatestY;
        } else {
          sums[b] += pairs[i + 1];
          counts[b]++;
        }
      }
      long max = 0;
      for (int b = 0; b < width; b++) {
        sums[b] = counts[b] > 0 ? Long.divideUnsigned(sums[b], counts[b]) : sums[b];
        max = Long.compareUnsigned(sums[b], max) > 0 ? sums[b] : max;
      }
      var text = new StringBuilder();
      for (int b = 0; b < width && max != 0; b++) {
        text.append(bar(sums[b] == 0 ? 0 : level(sums[b], max)));
      }
      return text.toString();
    }

    private int level(long y, long max) {
      long factor = LEVELS - 1;
      long scaled = y * factor;
      boolean overflow =
          Math.unsignedMultiplyHigh(y, factor) != 0 || Long.compareUnsigned(scaled, greatestY) > 0;
      long level =
          overflow
              ? Long.divideUnsigned(y, Long.divideUnsigned(max, factor)) + 1
              : Long.divideUnsigned(scaled, max) + 1;
      return Long.compareUnsigned(level, LEVELS) > 0 ? 0 : (int) level;
    }

    /** A bar; where rounding led beyond the highest there is none. */
    private static String bar(double level) {
      return level < 1 || level > LEVELS ? " " : Character.toString('▁' + (int) level - 1);
    }

    @Override
    protected long bytes(Points state) {
      return state.map.bytes() + 48;
    }
  }
}
