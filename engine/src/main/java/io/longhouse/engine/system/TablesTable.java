package io.longhouse.engine.system;

import io.longhouse.engine.catalog.AtomicDatabase;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.catalog.FileNames;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.session.SecretText;
import io.longhouse.engine.statement.TableDefinitions;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.engine.table.view.MaterializedView;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.CreateMaterializedView;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.format.Formatter;
import io.longhouse.storage.part.DataPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.tables}. Loading dependencies, parameterised views, caches of column descriptions
 * and mutations on the fly do not exist here; their columns have defaults.
 */
@Register(kind = SystemTable.class, name = "tables", doc = "The tables of this server.")
final class TablesTable extends SystemTable<TablesTable.Row> {
  /** A table, opened for those columns that need it, with what they need of the server. */
  record Row(TableRows of, @Nullable Path root, QueryContext context) {
    Table table() {
      return of.table();
    }

    /** Whether a row policy hides some of its rows. */
    boolean narrowed() {
      return of.isNarrowed(context);
    }

    Clauses clauses() {
      return Clauses.of(table());
    }

    List<TableId> dependencies() {
      return context.require(Catalog.class).views().of(table().id()).stream()
          .map(MaterializedView::id)
          .toList();
    }

    @Nullable Path metadata() {
      var d = context.require(Catalog.class).find(of.database());
      return root == null || d == null || !d.hasUuids() || isSystem()
          ? null
          : AtomicDatabase.store(root, d.uuid()).resolve(FileNames.escape(of.name()) + ".sql");
    }

    boolean isSystem() {
      return table() instanceof SystemTable;
    }

    List<DataPart> parts() {
      return table() instanceof MergeTreeTable m ? m.data().snapshot().parts() : List.of();
    }

    @Nullable Long merged(long value) {
      return table() instanceof MergeTreeTable && !narrowed() ? value : null;
    }
  }

  TablesTable() {
    super("tables", details(statistics(identity(new SystemColumns<>()))));
  }

  private static SystemColumns<Row> identity(SystemColumns<Row> columns) {
    return columns
        .text("database", r -> r.of.database())
        .text("name", r -> r.of.name())
        .add("uuid", "UUID", r -> r.of.entry().uuid())
        .text("engine", r -> r.of.entry().engine())
        .flag("is_temporary", r -> r.of.temporary())
        .add("data_paths", "Array(String)", TablesTable::dataPaths)
        .text("metadata_path", TablesTable::metadataPath)
        .add("metadata_modification_time", "DateTime", TablesTable::modified)
        .add("metadata_version", "Int32", TablesTable::version)
        .add(
            "dependencies_database",
            "Array(String)",
            r -> r.dependencies().stream().map(TableId::database).toList())
        .add(
            "dependencies_table",
            "Array(String)",
            r -> r.dependencies().stream().map(TableId::name).toList())
        .text("create_table_query", TablesTable::create)
        .text("engine_full", r -> SecretText.masked(r.clauses().engineFull()))
        .text("as_select", r -> SecretText.masked(r.clauses().asSelect()))
        .empty("parameterized_view_parameters", "Array(Tuple(name String, type String))")
        .text("partition_key", r -> Clauses.text(r.clauses().partition()))
        .text("sorting_key", r -> Clauses.text(r.clauses().sorting()))
        .text("primary_key", r -> Clauses.text(r.clauses().primary()))
        .text("sampling_key", r -> Clauses.text(r.clauses().sampling()))
        .empty("unique_key", "String")
        .text("storage_policy", r -> r.table() instanceof MergeTreeTable ? "default" : "");
  }

  private static SystemColumns<Row> statistics(SystemColumns<Row> columns) {
    return columns
        .add(
            "total_rows",
            "Nullable(UInt64)",
            r -> r.narrowed() ? null : known(r.table().totalRows()))
        .add(
            "total_bytes",
            "Nullable(UInt64)",
            r -> r.narrowed() ? null : known(r.table().totalBytes()))
        .add(
            "total_bytes_uncompressed",
            "Nullable(UInt64)",
            r -> r.merged(PartFiles.of(r.parts()).dataUncompressed()))
        .add("parts", "Nullable(UInt64)", TablesTable::partCount)
        .add("active_parts", "Nullable(UInt64)", r -> r.merged(r.parts().size()))
        .add(
            "total_marks",
            "Nullable(UInt64)",
            r -> r.merged(r.parts().stream().mapToLong(PartFiles::marks).sum()))
        .empty("active_on_fly_data_mutations", "UInt64")
        .empty("active_on_fly_alter_mutations", "UInt64")
        .empty("active_on_fly_metadata_mutations", "UInt64")
        .empty("columns_descriptions_cache_size", "UInt64")
        .empty("lifetime_rows", "Nullable(UInt64)")
        .empty("lifetime_bytes", "Nullable(UInt64)");
  }

  private static SystemColumns<Row> details(SystemColumns<Row> columns) {
    return columns
        .text("comment", r -> r.clauses().comment())
        .flag("has_own_data", r -> r.table().hasOwnData())
        .empty("loading_dependencies_database", "Array(String)")
        .empty("loading_dependencies_table", "Array(String)")
        .empty("loading_dependent_database", "Array(String)")
        .empty("loading_dependent_table", "Array(String)")
        .text("target_database", r -> target(r) instanceof Identifier i ? i.qualifier() : null)
        .text("target_table", r -> target(r) instanceof Identifier i ? i.last() : null)
        .empty("definer", "String")
        .alias("table", "name");
  }

  private static @Nullable Identifier target(Row r) {
    return r.table().definition() instanceof CreateMaterializedView v ? v.to() : null;
  }

  private static @Nullable Long known(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static @Nullable Long partCount(Row r) {
    return r.table() instanceof MergeTreeTable m && !r.narrowed()
        ? (long) (r.parts().size() + m.data().outdated().size())
        : null;
  }

  private static String create(Row r) {
    return r.table().definition() == null
        ? ""
        : SecretText.masked(Formatter.formatOneLine(TableDefinitions.create(r.table())));
  }

  private static List<String> dataPaths(Row r) {
    return r.table().dataPaths().stream().map(p -> p.toAbsolutePath() + "/").toList();
  }

  private static String metadataPath(Row r) {
    Path file = r.metadata();
    Path root = r.root;
    return file == null || root == null ? "" : root.relativize(file).toString();
  }

  private static @Nullable Instant modified(Row r) {
    Path file = r.metadata();
    try {
      return file == null ? null : Files.getLastModifiedTime(file).toInstant();
    } catch (NoSuchFileException e) {
      return null; // the table was dropped meanwhile
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long version(Row r) {
    return r.table() instanceof MergeTreeTable m ? m.data().metadata().version() : 0;
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<Row> rows(QueryContext context, WantedNames names) {
    Path root = context.require(LocalEngine.class).config().path();
    return TableRows.all(context, names).stream().map(t -> new Row(t, root, context)).toList();
  }

  @Override
  protected String tableColumn() {
    return "name";
  }
}
