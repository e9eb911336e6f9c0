package io.longhouse.sql.format;

import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.Describe;
import io.longhouse.sql.ast.DescribeCache;
import io.longhouse.sql.ast.ExistsStatement;
import io.longhouse.sql.ast.Explain;
import io.longhouse.sql.ast.ExplainTenant;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.ShowAccess;
import io.longhouse.sql.ast.ShowAccessEntities;
import io.longhouse.sql.ast.ShowColumns;
import io.longhouse.sql.ast.ShowCreate;
import io.longhouse.sql.ast.ShowCreateAccess;
import io.longhouse.sql.ast.ShowCreateTenant;
import io.longhouse.sql.ast.ShowEngines;
import io.longhouse.sql.ast.ShowFunctions;
import io.longhouse.sql.ast.ShowGrants;
import io.longhouse.sql.ast.ShowIndexes;
import io.longhouse.sql.ast.ShowPrivileges;
import io.longhouse.sql.ast.ShowProcesslist;
import io.longhouse.sql.ast.ShowSetting;
import io.longhouse.sql.ast.ShowStatement;
import io.longhouse.sql.ast.ShowTables;
import io.longhouse.sql.ast.ShowTenants;
import org.jspecify.annotations.Nullable;

/** The text of SHOW, DESCRIBE, EXISTS and EXPLAIN. */
final class Shows {
  private Shows() {}

  static void print(Out out, ShowStatement statement) {
    switch (statement) {
      case ShowTables t -> tables(out, t);
      case ShowColumns c -> {
        out.add("SHOW ").add(c.extended() ? "EXTENDED " : "").add(c.full() ? "FULL " : "");
        out.add("COLUMNS");
        tableOf(out, c.table());
        Drops.pattern(out, c.pattern());
        part(out, " WHERE ", c.where());
        part(out, " LIMIT ", c.limit());
      }
      case ShowIndexes i -> {
        out.add(i.extended() ? "SHOW EXTENDED INDEXES" : "SHOW INDEXES");
        tableOf(out, i.table());
        part(out, " WHERE ", i.where());
      }
      case ShowFunctions f -> {
        out.add("SHOW FUNCTIONS");
        Drops.pattern(out, f.pattern());
      }
      case ShowSetting s -> out.add("SHOW SETTING ").name(s.name());
      case ShowProcesslist _ -> out.add("SHOW PROCESSLIST");
      case ShowEngines _ -> out.add("SHOW ENGINES");
      case ShowPrivileges _ -> out.add("SHOW PRIVILEGES");
      case ShowAccess _ -> out.add("SHOW ACCESS");
      case ShowCreate c -> named(out, "SHOW CREATE ", c.temporary(), c.kind(), c.name());
      case ExistsStatement e -> named(out, "EXISTS ", e.temporary(), e.kind(), e.name());
      case ShowGrants g -> grants(out, g);
      case ShowAccessEntities e -> entities(out, e);
      case ShowCreateAccess c -> createAccess(out, c);
      case Describe d -> {
        out.add("DESCRIBE TABLE");
        Froms.table(out, d.table());
      }
      case DescribeCache c -> out.add("DESCRIBE FILESYSTEM CACHE ").string(c.name());
      case Explain e -> explain(out, e);
      case ShowTenants s -> Tenants.show(out, s);
      case ShowCreateTenant s -> Tenants.showCreate(out, s);
      case ExplainTenant e -> Tenants.explain(out, e);
    }
  }

  private static void named(
      Out out, String words, boolean temporary, ShowCreate.Kind kind, Identifier name) {
    boolean table = temporary && kind == ShowCreate.Kind.TABLE;
    out.add(words).add(temporary ? "TEMPORARY " : "").add(table ? "TABLE" : kind.name()).add(' ');
    Expressions.identifier(out, name);
  }

  private static void part(Out out, String words, @Nullable Expression e) {
    if (e != null) {
      out.add(words);
      Expressions.print(out, e);
    }
  }

  private static void tableOf(Out out, Identifier table) {
    out.add(" FROM ").name(table.last());
    if (table.qualifier() != null) {
      out.add(" FROM ").name(table.qualifier());
    }
  }

  private static void tables(Out out, ShowTables t) {
    out.add("SHOW ").add(t.full() ? "FULL " : "").add(t.changed() ? "CHANGED " : "");
    out.add(t.temporary() ? "TEMPORARY " : "").add(t.kind().sql());
    if (t.name() != null) {
      out.add(' ').name(t.name());
    }
    if (t.from() != null) {
      out.add(" FROM ");
      Expressions.identifier(out, t.from());
    }
    Drops.pattern(out, t.pattern());
    part(out, " WHERE ", t.where());
    part(out, " LIMIT ", t.limit());
  }

  private static void grants(Out out, ShowGrants g) {
    out.add("SHOW GRANTS");
    if (g.grantees() != null) {
      out.add(" FOR ");
      Users.set(out, g.grantees(), "ALL");
    }
    out.add(g.withImplicit() ? " WITH IMPLICIT" : "").add(g.isFinal() ? " FINAL" : "");
  }

  private static void entities(Out out, ShowAccessEntities e) {
    switch (e.scope()) {
      case ALL -> out.add("SHOW ").add(e.kind().plural());
      case CURRENT -> {
        boolean quota = e.kind() == AccessEntityKind.QUOTA;
        out.add("SHOW CURRENT ").add(quota ? e.kind().sql() : e.kind().plural());
      }
      case ENABLED -> out.add("SHOW ENABLED ").add(e.kind().plural());
    }
    if (e.policies() != null && e.policies().name() != null) {
      out.add(' ').name(e.policies().name());
    }
    if (e.policies() != null && e.policies().table() != null) {
      out.add(" ON ");
      Expressions.identifier(out, e.policies().table());
    }
  }

  private static void createAccess(Out out, ShowCreateAccess c) {
    boolean several = c.all() || c.names().size() + c.policies().size() > 1 || c.table() != null;
    out.add("SHOW CREATE ").add(several ? c.kind().plural() : c.kind().sql());
    if (!c.names().isEmpty()) {
      Users.names(out.add(' '), c.names());
    }
    if (!c.policies().isEmpty()) {
      Policies.names(out.add(' '), c.policies());
    }
    if (c.table() != null) {
      Expressions.identifier(out.add(" ON "), c.table());
    }
  }

  private static void explain(Out out, Explain e) {
    out.add(e.kind().sql());
    if (!e.settings().isEmpty()) {
      out.add(' ');
      Settings.print(out, e.settings());
    }
    if (e.tableFunction() != null) {
      out.add(' ');
      Calls.table(out, e.tableFunction().call(), e.tableFunction().settings());
    }
    if (e.override() != null) {
      if (e.override().schema() != null) {
        out.add(" COLUMNS");
        Schemas.parenthesized(out, e.override().schema());
      }
      if (e.override().storage() != null) {
        Storages.print(out, e.override().storage());
      }
    }
    if (e.statement() != null) {
      out.line();
      Statements.print(out, e.statement());
    }
  }
}
