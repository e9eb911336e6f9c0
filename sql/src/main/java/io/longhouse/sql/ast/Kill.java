package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code KILL QUERY}, {@code KILL MUTATION} and their like. */
public record Kill(Kind kind, @Nullable Expression where, Mode mode, @Nullable String cluster)
    implements MaintenanceStatement {
  /** What is killed. */
  public enum Kind {
    QUERY,
    MUTATION,
    PART_MOVE_TO_SHARD,
    TRANSACTION
  }

  /** Whether one waits for it. */
  public enum Mode {
    ASYNC,
    SYNC,
    TEST
  }
}
