package io.longhouse.engine.table;

/** How a table that is a replica of others stands; other servers ask before they read it. */
public interface ReplicaState {
  /** How many seconds it is behind the others. */
  long delaySec();

  /** By how many seconds it is behind the best of the others; 0 while it is hardly behind. */
  long relativeDelaySec();

  /** Whether it takes no rows now. */
  boolean isReadOnly();

  /** How much it has still to do, all together. */
  long queueSize();

  /** Parts that it has still to get. */
  long insertsInQueue();

  /** Merges that it has still to make. */
  long mergesInQueue();
}
