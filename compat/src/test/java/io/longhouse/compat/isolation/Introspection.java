package io.longhouse.compat.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What tells of tables without reading them: system tables, SHOW, DESCRIBE, EXPLAIN, counts. */
final class Introspection {
  private static final List<String> EXPLAINS =
      List.of(
          "EXPLAIN",
          "EXPLAIN indexes = 1",
          "EXPLAIN actions = 1",
          "EXPLAIN header = 1, actions = 1",
          "EXPLAIN PLAN indexes = 1, actions = 1, description = 1",
          "EXPLAIN PIPELINE",
          "EXPLAIN PIPELINE compact = 0",
          "EXPLAIN ESTIMATE",
          "EXPLAIN AST",
          "EXPLAIN SYNTAX",
          "EXPLAIN QUERY TREE",
          "EXPLAIN indexes = 1, json = 1",
          "EXPLAIN projections = 1",
          "EXPLAIN sorting = 1",
          "EXPLAIN keep_logical_steps = 1",
          "EXPLAIN optimize = 0");

  private final Draw draw;
  private final Selects selects;
  private final Map<String, List<String>> systemColumns;
  private final List<String> systemTables;

  Introspection(Draw draw, Selects selects, Map<String, List<String>> systemColumns) {
    this.draw = draw;
    this.selects = selects;
    this.systemColumns = systemColumns;
    this.systemTables =
        systemColumns.keySet().stream()
            .filter(t ->
                !List.of("numbers", "numbers_mt", "zeros", "zeros_mt", "primes").contains(t)
                    && !Unsteady.COLUMNS.getOrDefault(t, Set.of()).contains("*"))
            .toList();
  }

  Statement explain() {
    return Statement.reading("EXPLAIN", draw.of(EXPLAINS) + " " + selects.inner());
  }

  Statement metadata() {
    return switch (draw.below(10)) {
      case 0, 1 -> Statement.reading("count", count());
      case 2 -> Statement.reading("SHOW", show());
      case 3 -> Statement.reading("DESCRIBE", describe());
      case 4 ->
          Statement.reading(
              "SELECT from EXPLAIN",
              "SELECT * FROM (" + draw.of(EXPLAINS) + " " + selects.inner() + ")");
      default -> Statement.reading("system tables", systemTable());
    };
  }

  /** What metadata could answer alone. */
  private String count() {
    String t = draw.of(TableShape.ALL).name();
    return switch (draw.below(8)) {
      case 0 -> "SELECT count() FROM app." + t;
      case 1 -> "SELECT min(tenant), max(tenant), min(id), max(id), count() FROM app." + t;
      case 2 -> "SELECT DISTINCT _partition_id FROM app." + t;
      case 3 -> "SELECT count() FROM app." + t + " WHERE tenant = " + draw.of("1", "2", "0");
      case 4 -> "SELECT uniq(_part), count(), max(_part_offset) FROM app." + t;
      case 5 -> "SELECT b % 3, toYYYYMM(d), count() FROM app." + t + " GROUP BY 1, 2 ORDER BY 1, 2";
      case 6 -> "SELECT count(nn), count(s), countIf(b = 0) FROM app." + t;

      default -> "SELECT DISTINCT tenant, owner FROM app." + t;
    };
  }

  private String show() {
    String t = draw.of(TableShape.ALL).name();
    return draw.of(
        "SHOW TABLES FROM app",
        "SHOW DATABASES",
        "SHOW FULL TABLES FROM app",
        "SHOW COLUMNS FROM app." + t,
        "SHOW INDEXES FROM app." + t,
        "SHOW DICTIONARIES FROM app",
        "SHOW GRANTS",
        "SHOW ROW POLICIES",
        "SHOW ROW POLICIES ON app." + t,
        "SHOW CREATE ROW POLICY own ON app." + t,
        "SHOW USERS",
        "SHOW ROLES",
        "SHOW ENABLED ROLES",
        "SHOW SETTINGS LIKE '%tenant%'",
        "SHOW ACCESS",
        "SHOW CREATE USER",
        "SHOW FUNCTIONS LIKE 'a%'",
        "SHOW CLUSTERS",
        "SHOW MERGES",
        "EXISTS TABLE app." + t,
        "SHOW CREATE VIEW app.viewed",
        "CHECK TABLE app." + t,
        "CHECK GRANT SELECT ON app." + t,
        "SHOW TABLE STATUS FROM app",
        "SHOW ENGINES",
        "SHOW SETTING max_threads",
        "SHOW QUOTAS",
        "SHOW PRIVILEGES",
        "SHOW CREATE QUOTA counted",
        "SHOW POLICIES",
        "SHOW PROFILES",
        "SHOW TENANTS");
  }

  private String describe() {
    return draw.of(
            "DESCRIBE TABLE app.",
            "DESC app.",
            "DESCRIBE TABLE merge('app', 'wide') --",
            "SHOW COLUMNS FROM app.")
        + draw.of(TableShape.ALL).name()
        + (draw.percent(30)
            ? " SETTINGS describe_include_subcolumns = 1, describe_include_virtual_columns = 1"
            : "");
  }

  private String systemTable() {
    String table =
        draw.percent(50)
            ? draw.of(
                "parts",
                "tables",
                "columns",
                "parts_columns",
                "query_log",
                "processes",
                "mutations",
                "dictionaries",
                "detached_parts",
                "query_cache",
                "query_condition_cache",
                "quota_usage",
                "data_skipping_indices",
                "row_policies",
                "merges",
                "databases")
            : draw.of(systemTables);
    List<String> columns = new ArrayList<>(systemColumns.getOrDefault(table, List.of("name")));
    columns.removeAll(Unsteady.COLUMNS.getOrDefault(table, Set.of()));
    columns.replaceAll(c -> "`" + c + "`");
    if (columns.isEmpty()) {
      return "SELECT count() FROM system." + table;
    }
    List<String> wanted = new ArrayList<>();
    for (int i = draw.between(1, 4); i > 0; i--) {
      wanted.add(draw.of(columns));
    }
    String from =
        " FROM " + draw.of("system.", "system.", "system.", "information_schema.") + table;
    String where = where(columns) + withoutInner(table, columns);
    return switch (draw.below(6)) {
      case 0 -> "SELECT count()" + from + where;
      case 1 -> "SELECT " + String.join(", ", columns) + from + where;
      case 2 ->
          "SELECT " + wanted.getFirst() + ", count()" + from + where + " GROUP BY ALL ORDER BY ALL";
      case 3 -> "SELECT sum(cityHash64(" + String.join(", ", wanted) + "))" + from + where;
      default -> "SELECT " + String.join(", ", wanted) + from + where;
    };
  }

  /** The tables behind materialized views have names made at random. */
  private static String withoutInner(String table, List<String> columns) {
    String name = columns.contains("`table`") ? "table" : table.equals("tables") ? "name" : null;
    return name == null ? "" : " AND " + name + " NOT LIKE '.inner%'";
  }

  private String where(List<String> columns) {
    return " WHERE " + condition(columns);
  }

  private String condition(List<String> columns) {
    return switch (draw.below(6)) {
      case 0 -> columns.contains("`database`") ? "database = 'app'" : "1";
      case 1 ->
          columns.contains("`table`") ? "table = '" + draw.of(TableShape.ALL).name() + "'" : "1";
      case 2 -> columns.contains("`rows`") ? "rows > 0" : "1";
      case 3 -> "toString(" + draw.of(columns) + ") != ''";
      case 4 -> columns.contains("`name`") ? "name LIKE '%a%'" : "1";
      default -> "1";
    };
  }
}
