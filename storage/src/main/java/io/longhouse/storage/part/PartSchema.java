package io.longhouse.storage.part;

import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import java.util.List;

/**
 * What a part's files need of the table to be read: the types of its keys.
 *
 * @param primaryKey types of the primary key's columns
 * @param partitionKey types of the partition key's columns
 * @param minMaxColumns the columns that the partition key reads
 */
public record PartSchema(
    List<DataType> primaryKey, List<DataType> partitionKey, List<Header.Field> minMaxColumns) {
  /** Neither sorted nor partitioned. */
  public static final PartSchema NONE = new PartSchema(List.of(), List.of(), List.of());

  public PartSchema {
    primaryKey = List.copyOf(primaryKey);
    partitionKey = List.copyOf(partitionKey);
    minMaxColumns = List.copyOf(minMaxColumns);
  }
}
