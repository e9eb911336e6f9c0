package io.longhouse.sql.format;

import io.longhouse.sql.ast.OrderItem;
import io.longhouse.sql.ast.Window;

/** The text of windows; always on one line. */
final class Windows {
  private Windows() {}

  static void print(Out out, Window window) {
    switch (window) {
      case Window.Reference r -> out.name(r.name());
      case Window.Definition d -> {
        out.add('(');
        definition(out, d);
        out.add(')');
      }
    }
  }

  static void definition(Out out, Window.Definition d) {
    String blank = "";
    if (d.parent() != null) {
      out.name(d.parent());
      blank = " ";
    }
    if (!d.partitionBy().isEmpty()) {
      out.add(blank).add("PARTITION BY ");
      Expressions.list(out, d.partitionBy());
      blank = " ";
    }
    if (!d.orderBy().isEmpty()) {
      out.add(blank).add("ORDER BY ");
      boolean first = true;
      for (OrderItem item : d.orderBy()) {
        out.add(first ? "" : ", ");
        first = false;
        Queries.orderItem(out, item);
      }
      blank = " ";
    }
    if (d.frame() != null) {
      out.add(blank).add(d.frame().unit().name()).add(" BETWEEN ");
      bound(out, d.frame().begin());
      out.add(" AND ");
      bound(out, d.frame().end());
    }
  }

  private static void bound(Out out, Window.Bound bound) {
    switch (bound.kind()) {
      case UNBOUNDED_PRECEDING -> out.add("UNBOUNDED PRECEDING");
      case UNBOUNDED_FOLLOWING -> out.add("UNBOUNDED FOLLOWING");
      case CURRENT_ROW -> out.add("CURRENT ROW");
      case PRECEDING, FOLLOWING -> {
        if (bound.offset() != null) {
          Expressions.print(out, bound.offset());
        }
        out.add(' ').add(bound.kind().name());
      }
    }
  }
}
