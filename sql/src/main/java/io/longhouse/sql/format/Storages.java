package io.longhouse.sql.format;

import io.longhouse.sql.ast.Assignment;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.sql.ast.TtlElement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of ENGINE and the clauses behind it. */
final class Storages {
  private Storages() {}

  static void print(Out out, StorageClause s) {
    if (s.engine() != null) {
      out.line().add("ENGINE = ");
      Expressions.print(out, s.engine());
    }
    Queries.clause(out, "PARTITION BY ", s.partitionBy());
    Queries.clause(out, "PRIMARY KEY ", s.primaryKey());
    Queries.clause(out, "ORDER BY ", s.orderBy());
    Queries.clause(out, "SAMPLE BY ", s.sampleBy());
    Queries.clause(out, "UNIQUE KEY ", s.uniqueKey());
    if (!s.ttl().isEmpty()) {
      out.line().add("TTL ");
      ttl(out, s.ttl());
    }
    if (!s.settings().isEmpty()) {
      out.line().add("SETTINGS ");
      Settings.print(out, s.settings());
    }
  }

  static void ttl(Out out, List<TtlElement> list) {
    for (int i = 0; i < list.size(); i++) {
      out.add(i > 0 ? ", " : "");
      Expressions.print(out, list.get(i).expression());
      action(out, list.get(i).action());
    }
  }

  private static void action(Out out, TtlElement.Action action) {
    switch (action) {
      case TtlElement.Delete d -> where(out, d.where());
      case TtlElement.Move m -> {
        out.add(" TO ").add(m.destination().name()).add(m.ifExists() ? " IF EXISTS " : " ");
        out.string(m.name());
      }
      case TtlElement.Recompress r -> {
        out.add(" RECOMPRESS ");
        Schemas.types(out, r.codec());
      }
      case TtlElement.GroupBy g -> {
        out.add(" GROUP BY ");
        Expressions.list(out, g.keys());
        if (!g.assignments().isEmpty()) {
          out.add(" SET ");
          assignments(out, g.assignments());
        }
        where(out, g.where());
      }
    }
  }

  private static void where(Out out, @Nullable Expression where) {
    if (where != null) {
      out.add(" WHERE ");
      Expressions.print(out, where);
    }
  }

  static void assignments(Out out, List<Assignment> assignments) {
    for (int i = 0; i < assignments.size(); i++) {
      Assignment a = assignments.get(i);
      out.add(i > 0 ? ", " : "").name(a.column()).add(" = ");
      Expressions.print(out, a.expression());
    }
  }
}
