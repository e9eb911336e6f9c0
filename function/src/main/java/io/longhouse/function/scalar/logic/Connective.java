package io.longhouse.function.scalar.logic;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.LazyFunction;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AND and OR of any number of operands, at least two. */
@Register(
    kind = FunctionFactory.class,
    name = "and",
    category = "Logical",
    doc = "Whether all operands are true; false wins over NULL.")
@Register(
    kind = FunctionFactory.class,
    name = "or",
    category = "Logical",
    doc = "Whether any operand is true; true wins over NULL.")
final class Connective implements FunctionFactory {
  private final String name;

  Connective(String name) {
    this.name = name;
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public boolean handlesLowCardinality() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    List<NumberShape> shapes = shapes(name, arguments);
    boolean nullable = false;
    boolean bools = true;
    for (Argument a : arguments) {
      DataType t = LowCardinalityType.strip(a.type());
      nullable |= t instanceof NullableType;
      DataType inside = NullableType.strip(t);
      bools &= inside instanceof BoolType;
    }
    DataType plain = bools ? BoolType.TYPE : IntegerType.UINT8;
    boolean[] nulls = new boolean[arguments.size()];
    for (int i = 0; i < nulls.length; i++) {
      DataType t = LowCardinalityType.strip(arguments.get(i).type());
      nulls[i] = NullableType.strip(t) instanceof NothingType;
    }
    return new Call(
        name.equals("and"), shapes, nulls, nullable ? NullableType.orSame(plain) : plain);
  }

  static List<NumberShape> shapes(String name, List<Argument> arguments) {
    if (arguments.size() < 2) {
      throw new LonghouseException(
          ErrorCode.TOO_FEW_ARGUMENTS_FOR_FUNCTION,
          "Number of arguments for function \""
              + name
              + "\" should be at least 2: passed "
              + arguments.size());
    }
    List<NumberShape> shapes = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      DataType type = arguments.get(i).type();
      NumberShape shape = type instanceof NothingType ? null : Truth.shape(type);
      if (shape == null) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "Illegal type (" + type + ") of " + (i + 1) + " argument of function " + name);
      }
      shapes.add(shape);
    }
    return shapes;
  }

  /**
   * @param all whether all operands must be true (AND) or any (OR)
   */
  private record Call(boolean all, List<NumberShape> shapes, boolean[] nulls, DataType resultType)
      implements LazyFunction {
    /** What can only be NULL counts as a constant; an answer of constants is one. */
    private boolean isConstant(Column[] arguments) {
      for (int i = 0; i < arguments.length; i++) {
        if (!nulls[i] && !(arguments[i] instanceof ConstColumn)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      if (rows > 1 && isConstant(arguments)) {
        Column[] single = new Column[arguments.length];
        for (int i = 0; i < single.length; i++) {
          single[i] = arguments[i] instanceof ConstColumn c ? c.value() : arguments[i].slice(0, 1);
        }
        return new ConstColumn(evaluate(single, 1).full(), rows);
      }
      var state = new State(all, rows);
      for (int i = 0; i < arguments.length; i++) {
        state.take(Truth.of(arguments[i], shapes.get(i), rows), rows);
      }
      Column out = state.build(resultType, rows);
      return rows == 1 && isConstant(arguments) ? new ConstColumn(out, 1) : out;
    }

    @Override
    public Column evaluateLazily(LazyArgument[] arguments, int rows) {
      var state = new State(all, rows);
      for (int i = 0; i < arguments.length; i++) {
        if (i == 0 || !arguments[i].mayThrow()) {
          state.take(Truth.of(arguments[i].all(), shapes.get(i), rows), rows);
          continue;
        }
        int[] open = new int[rows];
        int count = state.open(open, rows);
        if (count > 0) {
          Truth t = Truth.of(arguments[i].at(open, count), shapes.get(i), count);
          state.takeAt(t, open, count);
        }
      }
      return state.build(resultType, rows);
    }
  }

  /** The answers so far: {@code decided} is 1 where an operand has settled the row. */
  private static final class State {
    private final boolean all;
    private final byte[] decided;
    private byte @Nullable [] unknown;

    State(boolean all, int rows) {
      this.all = all;
      this.decided = new byte[rows];
    }

    void take(Truth t, int rows) {
      byte[] nulls = t.nulls();
      byte flip = (byte) (all ? 1 : 0);
      if (nulls == null) {
        settle(decided, t.values(), flip, rows);
        return;
      }
      byte[] v = t.values();
      byte[] d = decided;
      byte[] u = unknown();
      for (int r = 0; r < rows; r++) {
        d[r] |= (byte) ((v[r] ^ flip) & ~nulls[r] & 1);
        u[r] |= nulls[r];
      }
    }

    private static void settle(byte[] decided, byte[] values, byte flip, int rows) {
      for (int r = 0; r < rows; r++) {
        decided[r] = (byte) (decided[r] | (values[r] ^ flip));
      }
    }

    void takeAt(Truth t, int[] open, int count) {
      byte[] v = t.values();
      byte[] nulls = t.nulls();
      int flip = all ? 1 : 0;
      for (int k = 0; k < count; k++) {
        int isNull = nulls == null ? 0 : nulls[k];
        decided[open[k]] |= (byte) ((v[k] ^ flip) & ~isNull & 1);
        if (isNull != 0) {
          unknown()[open[k]] = 1;
        }
      }
    }

    private byte[] unknown() {
      byte[] u = unknown;
      if (u == null) {
        u = new byte[decided.length];
        unknown = u;
      }
      return u;
    }

    int open(int[] rows, int n) {
      int count = 0;
      for (int r = 0; r < n; r++) {
        rows[count] = r;
        count += decided[r] ^ 1;
      }
      return count;
    }

    Column build(DataType type, int rows) {
      byte[] u = unknown;
      byte[] values = decided;
      if (all) {
        for (int r = 0; r < rows; r++) {
          values[r] ^= 1;
        }
      }
      if (!(type instanceof NullableType)) {
        return new Int8Column(values, rows);
      }
      byte[] nulls = new byte[rows];
      if (u != null) {
        int settled = all ? 0 : 1;
        for (int r = 0; r < rows; r++) {
          nulls[r] = (byte) (u[r] & (values[r] ^ settled));
          values[r] &= (byte) ~-nulls[r];
        }
      }
      return new NullableColumn(new Int8Column(values, rows), nulls);
    }
  }
}
