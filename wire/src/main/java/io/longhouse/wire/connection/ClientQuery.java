package io.longhouse.wire.connection;

import io.longhouse.wire.NamedBlock;
import java.util.Map;

/**
 * A query to send.
 *
 * @param queryId empty for one that the server makes
 * @param parameters values of {@code {name:Type}}, in TabSeparated's escaped form
 * @param externalTables by name; each one block
 */
public record ClientQuery(
    byte[] sql,
    String queryId,
    Map<String, String> settings,
    Map<String, String> parameters,
    Map<String, NamedBlock> externalTables) {
  public static ClientQuery of(String sql) {
    return new ClientQuery(io.longhouse.sql.ByteText.encode(sql), "", Map.of(), Map.of(), Map.of());
  }
}
