package io.longhouse.compat.isolation;

import java.util.List;

/** What A has made over the shared tables before the statements that are drawn. */
final class Household {
  /** Names of tables with all columns of the shared ones. */
  static final List<String> TABLES =
      List.of(
          "mine.view", "mine.buffer", "mine.distributed", "mine.merge", "mine.alias", "mine.copy");

  static final List<String> STATEMENTS =
      List.of(
          "CREATE VIEW mine.view AS SELECT * FROM app.wide",
          "CREATE TABLE mine.buffer AS app.compact ENGINE = Buffer(app, compact, 1, 10000, 10000,"
              + " 1000000, 1000000, 100000000, 100000000)",
          "CREATE TABLE mine.distributed AS app.plain ENGINE ="
              + " Distributed('test_shard_localhost', app, plain)",
          "CREATE TABLE mine.merge AS app.wide ENGINE = Merge(app, '^(cut|inmemory)$')",
          "CREATE TABLE mine.alias ENGINE = Alias(app, byowner)",
          "CREATE TABLE mine.copy ENGINE = MergeTree ORDER BY id SETTINGS index_granularity = 4 AS"
              + " SELECT * FROM app.sampled",
          "CREATE TABLE mine.sums (tenant UInt32, n Int64) ENGINE = SummingMergeTree ORDER BY"
              + " tenant",
          "CREATE MATERIALIZED VIEW mine.fed TO mine.sums AS SELECT tenant, n FROM mine.copy",
          "CREATE DICTIONARY mine.dictionary (id UInt32, tenant UInt32, n Int64, s String) PRIMARY"
              + " KEY id SOURCE(CLICKHOUSE(TABLE 'wide' DB 'app')) LAYOUT(HASHED()) LIFETIME(0)",
          "CREATE DICTIONARY mine.viewed (id UInt32, tenant UInt32, n Int64, s String) PRIMARY"
              + " KEY id SOURCE(CLICKHOUSE(TABLE 'view' DB 'mine')) LAYOUT(FLAT()) LIFETIME(0)");

  private Household() {}
}
