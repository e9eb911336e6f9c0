package io.longhouse.wire.connection;

import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.QueryOrigin;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A query to send.
 *
 * @param queryId empty for one that the server makes
 * @param parameters values of {@code {name:Type}}, in TabSeparated's escaped form
 * @param externalTables by name; each one block
 * @param stage how far the server shall take it, one of the constants
 * @param origin where it comes from; null for here
 */
public record ClientQuery(
    byte[] sql,
    String queryId,
    Map<String, String> settings,
    Map<String, String> parameters,
    Map<String, NamedBlock> externalTables,
    int stage,
    @Nullable QueryOrigin origin) {
  /** Rows as they are read. */
  public static final int FETCH_COLUMNS = 0;

  /** States of aggregates. */
  public static final int MERGEABLE_STATE = 1;

  /** The result. */
  public static final int COMPLETE = 2;

  /** A query of a client. */
  public ClientQuery(
      byte[] sql,
      String queryId,
      Map<String, String> settings,
      Map<String, String> parameters,
      Map<String, NamedBlock> externalTables) {
    this(sql, queryId, settings, parameters, externalTables, COMPLETE, null);
  }

  public static ClientQuery of(String sql) {
    return new ClientQuery(io.longhouse.sql.ByteText.encode(sql), "", Map.of(), Map.of(), Map.of());
  }
}
