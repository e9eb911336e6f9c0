package io.longhouse.function;

import java.time.Instant;

/** The context of a query with default settings, at a time that is always the same. */
record PlainContext() implements OutsideQuery {
  @Override
  public Instant queryStart() {
    return Instant.ofEpochSecond(1_600_000_000);
  }
}
