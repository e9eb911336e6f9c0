package io.longhouse.storage.mergetree;

import io.longhouse.column.type.DataType;
import io.longhouse.function.expr.Expr;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The columns that go through a merge: all of a table, or those that a SELECT with FINAL needs.
 *
 * @param sortingKey over these columns
 * @param sortColumns names of columns that are themselves in the sorting key
 * @param keyInputs names of columns that the sorting key or the partition key reads
 */
record MergeColumns(
    List<String> names,
    List<DataType> types,
    List<Expr> sortingKey,
    Set<String> sortColumns,
    Set<String> keyInputs) {
  MergeColumns {
    names = List.copyOf(names);
    types = List.copyOf(types);
    sortingKey = List.copyOf(sortingKey);
  }

  /** All stored columns of a table. */
  static MergeColumns of(MergeTreeMetadata metadata) {
    return of(
        metadata,
        metadata.columns().stream().map(TableColumn::name).toList(),
        metadata.columns().stream().map(TableColumn::type).toList());
  }

  /**
   * Some columns.
   *
   * @param names all that the sorting key reads are among them
   */
  static MergeColumns of(MergeTreeMetadata metadata, List<String> names, List<DataType> types) {
    List<TableColumn> columns = metadata.columns();
    Set<String> sortColumns = new HashSet<>();
    var inputs = new TreeSet<Integer>();
    for (Expr e : metadata.sortingKey()) {
      if (e instanceof Expr.Input i) {
        sortColumns.add(columns.get(i.index()).name());
      }
      MergeTreeMetadata.collectInputs(e, inputs);
    }
    metadata.partitionKey().forEach(e -> MergeTreeMetadata.collectInputs(e, inputs));
    Set<String> keyInputs = new HashSet<>();
    inputs.forEach(i -> keyInputs.add(columns.get(i).name()));
    List<Expr> key = metadata.sortingKey().stream().map(e -> moved(e, columns, names)).toList();
    return new MergeColumns(names, types, key, sortColumns, keyInputs);
  }

  private static Expr moved(Expr e, List<TableColumn> columns, List<String> names) {
    return e instanceof Expr.Input i
        ? new Expr.Input(names.indexOf(columns.get(i.index()).name()), i.type())
        : e.mapChildren(c -> moved(c, columns, names));
  }

  int size() {
    return names.size();
  }

  /** The place of a column, or -1. */
  int place(String name) {
    return names.indexOf(name);
  }

  List<DataType> sortingTypes() {
    return sortingKey.stream().map(Expr::type).toList();
  }
}
