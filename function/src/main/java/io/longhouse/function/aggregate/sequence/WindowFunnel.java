package io.longhouse.function.aggregate.sequence;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.IntegerType;
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

/**
 * {@code windowFunnel}: state = UInt8 whether sorted, UInt64 n, n * (time, UInt8 number of the
 * condition, 0 for none in strict order).
 */
@Register(
    kind = AggregateFactory.class,
    name = "windowFunnel",
    category = "Aggregate",
    doc = "How many of the conditions were met one after the other within a window of time.")
final class WindowFunnel implements AggregateFactory {
  private static final int CONDITIONS_MAX = 32;

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    String name = "windowFunnel";
    if (parameters.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Aggregate function windowFunnel requires at least one parameter: <window>, [option,"
              + " [option, ...]]");
    }
    Arguments.countAtLeast(name, arguments, 2);
    if (arguments.size() > CONDITIONS_MAX + 1) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Too many event arguments for aggregate function windowFunnel");
    }
    NumberLayout layout = time(name, arguments.get(0));
    conditions(name, arguments);
    long window = Arguments.integer(name, parameters.get(0));
    var options = new java.util.HashSet<String>();
    for (Argument p : parameters.subList(1, parameters.size())) {
      String option = Arguments.text(name, p);
      switch (option) {
        case "strict_deduplication", "strict_order", "strict_increase", "allow_reentry" ->
            options.add(option);
        case "strict_once" ->
            throw new LonghouseException(
                ErrorCode.NOT_IMPLEMENTED, "windowFunnel with strict_once is not implemented");
        case "strict" ->
            throw new LonghouseException(
                ErrorCode.BAD_ARGUMENTS,
                "strict is replaced with strict_deduplication in Aggregate function windowFunnel");
        default ->
            throw new LonghouseException(
                ErrorCode.BAD_ARGUMENTS,
                "Aggregate function windowFunnel doesn't support a parameter: " + option);
      }
    }
    return new Funnel(layout, arguments.size() - 1, window, java.util.Set.copyOf(options));
  }

  /** The layout of a time: Date, DateTime or an unsigned integer. */
  private static NumberLayout time(String name, DataType type) {
    NumberLayout layout = NumberLayout.of(type);
    boolean fits =
        type instanceof DateType
            || type instanceof DateTimeType
            || type instanceof IntegerType t && !t.signed() && t.bytes() <= 8;
    if (layout == null || !fits) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type "
              + type.name()
              + " of first argument of aggregate function "
              + name
              + ", must be Unsigned Number, Date, DateTime");
    }
    return layout;
  }

  private static void conditions(String name, List<DataType> arguments) {
    for (int i = 1; i < arguments.size(); i++) {
      if (arguments.get(i) != IntegerType.UINT8 && !(arguments.get(i) instanceof BoolType)) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "Illegal type "
                + arguments.get(i).name()
                + " of argument "
                + (i + 1)
                + " of aggregate function "
                + name
                + ", must be UInt8");
      }
    }
  }

  private record Input(long[] times, long[][] conditions) {}

  private static final class Funnel extends ObjectAggregate<EventList, Input> {
    private final NumberLayout layout;
    private final int levels;
    private final long window;
    private final boolean deduplicate;
    private final boolean order;
    private final boolean increase;
    private final boolean reentry;

    Funnel(NumberLayout layout, int levels, long window, java.util.Set<String> options) {
      super(IntegerType.UINT8);
      this.layout = layout;
      this.levels = levels;
      this.window = window;
      this.deduplicate = options.contains("strict_deduplication");
      this.order = options.contains("strict_order");
      this.increase = options.contains("strict_increase");
      this.reentry = options.contains("allow_reentry");
    }

    @Override
    protected EventList newState() {
      return new EventList();
    }

    @Override
    protected Input input(Column[] arguments, int rows) {
      long[][] conditions = new long[levels][];
      Arrays.setAll(conditions, i -> Values.bits(arguments[i + 1], rows));
      return new Input(Values.bits(arguments[0], rows), conditions);
    }

    @Override
    protected void addRun(EventList state, Input in, int from, int to) {
      for (int r = from; r < to; r++) {
        boolean any = false;
        for (int i = levels; i > 0; i--) {
          if (in.conditions[i - 1][r] != 0) {
            any = true;
            add(state, in.times[r], i);
          }
        }
        if (order && !any) {
          add(state, in.times[r], 0);
        }
      }
    }

    private static void add(EventList state, long time, int event) {
      int n = state.size();
      if (state.sorted && n > 0) {
        int c = Long.compareUnsigned(state.time(n - 1), time);
        state.sorted = c == 0 ? state.events(n - 1) <= event : c < 0;
      }
      state.add(time, event);
    }

    @Override
    protected void merge(EventList into, EventList from) {
      if (from.size() == 0) {
        return;
      }
      into.addAll(from);
      EventList sorted = into.sorted(true);
      into.replace(sorted);
      into.sorted = true;
    }

    @Override
    protected void write(EventList state, ByteWriter out) {
      out.writeByte(state.sorted ? 1 : 0);
      out.writeLong(state.size());
      for (int i = 0; i < state.size(); i++) {
        Values.write(state.time(i), layout.bytes(), out);
        out.writeByte((int) state.events(i));
      }
    }

    @Override
    protected EventList read(ByteReader in) {
      EventList state = newState();
      boolean sorted = in.readByte() != 0;
      long n = in.readLong();
      if (n < 0 || n > 100_000_000) {
        throw new LonghouseException(
            ErrorCode.TOO_LARGE_ARRAY_SIZE, "Too large size of the state of windowFunnel");
      }
      for (long i = 0; i < n; i++) {
        state.add(Values.read(layout.bytes(), in), in.readUnsignedByte());
      }
      state.sorted = sorted;
      return state;
    }

    @Override
    protected void result(EventList state, ColumnBuilder out) {
      Values.append((long) level(state.sorted ? state : state.sorted(true)), out);
    }

    private int level(EventList events) {
      if (events.size() == 0) {
        return 0;
      }
      boolean[] met = new boolean[levels];
      long[] first = new long[levels];
      long[] last = new long[levels];
      boolean started = false;
      for (int i = 0; i < events.size(); i++) {
        long t = events.time(i);
        int k = (int) events.events(i) - 1;
        if (k < 0) {
          if (order && started) {
            break;
          }
          continue;
        }
        if (k == 0) {
          met[0] = true;
          first[0] = t;
          last[0] = t;
          started = true;
        } else if (deduplicate && met[k]) {
          return highest(met);
        } else if (order && started && !met[k - 1]) {
          if (reentry) {
            continue;
          }
          return firstMissing(met);
        } else if (met[k - 1]) {
          boolean inTime = Long.compareUnsigned(t, first[k - 1] + window) <= 0;
          if (inTime && (!increase || Long.compareUnsigned(last[k - 1], t) < 0)) {
            met[k] = true;
            first[k] = first[k - 1];
            last[k] = t;
            if (k + 1 == levels) {
              return levels;
            }
          }
        }
      }
      return highest(met);
    }

    private static int highest(boolean[] met) {
      int k = met.length;
      while (k > 0 && !met[k - 1]) {
        k--;
      }
      return k;
    }

    private static int firstMissing(boolean[] met) {
      int k = 0;
      while (k < met.length && met[k]) {
        k++;
      }
      return k;
    }

    @Override
    protected long bytes(EventList state) {
      return state.bytes();
    }
  }
}
