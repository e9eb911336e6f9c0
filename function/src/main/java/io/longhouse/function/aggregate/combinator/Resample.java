package io.longhouse.function.aggregate.combinator;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Combinator;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.Signature;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * Rows split into equal ranges of an additional last argument: state = the inner states of all
 * ranges, one after the other.
 */
@Register(
    kind = Combinator.class,
    name = "Resample",
    category = "Combinator",
    doc =
        "Aggregates ranges of an additional last argument on their own: f(begin, end, step)(x,"
            + " key).")
final class Resample implements Combinator {
  private static final int RANGES_MAX = 1 << 20;

  @Override
  public List<DataType> nestedArguments(List<DataType> arguments) {
    if (arguments.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Incorrect number of arguments for aggregate function with Resample suffix");
    }
    return arguments.subList(0, arguments.size() - 1);
  }

  @Override
  public List<Argument> nestedParameters(List<Argument> parameters) {
    if (parameters.size() < 3) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Incorrect number of parameters for aggregate function with Resample suffix");
    }
    return parameters.subList(0, parameters.size() - 3);
  }

  @Override
  public AggregateFunction wrap(
      AggregateFunction nested,
      Signature inside,
      List<Argument> parameters,
      List<DataType> arguments) {
    if (!(arguments.get(arguments.size() - 1) instanceof IntegerType key) || key.bytes() > 8) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal types of argument for aggregate function with Resample suffix, the type of the"
              + " last argument should be native integer");
    }
    String name = inside.name() + "Resample";
    int n = parameters.size();
    long begin = Arguments.integer(name, parameters.get(n - 3));
    long end = Arguments.integer(name, parameters.get(n - 2));
    long step = Arguments.integer(name, parameters.get(n - 1));
    if (step <= 0) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND, "The step used in function " + name + " cannot be zero");
    }
    if (end >= begin && overflows(begin, end)) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND,
          "Overflow in internal computations in function " + name + ". Too large arguments");
    }
    BigInteger ranges =
        end < begin
            ? BigInteger.ZERO
            : BigInteger.valueOf(end)
                .subtract(BigInteger.valueOf(begin))
                .add(BigInteger.valueOf(step - 1))
                .divide(BigInteger.valueOf(step));
    if (ranges.compareTo(BigInteger.valueOf(RANGES_MAX)) > 0) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND,
          "The range given in function " + name + " contains too many elements");
    }
    return new Ranges(nested, key.signed(), begin, end, step, ranges.intValue());
  }

  /** Whether the length of the range does not fit 64 bits. */
  private static boolean overflows(long begin, long end) {
    return end - begin < 0;
  }

  private record Input(Column[] arguments, long[] keys) {}

  private static final class Ranges extends ObjectAggregate<GroupStates, Input> {
    private final AggregateFunction nested;
    private final boolean signed;
    private final long begin;
    private final long end;
    private final long step;
    private final int ranges;

    Ranges(AggregateFunction nested, boolean signed, long begin, long end, long step, int ranges) {
      super(new ArrayType(nested.resultType()));
      this.nested = nested;
      this.signed = signed;
      this.begin = begin;
      this.end = end;
      this.step = step;
      this.ranges = ranges;
    }

    @Override
    protected GroupStates newState() {
      return GroupStates.of(nested, ranges);
    }

    @Override
    protected Input input(Column[] arguments, int rows) {
      int n = arguments.length - 1;
      return new Input(Arrays.copyOf(arguments, n), Values.longs(arguments[n], signed, rows));
    }

    @Override
    protected void addRun(GroupStates state, Input in, int from, int to) {
      int[] rows = new int[to - from];
      int[] groups = new int[to - from];
      int count = 0;
      for (int r = from; r < to; r++) {
        long key = in.keys[r];
        boolean inside =
            signed ? key >= begin && key < end : (key >= 0 || end < 0) && key >= begin && key < end;
        if (inside) {
          rows[count] = r;
          groups[count++] = (int) ((key - begin) / step);
        }
      }
      if (count > 0) {
        Column[] some = new Column[in.arguments.length];
        for (int i = 0; i < some.length; i++) {
          some[i] = in.arguments[i].gather(rows, count);
        }
        nested.add(state, 0, 0, groups, some, count);
      }
    }

    @Override
    protected void merge(GroupStates into, GroupStates from) {
      int[] groups = NestedStates.iota(ranges);
      nested.merge(into, 0, 0, groups, from, 0, 0, groups, ranges);
    }

    @Override
    protected void write(GroupStates state, ByteWriter out) {
      for (int g = 0; g < ranges; g++) {
        nested.serialize(state, 0, 0, g, out);
      }
    }

    @Override
    protected GroupStates read(ByteReader in) {
      GroupStates state = newState();
      for (int g = 0; g < ranges; g++) {
        nested.deserialize(state, 0, 0, g, in);
      }
      return state;
    }

    @Override
    protected void result(GroupStates state, ColumnBuilder out) {
      var array = (ArrayColumn.Builder) out;
      nested.result(state, 0, 0, 0, ranges, array.elements());
      array.endRow();
    }

    @Override
    protected long bytes(GroupStates state) {
      return state.retainedBytes();
    }
  }
}
