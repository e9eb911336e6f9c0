package io.longhouse.engine.session;

import io.longhouse.column.Block;
import io.longhouse.column.ContentBytes;
import io.longhouse.column.Header;
import io.longhouse.column.UsedDictionaries;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.access.QueryMeter;
import io.longhouse.engine.exec.Extremes;
import io.longhouse.engine.exec.Pipelines;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.exec.ResultQueue;
import io.longhouse.engine.exec.Scheduler;
import io.longhouse.engine.exec.SizeLimit;
import io.longhouse.engine.exec.StageRun;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The result of a query between the workers that make it and the connection's thread that takes it.
 * What is taken is counted, and held against the limits of the result and the quota.
 */
final class QueryResult {
  private static final int BLOCKS_MAX = 8;

  private final QueryContext context;
  private final boolean isWhole;
  private final SizeLimit limit;
  private final QueryMeter meter;
  private final QueryLogEntry log;
  private final ResultQueue results = new ResultQueue(BLOCKS_MAX);
  private final UsedDictionaries dictionaries = new UsedDictionaries(true);
  private Header header = new Header(List.of());
  private @Nullable Plan plan;
  private @Nullable StageRun run;
  private @Nullable Supplier<@Nullable Block> totals;
  private @Nullable Extremes extremes;
  private @Nullable LongAdder beforeLimit;
  private long rowsTaken;
  private long bytesTaken;

  /**
   * @param isWhole whether the rows are what the user sees, and no shard's share
   */
  QueryResult(
      QueryContext context, SizeLimit limit, QueryMeter meter, QueryLogEntry log, boolean isWhole) {
    this.isWhole = isWhole;
    this.context = context;
    this.limit = limit;
    this.meter = meter;
    this.log = log;
  }

  /** The statement has no rows to show. */
  void startEmpty() {
    results.end();
  }

  /** The rows are there already. */
  void startRows(StatementResult.Rows r) {
    header = r.header();
    var local = results.newLocal();
    r.blocks().forEach(local::consume);
    results.end();
  }

  /** Workers of the group begin to make the rows. */
  void startPlan(Plan p, Scheduler.Group group, int threads) {
    plan = p;
    header = p.header();
    boolean withExtremes = isWhole && context.settings().isOn("extremes");
    extremes = withExtremes ? new Extremes(header) : null;
    Pipelines.Pipeline pipeline = Pipelines.build(p, results, context, threads);
    totals = pipeline.totals();
    beforeLimit = pipeline.beforeLimit();
    var started = new StageRun(context, group, pipeline.stages(), results::end);
    run = started;
    started.start();
  }

  /** What makes the rows, for a SELECT that has been planned. */
  @Nullable Plan plan() {
    return plan;
  }

  Header header() {
    return header;
  }

  /** See {@link RunningQuery#next}. */
  @Nullable Block next(long timeoutMs) {
    Block block;
    try {
      block = results.poll(timeoutMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel();
      block = null;
    }
    checkRun();
    if (block == null) {
      return null;
    }
    Extremes e = extremes;
    if (e != null) {
      e.add(block);
    }
    if (context.isBehindPolicy()) {
      block = new Block(dictionaries.of(block.columns()), block.rows());
    }
    count(block);
    return block;
  }

  private void checkRun() {
    StageRun r = run;
    Throwable error = r == null ? null : r.error();
    if (error instanceof LonghouseException e) {
      error = Told.error(e, context);
    }
    if (error != null) {
      log.failed(error);
      throw Told.exception(error);
    }
  }

  private void count(Block block) {
    long bytes = ContentBytes.of(block);
    rowsTaken += block.rows();
    bytesTaken += bytes;
    context.progress().resultRows.add(block.rows());
    context.progress().resultBytes.add(bytes);
    meter.report();
    checkLimit();
  }

  private void checkLimit() {
    try {
      if (limit.isReached(rowsTaken, bytesTaken)) {
        results.abandon();
        results.end();
      }
    } catch (LonghouseException e) {
      context.stop(e);
      log.failed(e);
      throw e;
    }
  }

  boolean isFinished() {
    StageRun r = run;
    if (r != null && r.error() != null) {
      return false;
    }
    return results.isDrained();
  }

  @Nullable Block totals() {
    Supplier<@Nullable Block> t = totals;
    return t == null ? null : TimeZones.in(context.timeZone(), t);
  }

  @Nullable Block extremes() {
    Extremes e = extremes;
    return e == null ? null : e.block();
  }

  /** Rows that there would have been without LIMIT; -1 when that was not counted. */
  long rowsBeforeLimit() {
    LongAdder rows = beforeLimit;
    return rows == null ? -1 : rows.sum();
  }

  /** Asks the query to stop; what has been made of the result is dropped. */
  void cancel() {
    context.cancel();
    results.abandon();
  }

  /** Stops workers that still make rows, and waits for them. */
  void end() {
    StageRun r = run;
    if (r != null && !r.isEnded()) {
      cancel();
      r.awaitQuietly();
    }
  }

  /**
   * Lets go of what the query worked with. The log keeps a query for some seconds, and that must
   * not keep its tables of groups or of a join in memory.
   */
  void release() {
    results.abandon();
    run = null;
    plan = null;
    totals = null;
    extremes = null;
  }
}
