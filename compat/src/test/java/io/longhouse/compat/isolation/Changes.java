package io.longhouse.compat.isolation;

import java.util.List;

/** Statements that change rows, tables or the session, or try to. */
final class Changes {
  private final Draw draw;
  private final Selects selects;
  private final Expressions expressions;
  private final SettingValues settings;

  Changes(Draw draw, Selects selects, Expressions expressions, SettingValues settings) {
    this.draw = draw;
    this.selects = selects;
    this.expressions = expressions;
    this.settings = settings;
  }

  private String table() {
    return "app." + draw.of(TableShape.ALL).name();
  }

  private String filled() {
    return "app." + draw.of(TableShape.FILLED).name();
  }

  private String condition() {
    return expressions.condition(ColumnShape.STORED, 1);
  }

  Statement rows() {
    String text =
        switch (draw.below(14)) {
          case 0, 1 ->
              "INSERT INTO "
                  + filled()
                  + " (tenant, owner, id, s) VALUES (1, 'acme', "
                  + draw.below(600)
                  + ", '"
                  + draw.between(10, 99)
                  + "')";
          case 2 ->
              "INSERT INTO "
                  + table()
                  + " (tenant, owner, id, s) VALUES ("
                  + draw.of("2", "0", "1", "NULL")
                  + ", "
                  + draw.of("'bolt'", "'acme'")
                  + ", 7, '12')";
          case 3 -> "INSERT INTO " + filled() + " (id, s) VALUES (" + draw.below(600) + ", '31')";
          case 4 ->
              "INSERT INTO "
                  + filled()
                  + " ("
                  + ColumnShape.storedNames()
                  + ") SELECT "
                  + ColumnShape.storedNames()
                  + " FROM "
                  + table()
                  + (draw.percent(50) ? " WHERE " + condition() : "");
          case 5 ->
              "INSERT INTO "
                  + table()
                  + " SELECT * REPLACE ("
                  + draw.of("2 AS tenant", "'bolt' AS owner", "1 AS tenant")
                  + ") FROM "
                  + filled()
                  + " LIMIT 2";
          case 6 ->
              "INSERT INTO "
                  + table()
                  + " (tenant, owner, id) FORMAT "
                  + draw.of(
                      "CSV 2,bolt,9",
                      "JSONEachRow {\"tenant\": 2, \"owner\": \"bolt\"}",
                      "TSV 1\tacme\t11");
          case 7, 8 -> "DELETE FROM " + table() + " WHERE " + condition();
          case 9 -> "ALTER TABLE " + table() + " DELETE WHERE " + condition();
          case 10 -> "ALTER TABLE " + table() + " UPDATE " + assignment() + " WHERE " + condition();
          case 11 -> "UPDATE " + table() + " SET " + assignment() + " WHERE " + condition();
          case 12 ->
              "INSERT INTO FUNCTION "
                  + draw.of(
                      "remote('127.0.0.1', " + filled() + ")",
                      "cluster('test_shard_localhost', " + filled() + ")",
                      "view(SELECT 1)")
                  + " (tenant, owner, id) VALUES (2, 'bolt', 1)";
          default ->
              "INSERT INTO "
                  + draw.of("mine.o" + draw.below(5), "tmp" + draw.below(3))
                  + " SELECT * FROM "
                  + table();
        };
    return Statement.writing("rows", text);
  }

  private String assignment() {
    return draw.of(
        "n = n + 1",
        "s = '44'",
        "tenant = 2",
        "owner = 'bolt'",
        "b = 5",
        "nn = NULL",
        "n = " + expressions.any(ColumnShape.STORED, 1),
        "ls = 'apple'",
        "id = 1",
        "m = map()",
        "tenant = 1",
        "s = toString(throwIf(tenant != 1))",
        "a = [1]");
  }

  /** Statements for which a member has no privilege, or should not need one. */
  Statement tables() {
    String t = table();
    String text =
        draw.of(
            "OPTIMIZE TABLE " + t + " FINAL",
            "OPTIMIZE TABLE " + t + " FINAL DEDUPLICATE BY b",
            "TRUNCATE TABLE " + t,
            "DROP TABLE " + t,
            "ALTER TABLE " + t + " DROP PARTITION " + draw.of("ALL", "tuple()", "2", "ID 'all'"),
            "ALTER TABLE " + t + " DETACH PART 'all_1_1_0'",
            "ALTER TABLE " + t + " DROP PART 'all_1_1_0'",
            "ALTER TABLE " + t + " ADD COLUMN z UInt8",
            "ALTER TABLE " + t + " DROP COLUMN s",
            "ALTER TABLE " + t + " MODIFY COLUMN b UInt16",
            "ALTER TABLE " + t + " RENAME COLUMN s TO sss",
            "ALTER TABLE " + t + " COMMENT COLUMN s 'x'",
            "ALTER TABLE " + t + " CLEAR COLUMN s",
            "ALTER TABLE " + t + " MATERIALIZE COLUMN mt",
            "ALTER TABLE " + t + " MODIFY SETTING index_granularity = 1",
            "ALTER TABLE " + t + " FREEZE",
            "ALTER TABLE " + t + " MODIFY ORDER BY id",
            "ALTER TABLE " + t + " ADD INDEX i n TYPE minmax",
            "ALTER TABLE mine.o1 ATTACH PARTITION ALL FROM " + t,
            "ALTER TABLE mine.o1 REPLACE PARTITION ID 'all' FROM " + t,
            "ALTER TABLE " + t + " MOVE PARTITION ID 'all' TO TABLE mine.o1",
            "ALTER TABLE " + t + " APPLY DELETED MASK",
            "RENAME TABLE " + t + " TO app.gone",
            "EXCHANGE TABLES " + t + " AND mine.o1",
            "DETACH TABLE " + t,
            "DROP DATABASE app",
            "DROP ROW POLICY own ON " + t,
            "ALTER ROW POLICY own ON " + t + " USING 1",
            "CREATE ROW POLICY mine ON " + t + " USING 1 TO acme",
            "CREATE ROW POLICY z ON mine.o1 USING 1 TO acme",
            "GRANT ALL ON *.* TO acme",
            "ALTER USER acme SETTINGS SQL_tenant_app = 2",
            "SET ROLE NONE",
            "SET ROLE members",
            "SET DEFAULT ROLE members TO acme",
            "CREATE USER u2",
            "EXECUTE AS bolt SELECT count() FROM app.wide",
            "REVOKE members FROM bolt",
            "BACKUP TABLE " + t + " TO Memory('x')",
            "CREATE TABLE app.more (x UInt8) ENGINE = Memory",
            "UNDROP TABLE " + t,
            "ALTER TABLE " + t + " UPDATE n = 1 IN PARTITION ID 'all' WHERE 1",
            "ALTER TABLE " + t + " MODIFY TTL d + INTERVAL 1 DAY",
            "ALTER TABLE " + t + " MODIFY QUERY SELECT 1",
            "DELETE FROM " + t + " IN PARTITION ID 'all' WHERE 1",
            "ATTACH TABLE " + t);
    return Statement.writing("tables", text);
  }

  /** Objects of A over the shared tables. */
  Statement objects() {
    String o = "mine.o" + draw.below(5);
    String side = "side.o" + draw.below(3);
    String t = table();
    String name = t.substring(4);
    String select = draw.percent(50) ? "SELECT * FROM " + t : selects.inner();
    String engine =
        draw.of(
            "MergeTree ORDER BY tuple()",
            "Memory",
            "Log",
            "TinyLog",
            "StripeLog",
            "Set",
            "Join(ANY, LEFT, id)",
            "ReplacingMergeTree ORDER BY tuple()",
            "SummingMergeTree ORDER BY tuple()",
            "Null",
            "File(CSV)",
            "File(Native)",
            "AggregatingMergeTree ORDER BY tuple()",
            "MergeTree PARTITION BY tenant ORDER BY id");
    String text =
        draw.of(
            "CREATE TABLE " + o + " ENGINE = " + engine + " AS " + select,
            "CREATE TABLE " + o + " AS " + t + " ENGINE = " + engine,
            "CREATE TABLE " + o + " AS " + t,
            "CREATE TABLE " + o + " CLONE AS " + t,
            "CREATE TABLE "
                + o
                + " AS "
                + t
                + " ENGINE = Buffer(app, "
                + name
                + ", 1, 1000, 1000, 1000000, 1000000, 100000000, 100000000)",
            "CREATE TABLE "
                + o
                + " AS "
                + t
                + " ENGINE = Distributed('test_shard_localhost', app, "
                + name
                + ")",
            "CREATE TABLE " + o + " AS " + t + " ENGINE = Merge(app, '" + name + "')",
            "CREATE TABLE " + o + " ENGINE = Alias(app, " + name + ")",
            "CREATE TABLE " + o + " AS remote('127.0.0.1', " + t + ")",
            "CREATE TABLE " + o + " AS merge('app', '" + name + "')",
            "CREATE TABLE " + o + " AS view(SELECT * FROM " + t + ")",
            "CREATE OR REPLACE TABLE " + o + " ENGINE = Memory AS " + select,
            "CREATE VIEW " + o + " AS " + select,
            "CREATE OR REPLACE VIEW " + o + " AS " + select,
            "CREATE VIEW " + o + " SQL SECURITY DEFINER AS SELECT * FROM " + t,
            "CREATE VIEW " + o + " DEFINER = bolt SQL SECURITY DEFINER AS SELECT * FROM " + t,
            "CREATE VIEW " + o + " SQL SECURITY NONE AS SELECT * FROM " + t,
            "CREATE MATERIALIZED VIEW " + side + " ENGINE = Memory POPULATE AS " + select,
            "CREATE MATERIALIZED VIEW "
                + side
                + " ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM "
                + t,
            "CREATE MATERIALIZED VIEW "
                + o
                + " TO app.wide AS SELECT * REPLACE (2 AS tenant) FROM mine.o1",
            "CREATE MATERIALIZED VIEW "
                + side
                + " SQL SECURITY NONE ENGINE = Memory POPULATE AS SELECT * FROM "
                + t,
            "CREATE DICTIONARY "
                + o
                + " (id UInt64, s String, n Int64) PRIMARY KEY id SOURCE(CLICKHOUSE(TABLE '"
                + name
                + "' DB 'app')) LAYOUT(HASHED()) LIFETIME(0)",
            "CREATE DICTIONARY "
                + o
                + " (id UInt64, s String) PRIMARY KEY id SOURCE(CLICKHOUSE(QUERY 'SELECT id, s FROM"
                + " "
                + t
                + "')) LAYOUT(FLAT()) LIFETIME(0)",
            "CREATE DICTIONARY "
                + o
                + " (id UInt64, s String) PRIMARY KEY id SOURCE(CLICKHOUSE(TABLE '"
                + name
                + "' DB 'app' USER 'acme' PASSWORD 'a')) LAYOUT(HASHED()) LIFETIME(0)",
            "CREATE DICTIONARY "
                + o
                + " (id UInt64, s String, n Int64) PRIMARY KEY id SOURCE(CLICKHOUSE(TABLE 'o"
                + draw.below(5)
                + "' DB 'mine')) LAYOUT(HASHED()) LIFETIME(0)",
            "CREATE DICTIONARY "
                + o
                + " (id UInt64, s String, n Int64) PRIMARY KEY id SOURCE(CLICKHOUSE(TABLE 'o"
                + draw.below(5)
                + "' DB 'mine' WHERE 'id IN (SELECT id FROM app."
                + name
                + ")')) LAYOUT(HASHED()) LIFETIME(0)",
            "SYSTEM RELOAD DICTIONARY mine." + draw.of("dictionary", "viewed"),
            "CREATE OR REPLACE VIEW mine.view AS SELECT * FROM " + t,
            "SELECT count(), sum(n) FROM mine.fed",
            "INSERT INTO "
                + draw.of(Household.TABLES)
                + " (id, s) VALUES ("
                + draw.below(600)
                + ", '50')",
            "OPTIMIZE TABLE " + draw.of(Household.TABLES),
            "DELETE FROM " + draw.of(Household.TABLES) + " WHERE " + condition(),
            "ALTER TABLE " + draw.of(Household.TABLES) + " UPDATE n = 5 WHERE " + condition(),
            "TRUNCATE TABLE " + draw.of(Household.TABLES),
            "INSERT INTO "
                + draw.of(Household.TABLES)
                + " (tenant, owner, id, s) VALUES (2, 'bolt', 5, '50')",
            "SELECT dictGet('" + o + "', 's', toUInt64(" + draw.below(10) + "))",
            "SELECT * FROM dictionary('" + o + "')",
            "SYSTEM RELOAD DICTIONARY " + o,
            "CREATE FUNCTION f"
                + draw.below(3)
                + " AS (x) -> (SELECT count() FROM app.wide WHERE id > x)",
            "CREATE FUNCTION g" + draw.below(3) + " AS x -> throwIf(x = 2)",
            "SELECT g" + draw.below(3) + "(tenant) FROM " + t,
            "DROP FUNCTION IF EXISTS g" + draw.below(3),
            "CREATE TEMPORARY TABLE tmp" + draw.below(3) + " AS " + select,
            "CREATE TEMPORARY TABLE wide (tenant UInt32, x String)",
            "CREATE TEMPORARY VIEW tv AS " + select,
            "SELECT * FROM tmp" + draw.below(3),
            "SELECT * FROM " + o,
            "SELECT * FROM " + side,
            "DROP TABLE IF EXISTS " + side,
            "INSERT INTO mine.o1 SELECT * FROM " + side,
            "SELECT count() FROM " + o,
            "SHOW CREATE TABLE " + o,
            "DROP TABLE IF EXISTS " + o,
            "DROP TABLE IF EXISTS " + o,
            "DROP DICTIONARY IF EXISTS " + o,
            "INSERT INTO " + o + " SELECT * FROM " + t,
            "ALTER TABLE " + o + " DELETE WHERE throwIf(tenant = 2)",
            "OPTIMIZE TABLE " + o + " FINAL",
            "TRUNCATE TABLE " + o,
            "SELECT name, total_rows, total_bytes FROM system.tables WHERE database = 'mine' AND"
                + " name LIKE 'o%' ORDER BY name",
            "EXCHANGE TABLES mine.o1 AND mine.o2",
            "RENAME TABLE " + o + " TO mine.o4",
            "SELECT table, rows, bytes, name FROM system.parts WHERE database = 'mine' AND table"
                + " LIKE 'o%' ORDER BY table, name",
            "SELECT name, status, element_count, bytes_allocated FROM system.dictionaries WHERE"
                + " database = 'mine' ORDER BY name");
    return Statement.writing("objects", text);
  }

  Statement session() {
    String text =
        draw.of(
            "SET " + settings.one(draw),
            "SET SQL_tenant_app = " + draw.of("2", "1", "'x'"),
            "SET SQL_other = 3",
            "USE " + draw.of("app", "mine", "default", "system"),
            "KILL QUERY WHERE 1",
            "KILL QUERY WHERE user = 'bolt' SYNC",
            "KILL MUTATION WHERE database = 'app'",
            "SYSTEM "
                + draw.of(
                    List.of(
                        "DROP MARK CACHE",
                        "DROP UNCOMPRESSED CACHE",
                        "DROP QUERY CACHE",
                        "FLUSH LOGS",
                        "STOP MERGES app.wide",
                        "START MERGES app.wide",
                        "RELOAD DICTIONARIES",
                        "SYNC REPLICA app.wide",
                        "RELOAD CONFIG",
                        "SHUTDOWN",
                        "DROP QUERY CONDITION CACHE",
                        "UNLOAD PRIMARY KEY app.wide",
                        "FLUSH DISTRIBUTED app.distributed")),
            "SET param_p = '2'",
            "SELECT {p:UInt8}",
            "BEGIN TRANSACTION",
            "COMMIT",
            "SET PROFILE 'default'",
            "SET max_rows_to_read = 5",
            "SET max_rows_to_read = 0",
            "SET extremes = 1",
            "SET extremes = 0");
    return Statement.writing("session", text);
  }
}
