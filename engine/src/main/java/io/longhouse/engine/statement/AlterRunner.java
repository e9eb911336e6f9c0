package io.longhouse.engine.statement;

import io.longhouse.engine.table.Table;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.AlterTable;
import io.longhouse.sql.ast.DeleteRows;
import io.longhouse.sql.ast.Optimize;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.UpdateRows;
import java.util.List;

/** {@code ALTER TABLE}, {@code DELETE FROM}, {@code UPDATE} and {@code OPTIMIZE TABLE}. */
@Register(kind = StatementRunner.class, name = "AlterTable")
@Register(kind = StatementRunner.class, name = "DeleteRows")
@Register(kind = StatementRunner.class, name = "UpdateRows")
@Register(kind = StatementRunner.class, name = "Optimize")
final class AlterRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    switch (statement) {
      case AlterTable a -> {
        context.tables().require(a.table()).alter(a.commands(), context);
      }
      case DeleteRows d -> {
        Table table = context.tables().require(d.table());
        if (table instanceof io.longhouse.engine.table.mergetree.MergeTreeTable m) {
          m.deleteRows(d, context);
        } else {
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS,
              "DELETE query is not supported for table "
                  + table.id()
                  + " of engine "
                  + table.engine());
        }
      }
      case UpdateRows u -> {
        var update = new AlterCommand.Update(u.assignments(), u.partition(), u.where());
        context.tables().require(u.table()).alter(List.of(update), context);
      }
      case Optimize o -> {
        context.tables().require(o.table()).optimize(o, context);
      }
      default -> throw new IllegalArgumentException(statement.toString());
    }
    return StatementResult.DONE;
  }
}
