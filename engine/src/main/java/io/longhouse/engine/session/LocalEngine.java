package io.longhouse.engine.session;

import static java.util.Objects.requireNonNull;

import io.longhouse.column.MemoryTracker;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.access.AccessControl;
import io.longhouse.engine.access.AccessStorage;
import io.longhouse.engine.access.Account;
import io.longhouse.engine.access.Credentials;
import io.longhouse.engine.access.Login;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionUser;
import io.longhouse.engine.access.User;
import io.longhouse.engine.access.UserDirectories;
import io.longhouse.engine.catalog.AtomicDatabase;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.catalog.CatalogLoader;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.catalog.DroppedTables;
import io.longhouse.engine.catalog.MemoryDatabase;
import io.longhouse.engine.catalog.MetadataFiles;
import io.longhouse.engine.exec.Scheduler;
import io.longhouse.engine.exec.SpillFolder;
import io.longhouse.engine.meter.Meter;
import io.longhouse.engine.meter.TopAccounts;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.TableDefinitions;
import io.longhouse.engine.system.Addresses;
import io.longhouse.engine.system.Measurements;
import io.longhouse.engine.system.PartLog;
import io.longhouse.engine.system.QueryLog;
import io.longhouse.engine.system.SessionLog;
import io.longhouse.engine.system.UsageLog;
import io.longhouse.engine.table.ReplicaState;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.engine.tenancy.Tenancy;
import io.longhouse.engine.tenancy.TenantFacts;
import io.longhouse.engine.tenancy.store.DiskTenantStore;
import io.longhouse.engine.workload.WorkloadStore;
import io.longhouse.engine.workload.Workloads;
import io.longhouse.function.ServerFacts;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.parser.Parser;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.disk.LocalDisk;
import io.longhouse.storage.mergetree.BackgroundMerges;
import io.longhouse.tenancy.MemoryTenantStore;
import io.longhouse.tenancy.TenantStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The engine of this process. */
public final class LocalEngine implements Engine {
  private final EngineConfig config;
  private final Metrics metrics = new Metrics();
  private final MemoryTracker memory;
  private final Scheduler scheduler;
  private final Workloads workloads;
  private final Catalog catalog = new Catalog();
  private final Processes processes = new Processes();
  private final ErrorCounts errors = new ErrorCounts();
  private volatile @Nullable QueryLog queryLog;
  private volatile @Nullable UsageLog usageLog;
  private volatile @Nullable PartLog partLog;
  private final TopAccounts topAccounts;
  private final Meter meter = new Meter(catalog);
  private volatile @Nullable SessionLog sessionLog;
  private volatile @Nullable Runnable reloader;
  private volatile Macros macros;
  private volatile Map<String, Integer> ports = Map.of();
  private final Warnings warnings = new Warnings();
  private @Nullable DroppedTables dropped;
  private final BackgroundMerges merges;
  private final AccessControl access;
  private final Login login;
  private final Tenancy tenancy;
  private final UUID uuid;
  private final List<EngineExtension.Opened> extensions = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private LocalEngine(EngineConfig config, Login.Tokens tokens) {
    this.config = config;
    this.macros = Macros.of(config.configuration());
    this.topAccounts =
        new TopAccounts(
            Integer.parseInt(
                config.configuration().getOrDefault("prometheus.tenants", "0").strip()));
    this.uuid = EngineUuid.of(config.path());
    this.access = accessControl(config, tokens);
    this.tenancy = new Tenancy(this);
    this.login = new Login(access, Clock.systemUTC(), tokens);
    long limit = config.memoryLimitBytes();
    this.memory =
        new MemoryTracker(
                "(total)", limit > 0 ? limit : Runtime.getRuntime().maxMemory() / 10 * 6, null)
            .shared();
    int threads =
        config.threads() > 0 ? config.threads() : Runtime.getRuntime().availableProcessors();
    this.scheduler = new Scheduler(threads, "query", quantumNs(config));
    this.workloads =
        new Workloads(
            scheduler, memory, new WorkloadStore(workloadFolder(config)), config.configuration());
    this.merges =
        new BackgroundMerges(
            Math.max(1, threads / 2),
            workloads.backgroundTurns(
                config.configuration().getOrDefault("merge_workload", "default")));
    metrics.gauge("Query", processes::count);
    metrics.gauge("ConcurrentQueryAcquired", workloads::running);
    metrics.gauge("ConcurrentQueryScheduled", workloads::waiting);
    metrics.gauge("MemoryTracking", memory::used);
    metrics.gauge("ReadonlyReplica", this::readOnlyReplicas);
    metrics.gauge("Merge", this::runningMerges);
    metrics.gauge("BackgroundMergesAndMutationsPoolTask", this::runningMerges);
    metrics.gauge("BackgroundMergesAndMutationsPoolSize", () -> Math.max(1, threads / 2));
    metrics.gauge("QueryThread", () -> threads);
    metrics.gauge("GlobalThread", () -> Thread.activeCount());
    metrics.gauge("VersionInteger", () -> VERSION_INTEGER);
    NOTHING_OF.forEach(metrics::gauge);
  }

  private static long quantumNs(EngineConfig config) {
    String written = config.configuration().getOrDefault("cpu_slot_quantum_ns", "").strip();
    return written.isEmpty() ? Scheduler.QUANTUM_NS : Math.max(1, Long.parseLong(written));
  }

  private static @Nullable Path workloadFolder(EngineConfig config) {
    Path root = config.path();
    String folder = config.configuration().getOrDefault("workload_path", "").strip();
    return root == null ? null : folder.isEmpty() ? root.resolve("workload") : Path.of(folder);
  }

  /** Numbers that monitoring asks for and that stay 0 here. */
  private static final List<String> NOTHING_OF =
      List.of(
          "DelayedInserts",
          "InterserverConnection",
          "MySQLConnection",
          "PostgreSQLConnection",
          "ReplicatedFetch",
          "ReplicatedSend",
          "ZooKeeperSession");

  /** So much of a name that somebody gave is noted. */
  private static final int USER_SHOWN = 256;

  private static final long VERSION_INTEGER = 26_007_002;

  private long readOnlyReplicas() {
    return replicas().values().stream().filter(ReplicaState::isReadOnly).count();
  }

  @Override
  public Map<String, ReplicaState> replicas() {
    Map<String, ReplicaState> all = new TreeMap<>();
    for (Table t : catalog.openTables()) {
      ReplicaState r = t.replicaState();
      if (r != null) {
        all.put(t.id().toString(), r);
      }
    }
    return all;
  }

  private long runningMerges() {
    long n = 0;
    for (Table t : catalog.openTables()) {
      n += t instanceof MergeTreeTable m ? m.data().merges().running().size() : 0;
    }
    return n;
  }

  @Override
  public void guardHeap() {
    HeapGuard.start(processes);
  }

  private static AccessControl accessControl(EngineConfig config, Login.Tokens tokens) {
    Path root = config.path();
    var directories = UserDirectories.open(root, config.configuration());
    List<AccessStorage> storages = new ArrayList<>(directories.storages());
    String directory = tokens.directory();
    if (directory != null) {
      storages.add(AccessControl.ofTokens(directory));
    }
    TenantStore shared = directories.tenants();
    TenantStore tenants =
        shared != null
            ? shared
            : root == null
                ? new MemoryTenantStore()
                : DiskTenantStore.open(root.resolve("tenants"));
    return new AccessControl(storages, config.configuration(), tenants);
  }

  /** Where queries put rows aside: {@code tmp_path}, else {@code tmp} beside the data. */
  SpillFolder spillFolder() {
    String written = config.configuration().getOrDefault("tmp_path", "").strip();
    Path root = config.path();
    return !written.isEmpty()
        ? new SpillFolder(Path.of(written))
        : root == null ? SpillFolder.OF_PROCESS : new SpillFolder(root.resolve("tmp"));
  }

  static LocalEngine open(EngineConfig config, Login.Tokens tokens) {
    var zone = config.timeZone();
    if (zone != null) {
      TimeZones.server(zone);
    }
    var engine = new LocalEngine(config, tokens);
    TenantFacts tenants = engine.tenancy.facts();
    engine.workloads.add(tenants);
    engine.meter.limits(tenants);
    engine.meter.tenants(tenants);
    var extensions = Registry.of(EngineExtension.class);
    for (Registry.Entry e : extensions.entries()) {
      engine.extensions.add(requireNonNull(extensions.find(e.name())).open(engine));
    }
    CatalogLoader.load(engine, config.path());
    Path root = config.path();
    if (root != null) {
      String delay =
          config.configuration().getOrDefault("database_atomic_delay_before_drop_table_sec", "480");
      engine.dropped =
          new DroppedTables(root, Duration.ofSeconds(Long.parseLong(delay)), engine::forget);
    }
    if (config.path() != null) {
      engine.startLogs();
    }
    engine.tenancy.recover();
    engine.extensions.forEach(EngineExtension.Opened::start);
    return engine;
  }

  /** What is elsewhere of a dropped table goes with its data. */
  private void forget(DroppedTables.Dropped d) {
    if (Parser.parseStatement(MetadataFiles.read(d.file())).statement() instanceof CreateTable c) {
      TableEngine made = Registry.of(TableEngine.class).find(TableDefinitions.engine(c));
      if (made != null) {
        internally(context -> made.forget(d.id(), c, context.query()));
      }
    }
  }

  private void startLogs() {
    var usage = new UsageLog(this, topAccounts);
    usageLog = usage;
    var queries = new QueryLog(this, usage);
    queryLog = queries;
    var parts = new PartLog(this);
    partLog = parts;
    var sessions = new SessionLog(this);
    sessionLog = sessions;
    queries.start();
    parts.start();
    sessions.start();
  }

  @Override
  public Session login(Credentials given, ClientInfo client) {
    Credentials shown =
        given instanceof Credentials.Password p && p.user().isEmpty()
            ? new Credentials.Password("default", p.password(), p.certificate())
            : given;
    SessionUser in = admitted(shown, client);
    Settings settings = settings(in);
    var session = new LocalSession(this, in, client, settings);
    SessionLog log = sessionLog;
    if (log != null) {
      var who =
          new SessionLog.Entered(
              UUID.randomUUID(), in.name(), in.admission().method(), in.access().account(), client);
      log.entered(who, in.access(), settings.changed());
      session.entered(who);
    }
    User known = in.access().user();
    if (known != null && catalog.find(known.defaultDatabase()) != null) {
      session.database(known.defaultDatabase());
    }
    return session;
  }

  @Override
  public Session onBehalf(
      String user, String from, @Nullable List<String> roles, ClientInfo client) {
    if (user.isEmpty()) {
      return new LocalSession(this, null, client, new Settings());
    }
    SessionUser in = login.onBehalf(user, from, roles);
    var session = new LocalSession(this, in, client, settings(in));
    User known = in.access().user();
    if (known != null && catalog.find(known.defaultDatabase()) != null) {
      session.database(known.defaultDatabase());
    }
    return session;
  }

  @Override
  public boolean maySee(@Nullable Session session, String database, String name) {
    return !(session instanceof LocalSession s)
        || s.access().isGranted(Privilege.SHOW_TABLES, databaseOf(session, database), name);
  }

  @Override
  public @Nullable Table table(@Nullable Session session, String database, String name) {
    return maySee(session, database, name)
        ? catalog.find(databaseOf(session, database), name)
        : null;
  }

  private static String databaseOf(@Nullable Session session, String named) {
    String home = session == null ? "default" : session.database();
    return named.isEmpty() ? home : named;
  }

  private SessionUser admitted(Credentials shown, ClientInfo client) {
    try {
      return login.login(shown, Addresses.withoutPort(client.address()));
    } catch (LonghouseException e) {
      errors.add(e, "", "", Account.ENGINE);
      SessionLog log = sessionLog;
      if (log != null) {
        String user = shown.user();
        log.refused(user.substring(0, Math.min(user.length(), USER_SHOWN)), client, e.message());
      }
      throw e;
    }
  }

  /** The settings that a user's session begins with. */
  Settings settings(SessionUser of) {
    var settings = new Settings();
    config
        .profile()
        .forEach((key, value) -> {
          if (key.indexOf('.') < 0 && !key.equals("profile") && !key.startsWith("profile[")) {
            settings.set(key, value);
          }
        });
    of.access().constraints().values().forEach(settings::set);
    settings.guard((setting, value) -> of.access().constraints().check(setting, value));
    return settings;
  }

  @Override
  public Map<String, Double> measured() {
    return Measurements.of(catalog.databases());
  }

  @Override
  public Map<String, Long> errorCounts() {
    Map<String, Long> counts = new TreeMap<>();
    errors.all().forEach(c -> counts.put(c.code().name(), c.count()));
    return counts;
  }

  @Override
  public List<TopAccounts.Series> topAccounts() {
    return topAccounts.series();
  }

  @Override
  public Metrics metrics() {
    return metrics;
  }

  /** Does work that needs a statement's means but belongs to no client: loading tables. */
  public void internally(java.util.function.Consumer<StatementContext> work) {
    internally(null, work);
  }

  /**
   * The same with what a user sees and may do.
   *
   * @param user null for everything
   * @throws io.longhouse.sql.LonghouseException UNKNOWN_USER (192)
   */
  public void internally(
      @Nullable String user, java.util.function.Consumer<StatementContext> work) {
    SessionUser as = user == null ? null : login.withoutProof(user);
    Settings settings = as == null ? new Settings() : settings(as);
    try (var session = new LocalSession(this, as, ClientInfo.local(), settings);
        var query = QueryStart.internal(this, session)) {
      work.accept(query);
    }
  }

  /**
   * A session for statements that the server carries out for others: each is a query like any
   * other, in system.processes and query_log.
   *
   * @param user null for who may do everything
   * @param roles the user's, of which it has these alone
   * @throws io.longhouse.sql.LonghouseException UNKNOWN_USER (192), UNKNOWN_ROLE (511)
   */
  public Session sessionFor(@Nullable String user, List<String> roles) {
    SessionUser as = user == null ? null : login.withoutProof(user, roles);
    Settings settings = as == null ? new Settings() : settings(as);
    return new LocalSession(this, as, ClientInfo.local(), settings);
  }

  public EngineConfig config() {
    return config;
  }

  /** The id that the engine gave itself when its data directory was made. */
  public UUID uuid() {
    return uuid;
  }

  /** The configuration as functions ask for it. */
  ServerFacts facts() {
    return new ConfiguredFacts(config.configuration(), macros, ports);
  }

  /** What {@code {name}} stands for, as last configured. */
  public Macros macros() {
    return macros;
  }

  /** Where the server in front listens, by key of the configuration; empty without one. */
  public Map<String, Integer> ports() {
    return ports;
  }

  @Override
  public void listening(Map<String, Integer> at) {
    ports = Map.copyOf(at);
  }

  public Catalog catalog() {
    return catalog;
  }

  public Processes processes() {
    return processes;
  }

  /** Where queries are noted; null when nothing is kept on disk. */
  public @Nullable QueryLog queryLog() {
    return queryLog;
  }

  /** Where accounts' use is written; null when nothing is kept on disk. */
  public @Nullable UsageLog usageLog() {
    return usageLog;
  }

  /** What accounts use. */
  public Meter meter() {
    return meter;
  }

  /** Where the lives of parts are noted; null when nothing is kept on disk. */
  public @Nullable PartLog partLog() {
    return partLog;
  }

  /** Where logins are noted; null when nothing is kept on disk. */
  public @Nullable SessionLog sessionLog() {
    return sessionLog;
  }

  @Override
  public Warnings warnings() {
    return warnings;
  }

  @Override
  public boolean isDefaultOpen() {
    return access.isDefaultOpen();
  }

  @Override
  public void reloader(Runnable how) {
    reloader = how;
  }

  /** What reads the configuration anew; null where there is none. */
  public @Nullable Runnable reloader() {
    return reloader;
  }

  @Override
  public void reload(Map<String, String> configuration) {
    access.reload(configuration);
    macros = Macros.of(configuration);
    extensions.forEach(e -> e.reload(configuration));
  }

  public AccessControl access() {
    return access;
  }

  /** What the modules above give to queries, by class. */
  @Override
  public <T> @Nullable T service(Class<T> kind) {
    for (EngineExtension.Opened e : extensions) {
      Object found = e.services().get(kind);
      if (found != null) {
        return kind.cast(found);
      }
    }
    return null;
  }

  List<EngineExtension.Opened> extensions() {
    return extensions;
  }

  Tenancy tenancy() {
    return tenancy;
  }

  /** Tables that can be brought back; null when nothing is kept on disk. */
  @Nullable DroppedTables dropped() {
    return dropped;
  }

  public ErrorCounts errors() {
    return errors;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  /** Who may work how much at once. */
  public Workloads workloads() {
    return workloads;
  }

  /** A database of that engine; the usual one is Atomic on disk and Memory without a disk. */
  public Database newDatabase(String name, String engine, String comment) {
    Path root = config.path();
    UUID uuid = UUID.randomUUID();
    return switch (engine) {
      case "Memory" -> new MemoryDatabase(name, "Memory", uuid, comment);
      case "", "Atomic", "Ordinary" -> {
        if (root == null) {
          yield new MemoryDatabase(name, "Memory", uuid, comment);
        }
        var database = new AtomicDatabase(name, uuid, comment, root);
        database.create();
        yield database;
      }
      default ->
          throw new LonghouseException(
              ErrorCode.UNKNOWN_DATABASE_ENGINE, "Unknown database engine: " + engine);
    };
  }

  /** {@code store/abc/abcdef...} below the data directory, as ClickHouse lays it out. */
  @Nullable Path dataPath(TableId id) {
    Path root = config.path();
    return root == null ? null : AtomicDatabase.store(root, id.uuid());
  }

  /** Where the counts of a table's rows by tenant are kept; null when nothing is kept on disk. */
  public @Nullable Disk countsDisk() {
    Path root = config.path();
    return root == null ? null : new LocalDisk("tenant_counts", root.resolve("tenant_counts"));
  }

  BackgroundMerges merges() {
    return merges;
  }

  boolean isClosed() {
    return closed.get();
  }

  @Override
  public void shutdown(long graceMs) {
    if (closed.getAndSet(true)) {
      return;
    }
    processes.awaitNone(graceMs);
    processes.cancelAll();
    processes.awaitNone(1000);
    tenancy.close();
    extensions.forEach(EngineExtension.Opened::close);
    merges.close();
    if (dropped != null) {
      dropped.close();
    }
    UsageLog usage = usageLog;
    if (usage != null) {
      usage.close();
    }
    QueryLog log = queryLog;
    if (log != null) {
      log.close();
    }
    PartLog parts = partLog;
    if (parts != null) {
      parts.close();
    }
    SessionLog sessions = sessionLog;
    if (sessions != null) {
      sessions.close();
    }
    catalog.close();
    access.close();
    scheduler.close();
  }

  @Override
  public void close() {
    shutdown(0);
  }
}
