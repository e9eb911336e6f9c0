package io.longhouse.engine.exec;

import io.longhouse.column.MemoryTracker;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.engine.session.Progress;
import io.longhouse.engine.session.QueryLines;
import io.longhouse.engine.session.RunningQuery.RemoteEvent;
import io.longhouse.engine.settings.Settings;
import io.longhouse.function.FunctionContext;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What belongs to one query from its first to its last moment; shared by its threads. */
public final class QueryContext implements FunctionContext {
  private static final int REMOTE_EVENTS_MAX = 4096;

  private final String queryId;
  private final String user;
  private final String database;
  private final Settings settings;
  private final FormatSettings formatSettings;
  private final ZoneId timeZone;
  private final MemoryTracker memory;
  private final Map<Class<?>, Object> services;
  private final Instant start;
  private final long startNs;
  private final long deadlineNs;
  private final Progress progress;
  private final QueryLines lines;
  private final Map<String, LongAdder> events;
  private final Behind behind;
  private final ConcurrentLinkedQueue<Runnable> atEnd;
  private final AtomicReference<@Nullable Throwable> stopped;
  private final AtomicReference<@Nullable Runnable> betweenBlocks;
  private final LinkedBlockingQueue<RemoteEvent> remoteEvents;

  public QueryContext(
      String queryId,
      String user,
      String database,
      Settings settings,
      ZoneId timeZone,
      MemoryTracker memory,
      Map<Class<?>, Object> services) {
    this.queryId = queryId;
    this.user = user;
    this.database = database;
    this.settings = settings;
    this.timeZone = timeZone;
    this.memory = memory;
    this.services = services;
    this.formatSettings = settings.formats();
    this.lines = new QueryLines(queryId, settings);
    double limit = settings.decimal("max_execution_time");
    this.start = Instant.now();
    this.startNs = System.nanoTime();
    this.deadlineNs = limit <= 0 ? Long.MAX_VALUE : startNs + (long) (limit * 1e9);
    this.progress = new Progress();
    this.events = new ConcurrentHashMap<>();
    this.behind = new Behind();
    this.atEnd = new ConcurrentLinkedQueue<>();
    this.stopped = new AtomicReference<>();
    this.betweenBlocks = new AtomicReference<>();
    this.remoteEvents = new LinkedBlockingQueue<>(REMOTE_EVENTS_MAX);
  }

  private QueryContext(
      QueryContext query,
      Settings settings,
      Progress progress,
      QueryLines lines,
      Map<String, LongAdder> events) {
    this.queryId = query.queryId;
    this.user = query.user;
    this.database = query.database;
    this.settings = settings;
    this.timeZone = query.timeZone;
    this.memory = query.memory;
    this.services = query.services;
    this.formatSettings = settings.formats();
    this.lines = lines;
    this.start = query.start;
    this.startNs = query.startNs;
    this.deadlineNs = query.deadlineNs;
    this.progress = progress;
    this.events = events;
    this.behind = query.behind;
    this.atEnd = query.atEnd;
    this.stopped = query.stopped;
    this.betweenBlocks = query.betweenBlocks;
    this.remoteEvents = query.remoteEvents;
  }

  /** The same query where a part of it has settings of its own. */
  public QueryContext with(Settings other) {
    return new QueryContext(this, other, progress, lines, events);
  }

  /**
   * The same query for what reads below a row policy: what is counted and logged there tells of
   * hidden rows, so it goes to the server's own metrics and log and to nobody who asked.
   */
  public QueryContext behindPolicy() {
    behind.used = true;
    return new QueryContext(this, settings, behind.progress, lines.withoutClient(), behind.events);
  }

  /** Whether a row policy hides rows from this query. */
  public boolean isBehindPolicy() {
    return behind.used;
  }

  /** Events that were counted below row policies. */
  public Map<String, LongAdder> hiddenEvents() {
    return behind.events;
  }

  /** What was counted below row policies. */
  private static final class Behind {
    final Progress progress = new Progress();
    final Map<String, LongAdder> events = new ConcurrentHashMap<>();
    volatile boolean used;
  }

  public Settings settings() {
    return settings;
  }

  public Progress progress() {
    return progress;
  }

  /** The query's lines of the log. */
  public QueryLines log() {
    return lines;
  }

  public MemoryTracker memory() {
    return memory;
  }

  public long elapsedNs() {
    return System.nanoTime() - startNs;
  }

  /** The counter of a profile event. */
  public LongAdder event(String name) {
    return events.computeIfAbsent(name, _ -> new LongAdder());
  }

  public Map<String, LongAdder> events() {
    return events;
  }

  /** Notes what another server told; what nobody takes in time is left out. */
  public void remoteEvent(RemoteEvent event) {
    remoteEvents.offer(event);
  }

  /** What other servers have told since the last call. */
  public List<RemoteEvent> takeRemoteEvents() {
    List<RemoteEvent> taken = new ArrayList<>();
    remoteEvents.drainTo(taken);
    return taken;
  }

  /** Has something done when the query has ended, however it ends. */
  public void onEnd(Runnable action) {
    atEnd.add(action);
  }

  /** Does what was left for the end; called when nothing works for the query any more. */
  public void end() {
    for (Runnable r = atEnd.poll(); r != null; r = atEnd.poll()) {
      r.run();
    }
  }

  /** Stops the query; the first reason wins and is what it fails with. */
  public void stop(Throwable reason) {
    stopped.compareAndSet(null, reason);
  }

  /** Why the query was stopped, or null. */
  public @Nullable Throwable stopReason() {
    return stopped.get();
  }

  public void cancel() {
    stop(new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled"));
  }

  /** What is done between blocks besides; it may throw what the query shall fail with. */
  public void betweenBlocks(Runnable work) {
    betweenBlocks.set(work);
  }

  /** Does what is done between blocks besides, right after a block. */
  void measure() {
    Runnable hook = betweenBlocks.get();
    if (hook != null) {
      hook.run();
    }
  }

  /**
   * Called between blocks by everything that works for the query.
   *
   * @throws LonghouseException why the query has to stop: cancelled, or TIMEOUT_EXCEEDED (159)
   */
  public void checkStopped() {
    measure();
    Throwable reason = stopped.get();
    if (reason == null && System.nanoTime() > deadlineNs) {
      reason =
          new LonghouseException(
              ErrorCode.TIMEOUT_EXCEEDED,
              "Timeout exceeded: elapsed "
                  + elapsedNs() / 1_000_000
                  + " ms, maximum: "
                  + (long) (settings.decimal("max_execution_time") * 1000)
                  + " ms");
      stop(reason);
    }
    switch (reason) {
      case null -> {}
      case LonghouseException e -> throw e;
      case OutOfMemoryError e ->
          throw new LonghouseException(ErrorCode.MEMORY_LIMIT_EXCEEDED, "Out of memory", e);
      default ->
          throw new LonghouseException(
              ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled", reason);
    }
  }

  @Override
  public @Nullable String setting(String name) {
    return settings.get(name);
  }

  @Override
  public Instant queryStart() {
    return start;
  }

  @Override
  public ZoneId timeZone() {
    return timeZone;
  }

  @Override
  public FormatSettings formatSettings() {
    return formatSettings;
  }

  @Override
  public String currentDatabase() {
    return database;
  }

  @Override
  public String currentUser() {
    return user;
  }

  @Override
  public String queryId() {
    return queryId;
  }

  @Override
  public <T> @Nullable T service(Class<T> kind) {
    return kind.cast(services.get(kind));
  }

  /** Adds a service; only before the query's threads start. */
  public <T> void provide(Class<T> kind, T service) {
    services.put(kind, service);
  }

  /** A service that must be there. */
  public <T> T require(Class<T> kind) {
    T found = service(kind);
    if (found == null) {
      throw new IllegalStateException("no " + kind.getSimpleName());
    }
    return found;
  }
}
