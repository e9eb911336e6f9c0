package io.longhouse.engine.session;

import io.longhouse.column.MemoryTracker;
import io.longhouse.engine.meter.QueryUse;
import io.longhouse.engine.system.QueryLog;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is noted of one query for the metrics and the query log. */
final class QueryLogEntry {
  private static final String SOURCE = "executeQuery";

  /** Its threads may already have read something; how much is chance. */
  private static final Progress.Snapshot NOTHING_YET = new Progress().snapshot(0, 0, 0);

  private final LocalQuery query;
  private @Nullable Throwable error;
  private boolean running;
  private boolean summed;
  private boolean finished;
  private final Map<String, Long> counted = new ConcurrentHashMap<>();

  QueryLogEntry(LocalQuery query) {
    this.query = query;
  }

  /** {@code Select}, {@code Insert}, or empty for all others. */
  private String kind() {
    String kind = query.kind();
    return kind.equals("Select") || kind.equals("Insert") ? kind : "";
  }

  /** Counts for the query and for the server. */
  private void count(String event, long n) {
    if (n > 0) {
      counted.merge(event, n, Long::sum);
      query.engine().metrics().event(event).add(n);
    }
  }

  /** What was counted here, and while the query runs, what has been measured so far. */
  Map<String, Long> events() {
    Map<String, Long> out = new HashMap<>(counted);
    if (!finished) {
      measured().forEach((e, n) -> out.merge(e, n, Long::sum));
    }
    return out;
  }

  private Map<String, Long> measured() {
    Progress p = query.context().progress();
    long micros = query.context().elapsedNs() / 1000;
    Map<String, Long> out = new HashMap<>();
    out.put("SelectedRows", p.readRows.sum());
    out.put("SelectedBytes", p.readBytes.sum());
    out.put("InsertedRows", p.writtenRows.sum());
    out.put("InsertedBytes", p.writtenBytes.sum());
    out.put("QueryTimeMicroseconds", micros);
    out.put((kind().isEmpty() ? "Other" : kind()) + "QueryTimeMicroseconds", micros);
    out.put("RealTimeMicroseconds", micros);
    out.put("OSCPUVirtualTimeMicroseconds", query.group().cpuNs() / 1000);
    out.put("ConcurrencyControlWaitMicroseconds", query.group().waitedNs() / 1000);
    out.values().removeIf(n -> n == 0);
    return out;
  }

  void started() {
    count("Query", 1);
    boolean initial = !query.initial().secondary();
    count("InitialQuery", initial ? 1 : 0);
    if (!kind().isEmpty()) {
      count(kind() + "Query", 1);
      count("Initial" + kind() + "Query", initial ? 1 : 0);
    }
    query
        .context()
        .log()
        .add(
            Level.DEBUG,
            SOURCE,
            () -> "(from " + query.session().client().address() + ") " + query.text());
  }

  /** The result is whole: says once what the query came to. */
  void finished() {
    if (summed || error != null) {
      return;
    }
    summed = true;
    QueryLines log = query.context().log();
    Progress.Snapshot p = query.progress();
    long rows = p.readRows() > 0 || p.writtenRows() == 0 ? p.readRows() : p.writtenRows();
    long bytes = p.readRows() > 0 || p.writtenRows() == 0 ? p.readBytes() : p.writtenBytes();
    double seconds = p.elapsedNs() / 1e9;
    log.add(
        Level.DEBUG,
        SOURCE,
        () ->
            String.format(
                Locale.ROOT,
                "Read %d rows, %s in %.6f sec., %.0f rows/sec., %s/sec.",
                rows,
                MemoryTracker.readable(bytes),
                seconds,
                rows / seconds,
                MemoryTracker.readable((long) (bytes / seconds))));
    log.add(
        Level.DEBUG,
        "MemoryTracker",
        () -> "Query peak memory usage: " + MemoryTracker.readable(p.peakMemoryUsage()) + ".");
  }

  /** The query has been analysed, or, when it is no SELECT, carried out. */
  void running() {
    running = true;
    QueryLog log = query.engine().queryLog();
    if (log != null) {
      var start = QueryLog.Type.QUERY_START;
      log.add(new QueryLog.Row(start, Instant.now(), query, NOTHING_YET, Map.of(), error));
    }
  }

  /** The account is charged first: what the query log has, {@code tenant_usage} has as well. */
  private void end(QueryLog.Type type) {
    Progress.Snapshot progress = query.progress();
    Map<String, Long> events = query.profileEvents();
    Instant now = Instant.now();
    var use =
        new QueryUse(
            query.kind(),
            error != null,
            progress,
            events.getOrDefault("OSCPUVirtualTimeMicroseconds", 0L),
            events.getOrDefault("ConcurrentQueryWaitMicroseconds", 0L));
    query.engine().meter().ended(query.account(), use, now);
    QueryLog log = query.engine().queryLog();
    if (log != null) {
      log.add(new QueryLog.Row(type, now, query, progress, events, error));
    }
  }

  /** The first error is the one that counts. */
  void failed(Throwable e) {
    if (error == null) {
      error = e;
      count("FailedQuery", 1);
      boolean initial = !query.initial().secondary();
      count("FailedInitialQuery", initial ? 1 : 0);
      if (!kind().isEmpty()) {
        count("Failed" + kind() + "Query", 1);
        count("FailedInitial" + kind() + "Query", initial ? 1 : 0);
      }
      query.engine().errors().add(e, query.queryId(), query.session().user(), query.account());
      query
          .context()
          .log()
          .failure(
              SOURCE,
              () ->
                  (e instanceof LonghouseException l
                          ? "Code: " + l.errorCode().code() + ". DB::Exception: " + l.message()
                          : e.toString())
                      + " (from "
                      + query.session().client().address()
                      + ") (in query: "
                      + query.text()
                      + ")");
    }
  }

  /** Whether its quota ended it, which is no error of its own. */
  boolean wasRefusedByQuota() {
    return error instanceof LonghouseException e && e.errorCode() == ErrorCode.QUOTA_EXCEEDED;
  }

  boolean hasFailed() {
    return error != null;
  }

  void ended() {
    finished();
    measured().forEach(this::count);
    finished = true;
    if (error == null) {
      end(QueryLog.Type.QUERY_FINISH);
    } else {
      end(
          running
              ? QueryLog.Type.EXCEPTION_WHILE_PROCESSING
              : QueryLog.Type.EXCEPTION_BEFORE_START);
    }
  }
}
