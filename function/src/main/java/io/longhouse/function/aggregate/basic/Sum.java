package io.longhouse.function.aggregate.basic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.FixedAggregate;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.Reductions;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.function.aggregate.state.WideNumbers;
import io.longhouse.registry.Register;
import java.util.List;

/**
 * Sums: state = the sum in the result's layout. {@code sum} widens to 64 bits, Float64 or 38
 * digits; {@code sumWithOverflow} stays in the argument's type and wraps.
 */
@Register(
    kind = AggregateFactory.class,
    name = "sum",
    caseInsensitive = true,
    category = "Aggregate",
    doc = "The sum of numbers.")
@Register(
    kind = AggregateFactory.class,
    name = "sumWithOverflow",
    category = "Aggregate",
    doc = "The sum of numbers in the argument's own type; wraps when it gets too large.")
final class Sum implements AggregateFactory {
  private final String name;

  Sum(String name) {
    this.name = name;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters(name, parameters);
    Arguments.count(name, arguments, 1);
    DataType type = arguments.get(0);
    NumberLayout layout = Arguments.number(name, type);
    DataType result = name.equals("sum") ? widened(type, layout) : own(type);
    return sum(layout, result);
  }

  /** The sum of values of a layout in the result's type. */
  static AggregateFunction sum(NumberLayout layout, DataType result) {
    NumberLayout to = java.util.Objects.requireNonNull(NumberLayout.of(result));
    if (to.floating()) {
      return to.bytes() == 4 ? new Floats(result, layout) : new Doubles(result, layout);
    }
    return to.fitsWord() ? new Longs(result, layout, to.bytes()) : new Wides(result, layout, to);
  }

  static DataType widened(DataType type, NumberLayout layout) {
    if (layout.floating()) {
      return FloatType.FLOAT64;
    }
    if (type instanceof DecimalType d) {
      return DecimalType.ofBytes(d.bytes() == 32 ? 32 : 16, d.scale());
    }
    return layout.bytes() > 8
        ? IntegerType.of(layout.bytes(), layout.signed())
        : layout.signed() ? IntegerType.INT64 : IntegerType.UINT64;
  }

  private static DataType own(DataType type) {
    return type instanceof io.longhouse.column.type.BoolType ? IntegerType.UINT8 : type;
  }

  private static final class Longs extends FixedAggregate {
    private final boolean signed;
    private final int bytes;

    Longs(DataType result, NumberLayout layout, int bytes) {
      super(result, 1);
      this.signed = layout.signed();
      this.bytes = bytes;
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      long[] v = Values.longs(arguments[0], signed, rows);
      long[] words = states.words();
      int stride = states.stride();
      for (int r = 0; r < rows; r++) {
        words[groups[r] * stride + word] += v[r];
      }
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      states.words()[group * states.stride() + word] +=
          Reductions.sumLongs(arguments[0], signed, rows);
    }

    @Override
    protected void merge(long[] words, int at, long[] from, int fromAt) {
      words[at] += from[fromAt];
    }

    @Override
    protected void write(long[] words, int at, ByteWriter out) {
      Values.write(words[at], bytes, out);
    }

    @Override
    protected void read(long[] words, int at, ByteReader in) {
      words[at] = Values.read(bytes, in);
    }

    @Override
    protected void result(long[] words, int at, ColumnBuilder out) {
      Values.append(words[at], out);
    }
  }

  private static final class Wides extends FixedAggregate {
    private final NumberLayout layout;
    private final int n;

    Wides(DataType result, NumberLayout layout, NumberLayout to) {
      super(result, to.words());
      this.layout = layout;
      this.n = to.words();
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      long[] words = states.words();
      int stride = states.stride();
      if (layout.fitsWord()) {
        long[] v = Values.longs(arguments[0], layout.signed(), rows);
        for (int r = 0; r < rows; r++) {
          WideNumbers.add(words, groups[r] * stride + word, v[r], layout.signed(), n);
        }
      } else {
        long[] v = WideNumbers.widen(arguments[0], layout, n, rows);
        for (int r = 0; r < rows; r++) {
          WideNumbers.add(words, groups[r] * stride + word, v, r * n, n);
        }
      }
    }

    @Override
    protected void merge(long[] words, int at, long[] from, int fromAt) {
      WideNumbers.add(words, at, from, fromAt, n);
    }

    @Override
    protected void write(long[] words, int at, ByteWriter out) {
      for (int k = 0; k < n; k++) {
        out.writeLong(words[at + k]);
      }
    }

    @Override
    protected void read(long[] words, int at, ByteReader in) {
      for (int k = 0; k < n; k++) {
        words[at + k] = in.readLong();
      }
    }

    @Override
    protected void result(long[] words, int at, ColumnBuilder out) {
      ((WideColumn.Builder) out).add(words, at);
    }
  }

  private static final class Doubles extends FixedAggregate {
    private final NumberLayout layout;

    Doubles(DataType result, NumberLayout layout) {
      super(result, 1);
      this.layout = layout;
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      double[] v = Values.doubles(arguments[0], layout, rows);
      long[] words = states.words();
      int stride = states.stride();
      for (int r = 0; r < rows; r++) {
        int at = groups[r] * stride + word;
        words[at] = Double.doubleToRawLongBits(Double.longBitsToDouble(words[at]) + v[r]);
      }
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      int at = group * states.stride() + word;
      double sum = Double.longBitsToDouble(states.words()[at]);
      states.words()[at] =
          Double.doubleToRawLongBits(Reductions.sumDoubles(sum, arguments[0], layout, rows));
    }

    @Override
    protected void merge(long[] words, int at, long[] from, int fromAt) {
      words[at] =
          Double.doubleToRawLongBits(
              Double.longBitsToDouble(words[at]) + Double.longBitsToDouble(from[fromAt]));
    }

    @Override
    protected void write(long[] words, int at, ByteWriter out) {
      out.writeLong(words[at]);
    }

    @Override
    protected void read(long[] words, int at, ByteReader in) {
      words[at] = in.readLong();
    }

    @Override
    protected void result(long[] words, int at, ColumnBuilder out) {
      Values.append(words[at], out);
    }
  }

  /** Sums in single precision: {@code sumWithOverflow(Float32)}. */
  private static final class Floats extends FixedAggregate {
    private final NumberLayout layout;

    Floats(DataType result, NumberLayout layout) {
      super(result, 1);
      this.layout = layout;
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      double[] v = Values.doubles(arguments[0], layout, rows);
      long[] words = states.words();
      int stride = states.stride();
      for (int r = 0; r < rows; r++) {
        int at = groups[r] * stride + word;
        words[at] = Float.floatToRawIntBits(Float.intBitsToFloat((int) words[at]) + (float) v[r]);
      }
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      int at = group * states.stride() + word;
      float sum = Float.intBitsToFloat((int) states.words()[at]);
      double[] v = Values.doubles(arguments[0], layout, rows);
      states.words()[at] = Float.floatToRawIntBits(Reductions.sumFloats(sum, v, rows));
    }

    @Override
    protected void merge(long[] words, int at, long[] from, int fromAt) {
      words[at] =
          Float.floatToRawIntBits(
              Float.intBitsToFloat((int) words[at]) + Float.intBitsToFloat((int) from[fromAt]));
    }

    @Override
    protected void write(long[] words, int at, ByteWriter out) {
      out.writeInt((int) words[at]);
    }

    @Override
    protected void read(long[] words, int at, ByteReader in) {
      words[at] = in.readInt();
    }

    @Override
    protected void result(long[] words, int at, ColumnBuilder out) {
      Values.append(words[at], out);
    }
  }
}
