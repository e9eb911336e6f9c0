package io.longhouse.compat.isolation;

import io.longhouse.compat.isolation.ColumnShape.Kind;
import io.longhouse.compat.isolation.Sources.Source;
import io.longhouse.compat.isolation.Statement.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** SELECTs with every clause. */
final class Selects {
  private final Draw draw;
  private final Expressions expressions;
  private final Sources sources;
  private final SettingValues settings;
  private final List<String> formats;

  Selects(Draw draw, Expressions expressions, SettingValues settings, List<String> formats) {
    this.draw = draw;
    this.expressions = expressions;
    this.sources = new Sources(draw);
    this.settings = settings;
    this.formats = formats;
  }

  Statement select() {
    List<Clause> clauses = draw.percent(6) ? combined() : plain(2);
    if (draw.percent(35)) {
      clauses.add(new Clause("SETTINGS " + settings.some(draw), true));
    }
    if (draw.percent(25)) {
      clauses.add(new Clause("FORMAT " + draw.of(formats), true));
    }
    Map<String, String> beside = draw.percent(15) ? Map.of("send_logs_level", "trace") : Map.of();
    return new Statement("SELECT", clauses, beside, false);
  }

  /** As text, without FORMAT, to stand within another statement. */
  String inner() {
    return String.join(" ", plain(1).stream().map(Clause::text).toList());
  }

  private List<Clause> combined() {
    List<Clause> out = new ArrayList<>();
    String column = draw.of("id", "s", "tenant", "n", "ls");
    out.add(
        new Clause("SELECT " + column + " FROM app." + draw.of(TableShape.FILLED).name(), false));
    String word =
        draw.of("UNION ALL", "UNION DISTINCT", "INTERSECT", "EXCEPT", "INTERSECT DISTINCT");
    out.add(
        new Clause(
            word
                + " SELECT "
                + column
                + " FROM app."
                + draw.of(TableShape.FILLED).name()
                + " WHERE tenant != 7",
            true));
    return out;
  }

  private List<Clause> plain(int depth) {
    List<Clause> out = new ArrayList<>();
    Source from = sources.any();
    List<ColumnShape> scope = new ArrayList<>(from.columns());
    if (draw.percent(8)) {
      out.add(new Clause(with(), true));
    }
    String arrayJoin = "";
    if (draw.percent(6)) {
      arrayJoin =
          draw.of("ARRAY JOIN ", "LEFT ARRAY JOIN ")
              + expressions.column(scope, Kind.NUMBERS, Kind.STRINGS)
              + " AS aj";
      scope.add(new ColumnShape("aj", "Int32", Kind.OTHER));
    }
    boolean grouped = draw.percent(40);
    List<String> keys = grouped && draw.percent(70) ? keys(scope) : List.of();
    List<String> items = grouped ? grouped(scope, keys, depth) : items(scope, depth);
    String distinct = draw.percent(8) ? draw.of("DISTINCT ", "DISTINCT ON (t0.id) ") : "";
    out.add(new Clause("SELECT " + distinct + String.join(", ", items), false));
    out.add(new Clause("FROM " + from.text(), false));
    if (!arrayJoin.isEmpty()) {
      out.add(new Clause(arrayJoin, true));
    }
    filters(out, from, scope, depth);
    grouping(out, scope, grouped, keys);
    if (!grouped && draw.percent(4)) {
      out.add(new Clause("QUALIFY " + expressions.window(scope) + " IS NOT NULL", true));
    }
    ordering(out, scope, grouped, keys, items);
    return out;
  }

  private String with() {
    return switch (draw.below(4)) {
      case 0 -> "WITH (SELECT max(n) FROM app." + draw.of(TableShape.FILLED).name() + ") AS mx";
      case 1 -> "WITH cte AS (SELECT * FROM app." + draw.of(TableShape.ALL).name() + ")";
      case 2 -> "WITH 5 AS five, x -> x + 1 AS plus";
      default ->
          "WITH RECURSIVE r AS (SELECT 1 AS k UNION ALL SELECT k + 1 FROM r WHERE k < (SELECT"
              + " count() FROM app.tiny))";
    };
  }

  private List<String> keys(List<ColumnShape> scope) {
    List<String> out = new ArrayList<>();
    for (int i = draw.between(1, 2); i > 0; i--) {
      out.add(draw.percent(70) ? expressions.anyColumn(scope) : expressions.any(scope, 1));
    }
    return out;
  }

  private List<String> items(List<ColumnShape> scope, int depth) {
    if (draw.percent(10)) {
      return List.of(
          draw.of(
              "*",
              "COLUMNS('^[a-n]')",
              "* EXCEPT (s)",
              "* APPLY toString",
              "t0.*",
              "* REPLACE (1 AS tenant)",
              "count() OVER (), *"));
    }
    List<String> out = new ArrayList<>();
    for (int i = draw.between(1, 4); i > 0; i--) {
      out.add(
          draw.percent(8)
              ? expressions.window(scope)
              : draw.percent(30) ? expressions.anyColumn(scope) : expressions.any(scope, depth));
    }
    return out;
  }

  private List<String> grouped(List<ColumnShape> scope, List<String> keys, int depth) {
    List<String> out = new ArrayList<>(keys);
    for (int i = draw.between(1, 3); i > 0; i--) {
      out.add(expressions.aggregate(scope, depth));
    }
    return out;
  }

  private void filters(List<Clause> out, Source from, List<ColumnShape> scope, int depth) {
    if (from.prewhere() && draw.percent(25)) {
      out.add(new Clause("PREWHERE " + expressions.condition(scope, depth), true));
    }
    if (draw.percent(55)) {
      out.add(new Clause("WHERE " + expressions.condition(scope, depth), true));
    }
  }

  private void grouping(
      List<Clause> out, List<ColumnShape> scope, boolean grouped, List<String> keys) {
    if (!keys.isEmpty()) {
      String list = String.join(", ", keys);
      String by =
          switch (draw.below(8)) {
            case 0 -> "GROUP BY ROLLUP (" + list + ")";
            case 1 -> "GROUP BY CUBE (" + list + ")";
            case 2 -> "GROUP BY GROUPING SETS ((" + list + "), ())";
            case 3 -> "GROUP BY " + list + " WITH TOTALS";
            default -> "GROUP BY " + list;
          };
      out.add(new Clause(by, true));
    }
    if (grouped && draw.percent(15)) {
      out.add(
          new Clause(
              "HAVING "
                  + draw.of(
                      "count() > 0",
                      "max(n) > 3",
                      expressions.aggregate(scope, 0) + " IS NOT NULL"),
              true));
    }
  }

  private void ordering(
      List<Clause> out,
      List<ColumnShape> scope,
      boolean grouped,
      List<String> keys,
      List<String> items) {
    boolean ordered = draw.percent(50);
    if (ordered) {
      String by =
          grouped
              ? (keys.isEmpty() ? "1" : keys.getFirst())
              : draw.percent(60) ? expressions.anyColumn(scope) : draw.of(items);
      String fill = draw.percent(5) ? " WITH FILL FROM 0 TO 20 STEP 5" : "";
      out.add(
          new Clause(
              "ORDER BY "
                  + by
                  + draw.of(
                      "",
                      "",
                      "",
                      " DESC",
                      " DESC",
                      " NULLS FIRST",
                      draw.percent(10) ? " COLLATE 'en'" : "")
                  + fill
                  + (grouped || draw.percent(50) ? "" : ", id"),
              true));
    }
    if (draw.percent(8)) {
      out.add(
          new Clause(
              "LIMIT "
                  + draw.between(1, 2)
                  + " BY "
                  + (grouped
                      ? (keys.isEmpty() ? "1" : keys.getFirst())
                      : expressions.anyColumn(scope)),
              true));
    }
    if (draw.percent(30)) {
      out.add(
          new Clause(
              ordered
                  ? draw.of(
                      "LIMIT 1",
                      "LIMIT 3",
                      "LIMIT 2 WITH TIES",
                      "LIMIT 0.5",
                      "OFFSET 1 ROW FETCH FIRST 2 ROWS ONLY")
                  : draw.of(
                      "LIMIT 1", "LIMIT 3", "LIMIT 2 OFFSET 1", "LIMIT 0", "LIMIT -2", "LIMIT 0.5"),
              true));
    }
  }
}
