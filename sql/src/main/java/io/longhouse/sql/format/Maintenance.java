package io.longhouse.sql.format;

import io.longhouse.sql.ast.Backup;
import io.longhouse.sql.ast.CheckAllTables;
import io.longhouse.sql.ast.CheckTable;
import io.longhouse.sql.ast.CopyStatement;
import io.longhouse.sql.ast.Kill;
import io.longhouse.sql.ast.MaintenanceStatement;
import io.longhouse.sql.ast.Optimize;
import io.longhouse.sql.ast.Watch;

/** The text of OPTIMIZE, CHECK, KILL, WATCH, BACKUP and COPY. */
final class Maintenance {
  private Maintenance() {}

  static void print(Out out, MaintenanceStatement statement) {
    switch (statement) {
      case Optimize o -> optimize(out, o);
      case CheckTable c -> check(out, c);
      case CheckAllTables _ -> out.add("CHECK ALL TABLES");
      case Kill k -> {
        out.add("KILL ").add(k.kind().name());
        Statements.cluster(out, k.cluster());
        if (k.where() != null) {
          Expressions.print(out.add(" WHERE "), k.where());
        }
        out.add(' ').add(k.mode().name());
      }
      case Backup b -> Backups.print(out, b);
      case Watch w -> {
        Expressions.identifier(out.add("WATCH "), w.view());
        out.add(w.events() ? " EVENTS" : "");
        if (w.limit() != null) {
          Expressions.print(out.line().add("LIMIT "), w.limit());
        }
      }
      case CopyStatement c -> copy(out, c);
    }
  }

  private static void optimize(Out out, Optimize o) {
    out.add("OPTIMIZE TABLE ");
    Expressions.identifier(out, o.table());
    Statements.cluster(out, o.cluster());
    if (o.dryRunParts() != null) {
      out.add(" DRY RUN PARTS ");
      for (int i = 0; i < o.dryRunParts().size(); i++) {
        out.add(i > 0 ? ", " : "").string(o.dryRunParts().get(i));
      }
    }
    if (o.partition() != null) {
      Alters.partition(out.add(" PARTITION "), o.partition());
    }
    out.add(o.isFinal() ? " FINAL" : "").add(o.deduplicate() ? " DEDUPLICATE" : "");
    if (o.deduplicateBy() != null) {
      Expressions.list(out.add(" BY "), o.deduplicateBy());
    }
    out.add(o.cleanup() ? " CLEANUP" : "");
  }

  private static void check(Out out, CheckTable c) {
    out.add(c.database() ? "CHECK DATABASE " : "CHECK TABLE ");
    Expressions.identifier(out, c.name());
    if (c.partition() != null) {
      Alters.partition(out.add(" PARTITION "), c.partition());
    }
    if (c.part() != null) {
      out.add(" PART ").string(c.part());
    }
  }

  private static void copy(Out out, CopyStatement c) {
    Expressions.identifier(out.add("COPY "), c.table());
    if (c.columns() != null) {
      Queries.names(out.add(" ("), c.columns());
      out.add(')');
    }
    out.add(c.from() ? " FROM STDIN" : " TO STDOUT");
    if (c.format() != null) {
      out.add(" WITH FORMAT ").name(c.format());
    }
  }
}
