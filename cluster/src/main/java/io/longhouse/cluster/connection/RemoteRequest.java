package io.longhouse.cluster.connection;

import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.TablesStatus;
import io.longhouse.wire.connection.ClientQuery;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a shard is asked.
 *
 * @param stage how far it shall take the query, one of {@link ClientQuery}'s constants
 * @param settings changes to what {@link SecondarySettings} sends of the query's own, by name
 * @param externalTables by name; each one block
 * @param table a replica without it, or whose copy of it is too old, is not asked; null to ask any
 */
public record RemoteRequest(
    String sql,
    int stage,
    Map<String, String> settings,
    Map<String, NamedBlock> externalTables,
    TablesStatus.@Nullable Name table) {
  public RemoteRequest {
    settings = Map.copyOf(settings);
    externalTables = Map.copyOf(externalTables);
  }

  /** A query that needs nothing else, taken to its end. */
  public static RemoteRequest of(String sql) {
    return new RemoteRequest(sql, ClientQuery.COMPLETE, Map.of(), Map.of(), null);
  }
}
