package io.longhouse.engine.statement;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.View;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.ExistsStatement;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code EXISTS}: one row with 0 or 1. */
@Register(kind = StatementRunner.class, name = "ExistsStatement")
final class ExistsRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var s = (ExistsStatement) statement;
    boolean exists =
        switch (s.kind()) {
          case DATABASE -> context.catalog().find(s.name().name()) != null;
          case TABLE -> table(s, context) != null;
          case VIEW -> {
            Table t = table(s, context);
            yield t instanceof View || t != null && t.engine().endsWith("View");
          }
          case DICTIONARY -> {
            Table t = table(s, context);
            yield t instanceof io.longhouse.engine.dictionary.DictionaryTable;
          }
        };
    Column c = Int8Column.of((byte) (exists ? 1 : 0));
    return new StatementResult.Rows(
        Header.of("result", IntegerType.UINT8), List.of(new Block(new Column[] {c}, 1)));
  }

  private static @Nullable Table table(ExistsStatement s, StatementContext context) {
    Identifier name = s.name();
    return s.temporary()
        ? context.temporaryTables().find(name.last())
        : context.tables().find(name.qualifier(), name.last());
  }
}
