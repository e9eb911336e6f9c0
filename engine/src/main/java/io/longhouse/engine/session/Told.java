package io.longhouse.engine.session;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/**
 * What a client is told of its query's errors and memory. How much memory is in use depends a
 * little on rows that a policy hides, so that a query behind a policy learns it only roughly.
 */
final class Told {
  /** What a query from which a policy hides rows learns of its memory is rounded up to this. */
  private static final long MEMORY_STEP_BYTES = 4 << 20;

  private Told() {}

  /** The error without how much memory was in use, where the query may not know it. */
  static LonghouseException error(LonghouseException e, QueryContext context) {
    return e.errorCode() == ErrorCode.MEMORY_LIMIT_EXCEEDED && context.isBehindPolicy()
        ? new LonghouseException(
            e.errorCode(), e.message().replaceFirst("would use .*\\), maximum", "maximum"))
        : e;
  }

  /** Whatever a query failed with, as an error that has a code. */
  static RuntimeException exception(Throwable error) {
    return switch (error) {
      case LonghouseException e -> e;
      case StackOverflowError e ->
          new LonghouseException(ErrorCode.TOO_DEEP_RECURSION, "Too deep recursion", e);
      case OutOfMemoryError e ->
          new LonghouseException(ErrorCode.MEMORY_LIMIT_EXCEEDED, "Out of memory", e);
      default -> new LonghouseException(ErrorCode.LOGICAL_ERROR, "Internal error: " + error, error);
    };
  }

  /** How much the query has read, and the memory it has in use, in bytes. */
  static Progress.Snapshot progress(QueryContext context) {
    return context
        .progress()
        .snapshot(
            context.elapsedNs(),
            memory(context.memory().used(), context),
            memory(context.memory().peak(), context));
  }

  private static long memory(long bytes, QueryContext context) {
    return context.isBehindPolicy()
        ? (bytes + MEMORY_STEP_BYTES - 1) / MEMORY_STEP_BYTES * MEMORY_STEP_BYTES
        : bytes;
  }
}
