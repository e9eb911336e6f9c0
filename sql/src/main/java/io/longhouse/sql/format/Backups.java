package io.longhouse.sql.format;

import io.longhouse.sql.ast.Backup;
import io.longhouse.sql.ast.Identifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of BACKUP and RESTORE. */
final class Backups {
  private Backups() {}

  static void print(Out out, Backup b) {
    out.add(b.restore() ? "RESTORE " : "BACKUP ");
    for (int i = 0; i < b.elements().size(); i++) {
      out.add(i > 0 ? ", " : "");
      element(out, b.elements().get(i));
    }
    Statements.cluster(out, b.cluster());
    Expressions.print(out.add(b.restore() ? " FROM " : " TO "), b.location());
    if (b.baseBackup() != null || !b.settings().isEmpty()) {
      out.add(" SETTINGS ");
      if (b.baseBackup() != null) {
        Expressions.print(out.add("base_backup = "), b.baseBackup());
        out.add(b.settings().isEmpty() ? "" : ", ");
      }
      Settings.print(out, b.settings());
    }
    switch (b.mode()) {
      case DEFAULT -> {}
      case ASYNC -> out.add(" ASYNC");
      case SYNC -> out.add(" SYNC");
    }
  }

  private static void element(Out out, Backup.Element element) {
    switch (element) {
      case Backup.Table t -> {
        Expressions.identifier(out.add("TABLE "), t.name());
        newName(out, t.newName());
        if (!t.partitions().isEmpty()) {
          out.add(t.partitions().size() > 1 ? " PARTITIONS " : " PARTITION ");
          Expressions.list(out, t.partitions());
        }
      }
      case Backup.TemporaryTable t -> {
        out.add("TEMPORARY TABLE ").name(t.name());
        if (t.newName() != null) {
          out.add(" AS ").name(t.newName());
        }
      }
      case Backup.Database d -> {
        Expressions.identifier(out.add("DATABASE "), d.name());
        newName(out, d.newName());
        except(out, "TABLE", d.exceptTables());
      }
      case Backup.All a -> {
        out.add("ALL");
        except(out, "DATABASE", a.exceptDatabases());
        for (int i = 0; i < a.exceptTables().size(); i++) {
          String words = a.exceptTables().size() > 1 ? " EXCEPT TABLES " : " EXCEPT TABLE ";
          Expressions.identifier(out.add(i > 0 ? ", " : words), a.exceptTables().get(i));
        }
      }
    }
  }

  private static void newName(Out out, @Nullable Identifier name) {
    if (name != null) {
      Expressions.identifier(out.add(" AS "), name);
    }
  }

  private static void except(Out out, String what, List<String> names) {
    if (!names.isEmpty()) {
      out.add(" EXCEPT ").add(what).add(names.size() > 1 ? "S " : " ");
      Queries.names(out, names);
    }
  }
}
