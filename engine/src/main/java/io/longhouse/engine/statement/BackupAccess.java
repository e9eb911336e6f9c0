package io.longhouse.engine.statement;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.sql.ast.Backup;
import io.longhouse.sql.ast.Identifier;

/** Which privileges BACKUP and RESTORE need. */
final class BackupAccess {
  private final SessionAccess access;
  private final NamedAccess named;

  BackupAccess(SessionAccess access, NamedAccess named) {
    this.access = access;
    this.named = named;
  }

  void check(Backup b) {
    for (Backup.Element e : b.elements()) {
      switch (e) {
        case Backup.Table t -> {
          named.table(Privilege.BACKUP, t.name());
          named.whole(t.name());
          if (b.restore()) {
            Identifier to = t.newName() == null ? t.name() : t.newName();
            named.table(Privilege.CREATE_TABLE.set().plus(Privilege.INSERT.set()), to);
            named.whole(to);
          }
        }
        case Backup.TemporaryTable _ -> {}
        case Backup.Database d -> {
          access.check(Privilege.BACKUP, d.name().name());
          named.whole().database(d.name().name());
          if (b.restore()) {
            access.check(Privilege.CREATE_TABLE, d.name().name());
            access.check(Privilege.INSERT, d.name().name());
          }
        }
        case Backup.All _ -> {
          access.check(Privilege.BACKUP);
          named.whole().everything();
          if (b.restore()) {
            access.check(Privilege.CREATE.set().plus(Privilege.INSERT.set()));
          }
        }
      }
    }
  }
}
