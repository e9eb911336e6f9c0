package io.longhouse.engine.session;

import java.util.concurrent.atomic.LongAdder;

/** What a query has done so far. Written by its worker threads, read by anybody. */
public final class Progress {
  public final LongAdder readRows = new LongAdder();
  public final LongAdder readBytes = new LongAdder();
  public final LongAdder totalRowsToRead = new LongAdder();
  public final LongAdder writtenRows = new LongAdder();
  public final LongAdder writtenBytes = new LongAdder();
  public final LongAdder resultRows = new LongAdder();
  public final LongAdder resultBytes = new LongAdder();

  /** The counters at one moment. */
  public record Snapshot(
      long readRows,
      long readBytes,
      long totalRowsToRead,
      long writtenRows,
      long writtenBytes,
      long resultRows,
      long resultBytes,
      long elapsedNs,
      long memoryUsage,
      long peakMemoryUsage) {}

  /** The counters now; time and memory are the caller's to add. */
  public Snapshot snapshot(long elapsedNs, long memoryUsage, long peakMemoryUsage) {
    return new Snapshot(
        readRows.sum(),
        readBytes.sum(),
        totalRowsToRead.sum(),
        writtenRows.sum(),
        writtenBytes.sum(),
        resultRows.sum(),
        resultBytes.sum(),
        elapsedNs,
        memoryUsage,
        peakMemoryUsage);
  }
}
