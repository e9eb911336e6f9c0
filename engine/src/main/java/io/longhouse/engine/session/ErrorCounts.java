package io.longhouse.engine.session;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How often queries ended with each error. Safe for many threads. */
public final class ErrorCounts {
  /** One error's count and what was said the last time. */
  public record Count(ErrorCode code, long count, Instant time, String message, String queryId) {}

  private final Map<ErrorCode, Count> counts = new EnumMap<>(ErrorCode.class);

  synchronized void add(Throwable error, String queryId) {
    ErrorCode code =
        error instanceof LonghouseException e ? e.errorCode() : ErrorCode.LOGICAL_ERROR;
    Count before = counts.get(code);
    counts.put(
        code,
        new Count(
            code,
            before == null ? 1 : before.count() + 1,
            Instant.now(),
            String.valueOf(error.getMessage()),
            queryId));
  }

  /** The errors that happened, in the order of their codes. */
  public synchronized Collection<Count> all() {
    return List.copyOf(counts.values());
  }
}
