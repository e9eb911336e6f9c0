package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Tables about things that this server does not have, and which are therefore empty; tools ask for
 * them. Their columns stand in {@code empty_tables.tsv}: table, column, type, or after {@code =}
 * the column that it is another name of. When such a thing comes to be, its table gets a class of
 * its own, and its lines there go.
 */
@Register(kind = SystemTable.class, name = "asynchronous_inserts", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "asynchronous_loader", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "azure_queue_metadata_cache", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "azure_queue_settings", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "background_schedule_pool", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "backups", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "certificates", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "dashboards", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "database_replicas", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "detached_tables", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "dictionary_layouts", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "dictionary_sources", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "dimensional_metrics", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "dns_cache", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "dropped_tables_parts", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "fail_points", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "filesystem_cache", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "filesystem_cache_settings", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "graphite_retentions", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "histogram_metrics", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "hypothetical_indexes", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "iceberg_files", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "iceberg_history", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "kafka_consumers", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "models", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "moves", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "named_collections", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "part_moves_between_shards", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "projection_parts", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "projection_parts_columns", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "projections", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "query_cache", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "query_condition_cache", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "remote_data_paths", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "replicated_merge_tree_settings", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "rocksdb", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "s3_queue_settings", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "s3queue_metadata_cache", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "schema_inference_cache", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "settings_changes", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "user_defined_functions", doc = EmptyTable.DOC)
@Register(kind = SystemTable.class, name = "view_refreshes", doc = EmptyTable.DOC)
final class EmptyTable extends SystemTable<Object> {
  static final String DOC = "Empty: this server has nothing of the kind.";

  EmptyTable(String name) {
    super(name, columns(name));
  }

  private static SystemColumns<Object> columns(String table) {
    var columns = new SystemColumns<Object>();
    var resource = Objects.requireNonNull(EmptyTable.class.getResourceAsStream("empty_tables.tsv"));
    try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] f = line.split("\t");
        if (f[0].equals(table)) {
          if (f[2].startsWith("= ")) {
            columns.alias(f[1], f[2].substring(2));
          } else {
            columns.empty(f[1], f[2]);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return columns;
  }

  @Override
  protected Iterable<Object> rows(QueryContext context) {
    return List.of();
  }
}
