package io.longhouse.storage.mergetree;

import io.longhouse.storage.part.DataPart;
import java.util.concurrent.atomic.AtomicBoolean;

/** A set of parts that somebody reads; their files are not removed before it is closed. */
public final class SnapshotLease implements AutoCloseable {
  private final PartSnapshot snapshot;
  private final AtomicBoolean closed = new AtomicBoolean();

  SnapshotLease(PartSnapshot snapshot) {
    this.snapshot = snapshot;
    snapshot.parts().forEach(DataPart::retain);
  }

  public PartSnapshot snapshot() {
    return snapshot;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      snapshot.parts().forEach(DataPart::release);
    }
  }
}
