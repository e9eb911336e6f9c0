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
import java.util.List;

/**
 * {@code sequenceMatch} and {@code sequenceCount}: state = UInt8 whether sorted, UInt64 n, n *
 * (time, UInt64 bit set of the conditions that are met).
 */
@Register(
    kind = AggregateFactory.class,
    name = "sequenceMatch",
    category = "Aggregate",
    doc = "Whether events in time match a pattern.")
@Register(
    kind = AggregateFactory.class,
    name = "sequenceCount",
    category = "Aggregate",
    doc = "How often events in time match a pattern without overlap.")
final class SequenceMatch implements AggregateFactory {
  private static final int CONDITIONS_MAX = 32;
  private final String name;

  SequenceMatch(String name) {
    this.name = name;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.parameters(name, parameters, 1, 1);
    if (arguments.size() < 3) {
      throw new LonghouseException(
          ErrorCode.TOO_FEW_ARGUMENTS_FOR_FUNCTION,
          "Aggregate function " + name + " requires at least 3 arguments.");
    }
    if (arguments.size() - 1 > CONDITIONS_MAX) {
      throw new LonghouseException(
          ErrorCode.TOO_MANY_ARGUMENTS_FOR_FUNCTION,
          "Aggregate function " + name + " supports up to 32 event arguments.");
    }
    NumberLayout layout = time(name, arguments.get(0));
    conditions(name, arguments);
    var pattern = EventPattern.parse(Arguments.text(name, parameters.get(0)), arguments.size() - 1);
    return new Matching(layout, arguments.size() - 1, pattern, name.equals("sequenceCount"));
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

  private record Input(long[] times, long[] events) {}

  private static final class Matching extends ObjectAggregate<EventList, Input> {
    private final NumberLayout layout;
    private final int conditions;
    private final EventPattern pattern;
    private final boolean counts;

    Matching(NumberLayout layout, int conditions, EventPattern pattern, boolean counts) {
      super(counts ? IntegerType.UINT64 : IntegerType.UINT8);
      this.layout = layout;
      this.conditions = conditions;
      this.pattern = pattern;
      this.counts = counts;
    }

    @Override
    protected EventList newState() {
      return new EventList();
    }

    @Override
    protected Input input(Column[] arguments, int rows) {
      long[] events = new long[rows];
      for (int i = 0; i < conditions; i++) {
        long[] v = Values.bits(arguments[i + 1], rows);
        for (int r = 0; r < rows; r++) {
          events[r] |= v[r] != 0 ? 1L << i : 0;
        }
      }
      return new Input(Values.bits(arguments[0], rows), events);
    }

    @Override
    protected void addRun(EventList state, Input in, int from, int to) {
      for (int r = from; r < to; r++) {
        if (in.events[r] != 0) {
          state.add(in.times[r], in.events[r]);
          state.sorted = false;
        }
      }
    }

    @Override
    protected void merge(EventList into, EventList from) {
      if (from.size() > 0) {
        into.addAll(from);
        into.sorted = false;
      }
    }

    @Override
    protected void write(EventList state, ByteWriter out) {
      out.writeByte(state.sorted ? 1 : 0);
      out.writeLong(state.size());
      for (int i = 0; i < state.size(); i++) {
        Values.write(state.time(i), layout.bytes(), out);
        out.writeLong(state.events(i));
      }
    }

    @Override
    protected EventList read(ByteReader in) {
      EventList state = newState();
      boolean sorted = in.readByte() != 0;
      long n = in.readLong();
      if (n < 0 || n > 100_000_000) {
        throw new LonghouseException(
            ErrorCode.TOO_LARGE_ARRAY_SIZE, "Too large size of the state of a sequence function");
      }
      for (long i = 0; i < n; i++) {
        state.add(Values.read(layout.bytes(), in), in.readLong());
      }
      state.sorted = sorted;
      return state;
    }

    @Override
    protected void result(EventList state, ColumnBuilder out) {
      EventList events = state.sorted ? state : state.sorted(false);
      if (counts) {
        long count = 0;
        for (int at = 0; at < events.size() && (at = pattern.match(events, at)) >= 0; ) {
          count++;
        }
        Values.append(count, out);
      } else {
        Values.append(pattern.isIn(events) ? 1L : 0L, out);
      }
    }

    @Override
    protected long bytes(EventList state) {
      return state.bytes();
    }
  }
}
