package io.longhouse.storage.mergetree;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.part.DataPart;
import java.util.List;

/** When an INSERT has to wait for merges, and when it is refused. */
final class InsertLimits {
  /** Merges take a while. */
  private static final int RETRY_SEC = 10;

  private InsertLimits() {}

  static void checkPartitions(int count, InsertOptions options) {
    if (options.partitionsMax() > 0
        && options.throwOnPartitions()
        && count > options.partitionsMax()) {
      throw new LonghouseException(
          ErrorCode.TOO_MANY_PARTS,
          "Too many partitions for single INSERT block (more than "
              + options.partitionsMax()
              + "). The limit is controlled by 'max_partitions_per_insert_block' setting. Large"
              + " number of partitions is a common misconception. It will lead to severe negative"
              + " performance impact, including slow server startup, slow INSERT queries and slow"
              + " SELECT queries. Recommended total number of partitions for a table is under"
              + " 1000..10000. Please note, that partitioning is not intended to speed up SELECT"
              + " queries (ORDER BY key is sufficient to make range queries fast). Partitions are"
              + " intended for data manipulation (DROP PARTITION, etc).");
    }
  }

  /**
   * Slows an INSERT into a partition of many parts down, and refuses it when there are too many.
   */
  static void delayIfManyParts(List<PartitionSplit> splits, MergeTreeData data) {
    PartSnapshot now = data.snapshot();
    MergeTreeSettings settings = data.settings();
    long delay = settings.number("parts_to_delay_insert");
    long limit = settings.number("parts_to_throw_insert");
    for (PartitionSplit s : splits) {
      List<DataPart> parts = now.ofPartition(s.id());
      if (limit > 0 && parts.size() >= limit) {
        long average =
            parts.stream().mapToLong(DataPart::bytesOnDisk).sum() / Math.max(1, parts.size());
        throw new LonghouseException(
            ErrorCode.TOO_MANY_PARTS,
            "Too many parts ("
                + parts.size()
                + " with average size of "
                + io.longhouse.column.MemoryTracker.readable(average)
                + ") in table '"
                + data.table()
                + "'. Merges are processing significantly slower than inserts. The limit is "
                + limit
                + " (parts_to_throw_insert). Try again in "
                + RETRY_SEC
                + " s",
            RETRY_SEC);
      }
      if (delay > 0 && parts.size() >= delay) {
        double excess = (double) (parts.size() - delay + 1) / Math.max(1, limit - delay);
        pause((long) (1000 * settings.number("max_delay_to_insert") * Math.min(1, excess)));
      }
    }
  }

  private static void pause(long ms) {
    try {
      Thread.sleep(Math.max(10, ms));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled", e);
    }
  }
}
