package io.longhouse.function.aggregate.basic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int64Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.Numbers;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.SkippingNulls;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.function.aggregate.state.WideNumbers;
import io.longhouse.registry.Register;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code avg} and {@code sumCount}: state = the sum in its layout, VarUInt count. */
@Register(
    kind = AggregateFactory.class,
    name = "avg",
    caseInsensitive = true,
    category = "Aggregate",
    doc = "The arithmetic mean.")
@Register(
    kind = AggregateFactory.class,
    name = "sumCount",
    category = "Aggregate",
    doc = "The sum and the number of values, as a tuple.")
final class Average implements AggregateFactory {
  private final String name;

  Average(String name) {
    this.name = name;
  }

  /** The tuple of sumCount is never NULL. */
  @Override
  public boolean handlesNulls() {
    return !name.equals("avg");
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters(name, parameters);
    Arguments.count(name, arguments, 1);
    DataType type = arguments.get(0);
    boolean mean = name.equals("avg");
    if (type instanceof NullableType n) {
      List<DataType> inner = List.of(n.nested());
      AggregateFunction f = resolve(parameters, inner);
      return SkippingNulls.withoutFlag(f);
    }
    boolean date =
        mean
            && (type instanceof DateType
                || type instanceof Date32Type
                || type instanceof DateTimeType
                || type instanceof DateTime64Type);
    NumberLayout layout =
        date
            ? java.util.Objects.requireNonNull(NumberLayout.of(type))
            : Arguments.number(name, type);
    DataType sumType =
        type instanceof DateTime64Type
            ? IntegerType.INT128
            : date
                ? (layout.signed() ? IntegerType.INT64 : IntegerType.UINT64)
                : Sum.widened(type, layout);
    AggregateFunction sum = Sum.sum(layout, sumType);
    return new SumAndCount(
        sum,
        !mean
            ? new TupleType(List.of(sumType, IntegerType.UINT64))
            : date ? type : FloatType.FLOAT64,
        mean ? NumberLayout.of(sumType) : null,
        type instanceof DecimalType d ? d.scale() : 0);
  }

  private static final class SumAndCount implements AggregateFunction {
    private final AggregateFunction sum;
    private final DataType resultType;
    private final @Nullable NumberLayout mean;
    private final double divisor;

    /**
     * @param mean the layout of the sum when the result is the mean, null when it is the sum
     */
    SumAndCount(
        AggregateFunction sum, DataType resultType, @Nullable NumberLayout mean, int scale) {
      this.sum = sum;
      this.resultType = resultType;
      this.mean = mean;
      this.divisor = Math.pow(10, scale);
    }

    @Override
    public DataType resultType() {
      return resultType;
    }

    @Override
    public int stateWords() {
      return sum.stateWords() + 1;
    }

    @Override
    public int stateObjects() {
      return 0;
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      sum.add(states, word, slot, groups, arguments, rows);
      long[] words = states.words();
      int stride = states.stride();
      int count = word + sum.stateWords();
      for (int r = 0; r < rows; r++) {
        words[groups[r] * stride + count]++;
      }
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      sum.addToOne(states, word, slot, group, arguments, rows);
      states.words()[group * states.stride() + word + sum.stateWords()] += rows;
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
      sum.merge(states, word, slot, groups, from, fromWord, fromSlot, fromGroups, count);
      long[] to = states.words();
      long[] source = from.words();
      int k = sum.stateWords();
      for (int i = 0; i < count; i++) {
        to[groups[i] * states.stride() + word + k] +=
            source[fromGroups[i] * from.stride() + fromWord + k];
      }
    }

    @Override
    public void serialize(GroupStates states, int word, int slot, int group, ByteWriter out) {
      sum.serialize(states, word, slot, group, out);
      out.writeVarUInt(states.words()[group * states.stride() + word + sum.stateWords()]);
    }

    @Override
    public void deserialize(GroupStates states, int word, int slot, int group, ByteReader in) {
      sum.deserialize(states, word, slot, group, in);
      states.words()[group * states.stride() + word + sum.stateWords()] = in.readVarUInt();
    }

    @Override
    public void result(
        GroupStates states, int word, int slot, int first, int count, ColumnBuilder out) {
      long[] words = states.words();
      int n = sum.stateWords();
      if (mean == null) {
        var tuple = (TupleColumn.Builder) out;
        sum.result(states, word, slot, first, count, tuple.elements().get(0));
        var counts = (Int64Column.Builder) tuple.elements().get(1);
        for (int g = first; g < first + count; g++) {
          counts.add(words[g * states.stride() + word + n]);
          tuple.addedRow();
        }
        return;
      }
      boolean date = !(resultType instanceof FloatType);
      for (int g = first; g < first + count; g++) {
        int at = g * states.stride() + word;
        if (date) {
          appendDate(words, at, n, out);
        } else {
          double total = numerator(words, at, n, mean) / divisor;
          Values.append(total / Numbers.unsignedToDouble(words[at + n]), out);
        }
      }
    }

    private static double numerator(long[] words, int at, int n, NumberLayout layout) {
      if (n == 1) {
        return layout.toDouble(words[at]);
      }
      return WideNumbers.toBigInteger(words, at, n, layout.signed()).doubleValue();
    }

    private void appendDate(long[] words, int at, int n, ColumnBuilder out) {
      long count = words[at + n];
      BigInteger total = WideNumbers.toBigInteger(words, at, n, true);
      long v = count == 0 ? 0 : Math.round(total.doubleValue() / count);
      Values.append(v, out);
    }
  }
}
