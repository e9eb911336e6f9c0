package io.longhouse.cluster.replication.leader;

import io.longhouse.cluster.replication.node.TableMetadata;
import io.longhouse.storage.MergeTreeSettings;
import java.util.Map;

/** How parts must be written for all replicas of a table to read them. */
public final class PartsForOldReplicas {
  private static final String GRANULE_BYTES = "index_granularity_bytes";

  /** What servers of 2018 read: every stream a file of its own, nothing compressed but data. */
  private static final Map<String, String> OLDEST =
      Map.of(
          GRANULE_BYTES,
          "0",
          "enable_mixed_granularity_parts",
          "0",
          "min_bytes_for_wide_part",
          "0",
          "min_rows_for_wide_part",
          "0",
          "compress_marks",
          "0",
          "compress_primary_key",
          "0",
          "ratio_of_defaults_for_sparse_serialization",
          "1",
          "string_serialization_version",
          "single_stream",
          "serialization_info_version",
          "basic",
          "replace_long_file_name_to_hash",
          "0");

  private PartsForOldReplicas() {}

  /**
   * The table's settings as parts are to be written.
   *
   * @param stored what Keeper says of the table: without granularity bytes no part is adaptive
   * @param old whether a replica of a server before 20.3 is registered
   */
  public static MergeTreeSettings settings(
      MergeTreeSettings table, TableMetadata stored, boolean old) {
    MergeTreeSettings result = table;
    if (old) {
      for (Map.Entry<String, String> e : OLDEST.entrySet()) {
        result = result.with(e.getKey(), e.getValue());
      }
    } else if (stored.granularityBytes() == 0) {
      result = result.with(GRANULE_BYTES, "0");
    }
    return result;
  }
}
