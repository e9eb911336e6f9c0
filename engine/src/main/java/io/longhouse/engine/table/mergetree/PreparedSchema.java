package io.longhouse.engine.table.mergetree;

import io.longhouse.column.hash.SipHash;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.mergetree.MergeTreeMetadata;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change that has been checked and is still to be made. */
public record PreparedSchema(
    List<ColumnDefinition> columns,
    CreateTable definition,
    MergeTreeMetadata metadata,
    MergeTreeSettings settings) {
  /** Whether only settings or the comment differ: those are each replica's own. */
  boolean isLocal(MergeTreeTable table) {
    CreateTable before = table.definition();
    return java.util.Objects.equals(before.schema(), definition.schema())
        && withoutSettings(before).equals(withoutSettings(definition));
  }

  /** What of the change is each replica's own, without the rest of it; null for nothing. */
  @Nullable PreparedSchema localPart(MergeTreeTable table) {
    CreateTable before = table.definition();
    StorageClause s = java.util.Objects.requireNonNull(before.storage());
    StorageClause after = java.util.Objects.requireNonNull(definition.storage());
    boolean same =
        s.settings().equals(after.settings())
            && java.util.Objects.equals(before.comment(), definition.comment());
    if (same) {
      return null;
    }
    var storage =
        new StorageClause(
            s.engine(),
            s.partitionBy(),
            s.primaryKey(),
            s.orderBy(),
            s.sampleBy(),
            s.uniqueKey(),
            s.ttl(),
            after.settings());
    var changed =
        new CreateTable(
            before.head(),
            before.schema(),
            storage,
            before.source(),
            false,
            definition.comment(),
            null,
            null);
    return new PreparedSchema(table.columns(), changed, table.data().metadata(), settings);
  }

  private static StorageClause withoutSettings(CreateTable definition) {
    StorageClause s = java.util.Objects.requireNonNull(definition.storage());
    return new StorageClause(
        s.engine(),
        s.partitionBy(),
        s.primaryKey(),
        s.orderBy(),
        s.sampleBy(),
        s.uniqueKey(),
        s.ttl(),
        List.of());
  }

  String digest() {
    return digest(columns);
  }

  /** Makes the change: the definition on disk first, then the table in memory. */
  void commit(MergeTreeTable table, @Nullable Database database) {
    CreateTable before = table.definition();
    table.redefined(definition);
    try {
      if (database != null) {
        database.changed(table);
      }
    } catch (RuntimeException e) {
      table.redefined(before);
      throw e;
    }
    table.data().settings(settings);
    table.altered(columns, definition, metadata);
  }

  /** What tells these columns from others. */
  static String digest(List<ColumnDefinition> columns) {
    var text = new StringBuilder();
    for (ColumnDefinition c : columns) {
      text.append(c.name()).append(' ').append(c.type().name()).append('\n');
    }
    byte[] bytes = ByteText.encode(text.toString());
    return HexFormat.of().toHexDigits(SipHash.hash64(bytes, 0, bytes.length));
  }
}
