package io.longhouse.storage.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.DistinctValues;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.expr.Program;
import io.longhouse.storage.part.PartitionIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a block that belong to one partition.
 *
 * @param key the values of the partition key, one row each
 */
record PartitionSplit(String id, List<Column> key, Block block) {
  /** A block's rows by partition, in the order in which partitions first occur. */
  static List<PartitionSplit> of(MergeTreeMetadata metadata, Block block) {
    if (metadata.partitionKey().isEmpty()) {
      return List.of(new PartitionSplit("all", List.of(), block));
    }
    List<DataType> types = metadata.partitionTypes();
    Column[] key = new Program(metadata.partitionKey()).evaluate(block);
    int rows = block.rows();
    boolean one = true;
    for (int i = 0; i < key.length; i++) {
      one &= isSame(types.get(i), key[i]);
    }
    if (one) {
      return List.of(split(types, key, 0, block));
    }
    return byValue(types, key, block, rows);
  }

  private static boolean isSame(DataType type, Column c) {
    if (c instanceof ConstColumn || c.size() == 1) {
      return true;
    }
    if (!type.hasOrderLongs()) {
      return false;
    }
    long[] order = new long[c.size()];
    type.orderLongs(c.full(), 0, order.length, order);
    long different = 0;
    for (long v : order) {
      different |= v ^ order[0];
    }
    return different == 0;
  }

  private static List<PartitionSplit> byValue(
      List<DataType> types, Column[] key, Block block, int rows) {
    Column tuple = new TupleColumn(Arrays.stream(key).map(Column::full).toList(), rows);
    ColumnBuilder values = new TupleType(types).newBuilder(16);
    var distinct = new DistinctValues(values);
    int[] partition = new int[rows];
    for (int r = 0; r < rows; r++) {
      partition[r] = distinct.indexOf(tuple, r);
    }
    int[] counts = new int[distinct.size()];
    for (int p : partition) {
      counts[p]++;
    }
    int[][] members = new int[counts.length][];
    int[] filled = new int[counts.length];
    for (int p = 0; p < counts.length; p++) {
      members[p] = new int[counts[p]];
    }
    for (int r = 0; r < rows; r++) {
      int p = partition[r];
      members[p][filled[p]++] = r;
    }
    List<PartitionSplit> splits = new ArrayList<>();
    for (int[] m : members) {
      splits.add(split(types, key, m[0], block.select(m, m.length)));
    }
    return splits;
  }

  private static PartitionSplit split(List<DataType> types, Column[] key, int row, Block block) {
    List<Column> values = new ArrayList<>();
    for (Column c : key) {
      values.add(c.gather(new int[] {row}, 1).full().plain());
    }
    return new PartitionSplit(PartitionIds.of(types, values, 0), values, block);
  }
}
