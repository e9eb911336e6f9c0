package io.longhouse.function.aggregate.collect;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.BinaryValues;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code groupArrayInsertAt(default, size)(x, position)}: state = VarUInt n, n * (UInt8 whether
 * there is no value, [value]).
 */
@Register(
    kind = AggregateFactory.class,
    name = "groupArrayInsertAt",
    category = "Aggregate",
    doc = "An array with each value at the position of the second argument.")
final class GroupArrayInsertAt implements AggregateFactory {
  private static final int SIZE_MAX = 0xFFFFFF;

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    String name = "groupArrayInsertAt";
    Arguments.parameters(name, parameters, 0, 2);
    Arguments.count(name, arguments, 2);
    if (!(arguments.get(1) instanceof IntegerType t) || t.signed() || t.bytes() > 8) {
      throw Arguments.illegal(name, arguments.get(1));
    }
    DataType type = arguments.get(0);
    Column filler = type.defaultValue();
    if (!parameters.isEmpty()) {
      Column given = Objects.requireNonNull(parameters.get(0).constant()).plain();
      if (!given.isNullAt(0)) {
        filler = converted(type, parameters.get(0));
      }
    }
    long size = parameters.size() < 2 ? 0 : Arguments.integer(name, parameters.get(1));
    if (size > SIZE_MAX) {
      throw new LonghouseException(
          ErrorCode.TOO_LARGE_ARRAY_SIZE, "Too large array size (maximum: " + SIZE_MAX + ")");
    }
    return new Places(type, filler, (int) size);
  }

  private static Column converted(DataType type, Argument parameter) {
    Column given = Objects.requireNonNull(parameter.constant()).plain();
    return Casts.of(parameter.type(), type, Casts.Mode.CAST, FormatSettings.DEFAULT)
        .apply(given, 1)
        .full();
  }

  private record Input(Column values, long[] positions) {}

  /** The value at each position, null where none came. */
  private static final class Places extends ObjectAggregate<ArrayList<@Nullable Column>, Input> {
    private final DataType type;
    private final Column filler;
    private final int size;

    Places(DataType type, Column filler, int size) {
      super(new ArrayType(type));
      this.type = type;
      this.filler = filler;
      this.size = size;
    }

    @Override
    protected ArrayList<@Nullable Column> newState() {
      return new ArrayList<>();
    }

    @Override
    protected Input input(Column[] arguments, int rows) {
      return new Input(arguments[0].full(), Values.longs(arguments[1], false, rows));
    }

    @Override
    protected void addRun(ArrayList<@Nullable Column> state, Input in, int from, int to) {
      for (int r = from; r < to; r++) {
        long p = in.positions[r];
        if (size > 0 && Long.compareUnsigned(p, size) >= 0) {
          continue;
        }
        if (Long.compareUnsigned(p, SIZE_MAX) >= 0) {
          throw new LonghouseException(
              ErrorCode.TOO_LARGE_ARRAY_SIZE,
              "Too large array size: position argument ("
                  + Long.toUnsignedString(p)
                  + ") is greater or equals to limit ("
                  + SIZE_MAX
                  + ")");
        }
        while (state.size() <= p) {
          state.add(null);
        }
        if (state.get((int) p) == null) {
          state.set((int) p, in.values.slice(r, 1));
        }
      }
    }

    @Override
    protected void merge(ArrayList<@Nullable Column> into, ArrayList<@Nullable Column> from) {
      while (into.size() < from.size()) {
        into.add(null);
      }
      for (int i = 0; i < from.size(); i++) {
        if (into.get(i) == null) {
          into.set(i, from.get(i));
        }
      }
    }

    @Override
    protected void write(ArrayList<@Nullable Column> state, ByteWriter out) {
      out.writeVarUInt(state.size());
      for (Column v : state) {
        out.writeByte(v == null ? 1 : 0);
        if (v != null) {
          BinaryValues.write(v, 0, false, out);
        }
      }
    }

    @Override
    protected ArrayList<@Nullable Column> read(ByteReader in) {
      ArrayList<@Nullable Column> state = newState();
      int n = in.readLength(SIZE_MAX, "array");
      ColumnBuilder one = type.newBuilder(1);
      for (int i = 0; i < n; i++) {
        if (in.readByte() != 0) {
          state.add(null);
        } else {
          BinaryValues.read(in, false, one);
          state.add(one.build());
        }
      }
      return state;
    }

    @Override
    protected void result(ArrayList<@Nullable Column> state, ColumnBuilder out) {
      var array = (ArrayColumn.Builder) out;
      for (Column v : state) {
        array.elements().append(v == null ? filler : v, 0);
      }
      for (int i = state.size(); i < size; i++) {
        array.elements().append(filler, 0);
      }
      array.endRow();
    }

    @Override
    protected long bytes(ArrayList<@Nullable Column> state) {
      return 60L * state.size() + 40;
    }
  }
}
