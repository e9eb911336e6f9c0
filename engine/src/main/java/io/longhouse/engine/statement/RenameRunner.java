package io.longhouse.engine.statement;

import io.longhouse.engine.catalog.Database;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Rename;
import io.longhouse.sql.ast.Statement;

/** {@code RENAME} of tables and databases, {@code EXCHANGE} of tables. */
@Register(kind = StatementRunner.class, name = "Rename")
final class RenameRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var rename = (Rename) statement;
    if (rename.kind() == Rename.Kind.DATABASE) {
      for (Rename.Pair p : rename.pairs()) {
        if (!rename.ifExists() || context.catalog().find(p.from().last()) != null) {
          context.catalog().rename(p.from().last(), p.to().last());
        }
      }
      return StatementResult.DONE;
    }
    for (Rename.Pair p : rename.pairs()) {
      Database from = Databases.of(p.from(), context);
      Database to = Databases.of(p.to(), context);
      if (from.find(p.from().last()) == null) {
        if (rename.ifExists()) {
          continue;
        }
        throw new LonghouseException(
            ErrorCode.UNKNOWN_TABLE,
            "Table " + from.name() + "." + p.from().last() + " does not exist");
      }
      if (rename.exchange()) {
        from.exchange(p.from().last(), to, p.to().last());
      } else {
        from.rename(p.from().last(), to, p.to().last());
      }
    }
    return StatementResult.DONE;
  }
}
