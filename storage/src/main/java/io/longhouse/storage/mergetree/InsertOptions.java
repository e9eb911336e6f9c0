package io.longhouse.storage.mergetree;

/**
 * What a query's settings say about an INSERT.
 *
 * @param partitionsMax {@code max_partitions_per_insert_block}; 0 for no limit
 * @param throwOnPartitions whether more of them are an error
 * @param collapse {@code optimize_on_insert}
 * @param queryId of the INSERT, for {@code system.part_log}
 */
public record InsertOptions(
    int partitionsMax, boolean throwOnPartitions, boolean collapse, String queryId) {
  public static final InsertOptions DEFAULT = new InsertOptions(100, true, true, "");
}
