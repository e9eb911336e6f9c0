package io.longhouse.function.aggregate.sequence;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.FixedAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** {@code retention}: state = UInt32 bit set of the conditions that were met. */
@Register(
    kind = AggregateFactory.class,
    name = "retention",
    category = "Aggregate",
    doc = "For each condition whether it was met, as was the first one.")
final class Retention implements AggregateFactory {
  private static final int CONDITIONS_MAX = 32;

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters("retention", parameters);
    if (arguments.size() < 2 || arguments.size() > CONDITIONS_MAX) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          arguments.size() < 2
              ? "Not enough event arguments for aggregate function retention"
              : "Too many event arguments for aggregate function retention");
    }
    for (DataType t : arguments) {
      if (t != IntegerType.UINT8 && !(t instanceof BoolType)) {
        throw Arguments.illegal("retention", t);
      }
    }
    return new Met(arguments.size());
  }

  private static final class Met extends FixedAggregate {
    private final int conditions;

    Met(int conditions) {
      super(new ArrayType(IntegerType.UINT8), 1);
      this.conditions = conditions;
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      long[] words = states.words();
      for (int i = 0; i < conditions; i++) {
        long[] v = Values.bits(arguments[i], rows);
        for (int r = 0; r < rows; r++) {
          words[groups[r] * states.stride() + word] |= v[r] != 0 ? 1L << i : 0;
        }
      }
    }

    @Override
    protected void merge(long[] words, int at, long[] from, int fromAt) {
      words[at] |= from[fromAt];
    }

    @Override
    protected void write(long[] words, int at, ByteWriter out) {
      out.writeInt((int) words[at]);
    }

    @Override
    protected void read(long[] words, int at, ByteReader in) {
      words[at] = in.readInt() & 0xFFFFFFFFL;
    }

    @Override
    protected void result(long[] words, int at, ColumnBuilder out) {
      var array = (ArrayColumn.Builder) out;
      for (int i = 0; i < conditions; i++) {
        Values.append(words[at] & (words[at] >>> i) & 1, array.elements());
      }
      array.endRow();
    }
  }
}
