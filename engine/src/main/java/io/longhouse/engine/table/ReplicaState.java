package io.longhouse.engine.table;

/** How a table that is a replica of others stands; other servers ask before they read it. */
public interface ReplicaState {
  /** How many seconds it is behind the others. */
  long delaySec();

  /** Whether it takes no rows now. */
  boolean isReadOnly();
}
