package io.longhouse.engine.system;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.insert.InsertPipeline;
import io.longhouse.engine.insert.InsertPlanner;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.statement.InternalStatements;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.parser.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A table of {@code system} that grows by what happens: rows wait in memory and are written in the
 * background. The table is made when there is a first row to write; one of another structure, left
 * by another version, is renamed out of the way.
 *
 * <p>Invariants: at most {@link #ROWS_MAX} rows wait, further ones are counted and dropped; rows
 * are written in the order in which they came, by one thread at a time.
 */
abstract class SystemLog<R> implements AutoCloseable {
  private static final int ROWS_MAX = 1 << 17;
  private static final long FLUSH_EVERY_MS = 7500;
  private static final System.Logger LOG = System.getLogger(SystemLog.class.getName());

  private final String name;
  private final SystemColumns<R> columns;
  private final LocalEngine engine;
  private final Thread flusher;
  private final CountDownLatch closing = new CountDownLatch(1);
  private List<R> waiting = new ArrayList<>();
  private long dropped;

  SystemLog(String name, SystemColumns<R> columns, LocalEngine engine) {
    this.name = name;
    this.columns = columns;
    this.engine = engine;
    this.flusher = Thread.ofVirtual().name("system." + name).unstarted(this::flushNowAndThen);
  }

  /** Has rows written every now and then from now on. */
  public final void start() {
    flusher.start();
  }

  synchronized void add(R row) {
    if (waiting.size() < ROWS_MAX) {
      waiting.add(row);
    } else if (dropped++ == 0) {
      LOG.log(System.Logger.Level.WARNING, "system." + name + " is full, rows are dropped");
    }
  }

  private void flushNowAndThen() {
    while (true) {
      try {
        // The end must not interrupt a flush: nobody could tell what of it had been written.
        if (closing.await(FLUSH_EVERY_MS, TimeUnit.MILLISECONDS)) {
          return;
        }
        flush();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "Cannot write system." + name, e);
      }
    }
  }

  /** What came before the call and is not written yet. */
  synchronized List<R> take() {
    List<R> rows = waiting;
    waiting = new ArrayList<>();
    dropped = 0;
    return rows;
  }

  /** Lets rows wait again that were taken, as far as there is room. */
  final synchronized void putBack(List<R> rows) {
    rows.addAll(waiting);
    waiting = rows.size() > ROWS_MAX ? new ArrayList<>(rows.subList(0, ROWS_MAX)) : rows;
  }

  /** What becomes of rows that could not be written: they are lost, unless a log knows better. */
  void unwritten(List<R> rows) {}

  /** Makes the table if it is not there: SYSTEM FLUSH LOGS does so also when nothing happened. */
  public final void prepare() {
    synchronized (flusher) {
      engine.internally(this::table);
    }
  }

  /** Writes what came before the call. */
  public final void flush() {
    synchronized (flusher) {
      List<R> rows = take();
      if (rows.isEmpty()) {
        return;
      }
      try {
        engine.internally(context -> write(rows, context));
      } catch (RuntimeException | Error e) {
        unwritten(rows);
        throw e;
      }
      engine.internally(context -> written(rows, table(context)));
    }
  }

  /** How the table keeps its rows: the clauses behind the columns. */
  String storage() {
    return "ENGINE = MergeTree PARTITION BY toYYYYMM(event_date) ORDER BY (event_date, event_time)";
  }

  /** What is done after rows were written. */
  void written(List<R> rows, Table table) {}

  /** Writes rows that did not wait; within a flush only. */
  final void writeNow(List<R> rows) {
    engine.internally(context -> write(rows, context));
  }

  private void write(List<R> rows, StatementContext context) {
    Table table = table(context);
    // Rows of one flush that could be combined were combined before.
    context.query().settings().set("optimize_on_insert", "0");
    List<ColumnDefinition> stored =
        columns.definitions().stream().filter(ColumnDefinition::isStored).toList();
    InsertPipeline pipeline =
        InsertPlanner.pipeline(
            table, stored.stream().map(ColumnDefinition::name).toList(), context);
    int[] places = stored.stream().mapToInt(c -> columns.place(c.name())).toArray();
    List<Column> built = columns.build(places, rows);
    try {
      pipeline.write(new Block(built, rows.size()));
      pipeline.finish();
    } catch (RuntimeException | Error e) {
      pipeline.abort();
      throw e;
    }
  }

  private Table table(StatementContext context) {
    Database system = context.catalog().require("system");
    Table found = system.find(name);
    if (found != null && !found.columns().equals(columns.definitions())) {
      int number = 0;
      while (system.find(name + "_" + number) != null) {
        number++;
      }
      system.rename(name, system, name + "_" + number);
      found = null;
    }
    if (found == null) {
      InternalStatements.run(create(), context);
      found = system.find(name);
    }
    if (found == null) {
      throw new IllegalStateException("system." + name + " was not made");
    }
    return found;
  }

  private io.longhouse.sql.ast.Statement create() {
    String list =
        columns.definitions().stream()
            .map(c ->
                Quoting.identifier(c.name())
                    + " "
                    + c.type().name()
                    + (c.defaultExpression() == null
                        ? ""
                        : " ALIAS "
                            + io.longhouse.sql.format.Formatter.formatOneLine(
                                c.defaultExpression())))
            .collect(Collectors.joining(", "));
    return Parser.parseStatement("CREATE TABLE system." + name + " (" + list + ") " + storage())
        .statement();
  }

  /** Writes what there is at the end of the server. */
  void flushLast() {
    flush();
  }

  @Override
  public final void close() {
    closing.countDown();
    try {
      flushLast();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "Cannot write system." + name, e);
    }
  }
}
