package io.longhouse.storage.mergetree;

/**
 * What a query's settings say about an INSERT.
 *
 * @param partitionsMax {@code max_partitions_per_insert_block}; 0 for no limit
 * @param throwOnPartitions whether more of them are an error
 * @param collapse {@code optimize_on_insert}
 */
public record InsertOptions(int partitionsMax, boolean throwOnPartitions, boolean collapse) {
  public static final InsertOptions DEFAULT = new InsertOptions(100, true, true);
}
