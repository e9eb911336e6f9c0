package io.longhouse.cluster.keeper;

/** How long a node lives and whether Keeper puts a number behind its name. */
public enum CreateMode {
  PERSISTENT,
  /** Until the session ends that made it. */
  EPHEMERAL,
  /** Ten digits are put behind the name, growing within the parent. */
  PERSISTENT_SEQUENTIAL,
  EPHEMERAL_SEQUENTIAL
}
