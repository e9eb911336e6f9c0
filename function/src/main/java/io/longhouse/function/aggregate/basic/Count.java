package io.longhouse.function.aggregate.basic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int64Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.registry.Register;
import java.util.List;

/** {@code count()}: state = VarUInt count. Rows whose argument is NULL are not counted. */
@Register(
    kind = AggregateFactory.class,
    name = "count",
    caseInsensitive = true,
    category = "Aggregate",
    doc = "The number of rows, or of rows where the argument is not NULL.")
final class Count implements AggregateFactory {
  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters("count", parameters);
    if (arguments.size() > 1) {
      Arguments.count("count", arguments, 1);
    }
    return new Rows();
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public boolean zeroWithoutRows() {
    return true;
  }

  private static final class Rows implements AggregateFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT64;
    }

    @Override
    public int stateWords() {
      return 1;
    }

    @Override
    public int stateObjects() {
      return 0;
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      long[] words = states.words();
      int stride = states.stride();
      if (arguments.length == 1 && arguments[0] instanceof NullableColumn n) {
        byte[] nulls = n.nulls();
        for (int r = 0; r < rows; r++) {
          words[groups[r] * stride + word] += 1 - nulls[r];
        }
      } else if (!isNull(arguments)) {
        for (int r = 0; r < rows; r++) {
          words[groups[r] * stride + word]++;
        }
      }
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      long count = isNull(arguments) ? 0 : rows;
      if (arguments.length == 1 && arguments[0] instanceof NullableColumn n) {
        byte[] nulls = n.nulls();
        int missing = 0;
        for (int r = 0; r < rows; r++) {
          missing += nulls[r];
        }
        count -= missing;
      }
      states.words()[group * states.stride() + word] += count;
    }

    private static boolean isNull(Column[] arguments) {
      return arguments.length == 1 && arguments[0] instanceof ConstColumn k && k.isNullAt(0);
    }

    @Override
    public boolean takesDictionaries() {
      return false;
    }

    @Override
    public void merge(
        GroupStates states,
        int word,
        int slot,
        int[] groups,
        GroupStates from,
        int fromWord,
        int fromSlot,
        int[] fromGroups,
        int count) {
      long[] to = states.words();
      long[] source = from.words();
      for (int i = 0; i < count; i++) {
        to[groups[i] * states.stride() + word] += source[fromGroups[i] * from.stride() + fromWord];
      }
    }

    @Override
    public void serialize(GroupStates states, int word, int slot, int group, ByteWriter out) {
      out.writeVarUInt(states.words()[group * states.stride() + word]);
    }

    @Override
    public void deserialize(GroupStates states, int word, int slot, int group, ByteReader in) {
      states.words()[group * states.stride() + word] = in.readVarUInt();
    }

    @Override
    public void result(
        GroupStates states, int word, int slot, int first, int count, ColumnBuilder out) {
      var b = (Int64Column.Builder) out;
      long[] words = states.words();
      for (int g = first; g < first + count; g++) {
        b.add(words[g * states.stride() + word]);
      }
    }
  }
}
