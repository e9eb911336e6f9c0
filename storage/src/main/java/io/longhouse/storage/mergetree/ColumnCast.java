package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Functions;
import io.longhouse.function.OutsideQuery;
import io.longhouse.function.ScalarFunction;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Values of a part whose column has another type than the table's, after {@code MODIFY COLUMN}. */
final class ColumnCast {
  private final ScalarFunction cast;
  private final Column target;

  private ColumnCast(ScalarFunction cast, Column target) {
    this.cast = cast;
    this.target = target;
  }

  static ColumnCast of(DataType from, DataType to) {
    Column name = StringColumn.of(io.longhouse.sql.ByteText.encode(to.name()));
    return new ColumnCast(
        Functions.resolve(
            "CAST",
            List.of(Argument.of(from), new Argument(StringType.TYPE, name)),
            Context.DEFAULT),
        name);
  }

  Column apply(Column column) {
    int rows = column.size();
    return cast.evaluate(new Column[] {column.full(), new ConstColumn(target, rows)}, rows);
  }

  /** What is stored does not depend on where the server is. */
  private enum Context implements OutsideQuery {
    DEFAULT;

    @Override
    public ZoneId timeZone() {
      return ZoneOffset.UTC;
    }
  }
}
