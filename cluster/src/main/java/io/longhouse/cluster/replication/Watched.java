package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.KeeperSession;
import org.jspecify.annotations.Nullable;

/** A watch that is set again only after it was told, so that watches do not pile up. */
final class Watched {
  private final Runnable told;
  private @Nullable KeeperSession set;

  Watched(Runnable told) {
    this.told = told;
  }

  /** What is to be told; null if it is set already. */
  synchronized @Nullable Runnable in(KeeperSession session) {
    if (set == session) {
      return null;
    }
    set = session;
    return () -> told(session);
  }

  private void told(KeeperSession session) {
    synchronized (this) {
      if (set == session) {
        set = null;
      }
    }
    told.run();
  }

  /** It may not have been set. */
  synchronized void forget() {
    set = null;
  }
}
