package io.longhouse.cluster.access;

import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.cluster.keeper.KeeperCalls;
import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperPaths;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.engine.access.AccessEntity;
import io.longhouse.engine.access.EntityText;
import io.longhouse.engine.access.ListedAccessStorage;
import io.longhouse.engine.catalog.FileNames;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessEntityKind;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Entities in Keeper as ClickHouse lays them out:
 *
 * <pre>
 * uuid/UUID      ATTACH statements, one a line
 * U/name, R/name, S/name, P/name, Q/name, M/name     the UUID; names escaped like those of files
 * </pre>
 *
 * <p>All are in memory too. Which of two readings of a node is newer is told by its transaction.
 */
public final class ReplicatedAccessStorage extends ListedAccessStorage {
  private static final System.Logger LOG =
      System.getLogger(ReplicatedAccessStorage.class.getName());
  private static final int TRIES = 10;
  private static final long PAUSE_MS = 1000;

  /** In the queue of what is to be read again: which entities there are. */
  private static final UUID LIST = new UUID(0, 0);

  /** In the queue: everything, since a new session has no watches. */
  private static final UUID EVERYTHING = new UUID(0, 1);

  private final String root;
  private final BlockingQueue<UUID> stale = new LinkedBlockingQueue<>();

  /** The transaction that wrote what is known of an entity. Guarded by this. */
  private final Map<UUID, Long> versions = new HashMap<>();

  /** What has a watch that was not told yet: one is enough. {@link #LIST} for the list. */
  private final Set<UUID> watched = ConcurrentHashMap.newKeySet();

  private final Consumer<KeeperSession> newSession = _ -> stale.add(EVERYTHING);
  private volatile @Nullable Keeper keeper;
  private volatile @Nullable Thread reader;

  /**
   * @param path in Keeper
   */
  public ReplicatedAccessStorage(String name, String path) {
    super(name);
    this.root = KeeperPaths.plain(path);
    if (root.isEmpty()) {
      throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "ZooKeeper path must be non-empty");
    }
  }

  /**
   * Reads what there is and follows it from then on.
   *
   * @throws LonghouseException KEEPER_EXCEPTION (999) when Keeper is away: without policies and
   *     quotas nobody is let in
   */
  public void connect(Keeper to) {
    createRoots(to);
    keeper = to;
    readAll(to);
    to.onNewSession(newSession);
    reader = Thread.ofVirtual().name("access-" + name()).start(this::follow);
  }

  private void createRoots(KeeperCalls calls) {
    calls.createAll(root + "/uuid");
    for (AccessEntityKind kind : AccessEntityKind.values()) {
      calls.createIfMissing(root + "/" + letter(kind), "");
    }
  }

  private static char letter(AccessEntityKind kind) {
    return switch (kind) {
      case USER -> 'U';
      case ROLE -> 'R';
      case SETTINGS_PROFILE -> 'S';
      case ROW_POLICY -> 'P';
      case QUOTA -> 'Q';
      case MASKING_POLICY -> 'M';
    };
  }

  private String path(UUID id) {
    return root + "/uuid/" + id;
  }

  private String path(AccessEntityKind kind, String name) {
    return root + "/" + letter(kind) + "/" + FileNames.escape(name);
  }

  @Override
  public String type() {
    return "replicated";
  }

  @Override
  public String parameters() {
    return "{\"zookeeper_path\":\"" + root.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  // ---- Following

  private void follow() {
    while (true) {
      UUID id = null;
      try {
        id = stale.take();
        Keeper k = connected();
        if (id.equals(EVERYTHING)) {
          createRoots(k);
          readAll(k);
        } else if (id.equals(LIST)) {
          readList(k, false);
        } else {
          read(k, id);
        }
      } catch (KeeperError e) {
        watched.remove(LIST);
        LOG.log(Level.WARNING, name() + " lags behind Keeper: " + e.message());
        stale.add(id == null ? EVERYTHING : id);
        pause();
      } catch (InterruptedException e) {
        LOG.log(Level.DEBUG, name() + " no longer follows Keeper");
        return;
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the next take ends it
    }
  }

  private void readAll(KeeperCalls calls) {
    calls.sync(root);
    readList(calls, true);
  }

  /** Reads which entities there are, and those that are new or, if wished, all. */
  private void readList(KeeperCalls calls, boolean all) {
    List<UUID> ids = new ArrayList<>();
    for (String name : calls.children(root + "/uuid", watch(LIST))) {
      try {
        ids.add(UUID.fromString(name));
      } catch (IllegalArgumentException e) {
        LOG.log(Level.WARNING, root + "/uuid/" + name + " is no entity");
      }
    }
    Set<UUID> now = new HashSet<>(ids);
    for (UUID gone : known()) {
      if (!now.contains(gone)) {
        read(calls, gone);
      }
    }
    if (all) {
      // Those that have not changed need a watch again, but not to be parsed.
      ids.forEach(id -> read(calls, id));
    } else {
      Set<UUID> known = new HashSet<>(known());
      ids.stream().filter(id -> !known.contains(id)).forEach(id -> read(calls, id));
    }
  }

  private synchronized List<UUID> known() {
    return List.copyOf(versions.keySet());
  }

  private void read(KeeperCalls calls, UUID id) {
    KeeperNode node;
    try {
      node = calls.tryGet(path(id), watch(id));
    } catch (KeeperError e) {
      watched.remove(id);
      throw e;
    }
    if (node == null) {
      watched.remove(id);
    }
    apply(id, node);
  }

  private @Nullable Runnable watch(UUID id) {
    return watched.add(id)
        ? () -> {
          watched.remove(id);
          stale.add(id);
        }
        : null;
  }

  private synchronized void apply(UUID id, @Nullable KeeperNode node) {
    AccessEntity before = known(id);
    if (node == null) {
      if (versions.remove(id) != null && before != null) {
        forget(id);
        tell(before, null);
      }
      return;
    }
    Long version = versions.get(id);
    if (version != null && version >= node.stat().mzxid()) {
      return;
    }
    versions.put(id, node.stat().mzxid());
    AccessEntity after;
    try {
      after = EntityText.parse(id, ByteText.decode(node.data()), path(id));
    } catch (LonghouseException e) {
      LOG.log(Level.ERROR, path(id) + " cannot be read and is left out: " + e.message());
      return;
    }
    if (before != null && !before.name().equals(after.name())) {
      forget(id);
    }
    know(id, after.kind(), after.name(), after);
    tell(before, after);
  }

  private @Nullable AccessEntity known(UUID id) {
    return nameOf(id) == null ? null : find(id);
  }

  // ---- Changes

  private Keeper connected() {
    Keeper k = keeper;
    if (k == null) {
      throw new LonghouseException(
          ErrorCode.NO_ZOOKEEPER, "Can't have Replicated access without ZooKeeper");
    }
    return k;
  }

  /** Makes a change, again when somebody else was faster. */
  private <T> T changing(java.util.function.Function<Keeper, @Nullable T> change) {
    try {
      for (int i = 0; i < TRIES; i++) {
        T done = change.apply(connected());
        if (done != null) {
          return done;
        }
      }
      throw new LonghouseException(
          ErrorCode.ACCESS_STORAGE_READONLY,
          name() + ": others changed the same " + TRIES + " times in between");
    } catch (KeeperError e) {
      if (e.isConnection()) {
        throw new LonghouseException(
            ErrorCode.ACCESS_STORAGE_READONLY,
            "Cannot change what is in `"
                + name()
                + "`, which is read-only while Keeper is away: "
                + e.message(),
            e);
      }
      throw e;
    }
  }

  private static LonghouseException exists(AccessEntity e, String storage) {
    String what = e.kind().sql().toLowerCase(Locale.ROOT) + " `" + e.name() + "`";
    return new LonghouseException(
        ErrorCode.ACCESS_ENTITY_ALREADY_EXISTS,
        what + ": cannot insert because " + what + " already exists in `" + storage + "`");
  }

  @Override
  public void insert(AccessEntity e) {
    changing(k -> {
      MultiResult made =
          k.multi(
              List.of(
                  Op.create(path(e.id()), EntityText.attach(e)),
                  Op.create(path(e.kind(), e.name()), e.id().toString())));
      if (!made.isDone() && made.reason() == Reason.NODE_EXISTS) {
        throw exists(e, name());
      }
      made.orThrow();
      read(k, e.id());
      return true;
    });
  }

  @Override
  public boolean update(UUID id, UnaryOperator<AccessEntity> change) {
    return nameOf(id) != null && changing(k -> tryUpdate(k, id, change));
  }

  /** Null when another change came in between. */
  private @Nullable Boolean tryUpdate(Keeper k, UUID id, UnaryOperator<AccessEntity> change) {
    KeeperNode node = k.tryGet(path(id));
    if (node == null) {
      return false;
    }
    AccessEntity before = EntityText.parse(id, ByteText.decode(node.data()), path(id));
    AccessEntity after = change.apply(before);
    if (after.equals(before)) {
      return true;
    }
    List<Op> ops = new ArrayList<>();
    ops.add(Op.set(path(id), EntityText.attach(after), node.version()));
    if (!after.name().equals(before.name())) {
      ops.add(Op.remove(path(before.kind(), before.name())));
      ops.add(Op.create(path(after.kind(), after.name()), id.toString()));
    }
    MultiResult made = k.multi(ops);
    if (made.failed(0, Reason.BAD_VERSION) || made.failed(0, Reason.NO_NODE)) {
      return null;
    }
    if (made.failed(2, Reason.NODE_EXISTS)) {
      throw exists(after, name());
    }
    made.orThrow();
    read(k, id);
    return true;
  }

  @Override
  public boolean remove(UUID id) {
    return nameOf(id) != null && changing(k -> tryRemove(k, id));
  }

  private @Nullable Boolean tryRemove(Keeper k, UUID id) {
    KeeperNode node = k.tryGet(path(id));
    if (node == null) {
      apply(id, null);
      return false;
    }
    AccessEntity e = EntityText.parse(id, ByteText.decode(node.data()), path(id));
    List<Op> ops = new ArrayList<>();
    ops.add(Op.remove(path(id), node.version()));
    if (k.exists(path(e.kind(), e.name())) != null) {
      ops.add(Op.remove(path(e.kind(), e.name())));
    }
    MultiResult made = k.multi(ops);
    if (!made.isDone() && made.reason() != null && !made.reason().isConnection()) {
      return null;
    }
    made.orThrow();
    apply(id, null);
    return true;
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
