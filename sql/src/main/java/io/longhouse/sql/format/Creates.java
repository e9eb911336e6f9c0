package io.longhouse.sql.format;

import io.longhouse.sql.ast.CreateDatabase;
import io.longhouse.sql.ast.CreateDictionary;
import io.longhouse.sql.ast.CreateFunction;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateIndex;
import io.longhouse.sql.ast.CreateMaterializedView;
import io.longhouse.sql.ast.CreateNamedCollection;
import io.longhouse.sql.ast.CreateResource;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.CreateView;
import io.longhouse.sql.ast.CreateWindowView;
import io.longhouse.sql.ast.CreateWorkload;
import io.longhouse.sql.ast.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of CREATE. */
final class Creates {
  private Creates() {}

  static void print(Out out, CreateStatement statement) {
    switch (statement) {
      case CreateTable t -> table(out, t);
      case CreateDatabase d -> database(out, d);
      case CreateView v -> Views.plain(out, v);
      case CreateMaterializedView v -> Views.materialized(out, v);
      case CreateWindowView v -> Views.window(out, v);
      case CreateDictionary d -> Dictionaries.print(out, d);
      case CreateFunction f -> function(out, f);
      case CreateNamedCollection c -> {
        start(out, "NAMED COLLECTION ", false, c.ifNotExists(), c.name(), c.cluster());
        out.add(" AS ");
        entries(out, c.entries());
      }
      case CreateIndex i -> index(out, i);
      case CreateWorkload w -> workload(out, w);
      case CreateResource r -> resource(out, r);
    }
  }

  static void head(Out out, CreateHead head, String what) {
    out.add(head.verb().sql()).add(head.temporary() ? " TEMPORARY " : " ").add(what).add(' ');
    out.add(head.ifNotExists() ? "IF NOT EXISTS " : "");
    Expressions.identifier(out, head.name());
    if (head.uuid() != null) {
      out.add(" UUID ").string(head.uuid());
    }
  }

  private static void table(Out out, CreateTable t) {
    head(out, t.head(), "TABLE");
    if (t.attachFrom() != null) {
      out.add(" FROM ").string(t.attachFrom());
    }
    Statements.cluster(out, t.head().cluster());
    if (t.attachAsReplicated() != null) {
      out.add(t.attachAsReplicated() ? " AS REPLICATED" : " AS NOT REPLICATED");
    }
    switch (t.source()) {
      case CreateTable.Like l -> {
        out.add(" AS ");
        Expressions.identifier(out, l.table());
      }
      case CreateTable.Clone c -> {
        out.add(" CLONE AS ");
        Expressions.identifier(out, c.table());
      }
      case CreateTable.Function _, CreateTable.AsSelect _ -> {}
      case null -> {}
    }
    if (t.schema() != null) {
      Schemas.parenthesized(out, t.schema());
    }
    if (t.source() instanceof CreateTable.Function f) {
      out.add(" AS ");
      Calls.table(out, f.call(), f.settings());
    }
    if (t.storage() != null) {
      Storages.print(out, t.storage());
    }
    out.add(t.empty() ? " EMPTY" : "");
    comment(out, t.comment());
    if (t.source() instanceof CreateTable.AsSelect s) {
      query(out, s.query());
    }
  }

  static void comment(Out out, @Nullable String comment) {
    if (comment != null) {
      out.line().add("COMMENT ").string(comment);
    }
  }

  static void query(Out out, Query query) {
    out.line().add("AS ");
    Queries.print(out, query);
  }

  private static void database(Out out, CreateDatabase d) {
    head(out, d.head(), "DATABASE");
    Statements.cluster(out, d.head().cluster());
    if (d.storage() != null) {
      Storages.print(out, d.storage());
    }
    for (int i = 0; i < d.overrides().size(); i++) {
      CreateDatabase.TableOverride o = d.overrides().get(i);
      out.add(i > 0 ? "," : "").line().add("TABLE OVERRIDE ").name(o.table());
      out.line().add('(').indent();
      if (o.schema() != null) {
        out.lineOrNothing().add("COLUMNS");
        Schemas.parenthesized(out, o.schema());
      }
      if (o.storage() != null) {
        Storages.print(out, o.storage());
      }
      out.outdent().lineOrNothing().add(')');
    }
    comment(out, d.comment());
  }

  private static void start(
      Out out,
      String what,
      boolean replace,
      boolean ifNotExists,
      String name,
      @Nullable String cluster) {
    out.add(replace ? "CREATE OR REPLACE " : "CREATE ").add(what);
    out.add(ifNotExists ? "IF NOT EXISTS " : "").name(name);
    Statements.cluster(out, cluster);
  }

  private static void function(Out out, CreateFunction f) {
    start(out, "FUNCTION ", f.orReplace(), f.ifNotExists(), f.name(), f.cluster());
    out.add(" AS ");
    Expressions.print(out, f.body());
  }

  static void entries(Out out, List<CreateNamedCollection.Entry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      CreateNamedCollection.Entry e = entries.get(i);
      out.add(i > 0 ? ", " : "").name(e.key()).add(" = ");
      Expressions.print(out, e.value());
      if (e.overridable() != null) {
        out.add(e.overridable() ? " OVERRIDABLE" : " NOT OVERRIDABLE");
      }
    }
  }

  private static void index(Out out, CreateIndex i) {
    out.add(i.unique() ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    out.add(i.ifNotExists() ? "IF NOT EXISTS " : "").name(i.index().name()).add(" ON ");
    Expressions.identifier(out, i.table());
    Statements.cluster(out, i.cluster());
    out.add(' ');
    Schemas.indexBody(out, i.index());
  }

  private static void workload(Out out, CreateWorkload w) {
    start(out, "WORKLOAD ", w.orReplace(), w.ifNotExists(), w.name(), w.cluster());
    if (w.parent() != null) {
      out.add(" IN ").name(w.parent());
    }
    if (w.settings().isEmpty()) {
      return;
    }
    out.add(" SETTINGS ");
    for (int i = 0; i < w.settings().size(); i++) {
      CreateWorkload.WorkloadSetting s = w.settings().get(i);
      out.add(i > 0 ? ", " : "").name(s.name()).add(" = ");
      Expressions.print(out, s.value());
      if (s.resource() != null) {
        out.add(" FOR ").name(s.resource());
      }
    }
  }

  private static void resource(Out out, CreateResource r) {
    start(out, "RESOURCE ", r.orReplace(), r.ifNotExists(), r.name(), r.cluster());
    out.add(" (");
    for (int i = 0; i < r.operations().size(); i++) {
      CreateResource.Operation o = r.operations().get(i);
      out.add(i > 0 ? ", " : "").add(o.words());
      if (o.disk() != null) {
        out.add(' ').name(o.disk());
      }
    }
    out.add(')');
  }
}
