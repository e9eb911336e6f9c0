package io.longhouse.function.scalar.conditional;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.LazyFunction;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.function.scalar.logic.Truth;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** {@code if} and {@code multiIf}, which is what CASE without an operand becomes. */
@Register(
    kind = FunctionFactory.class,
    name = "if",
    caseInsensitive = true,
    category = "Conditional",
    doc = "The second argument where the first is true, the third elsewhere.")
@Register(
    kind = FunctionFactory.class,
    name = "multiIf",
    aliases = {"caseWithoutExpression", "caseWithoutExpr"},
    category = "Conditional",
    doc = "The value behind the first condition that is true, or the last argument.")
final class If implements FunctionFactory {
  private final String name;

  If(String name) {
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
    if (name.equals("if")) {
      Arguments.count(name, arguments, 3);
    } else if (arguments.size() < 3 || arguments.size() % 2 == 0) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Invalid number of arguments for function multiIf");
    }
    List<DataType> branches = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      boolean condition = i % 2 == 0 && i + 1 < arguments.size();
      DataType type = arguments.get(i).type();
      if (condition) {
        checkCondition(type);
      } else {
        branches.add(LowCardinalityType.strip(type));
      }
    }
    DataType result = CommonType.orVariant(branches);
    List<Cast> casts = new ArrayList<>();
    for (DataType b : branches) {
      casts.add(Casts.keepingZeros(b, result, context));
    }
    return new Call(result, casts);
  }

  private void checkCondition(DataType type) {
    DataType plain = NullableType.strip(LowCardinalityType.strip(type));
    boolean fits =
        plain instanceof IntegerType t && t.bytes() == 1 && !t.signed()
            || plain instanceof BoolType
            || plain instanceof NothingType;
    if (!fits) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type "
              + type
              + (name.equals("if")
                  ? " of first argument (condition) of function if. Must be UInt8"
                  : " of argument (condition) of function multiIf. Must be UInt8 or"
                      + " Nullable(UInt8)"));
    }
  }

  /** Conditions stand at even places, the branch of each behind it, the last branch at the end. */
  private record Call(DataType resultType, List<Cast> casts) implements LazyFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      int n = casts.size();
      int fixed = constantBranch(arguments);
      if (fixed >= 0) {
        return branch(arguments, fixed, rows);
      }
      int[] which = new int[rows];
      java.util.Arrays.fill(which, n - 1);
      for (int i = n - 2; i >= 0; i--) {
        byte[] t = Truth.of(arguments[2 * i], NumberShape.UINT8, rows).values();
        for (int r = 0; r < rows; r++) {
          which[r] = t[r] != 0 ? i : which[r];
        }
      }
      Column[] sources = new Column[n];
      for (int i = 0; i < n; i++) {
        sources[i] = branch(arguments, i, rows);
      }
      return Choice.of(resultType, sources, which, rows);
    }

    private static int place(int branch, int n) {
      return branch == n - 1 ? 2 * branch : 2 * branch + 1;
    }

    private Column branch(Column[] arguments, int i, int rows) {
      return casts.get(i).apply(plain(arguments[place(i, casts.size())]), rows);
    }

    private static Column plain(Column c) {
      return c instanceof ConstColumn k ? new ConstColumn(k.value().plain(), k.size()) : c.plain();
    }

    /** The branch that every row takes when that is known from constants, or -1. */
    private int constantBranch(Column[] arguments) {
      int n = casts.size();
      for (int i = 0; i < n - 1; i++) {
        if (!(arguments[2 * i] instanceof ConstColumn c)) {
          return -1;
        }
        if (Truth.of(c.value(), NumberShape.UINT8, 1).values()[0] != 0) {
          return i;
        }
      }
      return n - 1;
    }

    @Override
    public Column evaluateLazily(LazyArgument[] arguments, int rows) {
      int n = casts.size();
      int[] which = new int[rows];
      int[] open = new int[rows];
      for (int r = 0; r < rows; r++) {
        open[r] = r;
      }
      int count = rows;
      for (int i = 0; i < n - 1 && count > 0; i++) {
        Column c = i == 0 ? arguments[0].all() : arguments[2 * i].at(open, count);
        byte[] t = Truth.of(c, NumberShape.UINT8, count).values();
        int still = 0;
        for (int k = 0; k < count; k++) {
          int r = open[k];
          which[r] = i;
          open[still] = r;
          still += t[k] ^ 1;
        }
        count = still;
      }
      for (int k = 0; k < count; k++) {
        which[open[k]] = n - 1;
      }
      Column[] parts = new Column[n];
      for (int i = 0; i < n; i++) {
        int taken = 0;
        for (int r = 0; r < rows; r++) {
          open[taken] = r;
          taken += which[r] == i ? 1 : 0;
        }
        if (taken == 0) {
          parts[i] = resultType.newBuilder(0).build();
        } else {
          Column c = arguments[place(i, n)].at(open.clone(), taken);
          parts[i] = casts.get(i).apply(plain(c), taken);
        }
      }
      return Choice.scatter(resultType, parts, which, rows);
    }
  }
}
