package io.longhouse.function.aggregate.bitmap;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.type.AggregateFunctionType;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bitmaps put together; the state is that of {@code groupBitmap}. */
@Register(
    kind = AggregateFactory.class,
    name = "groupBitmapAnd",
    category = "Aggregate",
    doc = "The number of integers that all the bitmaps have; its state is a bitmap of them.")
@Register(
    kind = AggregateFactory.class,
    name = "groupBitmapOr",
    category = "Aggregate",
    doc = "The number of integers that any of the bitmaps has; its state is a bitmap of them.")
@Register(
    kind = AggregateFactory.class,
    name = "groupBitmapXor",
    category = "Aggregate",
    doc = "The number of integers that an odd number of the bitmaps has; its state is a bitmap.")
final class GroupBitmapSets implements AggregateFactory {
  private final String name;

  GroupBitmapSets(String name) {
    this.name = name;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters(name, parameters);
    if (arguments.size() != 1) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Aggregate function " + name + " requires single argument");
    }
    if (arguments.get(0) instanceof AggregateFunctionType t
        && t.signature().name().equals("groupBitmap")
        && t.signature().arguments().get(0) instanceof IntegerType value) {
      return new Of(name.substring("groupBitmap".length()), t, value);
    }
    throw new LonghouseException(
        ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
        "Illegal type " + arguments.get(0).name() + " of argument for aggregate function " + name);
  }

  /** A set once there was one. */
  private static final class Held {
    private @Nullable Bitmap set;
  }

  private static final class Of extends ObjectAggregate<Held, Column> {
    private final String operation;
    private final DataType stateType;
    private final IntegerType value;

    Of(String operation, DataType stateType, IntegerType value) {
      super(value);
      this.operation = operation;
      this.stateType = stateType;
      this.value = value;
    }

    @Override
    public DataType stateType() {
      return stateType;
    }

    @Override
    protected Held newState() {
      return new Held();
    }

    @Override
    protected Column input(Column[] arguments, int rows) {
      return arguments[0];
    }

    @Override
    protected void addRun(Held state, Column c, int from, int to) {
      var states = (StringColumn) (c instanceof ConstColumn k ? k.value() : c).full();
      int mask = c instanceof ConstColumn ? 0 : -1;
      var reader = new ByteReader(new byte[0]);
      for (int r = from; r < to; r++) {
        int length = states.lengthAt(r & mask);
        reader.reset(states.bytes(), states.offsets()[r & mask], length);
        put(state, length == 0 ? new Bitmap(value) : Bitmap.read(value, reader));
      }
    }

    private void put(Held into, Bitmap other) {
      Bitmap set = into.set;
      if (set == null) {
        Bitmap own = new Bitmap(value);
        own.or(other);
        into.set = own;
        return;
      }
      switch (operation) {
        case "And" -> into.set = set.and(other);
        case "Or" -> set.or(other);
        default -> into.set = set.xor(other);
      }
    }

    @Override
    protected void merge(Held into, Held from) {
      if (from.set != null) {
        put(into, from.set);
      }
    }

    private Bitmap set(Held state) {
      return state.set == null ? new Bitmap(value) : state.set;
    }

    @Override
    protected void write(Held state, ByteWriter out) {
      set(state).write(out);
    }

    @Override
    protected Held read(ByteReader in) {
      var held = new Held();
      held.set = Bitmap.read(value, in);
      return held;
    }

    @Override
    protected void result(Held state, ColumnBuilder out) {
      long n = set(state).cardinality();
      switch (out) {
        case Int8Column.Builder b -> b.add((byte) n);
        case Int16Column.Builder b -> b.add((short) n);
        case Int32Column.Builder b -> b.add((int) n);
        case Int64Column.Builder b -> b.add(n);
        default -> throw new IllegalArgumentException("no integers in " + out.getClass());
      }
    }

    @Override
    protected long bytes(Held state) {
      return 16 + (state.set == null ? 0 : state.set.retainedBytes());
    }
  }
}
