package io.longhouse.engine.inspect;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.Objects;

/** {@code hasColumnInTable(database, table, column)}. */
@Register(
    kind = FunctionFactory.class,
    name = "hasColumnInTable",
    category = "Other",
    doc = "Whether a table has a column of that name.")
final class HasColumnInTable implements FunctionFactory {
  private static final String NAME = "hasColumnInTable";

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    if (arguments.size() > 3 && arguments.size() <= 6) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "hasColumnInTable of another server is not implemented");
    }
    Arguments.count(NAME, arguments, 3);
    String database = Arguments.text(NAME, arguments, 0, "First argument");
    String name = Arguments.text(NAME, arguments, 1, "Second argument");
    String column = Arguments.text(NAME, arguments, 2, "Third argument");
    if (database.isEmpty()) {
      throw new LonghouseException(ErrorCode.UNKNOWN_DATABASE, "Empty database name");
    }
    Objects.requireNonNull(context.service(SessionAccess.class))
        .check(Privilege.SHOW_COLUMNS, database, name, List.of(column));
    Database d = Objects.requireNonNull(context.service(Catalog.class)).require(database);
    Table table = d.find(name);
    if (table == null) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_TABLE, "Table " + database + "." + name + " does not exist");
    }
    boolean found = table.columns().stream().map(ColumnDefinition::name).anyMatch(column::equals);
    return QueryConstant.of("UInt8", found ? 1 : 0);
  }
}
