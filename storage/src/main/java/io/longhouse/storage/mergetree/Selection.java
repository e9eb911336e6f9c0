package io.longhouse.storage.mergetree;

import io.longhouse.function.expr.Expr;
import io.longhouse.storage.index.KeyCondition;
import io.longhouse.storage.index.KeySpace;
import io.longhouse.storage.index.MarkRange;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.MinMaxIndex;
import io.longhouse.storage.part.PrimaryIndex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The granules that a condition leaves to be read, and how many there were at each step.
 *
 * @param partsTotal of the table
 * @param partsByPartition left by the values of the partition key
 * @param granulesTotal of the parts left by the partition key
 * @param usesPartitions whether the condition says anything about the partition key's columns
 * @param usesPrimaryKey whether it says anything about the primary key
 */
public record Selection(
    List<PartRange> parts,
    int partsTotal,
    int partsByPartition,
    int granulesTotal,
    boolean usesPartitions,
    boolean usesPrimaryKey) {
  public Selection {
    parts = List.copyOf(parts);
  }

  public int granules() {
    return parts.stream().mapToInt(PartRange::granules).sum();
  }

  public long rows() {
    return parts.stream().mapToLong(PartRange::rows).sum();
  }

  /**
   * Asks the indexes of all parts.
   *
   * @param predicate over the table's columns, null for all rows
   */
  static Selection of(PartSnapshot snapshot, MergeTreeMetadata metadata, @Nullable Expr predicate) {
    return of(snapshot, metadata, predicate, predicate);
  }

  /**
   * The same with another condition for whole parts.
   *
   * @param predicate for the primary index
   * @param ofPartition for the partition key and the bounds of its columns
   */
  static Selection of(
      PartSnapshot snapshot,
      MergeTreeMetadata metadata,
      @Nullable Expr predicate,
      @Nullable Expr ofPartition) {
    List<Integer> minMaxPlaces = metadata.minMaxColumns();
    List<Expr> minMaxKey = new ArrayList<>();
    for (int i : minMaxPlaces) {
      minMaxKey.add(new Expr.Input(i, metadata.columns().get(i).type()));
    }
    var byMinMax = KeyCondition.of(ofPartition, minMaxKey);
    var byPartition = KeyCondition.of(ofPartition, metadata.partitionKey());
    var byPrimary = KeyCondition.of(predicate, metadata.primaryKey());
    List<PartRange> parts = new ArrayList<>();
    int leftByPartition = 0;
    int granules = 0;
    long startRow = 0;
    for (int i = 0; i < snapshot.parts().size(); i++) {
      DataPart part = snapshot.parts().get(i);
      boolean possible = canPass(byMinMax, part.minMax()) && canPass(byPartition, part, metadata);
      if (!possible || part.rows() == 0) {
        continue;
      }
      leftByPartition++;
      granules += part.granularity().count();
      List<MarkRange> ranges = ranges(part, byPrimary);
      if (!ranges.isEmpty()) {
        var range = new PartRange(part, i, startRow, ranges);
        startRow += part.rows();
        parts.add(range);
      }
    }
    return new Selection(
        parts,
        snapshot.parts().size(),
        leftByPartition,
        granules,
        !byMinMax.isUseless() || !byPartition.isUseless(),
        !byPrimary.isUseless());
  }

  static boolean canPass(KeyCondition condition, @Nullable MinMaxIndex minMax) {
    if (condition.isAlwaysFalse()) {
      return false;
    }
    if (condition.isUseless() || minMax == null || minMax.columns().isEmpty()) {
      return true;
    }
    return new KeySpace(
            condition, minMax.ranges(), minMax.columns().stream().map(f -> f.type()).toList())
        .canBeTrueInBox(0, 1);
  }

  static boolean canPass(KeyCondition condition, DataPart part, MergeTreeMetadata metadata) {
    if (condition.isUseless() || part.partition().isEmpty()) {
      return true;
    }
    return new KeySpace(condition, part.partition(), metadata.partitionTypes())
        .canBeTrueInBox(0, 0);
  }

  static List<MarkRange> ranges(DataPart part, KeyCondition condition) {
    int granules = part.granularity().count();
    if (condition.isUseless() || condition.keyColumns() == 0) {
      return List.of(new MarkRange(0, granules));
    }
    PrimaryIndex index = part.primaryIndex();
    if (index.rows() < granules) {
      return List.of(new MarkRange(0, granules));
    }
    List<io.longhouse.column.Column> rows = new ArrayList<>();
    for (int i = 0; i < index.types().size(); i++) {
      rows.add(index.column(i));
    }
    var space = new KeySpace(condition, rows, index.types());
    return MarkRange.select(space, granules, index.rows());
  }
}
