package io.longhouse.sql.format;

import io.longhouse.sql.ast.Drop;
import io.longhouse.sql.ast.DropDatabaseTables;
import io.longhouse.sql.ast.DropIndex;
import io.longhouse.sql.ast.DropObject;
import io.longhouse.sql.ast.DropStatement;
import io.longhouse.sql.ast.NamePattern;
import io.longhouse.sql.ast.Undrop;
import org.jspecify.annotations.Nullable;

/** The text of DROP, DETACH, TRUNCATE and UNDROP. */
final class Drops {
  private Drops() {}

  static void print(Out out, DropStatement statement) {
    switch (statement) {
      case Drop d -> drop(out, d);
      case DropDatabaseTables t -> {
        out.add(t.all() ? "TRUNCATE ALL TABLES FROM " : "TRUNCATE TABLES FROM ");
        out.add(t.ifExists() ? "IF EXISTS " : "");
        Expressions.identifier(out, t.database());
        pattern(out, t.pattern());
        Statements.cluster(out, t.cluster());
      }
      case DropIndex i -> {
        out.add(i.ifExists() ? "DROP INDEX IF EXISTS " : "DROP INDEX ").name(i.name()).add(" ON ");
        Expressions.identifier(out, i.table());
        Statements.cluster(out, i.cluster());
      }
      case DropObject o -> {
        out.add("DROP ").add(o.kind().sql()).add(o.ifExists() ? " IF EXISTS " : " ").name(o.name());
        Statements.cluster(out, o.cluster());
      }
      case Undrop u -> {
        out.add("UNDROP TABLE ");
        Expressions.identifier(out, u.table());
        if (u.uuid() != null) {
          out.add(" UUID ").string(u.uuid());
        }
        Statements.cluster(out, u.cluster());
      }
    }
  }

  private static void drop(Out out, Drop d) {
    out.add(d.action().name()).add(d.temporary() ? " TEMPORARY " : " ").add(d.kind().name());
    out.add(d.ifExists() ? " IF EXISTS " : " ").add(d.ifEmpty() ? "IF EMPTY " : "");
    for (int i = 0; i < d.names().size(); i++) {
      out.add(i > 0 ? ", " : "");
      Expressions.identifier(out, d.names().get(i));
    }
    Statements.cluster(out, d.cluster());
    out.add(d.permanently() ? " PERMANENTLY" : "").add(d.sync() ? " SYNC" : "");
  }

  static void pattern(Out out, @Nullable NamePattern pattern) {
    if (pattern != null) {
      out.add(pattern.not() ? " NOT" : "").add(pattern.caseInsensitive() ? " ILIKE " : " LIKE ");
      out.string(pattern.pattern());
    }
  }
}
