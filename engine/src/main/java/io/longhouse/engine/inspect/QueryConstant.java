package io.longhouse.engine.inspect;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.engine.system.CellValues;
import io.longhouse.function.ScalarFunction;
import io.longhouse.sql.parser.Parser;
import org.jspecify.annotations.Nullable;

/** A function whose value is the same for the whole query. */
record QueryConstant(DataType resultType, Column value, boolean isOfServer)
    implements ScalarFunction {
  /**
   * @param value what {@link CellValues#append} takes
   */
  static QueryConstant of(String type, @Nullable Object value) {
    DataType t = DataTypes.of(Parser.parseType(type));
    ColumnBuilder one = t.newBuilder(1);
    CellValues.append(value, t, one);
    return new QueryConstant(t, one.build(), false);
  }

  /** The same as a fact of this server. */
  QueryConstant ofServer() {
    return new QueryConstant(resultType, value, true);
  }

  @Override
  public boolean isDeterministic() {
    return false;
  }

  @Override
  public boolean isConstantInQuery() {
    return true;
  }

  @Override
  public Column evaluate(Column[] arguments, int rows) {
    return new ConstColumn(value, rows);
  }
}
