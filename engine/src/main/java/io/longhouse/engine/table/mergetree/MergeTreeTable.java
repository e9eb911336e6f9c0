package io.longhouse.engine.table.mergetree;

import io.longhouse.column.Header;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.analyze.OwnRows;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.system.PartLog;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.ReplicaState;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.CheckTable;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.DeleteRows;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Optimize;
import io.longhouse.sql.ast.Partition;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.disk.LocalDisk;
import io.longhouse.storage.mergetree.BackgroundMerges;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.mergetree.MergeTreeListener;
import io.longhouse.storage.mergetree.MergeTreeMetadata;
import io.longhouse.storage.mergetree.MutationCommand;
import io.longhouse.storage.mergetree.OptimizeOptions;
import io.longhouse.storage.mergetree.PartAuthority;
import io.longhouse.storage.mergetree.PartCheck;
import io.longhouse.storage.mergetree.PartKeyCounts;
import io.longhouse.storage.mergetree.ReplacingMode;
import io.longhouse.storage.mergetree.SnapshotLease;
import io.longhouse.storage.mergetree.VirtualColumn;
import io.longhouse.storage.part.PartName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A table of the MergeTree family. */
public final class MergeTreeTable implements Table {
  private volatile TableId id;
  private volatile List<ColumnDefinition> columns;
  private volatile CreateTable definition;
  private final MergeTreeData data;
  private final Path folder;
  private final @Nullable BackgroundMerges merges;
  private @Nullable Replication replication;

  MergeTreeTable(TableEngine.Definition d, MergeTreeSettings settings) {
    this.id = d.id();
    this.columns = d.columns();
    this.definition = d.statement();
    StorageClause storage = d.statement().storage();
    if (storage == null) {
      throw new IllegalArgumentException("no storage clause");
    }
    EngineClause clause = EngineClause.of(storage, true);
    MergeTreeMetadata metadata =
        MergeTreeDefinition.metadata(columns, clause, settings, d.analyzer(), 0);
    this.folder = folder(d);
    this.merges = d.context().service(BackgroundMerges.class);
    this.data =
        MergeTreeData.open(
            id.toString(),
            new LocalDisk("default", java.util.Objects.requireNonNull(folder.getParent())),
            folder.getFileName().toString(),
            metadata,
            settings,
            clause.mode(),
            listener(d.context().service(LocalEngine.class)));
    LocalEngine engine = d.context().service(LocalEngine.class);
    if (engine != null) {
      data.keyCounts(
          new PartKeyCounts(
              data,
              column -> engine.meter().isKey(id, column),
              d.dataPath() == null ? null : engine.countsDisk(),
              id.uuid().toString()));
    }
    data.mutations().settle(PreparedSchema.digest(columns));
  }

  /** What happens to parts is noted in {@code system.part_log}. */
  private MergeTreeListener listener(@Nullable LocalEngine engine) {
    return engine == null ? MergeTreeListener.NONE : event -> noted(event, engine);
  }

  private void noted(MergeTreeListener.Event event, LocalEngine engine) {
    boolean done =
        switch (event.kind()) {
          case MERGE_PARTS, MUTATE_PART -> true;
          case NEW_PART,
              DOWNLOAD_PART,
              REMOVE_PART,
              MERGE_PARTS_START,
              MUTATE_PART_START,
              MOVE_PART ->
              false;
        };
    if (done) {
      engine.meter().merged(id, event, data.keyCounts());
    }
    PartLog log = engine.partLog();
    if (log != null) {
      log.add(event, this);
    }
  }

  private static Path folder(TableEngine.Definition d) {
    Path path = d.dataPath();
    try {
      if (path == null) {
        return Files.createTempDirectory("longhouse-");
      }
      return Files.createDirectories(path.toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public MergeTreeData data() {
    return data;
  }

  /** What makes it one of several replicas; null for a plain table. */
  public @Nullable Replication replication() {
    return replication;
  }

  /** Makes it one of several replicas, before it is used. */
  void replicated(Replication by) {
    replication = by;
    data.authority(by);
  }

  @Override
  public TableId id() {
    return id;
  }

  @Override
  public String engine() {
    return (replication == null ? "" : EngineClause.REPLICATED) + data.mode().engine();
  }

  @Override
  public List<ColumnDefinition> columns() {
    return columns;
  }

  @Override
  public List<ColumnDefinition> virtualColumns() {
    List<ColumnDefinition> out = new ArrayList<>();
    for (VirtualColumn v : VirtualColumn.values()) {
      out.add(ColumnDefinition.of(v.columnName(), v.type(data.metadata())));
    }
    return out;
  }

  @Override
  public CreateTable definition() {
    return definition;
  }

  @Override
  public Scan scan(ScanRequest request, QueryContext context) {
    ScanRequest.Sample sample = request.sample();
    return sample == null
        ? whole(request, context)
        : SampledScan.of(data, request, sample, context, this::whole);
  }

  private Scan whole(ScanRequest request, QueryContext context) {
    SnapshotLease lease = data.lease(blocksSeen(context));
    try {
      return request.isFinal() && supportsFinal()
          ? new CombinedScan(data, lease, request, context)
          : new PartsScan(data, lease, request, context);
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  /** By partition the highest block that a query sees; null for all. */
  private @Nullable Map<String, Long> blocksSeen(QueryContext context) {
    Replication others = replication;
    boolean limited =
        others != null && context.settings().number("select_sequential_consistency") > 0;
    return others != null && limited ? others.agreedBlocks() : null;
  }

  @Override
  public boolean supportsSampling() {
    return data.metadata().samplingKey() != null;
  }

  @Override
  public boolean supportsFinal() {
    return data.mode().combines();
  }

  @Override
  public boolean keepsApart(String column) {
    MergeTreeMetadata m = data.metadata();
    int place = m.place(column);
    return !data.mode().combines()
        || m.sortingKey().stream().anyMatch(e -> e instanceof Expr.Input i && i.index() == place);
  }

  @Override
  public boolean isKey(String column) {
    return BestFirst.place(column, data.metadata()) >= 0;
  }

  /** What stands behind the engine's name, in today's syntax. */
  public EngineClause clause() {
    return EngineClause.of(java.util.Objects.requireNonNull(definition.storage()), true);
  }

  @Override
  public long columnsVersion() {
    return data.metadata().version();
  }

  @Override
  public boolean stillHas(Header planned) {
    MergeTreeMetadata m = data.metadata();
    for (Header.Field f : planned.fields()) {
      int place = m.place(f.name());
      boolean same =
          place >= 0 ? m.columns().get(place).type().equals(f.type()) : column(f.name()) != null;
      if (!same) {
        return false;
      }
    }
    return true;
  }

  @Override
  public TableWriter writer(QueryContext context) {
    Replication others = replication;
    if (others != null) {
      others.checkWritable();
    }
    return new MergeTreeWriter(this, context);
  }

  @Override
  public @Nullable ReplicaState replicaState() {
    return replication;
  }

  @Override
  public OptionalLong rowsAtMost() {
    return OptionalLong.of(data.snapshot().rows());
  }

  @Override
  public OptionalLong totalRows() {
    boolean masked =
        data.snapshot().parts().stream()
            .anyMatch(p -> p.columnType(VirtualColumn.ROW_EXISTS.columnName()) != null);
    return masked ? OptionalLong.empty() : OptionalLong.of(data.snapshot().rows());
  }

  @Override
  public OptionalLong totalBytes() {
    return OptionalLong.of(data.snapshot().bytesOnDisk());
  }

  @Override
  public List<Path> dataPaths() {
    return List.of(folder);
  }

  @Override
  public void truncate(QueryContext context) {
    data.authority()
        .truncate(
            new PartAuthority.Waiting(
                context.settings().number("alter_sync"), context::checkStopped));
  }

  @Override
  public void alter(List<AlterCommand> commands, StatementContext context) {
    var alter = new MergeTreeAlter(this, ownRows(context), context);
    List<MergeTreeAlter.Noted> noted;
    synchronized (this) {
      noted = alter.run(commands);
    }
    noted.forEach(alter::await);
  }

  @Override
  public void finishAlters(Runnable check) {
    data.mutations().applyAgain(check);
  }

  private @Nullable OwnRows ownRows(StatementContext context) {
    return OwnRows.of(this, context.query().require(SessionAccess.class), context.analyzer());
  }

  @Override
  public void optimize(Optimize statement, StatementContext context) {
    Partition partition = statement.partition();
    if (statement.cleanup()) {
      checkCleanup();
    }
    var options =
        new OptimizeOptions(
            statement.isFinal(),
            context.query().settings().isOn("optimize_skip_merged_partitions"),
            statement.cleanup(),
            deduplicateBy(statement));
    boolean done =
        data.authority()
            .optimize(
                partition == null ? null : partitionId(partition, context),
                options,
                new PartAuthority.Waiting(
                    context.query().settings().number("alter_sync"),
                    context.query()::checkStopped));
    if (!done && context.query().settings().isOn("optimize_throw_if_noop")) {
      throw new LonghouseException(
          ErrorCode.CANNOT_ASSIGN_OPTIMIZE, "Cannot OPTIMIZE table: there is nothing to merge");
    }
  }

  private void checkCleanup() {
    boolean marks = data.mode() instanceof ReplacingMode r && r.isDeleted() != null;
    if (!marks) {
      throw new LonghouseException(
          ErrorCode.CANNOT_ASSIGN_OPTIMIZE,
          "CLEANUP is only for a ReplacingMergeTree with an is_deleted column");
    }
    if (!data.settings().isOn("allow_experimental_replacing_merge_with_cleanup")) {
      throw new LonghouseException(
          ErrorCode.SUPPORT_IS_DISABLED, "Experimental merges with CLEANUP are not allowed");
    }
  }

  @Override
  public List<PartCheck.Result> check(CheckTable statement, StatementContext context) {
    Partition partition = statement.partition();
    String part = statement.part();
    if (part != null && data.snapshot().find(PartName.parse(part)) == null) {
      throw new LonghouseException(
          ErrorCode.NO_SUCH_DATA_PART, "No such data part '" + part + "' to check in table " + id);
    }
    return data.check(partition == null ? null : partitionId(partition, context)).stream()
        .filter(r -> part == null || r.part().equals(part))
        .toList();
  }

  /** The id of a partition as a statement names it; null for all. */
  public @Nullable String partitionId(Partition partition, StatementContext context) {
    return new PartitionNames(data.metadata(), context.analyzer(), context.query()).id(partition);
  }

  private @Nullable List<Integer> deduplicateBy(Optimize statement) {
    if (!statement.deduplicate()) {
      return null;
    }
    MergeTreeMetadata m = data.metadata();
    List<Integer> places = new ArrayList<>();
    List<Expression> by = statement.deduplicateBy();
    if (by == null) {
      for (int i = 0; i < m.columns().size(); i++) {
        places.add(i);
      }
      return places;
    }
    for (Expression e : by) {
      String name = e.bare() instanceof Identifier id ? id.name() : "";
      if (m.place(name) < 0) {
        throw new LonghouseException(
            ErrorCode.NO_SUCH_COLUMN_IN_TABLE,
            "DEDUPLICATE BY expects columns of the table, found "
                + io.longhouse.sql.format.Formatter.formatOneLine(e));
      }
      places.add(m.place(name));
    }
    return places;
  }

  /** What is kept of the table from now on. */
  void redefined(CreateTable newDefinition) {
    definition = newDefinition;
  }

  /** The table has other columns and another definition from now on. */
  void altered(
      List<ColumnDefinition> newColumns, CreateTable newDefinition, MergeTreeMetadata metadata) {
    columns = newColumns;
    definition = newDefinition;
    // Last: who sees the new version sees the new columns.
    data.metadata(metadata);
  }

  @Override
  public void start() {
    if (merges != null) {
      merges.register(data);
    }
    Replication others = replication;
    if (others != null) {
      others.start();
    }
  }

  /** {@code DELETE FROM}: marks rows as deleted. */
  public void deleteRows(DeleteRows statement, StatementContext context) {
    var alter = new MergeTreeAlter(this, ownRows(context), context);
    MergeTreeAlter.Noted noted;
    synchronized (this) {
      noted = alter.delete(statement.partition(), statement.where());
    }
    alter.await(noted);
  }

  /** What the text of a mutation means over the columns as they are now. */
  public List<MutationCommand> mutation(String text, StatementContext context) {
    return new MergeTreeAlter(this, null, context).commands(text);
  }

  /**
   * Makes a change of columns and keys that replicas have agreed on.
   *
   * @param agreed the columns, indexes, constraints and keys afterwards
   * @param version of the columns
   */
  public synchronized void commit(CreateTable agreed, long version, StatementContext context) {
    var change = new SchemaChange(this, context);
    change.take(agreed);
    new MergeTreeAlter(this, null, context).commit(change.prepare(version), List.of());
  }

  /** Says what mutations mean that were found unfinished, so that they go on. */
  public void resumeMutations(StatementContext context) {
    new MergeTreeAlter(this, null, context).resume();
  }

  @Override
  public void renamed(TableId newId) {
    Replication others = replication;
    if (others != null) {
      others.renamed(newId);
    }
    id = newId;
  }

  @Override
  public void close() {
    Replication others = replication;
    if (others != null) {
      others.close();
    }
    if (merges != null) {
      merges.unregister(data);
    }
    data.close();
  }

  @Override
  public void drop() {
    Replication others = replication;
    if (others != null) {
      others.drop();
    }
    data.dropTable();
    io.longhouse.engine.catalog.MetadataFiles.deleteTree(folder);
  }
}
