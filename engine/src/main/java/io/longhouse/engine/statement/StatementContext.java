package io.longhouse.engine.statement;

import io.longhouse.column.Block;
import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.exec.Scheduler;
import io.longhouse.engine.exec.Sink;
import io.longhouse.engine.insert.InsertPipeline;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.Session;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableLookup;
import io.longhouse.sql.ast.OutputClause;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement can reach: its query, its session, the catalog, and the means to run plans. */
public interface StatementContext {
  QueryContext query();

  Session session();

  Engine engine();

  Catalog catalog();

  /** Tables as this session sees them, temporary ones included. */
  TableLookup tables();

  /** Temporary tables of this session. */
  TemporaryTables temporaryTables();

  Analyzer analyzer();

  /** An analyzer that finds tables by other means. */
  Analyzer analyzer(TableLookup tables);

  /** The request that the statement came with: its text, parameters and data. */
  QueryRequest request();

  /** What stands behind the statement: FORMAT and the like. */
  OutputClause output();

  /** The statement's text as it was sent. */
  String text();

  /**
   * A new database that is not in the catalog yet; {@code engine} empty for the server's usual one.
   *
   * @throws io.longhouse.sql.LonghouseException UNKNOWN_DATABASE_ENGINE (336)
   */
  Database newDatabase(String name, String engine, String comment);

  /** Where a table's data lie; null when nothing is kept on disk. */
  @Nullable Path dataPath(TableId id);

  /** What else takes the rows inserted into a table: its materialized views. */
  List<InsertPipeline.Target> dependents(Table table);

  /** The query's claim to the engine's threads. */
  Scheduler.Group group();

  /** How many of them the query may use at once. */
  int threads();

  /** Runs a plan into a sink and waits for its end. */
  void run(Plan plan, Sink sink);

  /** Runs a plan and collects its rows; with more than {@code rowsMax}, stops early. */
  Block collect(Plan plan, long rowsMax);
}
