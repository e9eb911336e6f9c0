package io.longhouse.engine.system;

import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.LocalQuery;
import io.longhouse.engine.session.Processes;
import io.longhouse.engine.session.Progress;
import io.longhouse.registry.Register;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code system.processes}. Query threads belong to the server and not to a query, so that there
 * are no thread ids; the hash of the normalized query, an HTTP referrer and forwarded addresses are
 * not noted.
 */
@Register(kind = SystemTable.class, name = "processes", doc = "The queries that run now.")
final class ProcessesTable extends SystemTable<ProcessesTable.Row> {
  /** A query and how far it is. */
  record Row(LocalQuery query, Progress.Snapshot progress) {
    ClientInfo client() {
      return query.client();
    }
  }

  ProcessesTable() {
    super("processes", work(who(new SystemColumns<>())));
  }

  private static SystemColumns<Row> who(SystemColumns<Row> columns) {
    return columns
        .flag("is_initial_query", r -> !r.query.initial().secondary())
        .text("user", r -> r.query.session().user())
        .text("query_id", r -> r.query.queryId())
        .add("address", "IPv6", r -> Addresses.ip(r.client().address()))
        .add("port", "UInt16", r -> Addresses.port(r.client().address()))
        .text("initial_user", r -> r.query.initial().user())
        .text("initial_query_id", r -> r.query.initial().queryId())
        .add("initial_address", "IPv6", r -> Addresses.ip(r.query.initial().address()))
        .add("initial_port", "UInt16", r -> Addresses.port(r.query.initial().address()))
        .add("interface", "UInt8", r -> Addresses.interfaceCode(r.client().protocol()))
        .text("os_user", r -> r.client().osUser())
        .text("client_hostname", r -> r.client().clientHostname())
        .text("client_name", r -> r.client().clientName())
        .empty("client_agent", "LowCardinality(String)")
        .number("client_revision", r -> r.client().tcpRevision())
        .number("client_version_major", r -> r.client().versionMajor())
        .number("client_version_minor", r -> r.client().versionMinor())
        .number("client_version_patch", r -> r.client().versionPatch())
        .empty("http_method", "UInt8")
        .text("http_user_agent", r -> r.client().httpUserAgent())
        .empty("http_referer", "String")
        .empty("forwarded_for", "String")
        .text("quota_key", r -> r.client().quotaKey())
        .number("distributed_depth", r -> r.query.initial().depth());
  }

  private static SystemColumns<Row> work(SystemColumns<Row> columns) {
    return columns
        .add("elapsed", "Float64", r -> r.progress.elapsedNs() / 1e9)
        .flag("is_cancelled", r -> r.query.context().stopReason() != null)
        .flag("is_all_data_sent", r -> r.query.isFinished())
        .number("read_rows", r -> r.progress.readRows())
        .number("read_bytes", r -> r.progress.readBytes())
        .number("total_rows_approx", r -> r.progress.totalRowsToRead())
        .number("written_rows", r -> r.progress.writtenRows())
        .number("written_bytes", r -> r.progress.writtenBytes())
        .add("memory_usage", "Int64", r -> r.progress.memoryUsage())
        .add("peak_memory_usage", "Int64", r -> r.progress.peakMemoryUsage())
        .text("query", r -> r.query.text())
        .empty("normalized_query_hash", "UInt64")
        .text("query_kind", r -> QueryKinds.of(r.query.statement()))
        .empty("thread_ids", "Array(UInt64)")
        .empty("peak_threads_usage", "UInt64")
        .add("ProfileEvents", "Map(LowCardinality(String), UInt64)", r -> r.query.profileEvents())
        .add(
            "Settings",
            "Map(LowCardinality(String), LowCardinality(String))",
            r -> settings(r.query))
        .text("current_database", r -> r.query.context().currentDatabase())
        .flag("is_internal", _ -> false)
        .alias("ProfileEvents.Names", "Array(String)", "mapKeys(ProfileEvents)")
        .alias("ProfileEvents.Values", "Array(UInt64)", "mapValues(ProfileEvents)")
        .alias("Settings.Names", "Array(String)", "mapKeys(Settings)")
        .alias("Settings.Values", "Array(String)", "mapValues(Settings)");
  }

  private static Map<String, String> settings(LocalQuery query) {
    return new TreeMap<>(query.settings().changed());
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    SessionAccess access = context.require(SessionAccess.class);
    return context.require(Processes.class).all().stream()
        .filter(q -> access.seesQueriesOf(q.session().user(), q.account()))
        .map(q -> new Row(q, q.progress()))
        .toList();
  }
}
