package io.longhouse.sql.format;

import io.longhouse.sql.ast.CreateMaterializedView;
import io.longhouse.sql.ast.CreateView;
import io.longhouse.sql.ast.CreateWindowView;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.RefreshStrategy;
import io.longhouse.sql.ast.SqlSecurity;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.sql.ast.TableSchema;
import org.jspecify.annotations.Nullable;

/** The text of CREATE VIEW. */
final class Views {
  private Views() {}

  static void plain(Out out, CreateView v) {
    Creates.head(out, v.head(), "VIEW");
    Statements.cluster(out, v.head().cluster());
    schema(out, v.schema());
    if (v.columnNames() != null) {
      out.line().add('(');
      Queries.names(out, v.columnNames());
      out.lineOrNothing().add(')');
    }
    security(out, v.security());
    Creates.comment(out, v.comment());
    Creates.query(out, v.query());
  }

  static void materialized(Out out, CreateMaterializedView v) {
    Creates.head(out, v.head(), "MATERIALIZED VIEW");
    Statements.cluster(out, v.head().cluster());
    if (v.refresh() != null) {
      out.line().add("REFRESH ");
      refresh(out, v.refresh());
    }
    target(out, v.to(), v.toInnerUuid());
    schema(out, v.schema());
    storage(out, v.storage());
    out.add(v.populate() ? " POPULATE" : "").add(v.empty() ? " EMPTY" : "");
    security(out, v.security());
    Creates.comment(out, v.comment());
    Creates.query(out, v.query());
  }

  static void window(Out out, CreateWindowView v) {
    Creates.head(out, v.head(), "WINDOW VIEW");
    Statements.cluster(out, v.head().cluster());
    target(out, v.to(), v.toInnerUuid());
    schema(out, v.schema());
    if (v.innerStorage() != null) {
      out.add(" INNER");
      storage(out, v.innerStorage());
    }
    storage(out, v.storage());
    switch (v.watermark()) {
      case CreateWindowView.StrictlyAscending _ -> out.add(" WATERMARK STRICTLY_ASCENDING");
      case CreateWindowView.Ascending _ -> out.add(" WATERMARK ASCENDING");
      case CreateWindowView.Bounded b -> part(out, " WATERMARK ", b.interval());
      case null -> {}
    }
    part(out, " ALLOWED_LATENESS ", v.allowedLateness());
    out.add(v.populate() ? " POPULATE" : "").add(v.empty() ? " EMPTY" : "");
    Creates.comment(out, v.comment());
    Creates.query(out, v.query());
  }

  private static void part(Out out, String words, @Nullable Expression e) {
    if (e != null) {
      out.add(words);
      Expressions.print(out, e);
    }
  }

  private static void target(Out out, @Nullable Identifier to, @Nullable String innerUuid) {
    if (to != null) {
      out.add(" TO ");
      Expressions.identifier(out, to);
    }
    if (innerUuid != null) {
      out.add(" TO INNER UUID ").string(innerUuid);
    }
  }

  private static void schema(Out out, @Nullable TableSchema schema) {
    if (schema != null) {
      Schemas.parenthesized(out, schema);
    }
  }

  private static void storage(Out out, @Nullable StorageClause storage) {
    if (storage != null) {
      Storages.print(out, storage);
    }
  }

  private static void security(Out out, @Nullable SqlSecurity security) {
    if (security != null) {
      out.line();
      securityWords(out, security);
    }
  }

  static void securityWords(Out out, SqlSecurity security) {
    boolean definer = security.currentUser() || security.definer() != null;
    if (definer) {
      out.add("DEFINER = ");
      if (security.definer() == null) {
        out.add("CURRENT_USER");
      } else {
        Users.name(out, security.definer());
      }
    }
    if (security.type() != null) {
      out.add(definer ? " " : "").add("SQL SECURITY ").add(security.type().name());
    }
  }

  static void refresh(Out out, RefreshStrategy r) {
    String blank = "";
    if (r.period() != null) {
      out.add(r.schedule().name()).add(' ');
      interval(out, r.period());
      blank = " ";
    }
    if (r.offset() != null) {
      out.add(" OFFSET ");
      interval(out, r.offset());
    }
    if (r.spread() != null) {
      out.add(blank).add("RANDOMIZE FOR ");
      interval(out, r.spread());
      blank = " ";
    }
    if (!r.dependencies().isEmpty()) {
      out.add(blank).add("DEPENDS ON ");
      for (int i = 0; i < r.dependencies().size(); i++) {
        out.add(i > 0 ? ", " : "");
        Expressions.identifier(out, r.dependencies().get(i));
      }
    }
    if (!r.settings().isEmpty()) {
      out.add(" SETTINGS ");
      Settings.print(out, r.settings());
    }
    out.add(r.append() ? " APPEND" : "");
  }

  private static void interval(Out out, RefreshStrategy.Interval interval) {
    for (int i = 0; i < interval.parts().size(); i++) {
      RefreshStrategy.Part part = interval.parts().get(i);
      out.add(i > 0 ? " " : "").add(part.value()).add(' ').add(part.unit().name());
    }
  }
}
