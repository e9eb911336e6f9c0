package io.longhouse.cluster.distributed.insert;

import org.jspecify.annotations.Nullable;

/** A table that sends rows in the background. */
public interface Queued {
  /** What waits; null where nothing is kept on disk. */
  @Nullable InsertQueue insertQueue();
}
