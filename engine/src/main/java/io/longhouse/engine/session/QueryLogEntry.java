package io.longhouse.engine.session;

import io.longhouse.column.MemoryTracker;
import io.longhouse.engine.system.QueryLog;
import io.longhouse.sql.LonghouseException;
import java.lang.System.Logger.Level;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is noted of one query for the metrics and the query log. */
final class QueryLogEntry {
  private static final String SOURCE = "executeQuery";

  private final LocalQuery query;
  private @Nullable Throwable error;
  private boolean running;
  private boolean summed;

  QueryLogEntry(LocalQuery query) {
    this.query = query;
  }

  void started() {
    query.engine().metrics().event("StartedQuery").increment();
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
    add(QueryLog.Type.QUERY_START);
  }

  private void add(QueryLog.Type type) {
    QueryLog log = query.engine().queryLog();
    if (log != null) {
      log.add(type, query, error);
    }
  }

  /** The first error is the one that counts. */
  void failed(Throwable e) {
    if (error == null) {
      error = e;
      query.engine().metrics().event("FailedQuery").increment();
      query.engine().errors().add(e, query.queryId());
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

  boolean hasFailed() {
    return error != null;
  }

  void ended() {
    finished();
    if (error == null) {
      add(QueryLog.Type.QUERY_FINISH);
    } else {
      add(
          running
              ? QueryLog.Type.EXCEPTION_WHILE_PROCESSING
              : QueryLog.Type.EXCEPTION_BEFORE_START);
    }
    query.engine().metrics().event("QueryTimeMicroseconds").add(query.context().elapsedNs() / 1000);
  }
}
