package io.longhouse.compat.isolation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What differs between two servers, or two moments of one, whoever's rows they hold: nothing of it
 * is compared. Each entry is about clocks, random numbers, identifiers or the amount of physical
 * work, never about a count or a value of rows.
 */
final class Unsteady {
  /** Functions of the clock, of random numbers, of the machine's state. */
  static final Set<String> FUNCTIONS =
      Set.of(
          "now",
          "now64",
          "nowInBlock",
          "nowInBlock64",
          "UTCTimestamp",
          "today",
          "yesterday",
          "currentQueryStart",
          "initialQueryStartTime",
          "rand",
          "rand32",
          "rand64",
          "randConstant",
          "randCanonical",
          "randBernoulli",
          "randBinomial",
          "randCauchy",
          "randChiSquared",
          "randExponential",
          "randFisherF",
          "randLogNormal",
          "randNegativeBinomial",
          "randNormal",
          "randPoisson",
          "randStudentT",
          "randUniform",
          "randomFixedString",
          "randomPrintableASCII",
          "randomString",
          "randomStringUTF8",
          "fuzzBits",
          "fuzzQuery",
          "fuzzJSON",
          "generateUUIDv4",
          "generateUUIDv7",
          "generateULID",
          "generateSnowflakeID",
          "generateSerialID",
          "serverUUID",
          "uptime",
          "sleep",
          "sleepEachRow",
          "filesystemAvailable",
          "filesystemCapacity",
          "filesystemUnreserved",
          "arrayShuffle",
          "arrayPartialShuffle",
          "arrayRandomSample",
          "obfuscateQuery",
          "obfuscateQueryWithSeed",
          "connectionId",
          "connection_id",
          "UTC_timestamp",
          "current_timestamp",
          "localtimestamp",
          "current_date",
          "curdate",
          "bcryptHash",
          "groupArraySample");

  /** Columns of system tables: clocks, identifiers made at random, work of the processor. */
  static final Map<String, Set<String>> COLUMNS =
      Map.ofEntries(
          Map.entry("asynchronous_loader", Set.of("*")),
          Map.entry(
              "tables",
              // Parts that were merged away are counted until they are removed.
              Set.of("uuid", "data_paths", "metadata_path", "metadata_modification_time", "parts")),
          Map.entry("databases", Set.of("uuid", "data_path", "metadata_path")),
          Map.entry(
              "dictionaries",
              Set.of(
                  "uuid",
                  "origin",
                  "loading_start_time",
                  "last_successful_update_time",
                  "error_count_update_time",
                  "loading_duration")),
          Map.entry(
              "parts", Set.of("uuid", "modification_time", "path", "remove_time", "table_uuid")),
          Map.entry(
              "parts_columns",
              Set.of(
                  "uuid", "modification_time", "path", "remove_time", "column_modification_time")),
          Map.entry("detached_parts", Set.of("path", "modification_time")),
          Map.entry(
              "dropped_tables", Set.of("uuid", "metadata_dropped_path", "table_dropped_time")),
          Map.entry("mutations", Set.of("mutation_id", "create_time", "latest_fail_time")),
          Map.entry("tenant_usage", Set.of("*")),
          // A share of the parts that tenants share, by rows.
          Map.entry("tenant_storage", Set.of("bytes_on_disk", "parts")),
          Map.entry(
              "quota_usage",
              Set.of("start_time", "end_time", "execution_time", "max_execution_time")),
          Map.entry(
              "query_log",
              Set.of(
                  "event_date",
                  "event_time",
                  "event_time_microseconds",
                  "query_start_time",
                  "query_start_time_microseconds",
                  "query_duration_ms",
                  "memory_usage",
                  "initial_query_start_time",
                  "initial_query_start_time_microseconds",
                  "ProfileEvents",
                  "ProfileEvents.Names",
                  "ProfileEvents.Values",
                  "thread_ids",
                  "port",
                  "initial_port")),
          Map.entry(
              "processes",
              Set.of(
                  "elapsed",
                  "memory_usage",
                  "peak_memory_usage",
                  "ProfileEvents",
                  "ProfileEvents.Names",
                  "ProfileEvents.Values",
                  "thread_ids",
                  "port",
                  "initial_port")),
          Map.entry("user_processes", Set.of("memory_usage", "peak_memory_usage", "ProfileEvents")),
          Map.entry("disks", Set.of("free_space", "total_space", "unreserved_space", "path")),
          Map.entry("errors", Set.of("last_error_time")),
          Map.entry("row_policies", Set.of("id")),
          Map.entry("roles", Set.of("id")),
          Map.entry("users", Set.of("id", "auth_params")),
          Map.entry("quotas", Set.of("id")),
          Map.entry("settings_profiles", Set.of("id")),
          Map.entry("masking_policies", Set.of("id")),
          Map.entry(
              "session_log",
              Set.of(
                  "auth_id", "event_date", "event_time", "event_time_microseconds", "client_port")),
          Map.entry("user_directories", Set.of("params")),
          Map.entry("role_grants", Set.of("granted_role_id")),
          Map.entry("view_refreshes", Set.of("uuid")));

  /**
   * Tables that tell of the whole server by their purpose: an owner grants them to nobody who is to
   * know nothing of others.
   */
  static final Set<String> SERVER_WIDE =
      Set.of(
          "events",
          "metrics",
          "asynchronous_metrics",
          "asynchronous_metric_log",
          "metric_log",
          "dimensional_metrics",
          "histogram_metrics",
          "errors",
          "stack_trace",
          "part_log",
          "trace_log",
          "text_log",
          "quotas_usage",
          "session_log",
          "tenant_usage",
          "tenant_storage",
          "scheduler",
          "accounts",
          "workloads",
          "resources",
          "users",
          "warnings",
          "numbers",
          "numbers_mt",
          "zeros",
          "zeros_mt",
          "primes",
          "one",
          "build_options",
          "query_log",
          "processes",
          "user_processes",
          "server_settings",
          "merges");

  /** Profile events of clocks and of the processor. */
  static boolean isUnsteadyEvent(String name) {
    return name.endsWith("Microseconds") || name.endsWith("Milliseconds");
  }

  /** Elapsed time, speed and memory in lines of the log. */
  private static final List<Pattern> IN_LOGS =
      List.of(
          Pattern.compile("in [0-9.]+ sec\\., .*/sec\\."),
          Pattern.compile("from 127.0.0.1:[0-9]+"),
          Pattern.compile("peak memory usage: .*"),
          Pattern.compile("[0-9.]+ (ms|sec)\\."));

  /** Names of tables' and temporary folders are made at random. */
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  /** Names that a member's mutations have for it are made from a secret of the table. */
  private static final Pattern MUTATION = Pattern.compile("mutation_[0-9]{20}\\.txt");

  private static final Pattern ELAPSED = Pattern.compile("elapsed [0-9.]+ ms");

  private static final Pattern FOLDER = Pattern.compile("/(tmp|dev/shm)/longhouse[-A-Za-z0-9]*");

  private Unsteady() {}

  static String logLine(String text) {
    String out = text;
    for (Pattern p : IN_LOGS) {
      out = p.matcher(out).replaceAll("(time)");
    }
    return out;
  }

  /** An error's or a definition's text without what is made at random; the rows' UUIDs stay. */
  static String message(String text) {
    String out = FOLDER.matcher(text).replaceAll("(folder)");
    out = MUTATION.matcher(out).replaceAll("(mutation)");
    out = ELAPSED.matcher(out).replaceAll("(time)");
    return UUID.matcher(out)
        .replaceAll(m ->
            m.group().startsWith("a1a1a1a1") || m.group().startsWith(Rows.UUID_MARK)
                ? m.group()
                : "(uuid)");
  }
}
