package io.longhouse.sql.format;

import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.GroupBy;
import io.longhouse.sql.ast.Interpolate;
import io.longhouse.sql.ast.OrderItem;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.SetOperation;
import io.longhouse.sql.ast.Window;
import io.longhouse.sql.ast.With;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of queries. */
final class Queries {
  private Queries() {}

  /** The query from where the line stands, which is indented already. */
  static void print(Out out, Query query) {
    switch (query) {
      case Select s -> select(out, s);
      case SetOperation o -> setOperation(out, o);
    }
  }

  /** In parentheses, on lines of its own within them. */
  static void parenthesized(Out out, Query query) {
    out.add('(').indent().lineOrNothing();
    print(out, query);
    out.outdent().lineOrNothing().add(')');
  }

  private static void setOperation(Out out, SetOperation o) {
    for (int i = 0; i < o.queries().size(); i++) {
      if (i > 0) {
        out.line().add(o.operators().get(i - 1).sql()).line();
      }
      Query query = o.queries().get(i);
      if (query instanceof SetOperation || isBesideExcept(o, i)) {
        parenthesized(out, query);
      } else {
        print(out, query);
      }
    }
  }

  /** EXCEPT beside a SELECT could be taken for that of an asterisk. */
  private static boolean isBesideExcept(SetOperation o, int i) {
    return i > 0 && isExcept(o.operators().get(i - 1))
        || i < o.operators().size() && isExcept(o.operators().get(i));
  }

  private static boolean isExcept(SetOperation.Operator operator) {
    return switch (operator) {
      case EXCEPT, EXCEPT_ALL, EXCEPT_DISTINCT -> true;
      case UNION, UNION_ALL, UNION_DISTINCT, INTERSECT, INTERSECT_ALL, INTERSECT_DISTINCT -> false;
    };
  }

  private static void select(Out out, Select s) {
    if (s.with() != null) {
      with(out, s.with());
      out.line();
    }
    out.add(s.distinct() ? "SELECT DISTINCT" : "SELECT");
    Expressions.lines(out, s.projection());
    if (s.from() != null) {
      out.line().add("FROM");
      Froms.print(out, s.from());
    }
    clause(out, "PREWHERE ", s.prewhere());
    clause(out, "WHERE ", s.where());
    if (s.groupBy() != null) {
      groupBy(out, s.groupBy());
    }
    clause(out, "HAVING ", s.having());
    windows(out, s.windows());
    clause(out, "QUALIFY ", s.qualify());
    orderBy(out, s);
    limits(out, s);
    if (!s.settings().isEmpty()) {
      out.line().add("SETTINGS ");
      Settings.print(out, s.settings());
    }
  }

  static void clause(Out out, String word, @Nullable Expression e) {
    if (e != null) {
      out.line().add(word);
      Expressions.print(out, e);
    }
  }

  static void with(Out out, With with) {
    out.add(with.recursive() ? "WITH RECURSIVE" : "WITH");
    out.indent();
    for (int i = 0; i < with.items().size(); i++) {
      out.add(i > 0 ? "," : "").line();
      switch (with.items().get(i)) {
        case With.Scalar s -> Expressions.print(out, s.expression(), false, i);
        case With.Table t -> withTable(out, t);
      }
    }
    out.outdent();
  }

  private static void withTable(Out out, With.Table t) {
    out.name(t.name());
    if (t.columns() != null) {
      names(out.add('('), t.columns());
      out.add(')');
    }
    out.add(t.materialized() ? " AS MATERIALIZED" : " AS").line();
    parenthesized(out, t.query());
  }

  static void names(Out out, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      out.add(i > 0 ? ", " : "").name(names.get(i));
    }
  }

  private static void groupBy(Out out, GroupBy g) {
    switch (g.kind()) {
      case NONE -> {}
      case ALL -> out.line().add("GROUP BY ALL");
      case PLAIN, ROLLUP, CUBE -> {
        if (!g.keys().isEmpty()) {
          out.line().add("GROUP BY");
          Expressions.lines(out, g.keys());
        }
      }
      case GROUPING_SETS -> groupingSets(out, g);
    }
    out.indent();
    if (g.kind() == GroupBy.Kind.ROLLUP) {
      out.line().add("WITH ROLLUP");
    }
    if (g.kind() == GroupBy.Kind.CUBE) {
      out.line().add("WITH CUBE");
    }
    if (g.totals()) {
      out.line().add("WITH TOTALS");
    }
    out.outdent();
  }

  private static void groupingSets(Out out, GroupBy g) {
    out.line().add("GROUP BY").indent().line().add("GROUPING SETS (").indent();
    for (int i = 0; i < g.sets().size(); i++) {
      out.add(i > 0 ? "," : "");
      if (g.sets().size() > 1 && !out.oneLine()) {
        out.line();
      } else if (i > 0) {
        out.add(' ');
      }
      out.add('(');
      Expressions.list(out, g.sets().get(i));
      out.add(')');
    }
    out.add(')').outdent().outdent();
  }

  private static void windows(Out out, List<Window.Named> windows) {
    if (windows.isEmpty()) {
      return;
    }
    out.line().add("WINDOW").indent();
    for (int i = 0; i < windows.size(); i++) {
      Expressions.separate(out, i, windows.size());
      out.name(windows.get(i).name()).add(" AS (");
      Windows.definition(out, windows.get(i).definition());
      out.add(')');
    }
    out.outdent();
  }

  private static void orderBy(Out out, Select s) {
    if (s.orderBy().isEmpty()) {
      return;
    }
    if (s.orderByAll()) {
      out.line().add("ORDER BY ALL");
      direction(out, s.orderBy().getFirst());
      return;
    }
    out.line().add("ORDER BY").indent();
    for (int i = 0; i < s.orderBy().size(); i++) {
      Expressions.separate(out, i, s.orderBy().size());
      orderItem(out, s.orderBy().get(i));
    }
    out.outdent();
    if (s.interpolate() != null) {
      interpolate(out, s.interpolate());
    }
  }

  private static void interpolate(Out out, Interpolate interpolate) {
    out.line().add("INTERPOLATE");
    if (interpolate.items().isEmpty()) {
      return;
    }
    out.add(" (");
    for (int i = 0; i < interpolate.items().size(); i++) {
      Interpolate.Item item = interpolate.items().get(i);
      out.add(i > 0 ? ", " : "").quoted(item.column()).add(" AS ");
      Expressions.print(out, item.expression());
    }
    out.add(')');
  }

  static void orderItem(Out out, OrderItem item) {
    Expressions.print(out, item.expression());
    direction(out, item);
    if (item.collation() != null) {
      out.add(" COLLATE ");
      Expressions.print(out, item.collation());
    }
    if (item.fill() != null) {
      out.add(" WITH FILL");
      part(out, " FROM ", item.fill().from());
      part(out, " TO ", item.fill().to());
      part(out, " STEP ", item.fill().step());
      part(out, " STALENESS ", item.fill().staleness());
    }
  }

  private static void direction(Out out, OrderItem item) {
    out.add(item.direction() == OrderItem.Direction.DESC ? " DESC" : " ASC");
    switch (item.nulls()) {
      case DEFAULT -> {}
      case FIRST -> out.add(" NULLS FIRST");
      case LAST -> out.add(" NULLS LAST");
    }
  }

  private static void part(Out out, String word, @Nullable Expression e) {
    if (e != null) {
      out.add(word);
      Expressions.print(out, e);
    }
  }

  private static void limits(Out out, Select s) {
    if (s.limitBy() != null) {
      out.line().add("LIMIT ");
      pair(out, s.limitBy().offset(), s.limitBy().limit());
      out.add(s.limitBy().all() ? " BY ALL" : " BY");
      if (!s.limitBy().all()) {
        Expressions.lines(out, s.limitBy().keys());
      }
    }
    if (s.limit() == null) {
      return;
    }
    if (s.limit().limit() == null) {
      clause(out, "OFFSET ", s.limit().offset());
      return;
    }
    out.line().add("LIMIT ");
    pair(out, s.limit().offset(), s.limit().limit());
    if (s.limit().withTies()) {
      out.line().add(" WITH TIES");
    }
  }

  private static void pair(Out out, @Nullable Expression offset, @Nullable Expression limit) {
    if (offset != null) {
      Expressions.print(out, offset);
      out.add(", ");
    }
    if (limit != null) {
      Expressions.print(out, limit);
    }
  }
}
