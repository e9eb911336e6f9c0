package io.longhouse.function.aggregate.bitmap;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** {@code groupBitmap}: state = {@link Bitmap}, result = its cardinality. */
@Register(
    kind = AggregateFactory.class,
    name = "groupBitmap",
    category = "Aggregate",
    doc = "The number of different integers; its state is a bitmap.")
final class GroupBitmap implements AggregateFactory {
  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters("groupBitmap", parameters);
    if (arguments.size() != 1) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Aggregate function groupBitmap requires single argument");
    }
    if (!(arguments.get(0) instanceof IntegerType t) || t.bytes() > 8) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type " + arguments.get(0) + " of argument for aggregate function groupBitmap");
    }
    return new Of(t);
  }

  private static final class Of extends ObjectAggregate<Bitmap, long[]> {
    private final IntegerType value;

    /** The count has, as in ClickHouse, the type of the values. */
    Of(IntegerType value) {
      super(value);
      this.value = value;
    }

    @Override
    protected Bitmap newState() {
      return new Bitmap(value);
    }

    @Override
    protected long[] input(Column[] arguments, int rows) {
      return Values.bits(arguments[0], rows);
    }

    @Override
    protected void addRun(Bitmap state, long[] v, int from, int to) {
      for (int r = from; r < to; r++) {
        state.add(v[r]);
      }
    }

    @Override
    protected void merge(Bitmap into, Bitmap from) {
      into.or(from);
    }

    @Override
    protected void write(Bitmap state, ByteWriter out) {
      state.write(out);
    }

    @Override
    protected Bitmap read(ByteReader in) {
      return Bitmap.read(value, in);
    }

    @Override
    protected void result(Bitmap state, ColumnBuilder out) {
      long n = state.cardinality();
      switch (out) {
        case Int8Column.Builder b -> b.add((byte) n);
        case Int16Column.Builder b -> b.add((short) n);
        case Int32Column.Builder b -> b.add((int) n);
        case Int64Column.Builder b -> b.add(n);
        default -> throw new IllegalArgumentException("no integers in " + out.getClass());
      }
    }

    @Override
    protected long bytes(Bitmap state) {
      return state.retainedBytes();
    }
  }
}
