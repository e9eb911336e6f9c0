package io.longhouse.cluster.access;

import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.cluster.keeper.KeeperCalls;
import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperPaths;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.engine.catalog.FileNames;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.tenancy.MemoryTenantStore;
import io.longhouse.tenancy.Records;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import io.longhouse.tenancy.TenantStore;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Spaces and tenants in Keeper, and in memory:
 *
 * <pre>
 * serial                   the last serial number that was given out
 * spaces/SERIAL            record, as {@link Records} has it
 * tenants/SERIAL           record
 * space_names/NAME         serial; names escaped like those of files
 * names/SPACE.NAME         serial of the tenant
 * ids/SPACE.ID             serial of the tenant
 * log/change-NUMBER        "spaces/SERIAL" or "tenants/SERIAL" that was changed
 * </pre>
 *
 * <p>Invariants: records, names, ids and an entry of the log are written together; a server follows
 * the log, and reads everything again when it finds that entries are missing. Who changes a record
 * must have seen the last change of it.
 */
final class KeeperTenantStore implements TenantStore {
  private static final System.Logger LOG = System.getLogger(KeeperTenantStore.class.getName());
  private static final String CHANGE = "change-";
  private static final int LOG_MAX = 1000;
  private static final int READ_AT_ONCE = 1000;
  private static final int TRIES = 100;
  private static final long PAUSE_MS = 1000;

  private final String root;
  private final MemoryTenantStore known = new MemoryTenantStore();

  /** The transaction that wrote what is known of a record, by its path. Guarded by this. */
  private final Map<String, Long> versions = new HashMap<>();

  private final Semaphore stale = new Semaphore(0);
  private final Consumer<KeeperSession> newSession = _ -> changed();
  private long followed = -1;
  private volatile boolean watched;
  private volatile @Nullable Keeper keeper;
  private volatile @Nullable Thread reader;

  KeeperTenantStore(String path) {
    this.root = KeeperPaths.plain(path);
  }

  /**
   * Reads what there is and follows it from then on.
   *
   * @throws LonghouseException KEEPER_EXCEPTION (999) when Keeper is away
   */
  void connect(Keeper to) {
    for (String node : List.of("spaces", "tenants", "space_names", "names", "ids", "log")) {
      to.createAll(root + "/" + node);
    }
    to.createIfMissing(root + "/serial", "0");
    readAll(to);
    keeper = to;
    to.onNewSession(newSession);
    reader = Thread.ofVirtual().name("tenants").start(this::follow);
  }

  private Keeper connected() {
    Keeper k = keeper;
    if (k == null) {
      throw new LonghouseException(
          ErrorCode.NO_ZOOKEEPER, "Tenants are kept in Keeper, and there is none");
    }
    return k;
  }

  // ---- Following

  private void changed() {
    watched = false;
    stale.release();
  }

  private void follow() {
    try {
      while (true) {
        try {
          readLog(connected());
        } catch (KeeperError e) {
          watched = false;
          LOG.log(Level.WARNING, "tenants lag behind Keeper: " + e.message());
          Thread.sleep(PAUSE_MS);
          continue;
        }
        stale.acquire();
        stale.drainPermits();
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "tenants no longer follow Keeper");
    }
  }

  private static long number(String entry) {
    return Long.parseLong(entry.substring(CHANGE.length()));
  }

  private List<String> log(KeeperCalls calls, boolean watch) {
    boolean set = watch && !watched;
    if (set) {
      watched = true;
    }
    return calls.children(root + "/log", set ? this::changed : null).stream()
        .filter(n -> n.startsWith(CHANGE))
        .sorted()
        .toList();
  }

  private void readLog(KeeperCalls calls) {
    List<String> entries = log(calls, true);
    if (entries.isEmpty()) {
      return;
    }
    if (number(entries.getFirst()) > followed + 1) {
      readAll(calls);
      return;
    }
    Set<String> records = new HashSet<>();
    List<String> fresh = entries.stream().filter(n -> number(n) > followed).toList();
    for (KeeperNode n : calls.getAll(fresh.stream().map(e -> root + "/log/" + e).toList())) {
      if (n == null) {
        readAll(calls);
        return;
      }
      records.add(n.text());
    }
    records.forEach(r -> apply(r, calls.tryGet(root + "/" + r)));
    followed = Math.max(followed, number(entries.getLast()));
    if (entries.size() > LOG_MAX) {
      entries
          .subList(0, entries.size() - LOG_MAX)
          .forEach(e -> calls.removeIfThere(root + "/log/" + e));
    }
  }

  private void readAll(KeeperCalls calls) {
    calls.sync(root);
    List<String> entries = log(calls, false);
    // Spaces first, since tenants are of them.
    Set<String> there = new HashSet<>();
    for (String kind : List.of("spaces", "tenants")) {
      List<String> records =
          calls.children(root + "/" + kind).stream().map(n -> kind + "/" + n).toList();
      there.addAll(records);
      for (int from = 0; from < records.size(); from += READ_AT_ONCE) {
        List<String> some = records.subList(from, Math.min(records.size(), from + READ_AT_ONCE));
        List<@Nullable KeeperNode> nodes =
            calls.getAll(some.stream().map(r -> root + "/" + r).toList());
        for (int i = 0; i < some.size(); i++) {
          apply(some.get(i), nodes.get(i));
        }
      }
    }
    for (String record : knownRecords()) {
      if (!there.contains(record)) {
        apply(record, calls.tryGet(root + "/" + record));
      }
    }
    followed = entries.isEmpty() ? -1 : number(entries.getLast());
  }

  private synchronized List<String> knownRecords() {
    return List.copyOf(versions.keySet());
  }

  /** Takes over a record as it was read; older readings change nothing. */
  private synchronized void apply(String record, @Nullable KeeperNode node) {
    long serial = Long.parseLong(record.substring(record.indexOf('/') + 1));
    boolean space = record.startsWith("spaces/");
    if (node == null) {
      if (versions.remove(record) != null) {
        if (space) {
          known.removeSpace(serial);
        } else {
          known.removeTenant(serial);
        }
      }
      return;
    }
    Long version = versions.get(record);
    if (version != null && version >= node.stat().mzxid()) {
      return;
    }
    versions.put(record, node.stat().mzxid());
    if (space) {
      known.put(Records.space(node.text()));
    } else {
      known.put(Records.tenant(node.text()));
    }
  }

  // ---- Changes

  private String spaceName(String name) {
    return root + "/space_names/" + FileNames.escape(name);
  }

  private String tenantName(Tenant t) {
    return root + "/names/" + t.space() + "." + FileNames.escape(t.name());
  }

  private String tenantId(Tenant t) {
    return root + "/ids/" + t.space() + "." + FileNames.escape(t.idText());
  }

  @Override
  public void put(TenantSpace space) {
    TenantSpace before = known.space(space.serial());
    List<Op> names = new ArrayList<>();
    move(
        before == null ? null : spaceName(before.name()),
        spaceName(space.name()),
        space.serial(),
        names);
    write("spaces/" + space.serial(), Records.text(space), names);
  }

  @Override
  public void put(Tenant tenant) {
    Tenant before = known.tenant(tenant.serial());
    List<Op> names = new ArrayList<>();
    move(before == null ? null : tenantName(before), tenantName(tenant), tenant.serial(), names);
    move(before == null ? null : tenantId(before), tenantId(tenant), tenant.serial(), names);
    write("tenants/" + tenant.serial(), Records.text(tenant), names);
  }

  private static void move(@Nullable String from, String to, long serial, List<Op> ops) {
    if (to.equals(from)) {
      return;
    }
    if (from != null) {
      ops.add(Op.remove(from));
    }
    ops.add(Op.create(to, String.valueOf(serial)));
  }

  private void write(String record, String text, List<Op> names) {
    Keeper k = connected();
    try {
      KeeperNode node = k.tryGet(root + "/" + record);
      checkSeen(record, node);
      List<Op> ops = new ArrayList<>();
      ops.add(
          node == null
              ? Op.create(root + "/" + record, text)
              : Op.set(root + "/" + record, text, node.version()));
      ops.addAll(names);
      commit(k, record, ops);
    } catch (KeeperError e) {
      throw away(e);
    }
  }

  private void commit(Keeper k, String record, List<Op> ops) {
    ops.add(Op.create(root + "/log/" + CHANGE, record, CreateMode.PERSISTENT_SEQUENTIAL));
    MultiResult made = k.multi(ops);
    if (!made.isDone()
        && made.reason() == Reason.NODE_EXISTS
        && ops.get(made.failedAt()) instanceof Op.Create c
        && !c.path().startsWith(root + "/spaces/")
        && !c.path().startsWith(root + "/tenants/")) {
      throw new LonghouseException(
          ErrorCode.ACCESS_ENTITY_ALREADY_EXISTS,
          "Another server has just taken the name or id: "
              + FileNames.unescape(KeeperPaths.name(c.path())));
    }
    if (!made.isDone() && made.reason() != null && !made.reason().isConnection()) {
      throw overtaken(record);
    }
    made.orThrow();
    apply(record, k.tryGet(root + "/" + record));
  }

  /** What was changed elsewhere is not written over by who has not seen it. */
  private void checkSeen(String record, @Nullable KeeperNode node) {
    Long seen;
    synchronized (this) {
      seen = versions.get(record);
    }
    boolean same = node == null ? seen == null : seen != null && seen == node.stat().mzxid();
    if (!same) {
      apply(record, node);
      throw overtaken(record);
    }
  }

  private static LonghouseException overtaken(String record) {
    return new LonghouseException(
        ErrorCode.ABORTED, "Another server has just changed " + record + ": try again");
  }

  private static LonghouseException away(KeeperError e) {
    return e.isConnection()
        ? new LonghouseException(
            ErrorCode.ACCESS_STORAGE_READONLY,
            "Cannot change tenants, which are read-only while Keeper is away: " + e.message(),
            e)
        : e;
  }

  @Override
  public boolean removeSpace(long serial) {
    TenantSpace space = known.space(serial);
    return space != null && remove("spaces/" + serial, List.of(spaceName(space.name())));
  }

  @Override
  public boolean removeTenant(long serial) {
    Tenant t = known.tenant(serial);
    return t != null && remove("tenants/" + serial, List.of(tenantName(t), tenantId(t)));
  }

  private boolean remove(String record, List<String> names) {
    Keeper k = connected();
    try {
      KeeperNode node = k.tryGet(root + "/" + record);
      if (node == null) {
        apply(record, null);
        return false;
      }
      checkSeen(record, node);
      List<Op> ops = new ArrayList<>();
      ops.add(Op.remove(root + "/" + record, node.version()));
      names.forEach(n -> ops.add(Op.remove(n)));
      commit(k, record, ops);
      return true;
    } catch (KeeperError e) {
      throw away(e);
    }
  }

  @Override
  public long nextSerial() {
    Keeper k = connected();
    try {
      for (int i = 0; i < TRIES; i++) {
        KeeperNode node = k.get(root + "/serial");
        long next = Long.parseLong(node.text()) + 1;
        try {
          k.set(root + "/serial", String.valueOf(next), node.version());
          return next;
        } catch (KeeperError e) {
          if (e.reason() != Reason.BAD_VERSION) {
            throw e;
          }
        }
      }
      throw overtaken("serial");
    } catch (KeeperError e) {
      throw away(e);
    }
  }

  // ---- Finding

  @Override
  public @Nullable TenantSpace space(String name) {
    return known.space(name);
  }

  @Override
  public @Nullable TenantSpace space(long serial) {
    return known.space(serial);
  }

  @Override
  public List<TenantSpace> spaces() {
    return known.spaces();
  }

  @Override
  public @Nullable Tenant tenant(long serial) {
    return known.tenant(serial);
  }

  @Override
  public @Nullable Tenant tenant(long space, String name) {
    return known.tenant(space, name);
  }

  @Override
  public @Nullable Tenant tenantById(long space, String idText) {
    return known.tenantById(space, idText);
  }

  @Override
  public List<Tenant> byName(long space, String after, int limit) {
    return known.byName(space, after, limit);
  }

  @Override
  public List<Tenant> bySerial(long space, long after, int limit) {
    return known.bySerial(space, after, limit);
  }

  @Override
  public long count(long space) {
    return known.count(space);
  }

  @Override
  public void listen(Listener listener) {
    known.listen(listener);
  }

  @Override
  public void close() {
    Keeper k = keeper;
    if (k != null) {
      k.removeListener(newSession);
    }
    Thread t = reader;
    if (t != null) {
      t.interrupt();
    }
  }
}
