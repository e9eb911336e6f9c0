package io.longhouse.function.window;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import java.util.List;

/** A window function resolved for its argument types. Has no state. */
public interface WindowFunction {
  DataType resultType();

  /**
   * The types that {@link #evaluate} takes. Analysis puts a CAST around an argument of another
   * type.
   */
  List<DataType> argumentTypes();

  /**
   * The results, one for each row.
   *
   * @param arguments of {@link #argumentTypes}, sorted as the rows are; full columns or constants
   */
  Column evaluate(WindowRows rows, Column[] arguments);
}
