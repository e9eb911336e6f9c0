package io.longhouse.engine.system;

import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.session.Progress;
import io.longhouse.engine.settings.Settings;
import io.longhouse.function.scalar.other.NormalizedQuery;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.query_log}. Which databases, tables, functions and the like a query used, the hash
 * of the normalized query, threads and stack traces are not noted; their columns have defaults.
 */
public final class QueryLog extends SystemLog<QueryLog.Row> {
  /** What of a query's life a row is about. */
  public enum Type {
    QUERY_START("QueryStart"),
    QUERY_FINISH("QueryFinish"),
    EXCEPTION_BEFORE_START("ExceptionBeforeStart"),
    EXCEPTION_WHILE_PROCESSING("ExceptionWhileProcessing");

    private final String sql;

    Type(String sql) {
      this.sql = sql;
    }
  }

  /** One row; what can change later is taken down when it is made. */
  public record Row(
      Type type,
      Instant time,
      LoggedQuery query,
      Progress.Snapshot progress,
      Map<String, Long> events,
      @Nullable Throwable error) {
    String text() {
      String whole = query.text();
      int length = (int) Math.min(whole.length(), settings().number("log_queries_cut_to_length"));
      return whole.substring(0, length);
    }

    ClientInfo client() {
      return query.client();
    }

    Settings settings() {
      return query.settings();
    }

    Instant start() {
      return query.start();
    }

    int exceptionCode() {
      return switch (error) {
        case null -> 0;
        case LonghouseException e -> e.code();
        default -> ErrorCode.LOGICAL_ERROR.code();
      };
    }
  }

  private static final String LOW = "LowCardinality(String)";
  private static final String LOWS = "Array(LowCardinality(String))";

  private final UsageLog usage;

  /**
   * @param usage is written before the queries that it counts
   */
  public QueryLog(LocalEngine engine, UsageLog usage) {
    super("query_log", used(client(what(times(new SystemColumns<>())))), engine);
    this.usage = usage;
  }

  @Override
  List<Row> take() {
    List<Row> rows = super.take();
    try {
      usage.flush();
      return rows;
    } catch (RuntimeException | Error e) {
      putBack(rows);
      throw e;
    }
  }

  /** Notes a moment of a query, as far as its settings ask for it. */
  @Override
  public synchronized void add(Row row) {
    Settings s = row.settings();
    if (s.isOn("log_queries")
        && row.type.ordinal() >= leastType(s)
        && row.progress.elapsedNs() / 1_000_000 >= s.number("log_queries_min_query_duration_ms")) {
      super.add(row);
    }
  }

  private static int leastType(Settings s) {
    String name = s.text("log_queries_min_type");
    for (Type t : Type.values()) {
      if (t.name().equals(name)) {
        return t.ordinal();
      }
    }
    return 0;
  }

  static long micros(Instant t) {
    return t.getEpochSecond() * 1_000_000 + t.getNano() / 1000;
  }

  private static long day(Row r) {
    return r.time.atZone(io.longhouse.column.type.TimeZones.server()).toLocalDate().toEpochDay();
  }

  static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // a machine that does not know its own name
    }
  }

  private static SystemColumns<Row> times(SystemColumns<Row> columns) {
    String host = hostname();
    return columns
        .add("hostname", LOW, _ -> host)
        .add(
            "type",
            "Enum8('QueryStart' = 1, 'QueryFinish' = 2, 'ExceptionBeforeStart' = 3,"
                + " 'ExceptionWhileProcessing' = 4)",
            r -> r.type.sql)
        .add("event_date", "Date", QueryLog::day)
        .add("event_time", "DateTime", Row::time)
        .add("event_time_microseconds", "DateTime64(6)", r -> micros(r.time))
        .add("query_start_time", "DateTime", Row::start)
        .add("query_start_time_microseconds", "DateTime64(6)", r -> micros(r.start()))
        .number("query_duration_ms", r -> r.progress.elapsedNs() / 1_000_000)
        .number("read_rows", r -> r.progress.readRows())
        .number("read_bytes", r -> r.progress.readBytes())
        .number("written_rows", r -> r.progress.writtenRows())
        .number("written_bytes", r -> r.progress.writtenBytes())
        .number("result_rows", r -> r.progress.resultRows())
        .number("result_bytes", r -> r.progress.resultBytes())
        .number("memory_usage", r -> r.progress.peakMemoryUsage());
  }

  private static SystemColumns<Row> what(SystemColumns<Row> columns) {
    return columns
        .add("current_database", LOW, r -> r.query.database())
        .text("query", Row::text)
        .empty("formatted_query", "String")
        .number("normalized_query_hash", r -> NormalizedQuery.hash(r.query.text(), false))
        .add("query_kind", LOW, r -> r.query.kind())
        .empty("databases", LOWS)
        .empty("tables", LOWS)
        .empty("columns", LOWS)
        .empty("partitions", LOWS)
        .empty("projections", LOWS)
        .empty("views", LOWS)
        .add("exception_code", "Int32", Row::exceptionCode)
        .text("exception", r -> r.error == null ? null : String.valueOf(r.error.getMessage()))
        .empty("stack_trace", "String")
        .flag("is_initial_query", r -> !r.query.initial().secondary())
        .add("user", LOW, r -> r.query.user())
        .text("query_id", r -> r.query.queryId())
        .add("address", "IPv6", r -> Addresses.ip(r.client().address()))
        .add("port", "UInt16", r -> Addresses.port(r.client().address()))
        .add("initial_user", LOW, r -> r.query.initial().user())
        .text("initial_query_id", r -> r.query.initial().queryId())
        .add("initial_address", "IPv6", r -> Addresses.ip(r.query.initial().address()))
        .add("initial_port", "UInt16", r -> Addresses.port(r.query.initial().address()))
        .add(
            "initial_query_start_time",
            "DateTime",
            r -> r.query.initial().startMicros() / 1_000_000)
        .add(
            "initial_query_start_time_microseconds",
            "DateTime64(6)",
            r -> r.query.initial().startMicros());
  }

  private static SystemColumns<Row> client(SystemColumns<Row> columns) {
    return columns
        .add("interface", "UInt8", r -> Addresses.interfaceCode(r.client().protocol()))
        .empty("is_secure", "UInt8")
        .add("os_user", LOW, r -> r.client().osUser())
        .add("client_hostname", LOW, r -> r.client().clientHostname())
        .add("client_name", LOW, r -> r.client().clientName())
        .add("client_revision", "UInt32", r -> r.client().tcpRevision())
        .add("client_version_major", "UInt32", r -> r.client().versionMajor())
        .add("client_version_minor", "UInt32", r -> r.client().versionMinor())
        .add("client_version_patch", "UInt32", r -> r.client().versionPatch())
        .empty("script_query_number", "UInt32")
        .empty("script_line_number", "UInt32")
        .empty("http_method", "UInt8")
        .add("http_user_agent", LOW, r -> r.client().httpUserAgent())
        .empty("http_referer", "String")
        .empty("forwarded_for", "String")
        .empty("quota_key", "String")
        .number("distributed_depth", r -> r.query.initial().depth())
        .empty("revision", "UInt32")
        .text("log_comment", r -> r.settings().get("log_comment"))
        .empty("thread_ids", "Array(UInt64)")
        .empty("peak_threads_usage", "UInt64")
        .add("ProfileEvents", "Map(LowCardinality(String), UInt64)", Row::events)
        .add(
            "Settings",
            "Map(LowCardinality(String), LowCardinality(String))",
            r -> new TreeMap<>(r.settings().changed()));
  }

  private static SystemColumns<Row> used(SystemColumns<Row> columns) {
    return columns
        .empty("used_aggregate_functions", LOWS)
        .empty("used_aggregate_function_combinators", LOWS)
        .empty("used_database_engines", LOWS)
        .empty("used_data_type_families", LOWS)
        .empty("used_dictionaries", LOWS)
        .empty("used_formats", LOWS)
        .empty("used_functions", LOWS)
        .empty("used_storages", LOWS)
        .empty("used_table_functions", LOWS)
        .empty("used_executable_user_defined_functions", LOWS)
        .empty("used_sql_user_defined_functions", LOWS)
        .empty("used_row_policies", LOWS)
        .empty("used_privileges", LOWS)
        .empty("missing_privileges", LOWS)
        .empty("transaction_id", "Tuple(UInt64, UInt64, UUID)")
        .add(
            "query_cache_usage",
            "Enum8('Unknown' = 0, 'None' = 1, 'Write' = 2, 'Read' = 3)",
            _ -> "None")
        .empty("asynchronous_read_counters", "Map(LowCardinality(String), UInt64)")
        .flag("is_internal", _ -> false)
        .add("tenant_space", LOW, r -> r.query.account().space())
        .add("tenant", LOW, r -> r.query.account().tenant())
        .alias("ProfileEvents.Names", "Array(String)", "mapKeys(ProfileEvents)")
        .alias("ProfileEvents.Values", "Array(UInt64)", "mapValues(ProfileEvents)")
        .alias("Settings.Names", "Array(String)", "mapKeys(Settings)")
        .alias("Settings.Values", "Array(String)", "mapValues(Settings)");
  }
}
