package io.longhouse.engine.plan.shards;

/** Steps that no query says: they stay on the server that was asked. */
final class NotWritten extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotWritten(String what) {
    super(what, null, false, false);
  }
}
