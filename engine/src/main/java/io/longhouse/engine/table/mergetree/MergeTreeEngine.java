package io.longhouse.engine.table.mergetree;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.storage.MergeTreeSettings;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The engines of the MergeTree family. They differ in what becomes of rows of equal key: see {@link
 * EngineArguments#mode}.
 */
@Register(
    kind = TableEngine.class,
    name = "MergeTree",
    doc = "Sorted parts on disk with a sparse primary index, merged in the background.")
@Register(
    kind = TableEngine.class,
    name = "ReplacingMergeTree",
    doc = "A MergeTree whose merges keep of each key the row of the highest version.")
@Register(
    kind = TableEngine.class,
    name = "SummingMergeTree",
    doc = "A MergeTree whose merges sum the numbers of rows of equal key.")
@Register(
    kind = TableEngine.class,
    name = "AggregatingMergeTree",
    doc = "A MergeTree whose merges combine aggregate states of rows of equal key.")
@Register(
    kind = TableEngine.class,
    name = "CollapsingMergeTree",
    doc = "A MergeTree whose merges let rows of opposite sign cancel each other out.")
@Register(
    kind = TableEngine.class,
    name = "VersionedCollapsingMergeTree",
    doc = "A CollapsingMergeTree whose rows may come in any order, told apart by a version.")
@Register(
    kind = TableEngine.class,
    name = "CoalescingMergeTree",
    doc = "A MergeTree whose merges keep of each column the last value that is not NULL.")
public final class MergeTreeEngine implements TableEngine {
  @Override
  public boolean supportsSortOrder() {
    return true;
  }

  @Override
  public boolean supportsSettings() {
    return true;
  }

  @Override
  public Table create(Definition d) {
    return table(d);
  }

  /**
   * Makes a table that is one of several replicas.
   *
   * @param replication of the table, which is complete but for that
   */
  public static MergeTreeTable create(
      Definition d, Function<MergeTreeTable, Replication> replication) {
    MergeTreeTable table = table(d);
    try {
      table.replicated(replication.apply(table));
      return table;
    } catch (RuntimeException | Error e) {
      if (!d.attach()) {
        table.drop();
      }
      throw e;
    }
  }

  private static MergeTreeTable table(Definition d) {
    StorageClause written = Objects.requireNonNull(d.statement().storage());
    var query = d.context().settings();
    boolean allowsDeprecated = d.attach() || query.isOn("allow_deprecated_syntax_for_merge_tree");
    EngineClause clause = EngineClause.of(written, allowsDeprecated);
    StorageClause kept =
        clause.deprecated()
            ? written
            : EngineClause.normalised(
                written, query.isOn("create_table_empty_primary_key_by_default"));
    if (!kept.ttl().isEmpty() || d.columns().stream().anyMatch(c -> c.ttl() != null)) {
      throw new LonghouseException(ErrorCode.NOT_IMPLEMENTED, "TTL is not implemented");
    }
    if (d.statement().schema() != null && !d.statement().schema().projections().isEmpty()) {
      throw new LonghouseException(ErrorCode.NOT_IMPLEMENTED, "PROJECTION is not implemented");
    }
    return new MergeTreeTable(withStorage(d, kept), settings(clause.keys(), d.context()));
  }

  private static Definition withStorage(Definition d, StorageClause storage) {
    CreateTable s = d.statement();
    var statement =
        new CreateTable(
            s.head(),
            s.schema(),
            storage,
            s.source(),
            s.empty(),
            s.comment(),
            s.attachFrom(),
            s.attachAsReplicated());
    return new Definition(
        d.id(), d.columns(), statement, d.attach(), d.dataPath(), d.analyzer(), d.context());
  }

  static MergeTreeSettings settings(StorageClause s, QueryContext context) {
    Map<String, String> changes = new java.util.HashMap<>();
    var engine = context.service(io.longhouse.engine.session.LocalEngine.class);
    if (engine != null) {
      changes.putAll(engine.config().mergeTree());
    }
    for (Setting x : s.settings()) {
      Expression value = x.value();
      if (value != null) {
        changes.put(x.name(), io.longhouse.engine.statement.SettingText.of(value));
      }
    }
    return MergeTreeSettings.of(changes);
  }
}
