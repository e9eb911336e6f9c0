package io.longhouse.storage.index;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.function.expr.Expr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One condition on one column of a key: on the column itself or on a chain of monotonic functions
 * of it.
 *
 * @param keyColumn place in the key
 * @param chain calls from the inside out, the argument that is not constant being the value so far
 * @param direction 1 when the chain's result grows with the key, -1 when it falls
 * @param type of the chain's result
 * @param relaxed whether the test lets through more than the condition, so that it cannot tell that
 *     the condition is true
 */
record KeyAtom(
    int keyColumn,
    List<Expr.Call> chain,
    int direction,
    DataType type,
    Test test,
    boolean relaxed) {
  KeyAtom {
    chain = List.copyOf(chain);
    type = LowCardinalityType.strip(type);
  }

  /** What is asked of the value. */
  sealed interface Test {
    /** Between two bounds of one row each; a bound that is null is not there. */
    record Range(
        @Nullable Column low, boolean lowIncluded, @Nullable Column high, boolean highIncluded)
        implements Test {
      static Range point(Column value) {
        return new Range(value, true, value, true);
      }
    }

    /** Not equal to a value of one row. */
    record Except(Column value) implements Test {}

    /** One of the rows of a column, which ascend. */
    record OneOf(Column sorted) implements Test {}

    /** None of the rows of a column, which ascend. */
    record NoneOf(Column sorted) implements Test {}

    /** NULL. */
    record IsNull() implements Test {}

    /** Not NULL. */
    record IsNotNull() implements Test {}
  }
}
