package io.longhouse.engine.statement;

import static io.longhouse.engine.statement.SystemQueries.and;
import static io.longhouse.engine.statement.SystemQueries.like;
import static io.longhouse.engine.statement.SystemQueries.limit;
import static io.longhouse.engine.statement.SystemQueries.string;

import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.ShowTables;
import io.longhouse.sql.ast.Statement;

/** {@code SHOW TABLES}, {@code SHOW DATABASES} and the other lists with LIKE, WHERE and LIMIT. */
@Register(kind = StatementRunner.class, name = "ShowTables")
final class ShowTablesRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var s = (ShowTables) statement;
    String sql =
        switch (s.kind()) {
          case TABLES -> tables(s, context);
          case DICTIONARIES -> dictionaries(s, context);
          case DATABASES -> "SELECT name FROM system.databases WHERE 1" + tail(s, "name", "name");
          case CLUSTERS ->
              "SELECT DISTINCT cluster FROM system.clusters WHERE 1"
                  + tail(s, "cluster", "cluster");
          case CLUSTER -> cluster(s);
          case SETTINGS ->
              "SELECT name, type, value FROM system.settings WHERE "
                  + (s.changed() ? "changed" : "1")
                  + tail(s, "name", "name");
          case MERGES ->
              "SELECT table, database,"
                  + " if(progress > 0, round(elapsed * (1 - progress) / progress, 2), NULL)"
                  + " AS estimate_complete, round(elapsed, 2) AS elapsed,"
                  + " round(progress * 100, 2) AS progress, is_mutation,"
                  + " formatReadableSize(total_size_bytes_compressed) AS size_compressed,"
                  + " formatReadableSize(memory_usage) AS memory_usage FROM system.merges WHERE 1"
                  + tail(s, "table", "elapsed DESC");
          case FILESYSTEM_CACHES -> "SELECT '' AS Caches WHERE 0";
          case FILESYSTEM_CACHE ->
              throw new LonghouseException(
                  ErrorCode.NOT_IMPLEMENTED, "SHOW " + s.kind().sql() + " is not implemented");
        };
    return SystemQueries.run(sql, context);
  }

  private static String tail(ShowTables s, String column, String order) {
    return like(column, s.pattern()) + and(s.where()) + " ORDER BY " + order + limit(s.limit());
  }

  private static String database(ShowTables s, StatementContext context) {
    Identifier from = s.from();
    String name = from == null ? context.session().database() : from.name();
    context.catalog().require(name);
    return string(name);
  }

  private static String tables(ShowTables s, StatementContext context) {
    return "SELECT name"
        + (s.full() ? ", engine" : "")
        + " FROM system.tables WHERE "
        + (s.temporary() ? "is_temporary" : "database = " + database(s, context))
        + tail(s, "name", "name");
  }

  private static String dictionaries(ShowTables s, StatementContext context) {
    return "SELECT name FROM system.dictionaries WHERE database = "
        + database(s, context)
        + tail(s, "name", "name");
  }

  private static String cluster(ShowTables s) {
    String name = s.name();
    return "SELECT cluster, shard_num, replica_num, host_name, host_address, port"
        + " FROM system.clusters WHERE cluster = "
        + string(name == null ? "" : name)
        + " ORDER BY cluster, shard_num, replica_num, host_name, host_address, port";
  }
}
