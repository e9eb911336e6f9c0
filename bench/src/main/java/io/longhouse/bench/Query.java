package io.longhouse.bench;

import java.util.List;

/**
 * A query of the benchmark.
 *
 * @param name short, for tables and for {@code --query}
 * @param ordered whether the order of the rows of the result is given
 */
record Query(String name, String sql, boolean ordered) {
  /** The twelve, over {@link Events#TABLE}. */
  static List<Query> all(int tenant) {
    return List.of(
        one("sum-int", "SELECT sum(price) FROM events"),
        one("sum-double", "SELECT sum(d) FROM events"),
        one("count-where", "SELECT count() FROM events WHERE price > 50000"),
        one("sum-where", "SELECT sum(d) FROM events WHERE price > 50000 AND user_id % 3 = 1"),
        one("arithmetic", "SELECT sum((price * 3 + user_id) * d - price) FROM events"),
        new Query("by-type", "SELECT type, sum(d), avg(price) FROM events GROUP BY type", false),
        one(
            "by-user",
            "SELECT user_id, count(), sum(price), avg(d) FROM events GROUP BY user_id"
                + " ORDER BY 2 DESC LIMIT 10"),
        one("by-url", "SELECT url, count() FROM events GROUP BY url ORDER BY 2 DESC LIMIT 10"),
        one("like", "SELECT count() FROM events WHERE url LIKE '%google%'"),
        one("uniq", "SELECT uniq(user_id), uniqExact(user_id) FROM events"),
        one("top-rows", "SELECT * FROM events ORDER BY d LIMIT 10"),
        one(
            "one-tenant",
            "SELECT toStartOfHour(timestamp), count() FROM events WHERE tenant_id = "
                + tenant
                + " GROUP BY 1 ORDER BY 1"));
  }

  private static Query one(String name, String sql) {
    return new Query(name, sql, true);
  }
}
