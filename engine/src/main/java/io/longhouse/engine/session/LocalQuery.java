package io.longhouse.engine.session;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.access.Account;
import io.longhouse.engine.access.QueryMeter;
import io.longhouse.engine.access.Quota;
import io.longhouse.engine.access.SessionQuota;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.exec.Scheduler;
import io.longhouse.engine.exec.SizeLimit;
import io.longhouse.engine.exec.TableAltered;
import io.longhouse.engine.insert.InsertPipeline;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.statement.AliasedStatements;
import io.longhouse.engine.statement.ClusterStatements;
import io.longhouse.engine.statement.StatementAccess;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.engine.system.LoggedQuery;
import io.longhouse.engine.system.QueryKinds;
import io.longhouse.engine.workload.Claim;
import io.longhouse.function.Scalars;
import io.longhouse.function.scalar.other.NormalizedQuery;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessStatement;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.Kill;
import io.longhouse.sql.ast.OnCluster;
import io.longhouse.sql.ast.ParsedStatement;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.SessionStatement;
import io.longhouse.sql.ast.ShowStatement;
import io.longhouse.sql.ast.Statement;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement under way in this process, from its turn in its workload to what is noted of it at
 * the end. {@link QueryStart} makes it; its rows come through {@link QueryResult}.
 */
public final class LocalQuery implements RunningQuery, LoggedQuery {
  private static final int PLANS_MAX = 20;

  private final LocalEngine engine;
  private final LocalSession session;
  private final QueryRequest request;
  private final ParsedStatement parsed;
  private final QueryContext context;
  private final Claim claim;
  private final QueryTurns turns;
  private final QueryLogEntry log;
  private final SessionQuota quota;
  private final Account account;
  private final QueryMeter meter;
  private final QueryResult result;
  private @Nullable InsertPipeline insert;
  private boolean counted;
  private volatile @Nullable String text;
  private boolean closed;
  private final InitialQuery initial;

  /** A session that there is for this query only. */
  private @Nullable LocalSession ownSession;

  LocalQuery(
      LocalEngine engine, LocalSession session, QueryRequest request, ParsedStatement parsed) {
    this.engine = engine;
    this.session = session;
    this.request = request;
    this.parsed = parsed;
    Settings settings = RequestSettings.of(session, request, parsed);
    String id =
        request.queryId().isEmpty() ? java.util.UUID.randomUUID().toString() : request.queryId();
    this.account = session.access().account();
    this.quota = session.quota(() -> NormalizedQuery.hash(text(), false));
    Map<Class<?>, Object> services = QueryServices.of(engine, session, quota);
    String zone = settings.text("session_timezone");
    ZoneId in = zone.isEmpty() ? TimeZones.server() : TimeZones.of(zone);
    SizeLimit resultLimit = SizeLimit.ofResult(settings);
    String who = session.sessionUser() == null ? "" : session.user();
    this.claim = engine.workloads().claim(account, who, settings);
    try {
      this.context =
          new QueryContext(
              id, session.user(), session.database(), settings, in, claim.memory(), services);
    } catch (RuntimeException e) {
      claim.close();
      throw e;
    }
    this.initial = initial(session, request, context.queryId(), context.queryStart());
    context.provide(InitialQuery.class, initial);
    context.provide(Scalars.class, request.scalars());
    this.turns = new QueryTurns(claim.group(), context);
    this.meter = new QueryMeter(quota, context.progress());
    if (!quota.isEmpty()) {
      context.betweenBlocks(meter::report);
    }
    this.log = new QueryLogEntry(this);
    this.result = new QueryResult(context, resultLimit, meter, log, request.shard() == null);
  }

  /** Waits for its turn and begins; whatever fails leaves nothing running. */
  void start(Runnable whileWaiting) {
    try {
      engine.processes().add(this);
    } catch (LonghouseException e) {
      claim.close();
      throw e;
    }
    try {
      awaitTurn(whileWaiting);
      TimeZones.in(
          context.timeZone(),
          () -> {
            beginTaken();
            return true;
          });
      log.running();
    } catch (Throwable e) {
      RuntimeException told = e instanceof LonghouseException l ? Told.error(l, context) : null;
      log.failed(told == null ? e : told);
      close();
      if (told != null) {
        throw told;
      }
      throw e;
    }
  }

  static InitialQuery initial(
      LocalSession session, QueryRequest request, String queryId, Instant start) {
    InitialQuery given = request.initial();
    if (given != null) {
      return given;
    }
    ClientInfo client = session.client();
    return new InitialQuery(
        false,
        false,
        session.sessionUser() == null ? "" : session.authenticatedUser(),
        queryId,
        client.address(),
        start.getEpochSecond() * 1_000_000 + start.getNano() / 1000,
        0,
        client);
  }

  /** The client's query that this one is, or that another server asks on behalf of. */
  @Override
  public InitialQuery initial() {
    return initial;
  }

  /** Who asks, with what the first one asked. */
  @Override
  public ClientInfo client() {
    return initial.secondary() ? initial.client() : session.client();
  }

  /** The session is there for this query only. */
  void closesWithIt(LocalSession own) {
    ownSession = own;
  }

  private void awaitTurn(Runnable whileWaiting) {
    Statement statement = parsed.statement();
    boolean free =
        session.sessionUser() == null
            || statement instanceof Kill
            || initial.trusted() // it has its turn on the first server: none waits for another
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
    turns.in(this::begin);
    if (parsed.statement() instanceof Query) {
      turns.spent(System.nanoTime() - start);
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
        if (!(statement instanceof Query) || attempt == PLANS_MAX) {
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
      switch (carriedOut(runner, behind, local)) {
        case StatementResult.Done _ -> result.startEmpty();
        case StatementResult.Rows r -> result.startRows(r);
        case StatementResult.Planned p -> result.startPlan(p.plan(), claim.group(), threads());
        case StatementResult.AwaitingRows a -> {
          insert = a.insert();
          result.startEmpty();
        }
      }
    }
  }

  /** Here, or on several servers. */
  private StatementResult carriedOut(
      StatementRunner runner, Statement statement, LocalStatement local) {
    String cluster = OnCluster.of(statement);
    if (cluster != null) {
      return ClusterStatements.of(local).run(statement, cluster, local);
    }
    ClusterStatements clusters = context.service(ClusterStatements.class);
    boolean defines = !(statement instanceof Query) && !(statement instanceof Insert);
    StatementResult shared =
        clusters == null || !defines ? null : clusters.runShared(statement, local);
    return shared == null ? runner.run(statement, local) : shared;
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
  @Override
  public Account account() {
    return account;
  }

  /** The statement's text as it was sent, but without passwords. */
  @Override
  public String text() {
    String t = text;
    if (t == null) {
      t = Secrets.hidden(parsed.statement(), io.longhouse.sql.ByteText.decode(request.sql()));
      text = t;
    }
    return t;
  }

  @Override
  public String kind() {
    return QueryKinds.of(parsed.statement());
  }

  @Override
  public Instant start() {
    return context.queryStart();
  }

  @Override
  public String user() {
    return session.user();
  }

  @Override
  public String database() {
    return context.currentDatabase();
  }

  @Nullable Plan plan() {
    return result.plan();
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
    return result.header();
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
    return result.next(timeoutMs);
  }

  @Override
  public boolean isFinished() {
    return result.isFinished();
  }

  @Override
  public @Nullable Block totals() {
    return result.totals();
  }

  @Override
  public @Nullable Block extremes() {
    return result.extremes();
  }

  @Override
  public @Nullable InsertInput insert() {
    InsertPipeline i = insert;
    return i == null ? null : new ZonedInput(i, context, turns, log, () -> insert = null);
  }

  @Override
  public void send(int rows, Sending work) throws IOException {
    turns.send(rows, work);
  }

  @Override
  public Progress.Snapshot progress() {
    return Told.progress(context);
  }

  @Override
  public long rowsBeforeLimit() {
    return result.rowsBeforeLimit();
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
  public List<RemoteEvent> takeRemoteEvents() {
    return context.takeRemoteEvents();
  }

  @Override
  public void cancel() {
    result.cancel();
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
    result.end();
    InsertPipeline unfinished = insert;
    if (unfinished != null) {
      unfinished.abort();
      insert = null;
    }
    context.end();
    engine.processes().remove(this);
    meter.end();
    quota.end(log.hasFailed() && !log.wasRefusedByQuota());
    log.ended();
    claim.close();
    context.events().forEach((n, v) -> engine.metrics().event(n).add(v.sum()));
    context.hiddenEvents().forEach((n, v) -> engine.metrics().event(n).add(v.sum()));
    result.release();
  }
}
