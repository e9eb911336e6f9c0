package io.longhouse.engine.session;

import io.longhouse.column.Block;
import io.longhouse.column.ContentBytes;
import io.longhouse.column.Header;
import io.longhouse.column.Turns;
import io.longhouse.column.UsedDictionaries;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.access.Account;
import io.longhouse.engine.access.QueryMeter;
import io.longhouse.engine.access.Quota;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.access.SessionQuota;
import io.longhouse.engine.access.SessionUser;
import io.longhouse.engine.exec.Extremes;
import io.longhouse.engine.exec.Pipelines;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.exec.ResultQueue;
import io.longhouse.engine.exec.Scheduler;
import io.longhouse.engine.exec.SizeLimit;
import io.longhouse.engine.exec.SpillFolder;
import io.longhouse.engine.exec.StageRun;
import io.longhouse.engine.exec.TableAltered;
import io.longhouse.engine.insert.InsertPipeline;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.statement.AliasedStatements;
import io.longhouse.engine.statement.StatementAccess;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.engine.system.Addresses;
import io.longhouse.engine.system.QueryKinds;
import io.longhouse.engine.workload.Claim;
import io.longhouse.engine.workload.Workloads;
import io.longhouse.function.scalar.other.NormalizedQuery;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessStatement;
import io.longhouse.sql.ast.ExecuteAs;
import io.longhouse.sql.ast.Explain;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.Kill;
import io.longhouse.sql.ast.ParsedStatement;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.SessionStatement;
import io.longhouse.sql.ast.ShowStatement;
import io.longhouse.sql.ast.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A statement under way in this process. */
public final class LocalQuery implements RunningQuery {
  private static final int PLANS_MAX = 20;

  /** What is charged at most for work whose processor time nobody measures. */
  private static final long UNTIMED_NS_MAX = 2_000_000;

  /** What a query from which a policy hides rows learns of its memory is rounded up to this. */
  private static final long MEMORY_STEP_BYTES = 4 << 20;

  private final LocalEngine engine;
  private final LocalSession session;
  private final QueryRequest request;
  private final ParsedStatement parsed;
  private final QueryContext context;
  private final Claim claim;
  private final Turns.Place turns = new QueryTurns();
  private final ResultQueue results = new ResultQueue(8);
  private final QueryLogEntry log;
  private final SessionQuota quota;
  private final Account account;
  private final QueryMeter meter;
  private Header header = new Header(List.of());
  private @Nullable StageRun run;
  private @Nullable Supplier<@Nullable Block> totals;
  private @Nullable Extremes extremes;
  private @Nullable InsertPipeline insert;
  private @Nullable Plan plan;
  private @Nullable LongAdder beforeLimit;
  private final SizeLimit resultLimit;
  private long rowsTaken;
  private long bytesTaken;
  private boolean counted;
  private volatile @Nullable String text;
  private final UsedDictionaries dictionaries = new UsedDictionaries(true);
  private boolean closed;

  /** A session that there is for this query only. */
  private @Nullable LocalSession ownSession;

  private LocalQuery(
      LocalEngine engine, LocalSession session, QueryRequest request, ParsedStatement parsed) {
    this.engine = engine;
    this.session = session;
    this.request = request;
    this.parsed = parsed;
    Settings settings = RequestSettings.of(session, request, parsed);
    String id =
        request.queryId().isEmpty() ? java.util.UUID.randomUUID().toString() : request.queryId();
    Map<Class<?>, Object> services = new HashMap<>();
    services.put(io.longhouse.engine.catalog.Catalog.class, engine.catalog());
    services.put(LocalEngine.class, engine);
    services.put(io.longhouse.storage.mergetree.BackgroundMerges.class, engine.merges());
    services.put(Metrics.class, engine.metrics());
    services.put(SessionAccess.class, session.access());
    services.put(io.longhouse.engine.tenancy.Tenancy.class, engine.tenancy());
    this.account = session.access().account();
    SessionUser user = session.sessionUser();
    this.quota = quota(session, () -> NormalizedQuery.hash(text(), false));
    services.put(SessionQuota.class, quota);
    if (user != null) {
      services.put(SessionUser.class, user);
    }
    services.put(io.longhouse.function.ServerFacts.class, engine.facts());
    services.put(Processes.class, engine.processes());
    services.put(Workloads.class, engine.workloads());
    services.put(SpillFolder.class, engine.spillFolder());
    services.put(ErrorCounts.class, engine.errors());
    if (engine.dropped() != null) {
      services.put(io.longhouse.engine.catalog.DroppedTables.class, engine.dropped());
    }
    services.put(io.longhouse.engine.statement.TemporaryTables.class, session.temporaryTables());
    String zone = settings.text("session_timezone");
    ZoneId in = zone.isEmpty() ? TimeZones.server() : TimeZones.of(zone);
    this.resultLimit = SizeLimit.ofResult(settings);
    String who = user == null ? "" : session.user();
    this.claim = engine.workloads().claim(account, who, settings);
    try {
      this.context =
          new QueryContext(
              id, session.user(), session.database(), settings, in, claim.memory(), services);
    } catch (RuntimeException e) {
      claim.close();
      throw e;
    }
    this.meter = new QueryMeter(quota, context.progress());
    if (!quota.isEmpty()) {
      context.betweenBlocks(meter::report);
    }
    this.log = new QueryLogEntry(this);
  }

  private static SessionQuota quota(LocalSession session, LongSupplier queryHash) {
    return SessionQuota.of(
        session.access(),
        Addresses.withoutPort(session.client().address()),
        session.client().quotaKey(),
        queryHash);
  }

  /** Parses, plans and starts; whatever fails here leaves nothing running. */
  static LocalQuery start(
      LocalEngine engine, LocalSession session, QueryRequest request, Runnable whileWaiting) {
    ParsedStatement parsed;
    try {
      parsed = RequestSettings.parse(session, request);
    } catch (LonghouseException thrown) {
      LonghouseException e = Secrets.hidden(thrown, request);
      engine.metrics().event("FailedQuery").increment();
      engine.errors().add(e, request.queryId(), session.user(), session.access().account());
      quota(session, () -> 0).unreadable();
      throw e;
    }
    if (parsed.statement() instanceof Explain e) {
      // What is explained is shown and never carried out.
      parsed = new ParsedStatement(Secrets.without(e), parsed.output(), parsed.end());
    }
    return start(engine, session, request, parsed, whileWaiting);
  }

  private static LocalQuery start(
      LocalEngine engine,
      LocalSession session,
      QueryRequest request,
      ParsedStatement parsed,
      Runnable whileWaiting) {
    if (parsed.statement() instanceof ExecuteAs e && e.statement() instanceof Statement inner) {
      LocalSession as = impersonated(session, e);
      if (as != null) {
        LocalQuery query =
            start(
                engine,
                as,
                request,
                new ParsedStatement(inner, parsed.output(), parsed.end()),
                whileWaiting);
        query.ownSession = as;
        return query;
      }
    }
    var query = new LocalQuery(engine, session, request, parsed);
    try {
      engine.processes().add(query);
    } catch (LonghouseException e) {
      query.claim.close();
      throw e;
    }
    try {
      query.awaitTurn(whileWaiting);
      TimeZones.in(
          query.context.timeZone(),
          () -> {
            query.beginTaken();
            return true;
          });
      query.log.running();
      return query;
    } catch (Throwable e) {
      RuntimeException told = e instanceof LonghouseException l ? query.told(l) : null;
      query.log.failed(told == null ? e : told);
      query.close();
      if (told != null) {
        throw told;
      }
      throw e;
    }
  }

  /** Null when it may not be, which the statement says itself when it is run. */
  private static @Nullable LocalSession impersonated(LocalSession session, ExecuteAs e) {
    try {
      return session.as(e.user().fullName());
    } catch (LonghouseException refused) {
      return null;
    }
  }

  /** The means of a statement for work of the engine's own. */
  static LocalStatement internal(LocalEngine engine, LocalSession session) {
    QueryRequest request = QueryRequest.of("SELECT 1");
    var query = new LocalQuery(engine, session, request, RequestSettings.parse(session, request));
    return new LocalStatement(engine, session, query, query.claim::close);
  }

  private void awaitTurn(Runnable whileWaiting) {
    Statement statement = parsed.statement();
    boolean free =
        session.sessionUser() == null
            || statement instanceof Kill
            || QueryKinds.readsProcesses(statement);
    long waitedNs =
        claim.enter(
            QueryKinds.of(statement),
            free,
            context.settings(),
            () -> {
              context.checkStopped();
              whileWaiting.run();
            });
    if (waitedNs > 0) {
      context.event("ConcurrentQueryWaitMicroseconds").add(waitedNs / 1000);
    }
  }

  /** What the query has of its workload and account. */
  Claim claim() {
    return claim;
  }

  private void beginTaken() {
    long start = System.nanoTime();
    Turns.in(
        turns,
        () -> {
          begin();
          return true;
        });
    if (parsed.statement() instanceof Query) {
      claim.group().charge(Math.min(System.nanoTime() - start, UNTIMED_NS_MAX));
    }
  }

  /** Larger pieces of work for the query that are not done by its lanes. */
  private final class QueryTurns implements Turns.Place {
    @Override
    public <T extends @Nullable Object> T take(Supplier<T> work) {
      return claim
          .group()
          .call(
              context::checkStopped,
              () -> TimeZones.in(context.timeZone(), () -> Turns.in(this, work)));
    }

    @Override
    public void spent(long ns) {
      claim.group().charge(Math.min(ns, UNTIMED_NS_MAX));
    }

    @Override
    public void between() {
      context.checkStopped();
      Scheduler.checkpoint();
    }
  }

  private void begin() {
    log.started();
    Statement statement = parsed.statement();
    String kind = statement.getClass().getSimpleName();
    ReadOnly.check(statement, session, request, context.settings());
    StatementRunner runner = Registry.of(StatementRunner.class).find(kind);
    if (runner == null) {
      try (var local = new LocalStatement(engine, session, this, () -> {})) {
        StatementAccess.check(statement, local);
      }
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "Statement is not implemented: "
              + Secrets.hidden(
                  statement, io.longhouse.sql.format.Formatter.formatOneLine(statement)));
    }
    for (int attempt = 1; ; attempt++) {
      try {
        run(runner, statement);
        return;
      } catch (TableAltered e) {
        // Nothing has been read yet, so that a SELECT can be planned again.
        if (!(statement instanceof io.longhouse.sql.ast.Query) || attempt == PLANS_MAX) {
          throw e;
        }
      }
    }
  }

  private void run(StatementRunner runner, Statement statement) {
    try (var local = new LocalStatement(engine, session, this, () -> {})) {
      context.provide(StatementContext.class, local);
      StatementAccess.check(statement, local);
      if (!counted) {
        counted = true;
        useQuota(statement);
      }
      Statement behind = AliasedStatements.behind(statement, local);
      if (behind != statement) {
        StatementAccess.check(behind, local);
      }
      switch (runner.run(behind, local)) {
        case StatementResult.Done _ -> results.end();
        case StatementResult.Rows r -> startRows(r);
        case StatementResult.Planned p -> startPlan(p.plan());
        case StatementResult.AwaitingRows a -> {
          insert = a.insert();
          results.end();
        }
      }
    }
  }

  private void useQuota(Statement statement) {
    switch (statement) {
      case Query _ -> quota.use(Quota.Resource.QUERY_SELECTS, 1);
      case Insert _ -> quota.use(Quota.Resource.QUERY_INSERTS, 1);
      case SessionStatement _, AccessStatement _, ShowStatement _ -> {
        return;
      }
      default -> {}
    }
    quota.use(Quota.Resource.QUERIES, 1);
    quota.useQuery();
    quota.checkMeasured();
    quota.begin(context::checkStopped);
  }

  private void startRows(StatementResult.Rows r) {
    header = r.header();
    var local = results.newLocal();
    r.blocks().forEach(local::consume);
    results.end();
  }

  private void startPlan(Plan p) {
    plan = p;
    header = p.header();
    int threads = threads();
    boolean withExtremes = context.settings().isOn("extremes");
    extremes = withExtremes ? new Extremes(header) : null;
    Pipelines.Pipeline pipeline = Pipelines.build(p, results, context, threads);
    totals = pipeline.totals();
    beforeLimit = pipeline.beforeLimit();
    var started = new StageRun(context, claim.group(), pipeline.stages(), results::end);
    run = started;
    started.start();
  }

  /** How many of the engine's threads the query may use at once. */
  int threads() {
    long n = context.settings().number("max_threads");
    return (int)
        Math.max(1, Math.min(engine.scheduler().threadCount(), n == 0 ? Long.MAX_VALUE : n));
  }

  @Override
  public String queryId() {
    return context.queryId();
  }

  @Override
  public Statement statement() {
    return parsed.statement();
  }

  ParsedStatement parsed() {
    return parsed;
  }

  QueryRequest request() {
    return request;
  }

  public QueryContext context() {
    return context;
  }

  Scheduler.Group group() {
    return claim.group();
  }

  public Session session() {
    return session;
  }

  LocalEngine engine() {
    return engine;
  }

  /** Whom its work is charged to, from its first moment to its last. */
  public Account account() {
    return account;
  }

  /** The statement's text as it was sent, but without passwords. */
  public String text() {
    String t = text;
    if (t == null) {
      t = Secrets.hidden(parsed.statement(), io.longhouse.sql.ByteText.decode(request.sql()));
      text = t;
    }
    return t;
  }

  @Nullable Plan plan() {
    return plan;
  }

  @Override
  public Settings settings() {
    return context.settings();
  }

  @Override
  public FormatSettings formatSettings() {
    return context.formatSettings();
  }

  @Override
  public Header header() {
    return header;
  }

  @Override
  public String format() {
    String explicit = parsed.output().format();
    return explicit != null ? explicit : request.defaultFormat();
  }

  @Override
  public boolean formatIsExplicit() {
    return parsed.output().format() != null;
  }

  @Override
  public @Nullable Block next(long timeoutMs) {
    Block block;
    try {
      block = results.poll(timeoutMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel();
      block = null;
    }
    StageRun r = run;
    Throwable error = r == null ? null : r.error();
    if (error instanceof LonghouseException e) {
      error = told(e);
    }
    if (error != null) {
      log.failed(error);
      throw asException(error);
    }
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
    long bytes = ContentBytes.of(block);
    rowsTaken += block.rows();
    bytesTaken += bytes;
    context.progress().resultRows.add(block.rows());
    context.progress().resultBytes.add(bytes);
    meter.report();
    checkResultLimits();
    return block;
  }

  private void checkResultLimits() {
    try {
      if (resultLimit.isReached(rowsTaken, bytesTaken)) {
        results.abandon();
        results.end();
      }
    } catch (LonghouseException e) {
      context.stop(e);
      log.failed(e);
      throw e;
    }
  }

  /** How much memory was in use depends a little on rows that a policy hides. */
  private LonghouseException told(LonghouseException e) {
    return e.errorCode() == ErrorCode.MEMORY_LIMIT_EXCEEDED && context.isBehindPolicy()
        ? new LonghouseException(
            e.errorCode(), e.message().replaceFirst("would use .*\\), maximum", "maximum"))
        : e;
  }

  private static RuntimeException asException(Throwable error) {
    return switch (error) {
      case LonghouseException e -> e;
      case StackOverflowError e ->
          new LonghouseException(ErrorCode.TOO_DEEP_RECURSION, "Too deep recursion", e);
      case OutOfMemoryError e ->
          new LonghouseException(ErrorCode.MEMORY_LIMIT_EXCEEDED, "Out of memory", e);
      default -> new LonghouseException(ErrorCode.LOGICAL_ERROR, "Internal error: " + error, error);
    };
  }

  @Override
  public boolean isFinished() {
    StageRun r = run;
    if (r != null && r.error() != null) {
      return false;
    }
    return results.isDrained();
  }

  @Override
  public @Nullable Block totals() {
    Supplier<@Nullable Block> t = totals;
    return t == null ? null : TimeZones.in(context.timeZone(), t);
  }

  @Override
  public @Nullable Block extremes() {
    Extremes e = extremes;
    return e == null ? null : e.block();
  }

  @Override
  public @Nullable InsertInput insert() {
    InsertPipeline i = insert;
    return i == null ? null : new Zoned(i);
  }

  /** Rows are converted in the query's time zone whoever's thread brings them. */
  private final class Zoned implements InsertInput {
    private final InsertPipeline to;

    Zoned(InsertPipeline to) {
      this.to = to;
    }

    @Override
    public Header header() {
      return to.header();
    }

    @Override
    public String tableColumns() {
      return context.settings().isOn("input_format_defaults_for_omitted_fields")
          ? to.tableColumns()
          : "";
    }

    @Override
    public void write(Block block) {
      in(() -> to.write(block));
    }

    @Override
    public void finish() {
      in(to::finish);
      insert = null;
    }

    private void in(Runnable work) {
      try {
        TimeZones.in(
            context.timeZone(),
            () ->
                Turns.in(
                    turns,
                    () -> {
                      work.run();
                      return true;
                    }));
      } catch (RuntimeException e) {
        log.failed(e);
        throw asException(e);
      }
    }
  }

  @Override
  public void send(int rows, Sending work) throws IOException {
    if (rows < Turns.ROWS_MIN) {
      long start = System.nanoTime();
      work.send();
      claim.group().charge(Math.min(System.nanoTime() - start, UNTIMED_NS_MAX));
      return;
    }
    try {
      claim
          .group()
          .during(
              context::checkStopped,
              () -> {
                try {
                  work.send();
                  return true;
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public Progress.Snapshot progress() {
    return context
        .progress()
        .snapshot(
            context.elapsedNs(), shown(context.memory().used()), shown(context.memory().peak()));
  }

  private long shown(long memoryBytes) {
    return context.isBehindPolicy()
        ? (memoryBytes + MEMORY_STEP_BYTES - 1) / MEMORY_STEP_BYTES * MEMORY_STEP_BYTES
        : memoryBytes;
  }

  @Override
  public long rowsBeforeLimit() {
    LongAdder rows = beforeLimit;
    return rows == null ? -1 : rows.sum();
  }

  @Override
  public boolean appliedLimit() {
    return rowsBeforeLimit() >= 0;
  }

  @Override
  public Map<String, Long> profileEvents() {
    Map<String, Long> out = new java.util.TreeMap<>();
    context.events().forEach((n, v) -> out.put(n, v.sum()));
    log.events().forEach((n, v) -> out.merge(n, v, Long::sum));
    return out;
  }

  @Override
  public List<LogLine> takeLogs() {
    if (isFinished() && insert == null) {
      log.finished();
    }
    return context.log().take();
  }

  @Override
  public void cancel() {
    context.cancel();
    results.abandon();
  }

  @Override
  public void failed(Throwable error) {
    log.failed(error);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    LocalSession own = ownSession;
    if (own != null) {
      own.close();
    }
    StageRun r = run;
    if (r != null && !r.isEnded()) {
      cancel();
      r.awaitQuietly();
    }
    InsertPipeline unfinished = insert;
    if (unfinished != null) {
      unfinished.abort();
    }
    context.end();
    engine.processes().remove(this);
    meter.end();
    quota.end(log.hasFailed() && !log.wasRefusedByQuota());
    log.ended();
    claim.close();
    context.events().forEach((n, v) -> engine.metrics().event(n).add(v.sum()));
    context.hiddenEvents().forEach((n, v) -> engine.metrics().event(n).add(v.sum()));
  }
}
