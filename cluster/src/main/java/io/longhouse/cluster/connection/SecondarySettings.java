package io.longhouse.cluster.connection;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.settings.Settings;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The settings that go with a query to other servers: those that differ from the defaults, without
 * what is meant for the first server only and with what is left of the query's time.
 */
public final class SecondarySettings {
  /** Limits of the first server, and what is applied to the result there. */
  private static final Set<String> OF_THE_FIRST =
      Set.of(
          "max_concurrent_queries_for_user",
          "max_memory_usage_for_user",
          "max_result_rows",
          "max_result_bytes",
          "result_overflow_mode",
          "limit",
          "offset",
          "extremes",
          "force_optimize_skip_unused_shards",
          "log_comment",
          "network_compression_method",
          "network_zstd_compression_level",
          "max_execution_time",
          "async_insert",
          "parallel_replicas_count",
          "parallel_replica_offset",
          "wait_end_of_query");

  private SecondarySettings() {}

  public static Map<String, String> of(QueryContext context) {
    Map<String, String> out = new TreeMap<>();
    context
        .settings()
        .changed()
        .forEach((name, value) -> {
          if (!OF_THE_FIRST.contains(name) && !Settings.isCustom(name)) {
            out.put(name, value);
          }
        });
    if (context.settings().decimal("max_execution_time") > 0) {
      long leftMs = Connections.leftMs(context);
      out.put("max_execution_time", Long.toString(Math.max(1, (leftMs + 999) / 1000)));
    }
    return out;
  }
}
