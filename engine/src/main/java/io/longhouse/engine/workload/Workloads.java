package io.longhouse.engine.workload;

import io.longhouse.column.MemoryTracker;
import io.longhouse.column.Turns;
import io.longhouse.engine.access.Account;
import io.longhouse.engine.exec.Scheduler;
import io.longhouse.engine.exec.Share;
import io.longhouse.engine.exec.ShareLimits;
import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.CreateResource;
import io.longhouse.sql.ast.CreateWorkload;
import io.longhouse.sql.ast.DropObject;
import io.longhouse.storage.index.TextRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The workloads and accounts that are at work, as a tree: queries and background work, the root
 * workload and others within it, accounts within these. A query whose workload nobody has defined
 * is its account's, which then stands beside the root workload with weight 1.
 *
 * <p>Nodes come with the first query that wants them, and go some time after the last one.
 */
public final class Workloads {
  /** Beside it, merges and mutations have weight 1: a quarter of the threads, when all are busy. */
  private static final double QUERIES_WEIGHT = 3;

  private static final long IDLE_NS_MAX = 10_000_000_000L;
  private static final int SWEPT_AT_ONCE = 4;
  private static final int DEPTH_MAX = 64;

  private final Scheduler scheduler;
  private final WorkloadStore store;
  private final List<WorkloadSource> sources = new CopyOnWriteArrayList<>();
  private final QuerySlots slots;
  private final boolean throwsOnUnknown;
  private final Node top;
  private final Share background;
  private final Map<String, Node> workloads = new HashMap<>();
  private final Map<String, UserMemory> users = new HashMap<>();
  private final ArrayDeque<Node> idle = new ArrayDeque<>();

  /** What all queries of a user use. */
  private static final class UserMemory {
    private final MemoryTracker tracker = new MemoryTracker("User", 0, null).shared();
    private long limit;
    private int queries;
  }

  public Workloads(
      Scheduler scheduler,
      MemoryTracker server,
      WorkloadStore store,
      Map<String, String> configuration) {
    this.scheduler = scheduler;
    this.store = store;
    this.slots =
        new QuerySlots(
            new QuerySlots.ServerLimits(
                number(configuration, "max_concurrent_queries"),
                number(configuration, "max_concurrent_insert_queries"),
                number(configuration, "max_concurrent_select_queries")));
    String strict = configuration.getOrDefault("throw_on_unknown_workload", "0").strip();
    this.throwsOnUnknown = strict.equals("1") || strict.equals("true");
    Share queries =
        scheduler.newShare(
            scheduler.root(),
            "queries",
            new ShareLimits(QUERIES_WEIGHT, 0, Integer.MAX_VALUE, 0, 0));
    this.top = new Node("", null, queries, server);
    this.background = scheduler.newShare(scheduler.root(), "background", ShareLimits.NONE);
  }

  private static long number(Map<String, String> configuration, String key) {
    String v = configuration.getOrDefault(key, "").strip();
    return v.isEmpty() ? 0 : Long.parseLong(v);
  }

  /** Asks there as well for workloads that are not created by statements. */
  public void add(WorkloadSource source) {
    sources.add(source);
  }

  public WorkloadStore store() {
    return store;
  }

  QuerySlots slots() {
    return slots;
  }

  /** Queries that have a slot. */
  public int running() {
    return slots.running();
  }

  /** Queries that wait for a slot. */
  public int waiting() {
    return slots.waiting();
  }

  /** The share of merges and mutations; their own workload where one is defined. */
  private synchronized Share background(String workload) {
    Node n = find(workload, 0);
    return n == null ? background : n.share;
  }

  /**
   * Where merges and mutations take their turns.
   *
   * @param workload theirs, when one of that name is defined
   */
  public Turns.Place backgroundTurns(String workload) {
    return new Turns.Place() {
      @Override
      public <T extends @Nullable Object> T take(Supplier<T> work) {
        return scheduler.newGroup(background(workload)).during(() -> {}, work);
      }

      @Override
      public void between() {
        Scheduler.checkpoint();
      }
    };
  }

  // ---- Definitions

  public synchronized void create(CreateWorkload w) {
    checkOwn(w.name(), "create");
    if (store.create(w)) {
      configureAll();
    }
  }

  public synchronized void create(CreateResource r) {
    if (store.create(r)) {
      configureAll();
    }
  }

  public synchronized void drop(DropObject d) {
    if (d.kind() == DropObject.Kind.WORKLOAD) {
      checkOwn(d.name(), "drop");
    }
    if (store.drop(d)) {
      if (d.kind() == DropObject.Kind.WORKLOAD) {
        workloads.remove(d.name());
      }
      configureAll();
    }
  }

  private void checkOwn(String name, String what) {
    for (WorkloadSource source : sources) {
      if (source.workload(name) != null) {
        throw new LonghouseException(
            ErrorCode.ACCESS_STORAGE_READONLY,
            "Cannot "
                + what
                + " workload "
                + Quoting.backQuoted(name)
                + ": it stands behind a tenant, and statements about TENANT and TENANT SPACE change"
                + " it");
      }
    }
  }

  private void configureAll() {
    for (Node n : List.copyOf(workloads.values())) {
      CreateWorkload now = definition(n.name);
      if (now != null) {
        configure(n, now);
      }
    }
  }

  /** A tenant's own goes before one of that name that was created when there was no tenant. */
  private @Nullable CreateWorkload definition(String name) {
    for (WorkloadSource source : sources) {
      CreateWorkload w = source.workload(name);
      if (w != null) {
        return w;
      }
    }
    return store.workload(name);
  }

  private void configure(Node n, CreateWorkload w) {
    n.definition = w;
    n.threads = WorkloadSettings.of(w, store.resourceOf("WORKER THREAD", "MASTER THREAD"));
    n.memories = WorkloadSettings.of(w, store.resourceOf("MEMORY RESERVATION"));
    scheduler.configure(n.share, n.threads.threads());
    long most = n.memories.memoryMax();
    n.memory.limit(most == WorkloadSettings.UNLIMITED ? 0 : most);
    WorkloadSettings queries = WorkloadSettings.of(w, store.resourceOf("QUERY"));
    slots.locked(() -> n.slots(queries));
  }

  /** The workload of that name with those it stands in; null when nobody has defined it. */
  private @Nullable Node find(String name, int depth) {
    CreateWorkload w = depth > DEPTH_MAX ? null : definition(name);
    if (w == null) {
      return null;
    }
    Node found = w.parent() == null ? top : find(w.parent(), depth + 1);
    Node parent = found == null ? top : found;
    Node known = workloads.get(name);
    if (known != null && known.parent == parent) {
      if (!w.equals(known.definition)) {
        configure(known, w);
      }
      return known;
    }
    var made =
        new Node(
            name,
            parent,
            scheduler.newShare(parent.share, name, ShareLimits.NONE),
            new MemoryTracker("Workload " + name, 0, parent.memory).shared());
    configure(made, w);
    parent.users++;
    workloads.put(name, made);
    return made;
  }

  // ---- Claims

  /**
   * What a query shall have.
   *
   * @param user whose limits of memory and number count besides
   * @throws LonghouseException INVALID_SCHEDULER_NODE (672) for a workload that others stand in,
   *     RESOURCE_ACCESS_DENIED (673) for an unknown one where these are forbidden
   */
  public synchronized Claim claim(Account account, String user, Settings settings) {
    Node leaf = account(workload(settings.text("workload")), account);
    leaf.users++;
    UserMemory m = users.computeIfAbsent(user, _ -> new UserMemory());
    m.queries++;
    m.limit = Math.max(m.limit, settings.number("max_memory_usage_for_user"));
    m.tracker.limit(m.limit);
    var memory =
        new MemoryTracker("Query", settings.number("max_memory_usage"), leaf.memory, m.tracker);
    return new Claim(this, leaf, user, scheduler.newGroup(leaf.share), memory);
  }

  /** What the engine does for itself. */
  public Claim own() {
    return claim(Account.ENGINE, "", new Settings());
  }

  private Node workload(String name) {
    if (store.hasChildren(name)) {
      throw new LonghouseException(
          ErrorCode.INVALID_SCHEDULER_NODE,
          "Unable to link to workload '" + name + "' that has children.");
    }
    Node n = find(name, 0);
    if (n == null && throwsOnUnknown) {
      throw new LonghouseException(
          ErrorCode.RESOURCE_ACCESS_DENIED, "Unknown workload '" + name + "'");
    }
    return n == null ? top : n;
  }

  private Node account(Node workload, Account account) {
    Node known = workload.accounts.get(account);
    if (known != null) {
      return known;
    }
    String name = account.name();
    var made =
        new Node(
            name,
            workload,
            scheduler.newShare(workload.share, name, ShareLimits.NONE),
            new MemoryTracker("Account " + name, 0, workload.memory));
    made.account = account;
    workload.accounts.put(account, made);
    workload.users++;
    return made;
  }

  synchronized void release(Node account, String user) {
    UserMemory m = users.get(user);
    if (m != null && --m.queries == 0) {
      users.remove(user);
    }
    unused(account);
    for (int i = 0; i < SWEPT_AT_ONCE && !idle.isEmpty(); i++) {
      sweep(idle.remove());
    }
  }

  private void unused(Node n) {
    if (--n.users == 0 && n.parent != null) {
      n.idleSinceNs = System.nanoTime();
      if (!n.idle) {
        n.idle = true;
        idle.add(n);
      }
    }
  }

  /**
   * Forgets a node that nobody uses, unless it is better remembered that it had more than others.
   */
  private void sweep(Node n) {
    Node parent = n.parent;
    n.idle = false;
    if (n.users > 0 || parent == null || workloads.get(n.name) == n && isStored(n)) {
      return;
    }
    boolean old = System.nanoTime() - n.idleSinceNs > IDLE_NS_MAX;
    if (!old && !scheduler.isForgettable(n.share)) {
      n.idle = true;
      idle.add(n);
      return;
    }
    Account a = n.account;
    if (a == null) {
      workloads.remove(n.name, n);
    } else {
      parent.accounts.remove(a, n);
    }
    unused(parent);
  }

  private boolean isStored(Node n) {
    return n.account == null && store.workload(n.name) != null;
  }

  /** Has an account stand back for time that was spent for it in the background. */
  public void charge(Account account, long ns) {
    Share share;
    synchronized (this) {
      String own = account.isTenant() ? account.name() : "default";
      Node workload = find(own, 0);
      Node n = account(workload == null ? top : workload, account);
      n.users++;
      unused(n);
      share = n.share;
    }
    scheduler.charge(share, ns);
  }

  double weight(Node account) {
    Node workload = Objects.requireNonNull(account.parent);
    synchronized (this) {
      return workload.memories.weight();
    }
  }

  long precedence(Node account) {
    Node workload = Objects.requireNonNull(account.parent);
    synchronized (this) {
      return workload.memories.precedence();
    }
  }

  // ---- What there is to see

  /** A workload as it is at this moment. */
  public record View(
      String name,
      @Nullable String parent,
      WorkloadSettings threads,
      WorkloadSettings queries,
      WorkloadSettings memory,
      Scheduler.Snapshot share,
      int running,
      int waiting,
      long admitted,
      long refused,
      long memoryUsed) {}

  /**
   * An account that is at work, or was until a moment ago, in one of the workloads.
   *
   * @param workload empty for the account that stands beside the root workload
   * @param weight of the workload
   * @param share of threads, with what was used since the account came
   * @param memoryUsed bytes
   */
  public record AtWork(
      Account account,
      String workload,
      double weight,
      Scheduler.Snapshot share,
      int running,
      int waiting,
      long memoryUsed) {}

  public synchronized List<AtWork> accounts() {
    List<AtWork> out = new ArrayList<>();
    accounts(top, out);
    workloads.values().forEach(n -> accounts(n, out));
    return out;
  }

  private void accounts(Node workload, List<AtWork> out) {
    workload.accounts.forEach((account, n) -> {
      Scheduler.Snapshot share = scheduler.snapshot(n.share);
      double weight = workload.threads.weight();
      slots.locked(() ->
          out.add(
              new AtWork(
                  account, workload.name, weight, share, n.running, n.waiting, n.memory.used())));
    });
  }

  /** The workloads with names in some ranges: those that were created, and tenants'. */
  public Iterable<CreateWorkload> definitions(List<TextRange> names) {
    return () -> {
      Stream<CreateWorkload> all =
          store.workloads().stream().filter(w -> TextRange.contains(names, w.name()));
      for (WorkloadSource source : sources) {
        all = Stream.concat(all, source.workloads(names));
      }
      return all.iterator();
    };
  }

  /** The workloads that were created. */
  public synchronized List<View> views() {
    List<View> out = new ArrayList<>();
    for (CreateWorkload w : store.workloads()) {
      Node n = find(w.name(), 0);
      if (n != null) {
        Scheduler.Snapshot share = scheduler.snapshot(n.share);
        slots.locked(() ->
            out.add(
                new View(
                    n.name,
                    w.parent(),
                    n.threads,
                    n.slots,
                    n.memories,
                    share,
                    n.running,
                    n.waiting,
                    n.admitted,
                    n.refused,
                    n.memory.used())));
      }
    }
    return out;
  }
}
