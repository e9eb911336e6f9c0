package io.longhouse.storage.mergetree;

import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.function.expr.Expr;
import io.longhouse.storage.part.PartSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table as storage needs to know it. Expressions are over the stored columns: {@code Input(i)} is
 * column i.
 *
 * @param sortingKey may be empty
 * @param primaryKeySize how many of the sorting key's expressions are in the primary index
 * @param version how often the columns were altered
 * @param samplingKey one of the primary key's expressions, an unsigned number; null without SAMPLE
 *     BY
 */
public record MergeTreeMetadata(
    List<TableColumn> columns,
    List<Expr> sortingKey,
    int primaryKeySize,
    List<Expr> partitionKey,
    long version,
    @Nullable Expr samplingKey) {
  public MergeTreeMetadata(
      List<TableColumn> columns,
      List<Expr> sortingKey,
      int primaryKeySize,
      List<Expr> partitionKey,
      long version) {
    this(columns, sortingKey, primaryKeySize, partitionKey, version, null);
  }

  public MergeTreeMetadata {
    columns = List.copyOf(columns);
    sortingKey = List.copyOf(sortingKey);
    partitionKey = List.copyOf(partitionKey);
  }

  /** The same with another version. */
  public MergeTreeMetadata withVersion(long other) {
    return new MergeTreeMetadata(
        columns, sortingKey, primaryKeySize, partitionKey, other, samplingKey);
  }

  public List<Expr> primaryKey() {
    return sortingKey.subList(0, primaryKeySize);
  }

  /** The place of a column, or -1. */
  public int place(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    return -1;
  }

  public Map<String, Integer> places() {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      places.put(columns.get(i).name(), i);
    }
    return places;
  }

  public List<DataType> sortingTypes() {
    return sortingKey.stream().map(Expr::type).toList();
  }

  public List<DataType> primaryTypes() {
    return primaryKey().stream().map(Expr::type).toList();
  }

  public List<DataType> partitionTypes() {
    return partitionKey.stream().map(Expr::type).toList();
  }

  /** Places of the columns that the partition key reads. */
  public List<Integer> minMaxColumns() {
    Set<Integer> places = new LinkedHashSet<>();
    partitionKey.forEach(e -> collectInputs(e, places));
    return new ArrayList<>(places);
  }

  static void collectInputs(Expr e, Set<Integer> places) {
    if (e instanceof Expr.Input i) {
      places.add(i.index());
    }
    e.children().forEach(c -> collectInputs(c, places));
  }

  public PartSchema partSchema() {
    List<Header.Field> minMax =
        minMaxColumns().stream()
            .map(i -> new Header.Field(columns.get(i).name(), columns.get(i).type()))
            .toList();
    return new PartSchema(primaryTypes(), partitionTypes(), minMax);
  }
}
