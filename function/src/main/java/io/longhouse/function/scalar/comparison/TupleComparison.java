package io.longhouse.function.scalar.comparison;

import io.longhouse.column.Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tuples element by element, with SQL's logic of three values where elements can be NULL.
 *
 * <p>For equality the elements' answers are joined by {@code and} or {@code or}. For order, {@code
 * (a1, rest1) < (a2, rest2)} is {@code a1 < a2 or a1 = a2 and rest1 < rest2}, from the back.
 *
 * @param strict the elements' strict comparisons, or all of them for equality
 * @param equal the elements' equalities; empty for equality
 * @param last the comparison of the last element
 */
record TupleComparison(
    CompareOp op,
    List<ScalarFunction> strict,
    List<ScalarFunction> equal,
    ScalarFunction last,
    List<ScalarFunction> ands,
    List<ScalarFunction> ors)
    implements ScalarFunction {

  static ScalarFunction of(
      CompareOp op, TupleType a, TupleType b, Argument x, Argument y, FunctionContext context) {
    int n = a.elements().size();
    if (n != b.elements().size()) {
      throw Comparison.illegal(op, a, b);
    }
    if (n == 0) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "Comparison of zero-sized tuples is not implemented");
    }
    CompareOp strictOp =
        switch (op) {
          case LESS_OR_EQUALS -> CompareOp.LESS;
          case GREATER_OR_EQUALS -> CompareOp.GREATER;
          default -> op;
        };
    List<ScalarFunction> strict = new ArrayList<>();
    List<ScalarFunction> equal = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      List<Argument> pair =
          List.of(element(x, a.elements().get(i), i), element(y, b.elements().get(i), i));
      strict.add(
          Functions.resolve(i == n - 1 ? op.function() : strictOp.function(), pair, context));
      if (!op.isEquality()) {
        equal.add(Functions.resolve("equals", pair, context));
      }
    }
    if (strict.stream().anyMatch(f -> isNullLiteral(f.resultType()))) {
      return new Unknown();
    }
    ScalarFunction last = strict.getLast();
    List<ScalarFunction> ands = new ArrayList<>();
    List<ScalarFunction> ors = new ArrayList<>();
    DataType type = last.resultType();
    for (int i = n - 2; i >= 0; i--) {
      if (op.isEquality()) {
        ScalarFunction join =
            join(op == CompareOp.EQUALS ? "and" : "or", strict.get(i).resultType(), type, context);
        (op == CompareOp.EQUALS ? ands : ors).add(join);
        type = join.resultType();
      } else {
        ScalarFunction and = join("and", equal.get(i).resultType(), type, context);
        ScalarFunction or = join("or", strict.get(i).resultType(), and.resultType(), context);
        ands.add(and);
        ors.add(or);
        type = or.resultType();
      }
    }
    return new TupleComparison(op, strict, equal, last, ands, ors);
  }

  private static boolean isNullLiteral(DataType t) {
    return t instanceof NullableType n && n.nested() instanceof NothingType;
  }

  /** Beside a literal NULL nothing is known of the whole tuple. */
  private record Unknown() implements ScalarFunction {
    @Override
    public DataType resultType() {
      return NullableType.orSame(IntegerType.UINT8);
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return Functions.nullColumn(resultType(), rows);
    }
  }

  private static ScalarFunction join(String name, DataType a, DataType b, FunctionContext context) {
    return Functions.resolve(name, List.of(Argument.of(a), Argument.of(b)), context);
  }

  private static Argument element(Argument tuple, DataType type, int i) {
    Column c = tuple.constant();
    return new Argument(type, c == null ? null : ((TupleColumn) c.full()).elements().get(i).full());
  }

  @Override
  public DataType resultType() {
    List<ScalarFunction> joins = ors.isEmpty() ? ands : ors;
    return joins.isEmpty() ? last.resultType() : joins.getLast().resultType();
  }

  @Override
  public boolean mayThrow() {
    return strict.stream().anyMatch(ScalarFunction::mayThrow);
  }

  private static Column compare(ScalarFunction f, Column[] arguments, int i, int rows) {
    return f.evaluate(
        new Column[] {Comparison.element(arguments[0], i), Comparison.element(arguments[1], i)},
        rows);
  }

  @Override
  public Column evaluate(Column[] arguments, int rows) {
    int n = strict.size();
    Column result = compare(last, arguments, n - 1, rows);
    for (int i = n - 2, step = 0; i >= 0; i--, step++) {
      Column own = compare(strict.get(i), arguments, i, rows);
      if (op.isEquality()) {
        ScalarFunction join = (op == CompareOp.EQUALS ? ands : ors).get(step);
        result = join.evaluate(new Column[] {own, result}, rows);
      } else {
        Column same = compare(equal.get(i), arguments, i, rows);
        result = ands.get(step).evaluate(new Column[] {same, result}, rows);
        result = ors.get(step).evaluate(new Column[] {own, result}, rows);
      }
    }
    return result;
  }
}
