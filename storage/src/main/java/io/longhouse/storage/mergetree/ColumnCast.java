package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** Conversions of stored values know of no query and no session. */
  private enum Context implements FunctionContext {
    DEFAULT;

    @Override
    public @Nullable String setting(String name) {
      return null;
    }

    @Override
    public Instant queryStart() {
      return Instant.now();
    }

    @Override
    public ZoneId timeZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public FormatSettings formatSettings() {
      return FormatSettings.DEFAULT;
    }

    @Override
    public String currentDatabase() {
      return "default";
    }

    @Override
    public String currentUser() {
      return "";
    }

    @Override
    public String queryId() {
      return "";
    }
  }
}
