package io.longhouse.engine.session;

import org.jspecify.annotations.Nullable;

/** What is noted of one query for the metrics and the query log. */
final class QueryLogEntry {
  private final LocalQuery query;
  private @Nullable Throwable error;

  QueryLogEntry(LocalQuery query) {
    this.query = query;
  }

  void started() {
    query.engine().metrics().event("StartedQuery").increment();
  }

  /** The first error is the one that counts. */
  void failed(Throwable e) {
    if (error == null) {
      error = e;
      query.engine().metrics().event("FailedQuery").increment();
      query.engine().errors().add(e, query.queryId());
    }
  }

  void ended() {
    query.engine().metrics().event("QueryTimeMicroseconds").add(query.context().elapsedNs() / 1000);
  }
}
