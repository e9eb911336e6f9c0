package io.longhouse.engine.session;

import io.longhouse.column.Block;
import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.engine.analyze.Queries;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.exec.CollectSink;
import io.longhouse.engine.exec.Pipelines;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.exec.Scheduler;
import io.longhouse.engine.exec.Sink;
import io.longhouse.engine.exec.StageRun;
import io.longhouse.engine.insert.ViewTarget;
import io.longhouse.engine.plan.Optimizer;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.TemporaryTables;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableLookup;
import io.longhouse.engine.table.memory.MemoryTable;
import io.longhouse.engine.table.view.MaterializedView;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.OutputClause;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one statement of a session can reach while it is carried out. */
final class LocalStatement implements StatementContext, Queries, AutoCloseable {
  private final LocalEngine engine;
  private final LocalSession session;
  private final LocalQuery query;
  private final Runnable atEnd;
  private final Analyzer analyzer;
  private final Map<String, Table> external = new HashMap<>();

  /** Tables and views that an INSERT being planned leads to, one through the other. */
  private final Deque<TableId> insertsInto = new ArrayDeque<>();

  LocalStatement(LocalEngine engine, LocalSession session, LocalQuery query, Runnable atEnd) {
    this.atEnd = atEnd;
    this.engine = engine;
    this.session = session;
    this.query = query;
    for (QueryRequest.ExternalTable t : query.request().externalTables()) {
      var columns =
          t.header().fields().stream()
              .map(f -> io.longhouse.engine.table.ColumnDefinition.of(f.name(), f.type()))
              .toList();
      var table =
          new MemoryTable(io.longhouse.engine.table.TableId.of("", t.name()), columns, null);
      table.add(t.blocks());
      external.put(t.name(), table);
    }
    this.analyzer = analyzer(tables());
  }

  @Override
  public Analyzer analyzer(TableLookup tables) {
    Map<String, String> parameters = new HashMap<>(session.parameters());
    parameters.putAll(query.request().parameters());
    return new Analyzer(
        query.context(), tables, parameters, this, engine.catalog().functions()::get);
  }

  @Override
  public QueryContext query() {
    return query.context();
  }

  @Override
  public Session session() {
    return session;
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public Catalog catalog() {
    return engine.catalog();
  }

  @Override
  public TableLookup tables() {
    return external.isEmpty() ? session : new WithExternal();
  }

  /** Tables sent along with the query come before all others. */
  private final class WithExternal implements TableLookup {
    @Override
    public @Nullable Table find(@Nullable String database, String name) {
      Table t = database == null ? external.get(name) : null;
      return t != null ? t : session.find(database, name);
    }

    @Override
    public Table require(Identifier name) {
      Table t = name.parts().size() == 1 ? external.get(name.name()) : null;
      return t != null ? t : session.require(name);
    }
  }

  @Override
  public TemporaryTables temporaryTables() {
    return session.temporaryTables();
  }

  @Override
  public Analyzer analyzer() {
    return analyzer;
  }

  @Override
  public QueryRequest request() {
    return query.request();
  }

  @Override
  public OutputClause output() {
    return query.parsed().output();
  }

  @Override
  public String text() {
    return query.text();
  }

  @Override
  public io.longhouse.engine.catalog.Database newDatabase(
      String name, String databaseEngine, String comment) {
    return engine.newDatabase(name, databaseEngine, comment);
  }

  @Override
  public java.nio.file.@Nullable Path dataPath(io.longhouse.engine.table.TableId id) {
    return engine.dataPath(id);
  }

  @Override
  public List<io.longhouse.engine.insert.InsertPipeline.Target> dependents(Table table) {
    List<io.longhouse.engine.insert.InsertPipeline.Target> views = new ArrayList<>();
    insertsInto.addLast(table.id());
    try {
      for (MaterializedView v : engine.catalog().views().of(table.id())) {
        insertsInto.addLast(v.id());
        checkNotCyclic(v.target().id());
        views.add(new ViewTarget(v, table, this));
        insertsInto.removeLast();
      }
    } finally {
      while (!insertsInto.removeLast().equals(table.id())) {
        // A view that failed is taken out as well.
      }
    }
    return views;
  }

  @Override
  public Scheduler.Group group() {
    return query.group();
  }

  @Override
  public int threads() {
    return query.threads();
  }

  private void checkNotCyclic(TableId target) {
    if (insertsInto.contains(target)) {
      String way = insertsInto.stream().map(TableId::toString).collect(Collectors.joining(" -> "));
      throw new LonghouseException(
          ErrorCode.TOO_DEEP_RECURSION,
          "Dependencies of the table "
              + insertsInto.getFirst()
              + " are cyclic. Dependencies "
              + way
              + " are pointing to "
              + target
              + ".");
    }
  }

  @Override
  public void run(Plan plan, Sink sink) {
    Pipelines.Pipeline p =
        Pipelines.build(Optimizer.allowed(plan), sink, query.context(), threads());
    var run = new StageRun(query.context(), query.group(), p.stages(), () -> {});
    run.start();
    run.await();
  }

  @Override
  public Block collect(Plan plan, long rowsMax) {
    Plan bounded =
        rowsMax == Long.MAX_VALUE ? plan : new Plan.Limit(plan, rowsMax, 0, List.of(), false);
    var sink = new CollectSink(query.context());
    run(bounded, sink);
    return sink.single(plan.header());
  }

  @Override
  public Block run(Plan plan, long rowsMax) {
    return collect(plan, rowsMax);
  }

  @Override
  public void close() {
    external.clear();
    atEnd.run();
  }
}
