package io.longhouse.client;

import java.util.List;
import java.util.Set;

/** Words that are coloured and completed before any server was asked. */
final class Keywords {
  static final List<String> ALL =
      List.of(
          "SELECT", "FROM", "WHERE", "PREWHERE", "GROUP", "BY", "HAVING", "ORDER", "LIMIT", "OFFSET",
          "WITH", "AS", "DISTINCT", "JOIN", "LEFT", "RIGHT", "INNER", "FULL", "OUTER", "CROSS", "ASOF",
          "ANY", "ALL", "SEMI", "ANTI", "GLOBAL", "ON", "USING", "UNION", "INTERSECT", "EXCEPT",
          "INSERT", "INTO", "VALUES", "FORMAT", "SETTINGS", "CREATE", "TABLE", "DATABASE", "VIEW",
          "MATERIALIZED", "DICTIONARY", "FUNCTION", "TEMPORARY", "IF", "EXISTS", "NOT", "ENGINE",
          "PARTITION", "PRIMARY", "KEY", "SAMPLE", "TTL", "DEFAULT", "ALIAS", "EPHEMERAL", "CODEC",
          "DROP", "TRUNCATE", "ALTER", "ADD", "MODIFY", "COLUMN", "INDEX", "PROJECTION", "UPDATE",
          "DELETE", "RENAME", "TO", "ATTACH", "DETACH", "OPTIMIZE", "FINAL", "SHOW", "TABLES",
          "DATABASES", "PROCESSLIST", "DESCRIBE", "EXPLAIN", "USE", "SET", "KILL", "QUERY", "MUTATION",
          "GRANT", "REVOKE", "ROLE", "USER", "QUOTA", "POLICY", "SYSTEM", "AND", "OR", "IN", "LIKE",
          "ILIKE", "BETWEEN", "IS", "NULL", "CASE", "WHEN", "THEN", "ELSE", "END", "INTERVAL", "ARRAY",
          "TOTALS", "ROLLUP", "CUBE", "FILL", "TIES", "OVER", "WINDOW", "ROWS", "RANGE", "PRECEDING",
          "FOLLOWING", "UNBOUNDED", "CURRENT", "ROW", "ASC", "DESC", "NULLS", "FIRST", "LAST",
          "OUTFILE", "INFILE", "CLUSTER", "POPULATE", "TRUE", "FALSE", "DATE", "TIMESTAMP", "CAST");

  static final Set<String> SET = Set.copyOf(ALL);

  private Keywords() {}
}
