package io.longhouse.cluster.database;

import io.longhouse.cluster.ddl.DdlEntry;
import io.longhouse.cluster.keeper.KeeperCalls;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.column.hash.SipHash;
import io.longhouse.engine.catalog.AtomicDatabase;
import io.longhouse.engine.catalog.FileNames;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.engine.statement.TableDefinitions;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.view.MaterializedView;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.AccessEntityKind;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tables that a replicated database has on this server, and how they become Keeper's. */
final class LocalTables {
  private static final System.Logger LOG = System.getLogger(LocalTables.class.getName());
  private static final String BROKEN = "_broken_tables";
  private static final int SNAPSHOT_TRIES = 10;
  private static final long WAIT_MS = 1000;

  private final AtomicDatabase database;
  private final ReplicaNodes nodes;
  private final LocalEngine engine;

  /** By table, the hash of name and definition as they stand in Keeper. */
  private final Map<String, Long> hashes = new TreeMap<>();

  private volatile boolean maybeDifferent;

  LocalTables(AtomicDatabase database, ReplicaNodes nodes, LocalEngine engine) {
    this.database = database;
    this.nodes = nodes;
    this.engine = engine;
  }

  private String node(String table) {
    return nodes.metadata() + "/" + FileNames.escape(table);
  }

  private @Nullable String definition(String name) {
    Table t = database.find(name);
    return t == null || t.definition() == null ? null : TableDefinitions.attachText(t);
  }

  /** What is known before a statement: all names, and the definitions of those that it is about. */
  record Before(Set<String> names, Map<String, String> definitions) {}

  Before definitions(Set<String> about) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : about) {
      String text = definition(name);
      if (text != null) {
        texts.put(name, text);
      }
    }
    return new Before(new TreeSet<>(database.tableNames()), texts);
  }

  /** The changes of Keeper's definitions that a statement made necessary. */
  synchronized void changes(Before before, KeeperCalls calls, List<Op> ops) {
    Set<String> names = new TreeSet<>(before.names());
    names.addAll(database.tableNames());
    for (String name : names) {
      boolean was = before.names().contains(name);
      boolean is = database.tableNames().contains(name);
      if (was && is && !before.definitions().containsKey(name)) {
        continue; // nobody has touched it
      }
      String text = is ? definition(name) : null;
      boolean kept = calls.exists(node(name)) != null;
      if (text == null) {
        hashes.remove(name);
        if (kept) {
          ops.add(Op.remove(node(name)));
        }
      } else if (!text.equals(before.definitions().get(name)) || !kept) {
        hashes.put(name, hash(name, text));
        ops.add(kept ? Op.set(node(name), text, Op.ANY) : Op.create(node(name), text));
      }
    }
  }

  private static long hash(String name, String text) {
    byte[] bytes = (name + text).getBytes(StandardCharsets.UTF_8);
    return SipHash.hash64(bytes, 0, bytes.length);
  }

  /** Of all definitions, as Keeper has it. */
  synchronized String digest() {
    long sum = 0;
    for (long h : hashes.values()) {
      sum += h;
    }
    return Long.toUnsignedString(sum);
  }

  /** A statement may have left something here that nobody else has. */
  void mayDiffer() {
    maybeDifferent = true;
  }

  /** Whether tables are here that are not in Keeper, or the other way. */
  synchronized boolean differ(KeeperCalls calls) {
    if (hashes.isEmpty() && !database.tableNames().isEmpty()) {
      readHashes();
      // What was carried out here last is what Keeper has noted.
      return !digest().equals(calls.text(nodes.own() + "/digest"));
    }
    if (!maybeDifferent) {
      return false;
    }
    Set<String> there = new TreeSet<>();
    calls.children(nodes.metadata()).forEach(n -> there.add(FileNames.unescape(n)));
    return !there.equals(new TreeSet<>(database.tableNames())) || differsInText(calls);
  }

  private boolean differsInText(KeeperCalls calls) {
    for (String name : database.tableNames()) {
      if (!isOfReplicas(name) && !String.valueOf(definition(name)).equals(calls.text(node(name)))) {
        return true;
      }
    }
    return false;
  }

  /** Tables that agree with their replicas by themselves may be ahead or behind. */
  private boolean isOfReplicas(String name) {
    Table t = database.find(name);
    return t != null && t.engine().startsWith("Replicated");
  }

  /** Carries out a statement of another replica. */
  synchronized void carryOut(String name, DdlEntry entry) {
    boolean known =
        !entry.user().isEmpty()
            && engine.access().find(AccessEntityKind.USER, entry.user()) != null;
    try (Session s =
        engine.sessionFor(known ? entry.user() : null, known ? entry.roles() : List.of())) {
      s.database(database.name());
      run(s, "/* ddl_entry=" + name + " */ " + entry.query());
    }
    readHashes();
  }

  /** Of the definitions as they are here now. */
  private void readHashes() {
    hashes.clear();
    for (String table : database.tableNames()) {
      hashes.put(table, hash(table, String.valueOf(definition(table))));
    }
  }

  private static void run(Session session, String sql) {
    try (RunningQuery query = session.start(QueryRequest.of(sql))) {
      while (!query.isFinished()) {
        query.next(WAIT_MS);
      }
    }
  }

  // ---- Recovery

  private void read(KeeperCalls calls, Map<String, String> into) {
    List<String> names = calls.children(nodes.metadata());
    List<@Nullable KeeperNode> found =
        calls.getAll(names.stream().map(n -> nodes.metadata() + "/" + n).toList());
    for (int i = 0; i < names.size(); i++) {
      KeeperNode node = found.get(i);
      if (node != null) {
        into.put(FileNames.unescape(names.get(i)), node.text());
      }
    }
  }

  /** All definitions as of one statement, whose number is returned. */
  private long snapshot(KeeperCalls calls, Map<String, String> into) {
    for (int i = 0; i < SNAPSHOT_TRIES; i++) {
      KeeperNode before = calls.get(nodes.maxLogPtr());
      into.clear();
      read(calls, into);
      if (calls.get(nodes.maxLogPtr()).version() == before.version()) {
        return Long.parseLong(before.text().strip());
      }
    }
    throw new LonghouseException(
        ErrorCode.DATABASE_REPLICATION_FAILED,
        "Cannot get consistent metadata snapshot of " + nodes.root());
  }

  /**
   * Makes the tables here those of Keeper's definitions: what is here alone, or otherwise, is moved
   * into a database beside this one; what is missing is made.
   *
   * @return the number of the last statement of which the definitions are
   */
  synchronized long recover(KeeperSession session) {
    Map<String, String> wanted = new TreeMap<>();
    long at = snapshot(session, wanted);
    try (Session s = engine.sessionFor(null, List.of())) {
      for (String name : List.copyOf(database.tableNames())) {
        putAside(name, wanted.get(name), s);
      }
      make(wanted, s);
    }
    hashes.clear();
    wanted.forEach((table, text) -> hashes.put(table, hash(table, text)));
    maybeDifferent = false;
    return at;
  }

  private void putAside(String name, @Nullable String wanted, Session s) {
    String here = definition(name);
    boolean same =
        wanted != null
            && here != null
            && (here.equals(wanted) || isOfReplicas(name) && sameUuid(name, wanted));
    if (same) {
      return;
    }
    String broken = database.name() + BROKEN;
    Table t = database.find(name);
    String own = Quoting.backQuoted(database.name()) + "." + Quoting.backQuoted(name);
    LOG.log(Level.WARNING, "database " + database.name() + ": " + name + " is not as in Keeper");
    if (t != null && wanted != null && sameUuid(name, wanted)) {
      redefine(t, wanted);
      return;
    }
    if (t == null || t instanceof io.longhouse.engine.table.View || t instanceof MaterializedView) {
      run(s, "DROP TABLE " + own + " SYNC");
      return;
    }
    run(s, "CREATE DATABASE IF NOT EXISTS " + Quoting.backQuoted(broken) + " ENGINE = Atomic");
    String to = name + "_" + System.currentTimeMillis() + "_" + t.id().uuid();
    run(
        s,
        "RENAME TABLE " + own + " TO " + Quoting.backQuoted(broken) + "." + Quoting.backQuoted(to));
  }

  /** The same table with another definition keeps its data. */
  private void redefine(Table table, String wanted) {
    String name = table.id().name();
    engine.internally(context -> {
      table.close();
      database.remove(name, true);
      Table t = TableDefinitions.attach(wanted, database.name(), name, context);
      database.add(t);
      t.start();
    });
  }

  private boolean sameUuid(String name, String wanted) {
    Table t = database.find(name);
    return t != null && wanted.contains("UUID '" + t.id().uuid() + "'");
  }

  /** In any order in which it is possible, since some tables need others. */
  private void make(Map<String, String> wanted, Session s) {
    Map<String, String> missing = new TreeMap<>(wanted);
    missing.keySet().removeAll(database.tableNames());
    while (!missing.isEmpty()) {
      LonghouseException problem = null;
      List<String> made = new ArrayList<>();
      for (Map.Entry<String, String> e : missing.entrySet()) {
        try {
          make(e.getKey(), e.getValue(), s);
          made.add(e.getKey());
        } catch (LonghouseException x) {
          problem = x;
        }
      }
      if (made.isEmpty() && problem != null) {
        throw problem;
      }
      made.forEach(missing::remove);
    }
  }

  private void make(String name, String text, Session s) {
    if (TableDefinitions.isMaterializedView(text)) {
      // Its own table is one of those that are made; it has nothing else.
      engine.internally(context -> {
        Table t = TableDefinitions.attach(text, database.name(), name, context);
        database.add(t);
        t.start();
      });
      return;
    }
    run(s, TableDefinitions.createText(text, database.name(), name));
  }
}
