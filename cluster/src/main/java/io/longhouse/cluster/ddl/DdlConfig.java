package io.longhouse.cluster.ddl;

import io.longhouse.cluster.keeper.KeeperPaths;
import java.util.Map;

/**
 * {@code <distributed_ddl>}.
 *
 * @param path of the queue
 * @param replicasPath where servers say that they are there
 * @param cleanupDelayMs between two looks for old entries
 * @param lifetimeMs after which an entry is removed
 * @param entriesMax so many are kept
 */
record DdlConfig(
    String path, String replicasPath, long cleanupDelayMs, long lifetimeMs, int entriesMax) {
  private static final String AT = "distributed_ddl.";
  private static final long WEEK_SEC = 7 * 24 * 3600;

  static DdlConfig read(Map<String, String> keys) {
    return new DdlConfig(
        KeeperPaths.plain(text(keys, "path", "/clickhouse/task_queue/ddl")),
        KeeperPaths.plain(text(keys, "replicas_path", "/clickhouse/task_queue/replicas")),
        number(keys, "cleanup_delay_period", 60) * 1000,
        number(keys, "task_max_lifetime", WEEK_SEC) * 1000,
        (int) Math.max(1, number(keys, "max_tasks_in_queue", 1000)));
  }

  private static String text(Map<String, String> keys, String key, String otherwise) {
    String t = keys.getOrDefault(AT + key, "").strip();
    return t.isEmpty() ? otherwise : t;
  }

  private static long number(Map<String, String> keys, String key, long otherwise) {
    String t = keys.getOrDefault(AT + key, "").strip();
    return t.matches("\\d{1,15}") ? Long.parseLong(t) : otherwise;
  }
}
