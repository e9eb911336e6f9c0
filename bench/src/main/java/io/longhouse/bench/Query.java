package io.longhouse.bench;

import java.util.List;

/**
 * A query of the benchmark.
 *
 * @param name short, for tables and for {@code --query}
 * @param duckDb the same in DuckDB's words
 */
record Query(String name, String sql, String duckDb, Order order) {
  /** What the query says of the order of its rows. */
  enum Order {
    NONE,
    FULL,
    /** By the second column, with a LIMIT: rows that are equal there are in any order. */
    TIES
  }

  /** The twelve, over {@link Events#TABLE}. */
  static List<Query> all(int tenant) {
    String ofTenant =
        ", count() FROM events WHERE tenant_id = " + tenant + " GROUP BY 1 ORDER BY 1";
    return List.of(
        one("sum-int", "SELECT sum(price) FROM events"),
        one("sum-double", "SELECT sum(d) FROM events"),
        one("count-where", "SELECT count() FROM events WHERE price > 50000"),
        one("sum-where", "SELECT sum(d) FROM events WHERE price > 50000 AND user_id % 3 = 1"),
        new Query(
            "arithmetic",
            "SELECT sum((price * 3 + user_id) * d - price) FROM events",
            // 32 bits do not hold it; ClickHouse's sum has 64 by itself, DuckDB's fails.
            "SELECT sum((price::BIGINT * 3 + user_id) * d - price) FROM events",
            Order.FULL),
        new Query(
            "by-type", "SELECT type, sum(d), avg(price) FROM events GROUP BY type", Order.NONE),
        new Query(
            "by-user",
            "SELECT user_id, count(), sum(price), avg(d) FROM events GROUP BY user_id"
                + " ORDER BY 2 DESC LIMIT 10",
            Order.TIES),
        new Query(
            "by-url",
            "SELECT url, count() FROM events GROUP BY url ORDER BY 2 DESC LIMIT 10",
            Order.TIES),
        one("like", "SELECT count() FROM events WHERE url LIKE '%google%'"),
        new Query(
            "uniq",
            "SELECT uniq(user_id), uniqExact(user_id) FROM events",
            "SELECT approx_count_distinct(user_id), count(DISTINCT user_id) FROM events",
            Order.FULL),
        one("top-rows", "SELECT * FROM events ORDER BY d LIMIT 10"),
        new Query(
            "one-tenant",
            "SELECT toStartOfHour(timestamp)" + ofTenant,
            "SELECT date_trunc('hour', timestamp)" + ofTenant,
            Order.FULL));
  }

  private Query(String name, String sql, Order order) {
    this(name, sql, sql, order);
  }

  /** Whether the first column is an estimate, for which each database has a way of its own. */
  boolean estimates() {
    return sql.contains("uniq(");
  }

  private static Query one(String name, String sql) {
    return new Query(name, sql, Order.FULL);
  }
}
