package io.longhouse.function.scalar.arithmetic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.type.AggregateFunctionType;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aggregate states under plus and multiply: the state of the rows of both, and that of all rows a
 * number of times.
 */
final class StateArithmetic {
  private StateArithmetic() {}

  /** The function, or null when no operand is a state or the operation has no meaning for one. */
  static @Nullable ScalarFunction of(ArithmeticOp op, List<Argument> arguments) {
    DataType a = arguments.get(0).type();
    DataType b = arguments.get(1).type();
    if (op == ArithmeticOp.PLUS
        && a instanceof AggregateFunctionType x
        && b instanceof AggregateFunctionType y) {
      return sum(x, y);
    }
    if (op != ArithmeticOp.MULTIPLY) {
      return null;
    }
    if (a instanceof AggregateFunctionType x && isCount(b)) {
      return Resolved.throwing(x, (c, rows) -> times(x, c[0], c[1], rows));
    }
    return b instanceof AggregateFunctionType y && isCount(a)
        ? Resolved.throwing(y, (c, rows) -> times(y, c[1], c[0], rows))
        : null;
  }

  private static boolean isCount(DataType type) {
    return type instanceof IntegerType t && !t.signed() && t.bytes() <= 8;
  }

  private static ScalarFunction sum(AggregateFunctionType x, AggregateFunctionType y) {
    if (!x.equals(y)) {
      throw new LonghouseException(
          ErrorCode.CANNOT_ADD_DIFFERENT_AGGREGATE_STATES,
          "Cannot add aggregate states of different functions: " + x + " and " + y);
    }
    return Resolved.throwing(
        x,
        (c, rows) -> {
          var states = new States(x.function(), rows);
          states.merge(c[0], rows);
          states.merge(c[1], rows);
          return states.build(rows);
        });
  }

  /** Each state merged with itself by doubling: as many merges as the number has bits. */
  private static Column times(AggregateFunctionType type, Column state, Column count, int rows) {
    long[] n = Rows.longs(count.full(), false);
    AggregateFunction f = type.function();
    var result = new States(f, rows);
    var power = new States(f, rows);
    power.merge(state, rows);
    int[] one = new int[1];
    for (int bit = 0; bit < 64; bit++) {
      boolean more = false;
      for (int r = 0; r < rows; r++) {
        if ((n[r] >>> bit & 1) != 0) {
          one[0] = r;
          f.merge(result.groups, 0, 0, one, power.groups, 0, 0, one, 1);
        }
        more |= bit < 63 && n[r] >>> bit + 1 != 0;
      }
      if (!more) {
        break;
      }
      Column doubled = power.build(rows);
      power.merge(doubled, rows);
    }
    return result.build(rows);
  }

  /** One group for each row. */
  private static final class States {
    private final AggregateFunction f;
    private final GroupStates groups;

    States(AggregateFunction f, int rows) {
      this.f = f;
      this.groups = GroupStates.of(f, rows);
    }

    void merge(Column column, int rows) {
      var states = (StringColumn) column.full();
      GroupStates read = GroupStates.of(f, rows);
      var in = new ByteReader(new byte[0]);
      int[] all = new int[rows];
      for (int r = 0; r < rows; r++) {
        all[r] = r;
        if (states.lengthAt(r) > 0) {
          in.reset(states.bytes(), states.offsets()[r], states.lengthAt(r));
          f.deserialize(read, 0, 0, r, in);
        }
      }
      f.merge(groups, 0, 0, all, read, 0, 0, all, rows);
    }

    Column build(int rows) {
      var out = new StringColumn.Builder(rows);
      var one = new ByteWriter(32);
      for (int r = 0; r < rows; r++) {
        one.reset();
        f.serialize(groups, 0, 0, r, one);
        out.add(one.buffer(), 0, one.position());
      }
      return out.build();
    }
  }
}
