package io.longhouse.engine.table.mergetree;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.mergetree.MergeMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ENGINE = MergeTree}. */
@Register(
    kind = TableEngine.class,
    name = "MergeTree",
    doc = "Sorted parts on disk with a sparse primary index, merged in the background.")
final class MergeTreeEngine implements TableEngine {
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
    StorageClause storage = d.statement().storage();
    if (storage == null || storage.engine() == null) {
      throw new IllegalArgumentException("no engine");
    }
    StorageClause modern = modern(storage, storage.engine(), d);
    if (!modern.ttl().isEmpty() || d.columns().stream().anyMatch(c -> c.ttl() != null)) {
      throw new LonghouseException(ErrorCode.NOT_IMPLEMENTED, "TTL is not implemented");
    }
    if (d.statement().schema() != null && !d.statement().schema().projections().isEmpty()) {
      throw new LonghouseException(ErrorCode.NOT_IMPLEMENTED, "PROJECTION is not implemented");
    }
    return new MergeTreeTable(
        withStorage(d, modern), settings(modern, d.context()), MergeMode.ORDINARY);
  }

  private static Definition withStorage(Definition d, StorageClause storage) {
    CreateTable s = d.statement();
    CreateHead head = s.head();
    var statement =
        new CreateTable(
            head,
            s.schema(),
            withGranularity(storage),
            s.source(),
            s.empty(),
            s.comment(),
            s.attachFrom(),
            s.attachAsReplicated());
    return new Definition(
        d.id(), d.columns(), statement, d.attach(), d.dataPath(), d.analyzer(), d.context());
  }

  /** As in ClickHouse, a definition always says its index granularity. */
  private static StorageClause withGranularity(StorageClause s) {
    if (s.settings().stream().anyMatch(x -> x.name().equals("index_granularity"))) {
      return s;
    }
    List<Setting> settings = new ArrayList<>(s.settings());
    settings.add(new Setting("index_granularity", Literal.of(8192)));
    return new StorageClause(
        s.engine(),
        s.partitionBy(),
        s.primaryKey(),
        s.orderBy(),
        s.sampleBy(),
        s.uniqueKey(),
        s.ttl(),
        settings);
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

  /**
   * {@code MergeTree(date, [sample,] key, granularity)}: the syntax of 2016, where it is allowed.
   */
  private static StorageClause modern(StorageClause s, FunctionCall engine, Definition d) {
    List<Expression> args = engine.arguments();
    if (args.isEmpty()) {
      return s;
    }
    if (!d.context().settings().isOn("allow_deprecated_syntax_for_merge_tree")) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "This syntax for *MergeTree engine is deprecated. Use extended storage definition syntax"
              + " with ORDER BY/PRIMARY KEY clause. See also allow_deprecated_syntax_for_merge_tree"
              + " setting.");
    }
    if (args.size() < 3 || args.size() > 4) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "MergeTree takes a date, an optional sampling expression, a key and a granularity");
    }
    List<Setting> settings = new ArrayList<>(s.settings());
    settings.add(new Setting("index_granularity", args.getLast()));
    return new StorageClause(
        FunctionCall.call(engine.name()),
        FunctionCall.call("toYYYYMM", args.getFirst()),
        s.primaryKey(),
        args.get(args.size() - 2),
        args.size() == 4 ? args.get(1) : null,
        s.uniqueKey(),
        s.ttl(),
        settings);
  }
}
