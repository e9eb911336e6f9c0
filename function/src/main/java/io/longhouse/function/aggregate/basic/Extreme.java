package io.longhouse.function.aggregate.basic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.FixedAggregate;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.SingleValue;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import java.util.List;

/** {@code min} and {@code max}. Numbers are kept as longs in their order, reversed for max. */
@Register(
    kind = AggregateFactory.class,
    name = "min",
    caseInsensitive = true,
    category = "Aggregate",
    doc = "The smallest value.")
@Register(
    kind = AggregateFactory.class,
    name = "max",
    caseInsensitive = true,
    category = "Aggregate",
    doc = "The largest value.")
final class Extreme implements AggregateFactory {
  private final String name;

  Extreme(String name) {
    this.name = name;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters(name, parameters);
    Arguments.count(name, arguments, 1);
    DataType type = arguments.get(0);
    if (!type.isComparable()) {
      throw new io.longhouse.sql.LonghouseException(
          io.longhouse.sql.ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type "
              + type.name()
              + " of argument of aggregate function "
              + name
              + " because the values of that data type are not comparable");
    }
    boolean max = name.equals("max");
    NumberLayout layout = NumberLayout.of(type);
    return layout != null && layout.fitsWord()
        ? new OfNumbers(type, layout, max)
        : new ChosenValue(type, SingleValue.of(type), max ? Choice.MAX : Choice.MIN);
  }

  /** Words: the smallest key, whether there is one. */
  private static final class OfNumbers extends FixedAggregate {
    private final NumberLayout layout;
    private final long flip;
    private final long none;

    OfNumbers(DataType type, NumberLayout layout, boolean max) {
      super(type, 2);
      this.layout = layout;
      this.none = Values.bits(type.defaultValue(), 1)[0];
      this.flip = max ? -1 : 0;
    }

    /** The key of a double: NaN is the last choice for both directions. */
    private long key(double v) {
      if (Double.isNaN(v)) {
        return Long.MAX_VALUE;
      }
      long b = Double.doubleToRawLongBits(v);
      return b ^ b >> 63 & Long.MAX_VALUE ^ flip;
    }

    private long[] keys(Column column, int rows) {
      if (layout.floating()) {
        double[] v = Values.doubles(column, layout, rows);
        long[] out = new long[rows];
        for (int r = 0; r < rows; r++) {
          out[r] = key(v[r]);
        }
        return out;
      }
      long[] v = Values.longs(column, layout.signed(), rows);
      long change = flip ^ (layout.signed() ? 0 : Long.MIN_VALUE);
      if (change == 0) {
        return v;
      }
      long[] out = new long[rows];
      for (int r = 0; r < rows; r++) {
        out[r] = v[r] ^ change;
      }
      return out;
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      long[] v = keys(arguments[0], rows);
      long[] words = states.words();
      int stride = states.stride();
      for (int r = 0; r < rows; r++) {
        int at = groups[r] * stride + word;
        if (v[r] < words[at] || words[at + 1] == 0) {
          words[at] = v[r];
          words[at + 1] = 1;
        }
      }
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      if (rows == 0) {
        return;
      }
      long key = least(arguments[0], rows);
      long[] words = states.words();
      int at = group * states.stride() + word;
      if (words[at + 1] == 0 || key < words[at]) {
        words[at] = key;
        words[at + 1] = 1;
      }
    }

    private long least(Column column, int rows) {
      return switch (column) {
        case Int8Column c -> least(c.values(), rows);
        case Int16Column c when !layout.floating() -> least(c.values(), rows);
        case Int32Column c -> least(c.values(), rows);
        case Int64Column c -> least(c.values(), rows);
        case Float64Column c -> least(c.values(), rows);
        case Float32Column c -> least(c.values(), rows);
        case ConstColumn k -> keys(k.value(), 1)[0];
        default -> least(keys(column, rows), 0, rows);
      };
    }

    private static long least(long[] v, long change, int rows) {
      long least = Long.MAX_VALUE;
      for (int r = 0; r < rows; r++) {
        least = Math.min(least, v[r] ^ change);
      }
      return least;
    }

    private long least(long[] v, int rows) {
      return least(v, flip ^ (layout.signed() ? 0 : Long.MIN_VALUE), rows);
    }

    private long least(int[] v, int rows) {
      int change = (int) flip ^ (layout.signed() ? 0 : Integer.MIN_VALUE);
      int least = Integer.MAX_VALUE;
      for (int r = 0; r < rows; r++) {
        least = Math.min(least, v[r] ^ change);
      }
      return widen((least ^ change) & 0xFFFFFFFFL);
    }

    private long least(short[] v, int rows) {
      short change = (short) ((int) flip ^ (layout.signed() ? 0 : Short.MIN_VALUE));
      short least = Short.MAX_VALUE;
      for (int r = 0; r < rows; r++) {
        least = (short) Math.min(least, (short) (v[r] ^ change));
      }
      return widen((least ^ change) & 0xFFFF);
    }

    private long least(byte[] v, int rows) {
      byte change = (byte) ((int) flip ^ (layout.signed() ? 0 : Byte.MIN_VALUE));
      byte least = Byte.MAX_VALUE;
      for (int r = 0; r < rows; r++) {
        least = (byte) Math.min(least, (byte) (v[r] ^ change));
      }
      return widen((least ^ change) & 0xFF);
    }

    private long widen(long bits) {
      return layout.order(bits) ^ flip;
    }

    private long least(double[] v, int rows) {
      double sign = flip == 0 ? 1 : -1;
      double least = Double.POSITIVE_INFINITY;
      boolean number = false;
      for (int r = 0; r < rows; r++) {
        double x = v[r] * sign;
        least = x < least ? x : least;
        number |= !Double.isNaN(x);
      }
      return number ? key(least * sign) : Long.MAX_VALUE;
    }

    private long least(float[] v, int rows) {
      float sign = flip == 0 ? 1 : -1;
      float least = Float.POSITIVE_INFINITY;
      boolean number = false;
      for (int r = 0; r < rows; r++) {
        float x = v[r] * sign;
        least = x < least ? x : least;
        number |= !Float.isNaN(x);
      }
      return number ? key(least * sign) : Long.MAX_VALUE;
    }

    @Override
    protected void merge(long[] words, int at, long[] from, int fromAt) {
      if (from[fromAt + 1] != 0 && (words[at + 1] == 0 || from[fromAt] < words[at])) {
        words[at] = from[fromAt];
        words[at + 1] = 1;
      }
    }

    private long bits(long key) {
      if (layout.floating() && key == Long.MAX_VALUE) {
        return Values.bitsOfFloat(Double.NaN, layout.bytes());
      }
      return layout.unorder(key ^ flip);
    }

    @Override
    protected void write(long[] words, int at, ByteWriter out) {
      boolean has = words[at + 1] != 0;
      out.writeByte(has ? 1 : 0);
      if (has) {
        Values.write(bits(words[at]), layout.bytes(), out);
      }
    }

    @Override
    protected void read(long[] words, int at, ByteReader in) {
      if (in.readByte() != 0) {
        long bits = Values.read(layout.bytes(), in);
        words[at] =
            layout.floating()
                ? key(Values.floatOfBits(bits, layout.bytes()))
                : layout.order(bits) ^ flip;
        words[at + 1] = 1;
      }
    }

    @Override
    protected void result(long[] words, int at, ColumnBuilder out) {
      Values.append(words[at + 1] == 0 ? none : bits(words[at]), out);
    }
  }
}
