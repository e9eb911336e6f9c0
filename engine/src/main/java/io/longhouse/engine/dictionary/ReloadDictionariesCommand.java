package io.longhouse.engine.dictionary;

import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.SystemCommand;
import io.longhouse.engine.table.Table;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.SystemStatement;

/** {@code SYSTEM RELOAD DICTIONARY d}, and all that have been loaded. */
@Register(kind = SystemCommand.class, name = "RELOAD DICTIONARY")
@Register(kind = SystemCommand.class, name = "RELOAD DICTIONARIES")
final class ReloadDictionariesCommand implements SystemCommand {
  @Override
  public void run(SystemStatement statement, StatementContext context) {
    LocalEngine engine = context.query().require(LocalEngine.class);
    Identifier name = statement.table();
    if (name == null) {
      for (Table t : context.catalog().openTables()) {
        if (t instanceof DictionaryTable x && x.loaded() != null) {
          x.reload(engine);
        }
      }
      return;
    }
    String in = name.qualifier();
    Table found =
        context.catalog().find(in == null ? context.session().database() : in, name.last());
    if (!(found instanceof DictionaryTable d)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Dictionary (`" + name.name() + "`) not found");
    }
    d.reload(engine);
  }
}
