package io.longhouse.function.aggregate.type;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.SimpleAggregateFunctionType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Aggregates;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What makes one value of many, for types that name an aggregate function. */
public final class CombiningFunctions {
  private static final List<String> SIMPLE =
      List.of(
          "any",
          "any_respect_nulls",
          "anyLast",
          "anyLast_respect_nulls",
          "min",
          "max",
          "sum",
          "sumWithOverflow",
          "groupBitAnd",
          "groupBitOr",
          "groupBitXor",
          "sumMap",
          "minMap",
          "maxMap",
          "groupArrayArray",
          "groupArrayLastArray",
          "groupUniqArrayArray",
          "groupUniqArrayArrayMap",
          "sumMappedArrays",
          "minMappedArrays",
          "maxMappedArrays");

  private CombiningFunctions() {}

  /**
   * The function from values of the type to a value of the type: for states one that merges them.
   *
   * @return null for types that name no aggregate function
   */
  public static @Nullable AggregateFunction of(DataType type) {
    if (type instanceof AggregateFunctionType a) {
      return Aggregates.resolve(
          a.signature().name() + "MergeState", a.signature().parameters(), List.of(type));
    }
    return type instanceof SimpleAggregateFunctionType s
        ? Aggregates.resolve(s.function(), parameters(s.call()), List.of(s.nested()))
        : null;
  }

  /**
   * Checks that a column of the type can be what it says.
   *
   * @throws LonghouseException BAD_ARGUMENTS (36) for a function that cannot combine its own
   *     results, or gives values of another type
   */
  public static void check(SimpleAggregateFunctionType type) {
    AggregateFunction f =
        Aggregates.resolve(type.function(), parameters(type.call()), List.of(type.nested()));
    if (!SIMPLE.contains(type.function())) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Unsupported aggregate function "
              + type.function()
              + ", supported functions are "
              + String.join(",", SIMPLE));
    }
    if (!f.resultType().equals(LowCardinalityType.strip(type.nested()))) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Incompatible data types between aggregate function '"
              + type.function()
              + "' which returns "
              + f.resultType().name()
              + " and column storage type "
              + type.nested().name());
    }
  }

  private static List<Argument> parameters(@Nullable FunctionCall call) {
    List<Argument> parameters = new ArrayList<>();
    if (call != null) {
      for (var e : call.arguments()) {
        parameters.add(SignatureNames.argument((Literal) e));
      }
    }
    return parameters;
  }
}
