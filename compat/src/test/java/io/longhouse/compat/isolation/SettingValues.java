package io.longhouse.compat.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Settings of every name with values of their types. */
final class SettingValues {
  /** About clocks, memory of the process and how long to wait: physical, as {@link Unsteady}. */
  private static final List<String> LEFT_OUT =
      List.of(
          "timeout",
          "_ms",
          "memory",
          "execution_time",
          "sleep",
          "speed",
          "profiler",
          "delay",
          "max_bytes_before",
          "max_bytes_ratio_before",
          "max_untracked",
          "log_queries",
          "poll",
          "interval",
          "period",
          "backoff",
          "priority",
          "_size_to_preallocate",
          "log_comment",
          "function_range_max",
          "function_sleep",
          "max_estimated");

  /** Those that decide what is read and how, drawn more often than others. */
  private static final Set<String> FAVOURED =
      Set.of(
          "optimize_move_to_prewhere",
          "optimize_trivial_count_query",
          "use_query_cache",
          "use_query_condition_cache",
          "use_uncompressed_cache",
          "max_block_size",
          "max_rows_to_read",
          "max_bytes_to_read",
          "max_result_rows",
          "extremes",
          "force_primary_key",
          "force_index_by_date",
          "apply_row_policy_after_final",
          "optimize_read_in_order",
          "optimize_use_implicit_projections",
          "optimize_aggregation_in_order",
          "final",
          "additional_table_filters",
          "additional_result_filter",
          "exact_rows_before_limit",
          "read_overflow_mode",
          "prefer_localhost_replica",
          "enable_optimize_predicate_expression",
          "query_plan_enable_optimizations",
          "max_threads",
          "send_logs_level",
          "limit",
          "offset",
          "short_circuit_function_evaluation",
          "max_rows_to_group_by",
          "group_by_overflow_mode",
          "join_algorithm",
          "max_rows_in_join",
          "max_rows_in_set",
          "max_rows_to_sort",
          "max_rows_in_distinct",
          "output_format_native_encode_types_in_binary_format",
          "low_cardinality_allow_in_native_format",
          "mutations_sync",
          "apply_deleted_mask",
          "optimize_trivial_insert_select",
          "insert_deduplicate",
          "materialize_statistics_on_insert",
          "query_plan_optimize_prewhere",
          "enable_multiple_prewhere_read_steps",
          "load_balancing",
          "max_parallel_replicas",
          "allow_experimental_analyzer",
          "sample_by_hash");

  private record Setting(String name, String type, String value) {}

  private final List<Setting> all = new ArrayList<>();
  private final List<Setting> favoured = new ArrayList<>();

  SettingValues(World world) {
    for (String line : world.names("SELECT name, type, value FROM system.settings ORDER BY name")) {
      String[] f = line.split("\t", -1);
      if (LEFT_OUT.stream().anyMatch(f[0]::contains)) {
        continue;
      }
      var s = new Setting(f[0], f[1], f[2]);
      all.add(s);
      if (FAVOURED.contains(f[0])) {
        favoured.add(s);
      }
    }
  }

  List<String> names() {
    return all.stream().map(Setting::name).toList();
  }

  /** One to three assignments. */
  String some(Draw draw) {
    List<String> out = new ArrayList<>();
    for (int i = draw.percent(70) ? 1 : 3; i > 0; i--) {
      out.add(one(draw));
    }
    return String.join(", ", out);
  }

  String one(Draw draw) {
    Setting s = draw.percent(50) ? draw.of(favoured) : draw.of(all);
    return s.name + " = " + value(s, draw);
  }

  private static String value(Setting s, Draw draw) {
    if (s.name.equals("additional_table_filters")) {
      return "{'app.wide': 'throwIf(tenant = 2) = 0', 'app.compact': 'n > 100'}";
    }
    if (s.name.equals("additional_result_filter")) {
      return draw.of("'1'", "'throwIf(tenant != 1) = 0'");
    }
    if (s.name.equals("send_logs_level")) {
      return draw.of("'trace'", "'debug'", "'test'");
    }
    return switch (s.type) {
      case "Bool", "BoolAuto" -> draw.of("0", "1");
      case "UInt64", "NonZeroUInt64", "Int64", "Int32", "UInt64Auto" ->
          draw.of("0", "1", "2", "3", "5", "7", "10", "30", "100", "1000", "65536");
      case "Float", "Double" -> draw.of("0", "0.5", "1", "2");
      case "MaxThreads" -> "1";
      default ->
          draw.percent(50)
              ? "'" + s.value.replace("\\", "\\\\").replace("'", "\\'") + "'"
              : draw.of(
                  "'throw'",
                  "'break'",
                  "'any'",
                  "'hash'",
                  "'1'",
                  "'auto'",
                  "'partial_merge'",
                  "'grace_hash'",
                  "'full_sorting_merge'",
                  "'disable'",
                  "'force_enable'",
                  "''");
    };
  }
}
