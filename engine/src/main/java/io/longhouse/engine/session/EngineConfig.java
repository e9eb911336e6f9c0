package io.longhouse.engine.session;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is opened with.
 *
 * @param path the data directory; null keeps everything in memory
 * @param threads worker threads for queries; 0 for one per core
 * @param memoryLimitBytes for all queries together; 0 for six tenths of the heap, the rest being
 *     for what is on its way and for the collector
 * @param timeZone null for the process's own
 * @param profile settings of the default profile, by name
 * @param mergeTree defaults of MergeTree settings, by name
 * @param configuration the server's configuration, flattened, for {@code system.server_settings}
 *     and {@code getServerSetting}
 */
public record EngineConfig(
    @Nullable Path path,
    int threads,
    long memoryLimitBytes,
    @Nullable ZoneId timeZone,
    Map<String, String> profile,
    Map<String, String> mergeTree,
    Map<String, String> configuration) {
  public static EngineConfig inMemory() {
    return new EngineConfig(null, 0, 0, null, Map.of(), Map.of(), Map.of());
  }

  public static EngineConfig at(Path path) {
    return new EngineConfig(path, 0, 0, null, Map.of(), Map.of(), Map.of());
  }
}
