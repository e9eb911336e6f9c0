package io.longhouse.engine.session;

import io.longhouse.engine.system.QueryLog;
import org.jspecify.annotations.Nullable;

/** What is noted of one query for the metrics and the query log. */
final class QueryLogEntry {
  private final LocalQuery query;
  private @Nullable Throwable error;
  private boolean running;

  QueryLogEntry(LocalQuery query) {
    this.query = query;
  }

  void started() {
    query.engine().metrics().event("StartedQuery").increment();
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
    }
  }

  boolean hasFailed() {
    return error != null;
  }

  void ended() {
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
