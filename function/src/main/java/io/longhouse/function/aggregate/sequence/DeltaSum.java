package io.longhouse.function.aggregate.sequence;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.FixedAggregate;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sum of the steps up from each value to the next: what a counter counted, resets left out.
 *
 * <pre>
 * deltaSum state          = sum, first, last (each of the values' type), UInt8 whether there are any
 * deltaSumTimestamp state = sum, first, its time, last, its time, UInt8 whether there are any
 * </pre>
 */
@Register(
    kind = AggregateFactory.class,
    name = "deltaSum",
    category = "Aggregate",
    doc = "The sum of the differences between consecutive values that are positive.")
@Register(
    kind = AggregateFactory.class,
    name = "deltaSumTimestamp",
    category = "Aggregate",
    doc = "As deltaSum, states being merged in the order of the times beside the values.")
final class DeltaSum implements AggregateFactory {
  private final String name;

  DeltaSum(String name) {
    this.name = name;
  }

  @Override
  public boolean zeroWithoutRows() {
    return true;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters(name, parameters);
    boolean timed = name.endsWith("Timestamp");
    Arguments.count(name, arguments, timed ? 2 : 1);
    DataType type = arguments.get(0);
    NumberLayout layout = Arguments.number(name, type);
    if (!layout.fitsWord() || type instanceof DecimalType) {
      throw Arguments.illegal(name, type);
    }
    NumberLayout time = timed ? NumberLayout.of(arguments.get(1)) : null;
    if (timed && (time == null || !time.fitsWord())) {
      throw Arguments.illegal(name, arguments.get(1));
    }
    return new Steps(type, layout, time);
  }

  /**
   * Words: whether there are values, sum, first, last, all as bits; then times of first and last.
   */
  private static final class Steps extends FixedAggregate {
    private static final int SUM = 1;
    private static final int FIRST = 2;
    private static final int LAST = 3;
    private static final int FIRST_TIME = 4;
    private static final int LAST_TIME = 5;

    private final NumberLayout layout;
    private final @Nullable NumberLayout time;

    Steps(DataType type, NumberLayout layout, @Nullable NumberLayout time) {
      super(type, time == null ? 4 : 6);
      this.layout = layout;
      this.time = time;
    }

    private boolean less(long a, long b) {
      return layout.floating()
          ? layout.toDouble(a) < layout.toDouble(b)
          : layout.order(a) < layout.order(b);
    }

    private long plus(long a, long b) {
      return layout.floating()
          ? Values.bitsOfFloat(layout.toDouble(a) + layout.toDouble(b), layout.bytes())
          : Values.truncate(a + b, layout.bytes());
    }

    private long minus(long a, long b) {
      return layout.floating()
          ? Values.bitsOfFloat(layout.toDouble(a) - layout.toDouble(b), layout.bytes())
          : Values.truncate(a - b, layout.bytes());
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      long[] v = Values.bits(arguments[0], rows);
      long[] t = time == null ? v : Values.bits(arguments[1], rows);
      long[] words = states.words();
      for (int r = 0; r < rows; r++) {
        int at = groups[r] * states.stride() + word;
        if (words[at] == 0) {
          words[at] = 1;
          words[at + FIRST] = v[r];
          if (time != null) {
            words[at + FIRST_TIME] = t[r];
          }
        } else if (less(words[at + LAST], v[r])) {
          words[at + SUM] = plus(words[at + SUM], minus(v[r], words[at + LAST]));
        }
        words[at + LAST] = v[r];
        if (time != null) {
          words[at + LAST_TIME] = t[r];
        }
      }
    }

    @Override
    protected void merge(long[] words, int at, long[] from, int fromAt) {
      if (from[fromAt] == 0) {
        return;
      }
      if (words[at] == 0) {
        System.arraycopy(from, fromAt, words, at, stateWords());
      } else if (time != null) {
        mergeByTime(words, at, from, fromAt);
      } else if (words[at + LAST] != from[fromAt + FIRST]) {
        // A value below the last one is a counter that began anew.
        boolean up = less(words[at + LAST], from[fromAt + FIRST]);
        long step = up ? minus(from[fromAt + FIRST], words[at + LAST]) : 0;
        words[at + SUM] = plus(words[at + SUM], plus(from[fromAt + SUM], step));
        words[at + LAST] = from[fromAt + LAST];
      }
    }

    private static boolean before(NumberLayout time, long[] a, int i, long[] b, int j) {
      long aFirst = time.order(a[i + FIRST_TIME]);
      long aLast = time.order(a[i + LAST_TIME]);
      long bFirst = time.order(b[j + FIRST_TIME]);
      long bLast = time.order(b[j + LAST_TIME]);
      return aLast < bFirst || aLast == bFirst && (aLast < bLast || aFirst < bFirst);
    }

    private void mergeByTime(long[] words, int at, long[] from, int fromAt) {
      NumberLayout t = java.util.Objects.requireNonNull(time);
      if (before(t, words, at, from, fromAt)) {
        long step = gap(words[at + LAST], from[fromAt + FIRST]);
        words[at + SUM] = plus(plus(words[at + SUM], step), from[fromAt + SUM]);
        words[at + LAST] = from[fromAt + LAST];
        words[at + LAST_TIME] = from[fromAt + LAST_TIME];
      } else if (before(t, from, fromAt, words, at)) {
        long step = gap(from[fromAt + LAST], words[at + FIRST]);
        words[at + SUM] = plus(plus(words[at + SUM], step), from[fromAt + SUM]);
        words[at + FIRST] = from[fromAt + FIRST];
        words[at + FIRST_TIME] = from[fromAt + FIRST_TIME];
      } else if (less(words[at + FIRST], from[fromAt + FIRST])) {
        words[at + FIRST] = from[fromAt + FIRST];
        words[at + LAST] = from[fromAt + LAST];
      }
    }

    private long gap(long before, long after) {
      return less(before, after) ? minus(after, before) : 0;
    }

    @Override
    protected void write(long[] words, int at, ByteWriter out) {
      int bytes = layout.bytes();
      Values.write(words[at + SUM], bytes, out);
      Values.write(words[at + FIRST], bytes, out);
      if (time != null) {
        Values.write(words[at + FIRST_TIME], time.bytes(), out);
      }
      Values.write(words[at + LAST], bytes, out);
      if (time != null) {
        Values.write(words[at + LAST_TIME], time.bytes(), out);
      }
      out.writeByte((int) words[at]);
    }

    @Override
    protected void read(long[] words, int at, ByteReader in) {
      int bytes = layout.bytes();
      words[at + SUM] = Values.read(bytes, in);
      words[at + FIRST] = Values.read(bytes, in);
      if (time != null) {
        words[at + FIRST_TIME] = Values.read(time.bytes(), in);
      }
      words[at + LAST] = Values.read(bytes, in);
      if (time != null) {
        words[at + LAST_TIME] = Values.read(time.bytes(), in);
      }
      words[at] = in.readByte();
    }

    @Override
    protected void result(long[] words, int at, ColumnBuilder out) {
      Values.append(words[at + SUM], out);
    }
  }
}
