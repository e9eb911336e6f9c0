package io.longhouse.storage.mergetree;

import io.longhouse.column.ThreadCpu;
import io.longhouse.column.Turns;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.part.PartName;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A merge or mutation that runs: what {@code system.merges} shows. */
public final class MergeProgress {
  private final String table;
  private final PartName result;
  private final List<PartName> sources;
  private final boolean mutation;
  private final long rowsTotal;
  private final long bytesTotal;
  private final long startedNs = System.nanoTime();
  private final long startedCpuNs = ThreadCpu.nowNs();
  private final long threadId = Thread.currentThread().threadId();
  private final AtomicLong rowsRead = new AtomicLong();
  private final AtomicLong rowsWritten = new AtomicLong();
  private volatile boolean cancelled;

  MergeProgress(
      String table,
      PartName result,
      List<PartName> sources,
      boolean mutation,
      long rowsTotal,
      long bytesTotal) {
    this.table = table;
    this.result = result;
    this.sources = List.copyOf(sources);
    this.mutation = mutation;
    this.rowsTotal = rowsTotal;
    this.bytesTotal = bytesTotal;
  }

  public String table() {
    return table;
  }

  public PartName result() {
    return result;
  }

  public List<PartName> sources() {
    return sources;
  }

  public boolean isMutation() {
    return mutation;
  }

  public long rowsTotal() {
    return rowsTotal;
  }

  /** Bytes on disk of the sources. */
  public long bytesTotal() {
    return bytesTotal;
  }

  public long rowsRead() {
    return rowsRead.get();
  }

  public long rowsWritten() {
    return rowsWritten.get();
  }

  /** Share of the rows that were read, 0 to 1. */
  public double progress() {
    return rowsTotal == 0 ? 1 : Math.min(1, (double) rowsRead.get() / rowsTotal);
  }

  /** The thread that does the work. */
  public long threadId() {
    return threadId;
  }

  public long elapsedMs() {
    return (System.nanoTime() - startedNs) / 1_000_000;
  }

  /** Processor time so far, for the thread that does the work. */
  public long cpuNs() {
    return ThreadCpu.nowNs() - startedCpuNs;
  }

  void read(long rows) {
    rowsRead.addAndGet(rows);
  }

  void wrote(long rows) {
    rowsWritten.addAndGet(rows);
  }

  /** Makes the work end with ABORTED (236) before its next block. */
  public void cancel() {
    cancelled = true;
  }

  /** Between blocks: others have their turn, and a cancelled work ends. */
  void check() {
    Turns.between();
    if (cancelled) {
      throw new LonghouseException(ErrorCode.ABORTED, "Cancelled merging parts into " + result);
    }
  }
}
