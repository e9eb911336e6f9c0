package io.longhouse.engine.session;

import io.longhouse.engine.access.Account;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often queries ended with each error: of the whole server, and of those who had one lately.
 * Safe for many threads.
 */
public final class ErrorCounts {
  private static final int OWNERS_MAX = 10_000;

  /** One error's count and what was said the last time. */
  public record Count(ErrorCode code, long count, Instant time, String message, String queryId) {}

  /** A user, in the name of an account. */
  private record Owner(String user, Account account) {}

  private final Map<ErrorCode, Count> counts = new EnumMap<>(ErrorCode.class);

  /** Those whose last error is longest ago come first. */
  private final LinkedHashMap<Owner, Map<ErrorCode, Count>> byOwner = new LinkedHashMap<>();

  synchronized void add(Throwable error, String queryId, String user, Account account) {
    add(error, queryId, counts);
    var owner = new Owner(user, account);
    Map<ErrorCode, Count> own = byOwner.remove(owner);
    own = own == null ? new EnumMap<>(ErrorCode.class) : own;
    byOwner.putLast(owner, own);
    add(error, queryId, own);
    if (byOwner.size() > OWNERS_MAX) {
      byOwner.pollFirstEntry();
    }
  }

  private static void add(Throwable error, String queryId, Map<ErrorCode, Count> to) {
    ErrorCode code =
        error instanceof LonghouseException e ? e.errorCode() : ErrorCode.LOGICAL_ERROR;
    Count before = to.get(code);
    to.put(
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

  /** Those of the queries that a user sent in the name of an account. */
  public synchronized Collection<Count> of(String user, Account account) {
    Map<ErrorCode, Count> own = byOwner.get(new Owner(user, account));
    return own == null ? List.of() : List.copyOf(own.values());
  }
}
