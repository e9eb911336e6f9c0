package io.longhouse.function.aggregate.statistic;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.FixedAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import java.util.List;

/**
 * {@code categoricalInformationValue(category1, ..., tag)}: state = for each category and then for
 * all rows, UInt64 rows without the tag, UInt64 rows with it.
 */
@Register(
    kind = AggregateFactory.class,
    name = "categoricalInformationValue",
    category = "Aggregate",
    doc = "How much each category says about the tag.")
final class InformationValue implements AggregateFactory {
  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    String name = "categoricalInformationValue";
    Arguments.noParameters(name, parameters);
    Arguments.countAtLeast(name, arguments, 2);
    for (DataType t : arguments) {
      if (!IntegerType.UINT8.equals(t) && !(t instanceof BoolType)) {
        throw Arguments.illegal(name, t);
      }
    }
    return new Counts(arguments.size() - 1);
  }

  private static final class Counts extends FixedAggregate {
    private final int categories;

    Counts(int categories) {
      super(new ArrayType(FloatType.FLOAT64), 2 * categories + 2);
      this.categories = categories;
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      long[] tags = Values.longs(arguments[categories], false, rows);
      long[] words = states.words();
      for (int k = 0; k <= categories; k++) {
        long[] v = k == categories ? tags : Values.longs(arguments[k], false, rows);
        for (int r = 0; r < rows; r++) {
          boolean counts = k == categories || v[r] != 0;
          int at = groups[r] * states.stride() + word + 2 * k + (tags[r] != 0 ? 1 : 0);
          words[at] += counts ? 1 : 0;
        }
      }
    }

    @Override
    protected void merge(long[] words, int at, long[] from, int fromAt) {
      for (int k = 0; k < 2 * categories + 2; k++) {
        words[at + k] += from[fromAt + k];
      }
    }

    @Override
    protected void write(long[] words, int at, ByteWriter out) {
      for (int k = 0; k < 2 * categories + 2; k++) {
        out.writeLong(words[at + k]);
      }
    }

    @Override
    protected void read(long[] words, int at, ByteReader in) {
      for (int k = 0; k < 2 * categories + 2; k++) {
        words[at + k] = in.readLong();
      }
    }

    @Override
    protected void result(long[] words, int at, ColumnBuilder out) {
      var array = (ArrayColumn.Builder) out;
      double without = words[at + 2 * categories];
      double with = words[at + 2 * categories + 1];
      for (int k = 0; k < categories; k++) {
        double p = words[at + 2 * k] / without;
        double q = words[at + 2 * k + 1] / with;
        Values.append((q - p) * (Math.log(q) - Math.log(p)), array.elements());
      }
      array.endRow();
    }
  }
}
