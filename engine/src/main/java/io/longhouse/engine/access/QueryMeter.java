package io.longhouse.engine.access;

import io.longhouse.engine.access.Quota.Resource;
import io.longhouse.engine.session.Progress;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes what a query reads, writes and sends on to its quotas, block by block: a limit is overshot
 * by what its threads have in hand at that moment, at most a block each.
 */
public final class QueryMeter {
  static final List<Resource> MEASURED =
      List.of(
          Resource.READ_ROWS,
          Resource.READ_BYTES,
          Resource.RESULT_ROWS,
          Resource.RESULT_BYTES,
          Resource.WRITTEN_BYTES,
          Resource.EXECUTION_TIME);

  private final SessionQuota quota;
  private final Progress progress;
  private final long startNs = System.nanoTime();
  private final ReentrantLock one = new ReentrantLock();
  private long readRows;
  private long readBytes;
  private long resultRows;
  private long resultBytes;
  private long writtenBytes;
  private long timeNs;

  public QueryMeter(SessionQuota quota, Progress progress) {
    this.quota = quota;
    this.progress = progress;
  }

  /**
   * Called between blocks by any of the query's threads.
   *
   * @throws io.longhouse.sql.LonghouseException QUOTA_EXCEEDED (201)
   */
  public void report() {
    if (quota.isEmpty()) {
      return;
    }
    one.lock();
    try {
      pass(true);
    } finally {
      one.unlock();
    }
  }

  /** What is left at the end of the query, whatever the limits say. */
  public void end() {
    if (quota.isEmpty()) {
      return;
    }
    one.lock();
    try {
      pass(false);
    } finally {
      one.unlock();
    }
  }

  private void pass(boolean checks) {
    long rows = progress.readRows.sum();
    long bytes = progress.readBytes.sum();
    long outRows = progress.resultRows.sum();
    long outBytes = progress.resultBytes.sum();
    long written = progress.writtenBytes.sum();
    long time = System.nanoTime() - startNs;
    long[] more = {
      rows - readRows,
      bytes - readBytes,
      outRows - resultRows,
      outBytes - resultBytes,
      written - writtenBytes,
      time - timeNs
    };
    readRows = rows;
    readBytes = bytes;
    resultRows = outRows;
    resultBytes = outBytes;
    writtenBytes = written;
    timeNs = time;
    for (int i = 0; i < more.length; i++) {
      if (more[i] > 0) {
        quota.note(MEASURED.get(i), more[i]);
      }
    }
    if (checks) {
      quota.checkMeasured();
    }
  }
}
