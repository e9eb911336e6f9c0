package io.longhouse.engine.session;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The queries that are running or wait for their turn, by id. Safe for many threads. */
public final class Processes {
  private final Map<String, LocalQuery> running = new LinkedHashMap<>();

  /**
   * @throws LonghouseException QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING (216)
   */
  synchronized void add(LocalQuery query) {
    if (running.containsKey(query.queryId())) {
      throw new LonghouseException(
          ErrorCode.QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING,
          "Query with id = " + query.queryId() + " is already running.");
    }
    running.put(query.queryId(), query);
  }

  synchronized void remove(LocalQuery query) {
    running.remove(query.queryId(), query);
    notifyAll();
  }

  public synchronized Collection<LocalQuery> all() {
    return List.copyOf(running.values());
  }

  public synchronized long count() {
    return running.size();
  }

  /** Waits for the end of a query for at most that long and answers whether it has ended. */
  public synchronized boolean awaitEnd(LocalQuery query, long timeoutMs) {
    long end = System.nanoTime() + timeoutMs * 1_000_000;
    try {
      while (running.get(query.queryId()) == query) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return true;
  }

  void cancelAll() {
    all()
        .forEach(q -> {
          q.context()
              .stop(new LonghouseException(ErrorCode.ABORTED, "The server is shutting down"));
          q.cancel();
        });
  }

  synchronized void awaitNone(long timeoutMs) {
    long end = System.nanoTime() + timeoutMs * 1_000_000;
    try {
      while (!running.isEmpty()) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
