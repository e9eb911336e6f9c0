package io.longhouse.storage.mergetree;

import io.longhouse.function.expr.Expr;
import io.longhouse.storage.index.KeyCondition;
import io.longhouse.storage.index.KeyConditionText;
import io.longhouse.storage.index.MarkRange;
import io.longhouse.storage.part.DataPart;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What each index of a table leaves to be read, step by step, in the lines of EXPLAIN. */
public final class IndexUse {
  private final MergeTreeMetadata metadata;
  private final List<String> columns;
  private final @Nullable Expr predicate;
  private final List<String> lines = new ArrayList<>();
  private List<DataPart> parts;
  private int granules;

  private IndexUse(List<DataPart> parts, MergeTreeMetadata metadata, @Nullable Expr predicate) {
    this.metadata = metadata;
    this.columns = metadata.columns().stream().map(TableColumn::name).toList();
    this.predicate = predicate;
    this.parts = parts;
    this.granules = parts.stream().mapToInt(p -> p.granularity().count()).sum();
  }

  /**
   * The lines behind {@code Indexes:}.
   *
   * @param predicate over the table's columns, null for all rows
   */
  public static List<String> lines(MergeTreeData data, @Nullable Expr predicate) {
    var use = new IndexUse(data.snapshot().parts(), data.metadata(), predicate);
    use.addAll();
    return use.lines;
  }

  private void addAll() {
    if (!metadata.partitionKey().isEmpty()) {
      List<Expr> minMax = new ArrayList<>();
      for (int i : metadata.minMaxColumns()) {
        minMax.add(new Expr.Input(i, metadata.columns().get(i).type()));
      }
      var byMinMax = KeyCondition.of(predicate, minMax);
      step(
          "Min-Max",
          new KeyConditionText(byMinMax, minMax, columns),
          p -> Selection.canPass(byMinMax, p.minMax()));
      var byPartition = KeyCondition.of(predicate, metadata.partitionKey());
      step(
          "Partition",
          new KeyConditionText(byPartition, metadata.partitionKey(), columns),
          p -> Selection.canPass(byPartition, p, metadata));
    }
    if (!metadata.primaryKey().isEmpty()) {
      addPrimaryKey();
    }
  }

  private void step(String title, KeyConditionText condition, Predicate<DataPart> passes) {
    List<DataPart> left = parts.stream().filter(passes).toList();
    int granulesLeft = left.stream().mapToInt(p -> p.granularity().count()).sum();
    add(title, condition, left.size(), granulesLeft);
    parts = left;
    granules = granulesLeft;
  }

  private void add(String title, KeyConditionText condition, int partsLeft, int granulesLeft) {
    lines.add(title);
    List<String> keys = condition.keys();
    if (!keys.isEmpty()) {
      lines.add("  Keys:");
      keys.forEach(k -> lines.add("    " + k));
    }
    lines.add("  Condition: " + condition);
    lines.add("  Parts: " + partsLeft + "/" + parts.size());
    lines.add("  Granules: " + granulesLeft + "/" + granules);
  }

  private void addPrimaryKey() {
    var byPrimary = KeyCondition.of(predicate, metadata.primaryKey());
    var text = new KeyConditionText(byPrimary, metadata.primaryKey(), columns);
    int partsLeft = 0;
    int granulesLeft = 0;
    int ranges = 0;
    for (DataPart p : parts) {
      List<MarkRange> of = Selection.ranges(p, byPrimary);
      partsLeft += of.isEmpty() ? 0 : 1;
      ranges += of.size();
      granulesLeft += of.stream().mapToInt(MarkRange::count).sum();
    }
    add("PrimaryKey", text, partsLeft, granulesLeft);
    if (!byPrimary.isUseless() && !parts.isEmpty()) {
      lines.add(
          "  Search Algorithm: "
              + (text.isOneRange() ? "binary search" : "generic exclusion search"));
    }
    lines.add("Ranges: " + ranges);
  }
}
