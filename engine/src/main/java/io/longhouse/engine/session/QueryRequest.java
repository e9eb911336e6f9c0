package io.longhouse.engine.session;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.engine.plan.ShardQuery;
import io.longhouse.function.Scalars;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One statement to run, as a protocol received it.
 *
 * @param sql the statement's bytes; for an INSERT, the beginning of its data may stand behind it
 * @param queryId what the client calls the query; empty for one to be made
 * @param settings changes for this query alone, by name, as text
 * @param parameters values of {@code {name:Type}}, by name, in TabSeparated's escaped form
 * @param data what follows the statement's text, for INSERT; null if the protocol sends blocks
 * @param defaultFormat the format of results when the statement names none
 * @param externalTables temporary tables sent along with the query
 * @param shard how far to go and what to call the columns, for the share of a query that another
 *     server merges; null for the whole result
 * @param scalars values that the other server has sent along
 * @param initial the query that another server asks on behalf of; null when nobody stands behind
 */
public record QueryRequest(
    byte[] sql,
    String queryId,
    Map<String, String> settings,
    Map<String, String> parameters,
    @Nullable InputStream data,
    String defaultFormat,
    List<ExternalTable> externalTables,
    @Nullable ShardQuery shard,
    @Nullable InitialQuery initial,
    Scalars scalars) {
  /** Rows that travel with a query and are seen as a temporary table. */
  public record ExternalTable(String name, Header header, List<Block> blocks) {}

  /** A client's statement, whose whole result is wanted. */
  public QueryRequest(
      byte[] sql,
      String queryId,
      Map<String, String> settings,
      Map<String, String> parameters,
      @Nullable InputStream data,
      String defaultFormat,
      List<ExternalTable> externalTables) {
    this(
        sql,
        queryId,
        settings,
        parameters,
        data,
        defaultFormat,
        externalTables,
        null,
        null,
        Scalars.NONE);
  }

  /** A statement by itself. */
  public static QueryRequest of(String sql) {
    return new QueryRequest(
        io.longhouse.sql.ByteText.encode(sql),
        "",
        Map.of(),
        Map.of(),
        null,
        "TabSeparated",
        List.of());
  }
}
