package io.longhouse.engine.statement;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.SystemStatement;
import java.util.List;
import java.util.function.Function;

/** Which privilege a SYSTEM command needs: the one that is named like it, or its group's. */
final class SystemAccess {
  private final SessionAccess access;
  private final WholeTables whole;
  private final Function<Identifier, String> databaseOf;

  SystemAccess(SessionAccess access, WholeTables whole, Function<Identifier, String> databaseOf) {
    this.access = access;
    this.whole = whole;
    this.databaseOf = databaseOf;
  }

  void check(SystemStatement s) {
    Privilege p = of(s.command());
    Identifier table = s.table();
    boolean onTable =
        table != null
            && switch (p.level()) {
              case TABLE, VIEW, DICTIONARY, COLUMN -> true;
              case DATABASE,
                  GLOBAL,
                  NAMED_COLLECTION,
                  USER_NAME,
                  TABLE_ENGINE,
                  DEFINER,
                  SOURCE,
                  GROUP ->
                  false;
            };
    if (onTable && table != null) {
      access.check(p, databaseOf.apply(table), table.last());
      whole.check(databaseOf.apply(table), table.last());
    } else if (p.level() == Privilege.Level.DATABASE && table != null) {
      access.check(p, table.name());
    } else {
      access.check(p);
      if (p.level() == Privilege.Level.TABLE) {
        whole.everything();
      }
    }
  }

  /** {@code STOP MERGES} needs SYSTEM MERGES; what is unknown needs all of SYSTEM. */
  static Privilege of(String command) {
    String words = command.replaceFirst("^(STOP|START|PAUSE|CANCEL) ", "");
    for (String name :
        List.of(
            "SYSTEM " + command,
            "SYSTEM " + words,
            "SYSTEM " + command.replaceFirst("^CLEAR ", "DROP "),
            "SYSTEM " + words + "S")) {
      try {
        return Privilege.of(name);
      } catch (LonghouseException e) {
        // not a name of one: the next form is tried
      }
    }
    return Privilege.SYSTEM;
  }
}
