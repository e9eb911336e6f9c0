package io.longhouse.cluster.replication;

import io.longhouse.cluster.config.Clusters;
import io.longhouse.cluster.interserver.Interserver;
import io.longhouse.cluster.interserver.PartExchange;
import io.longhouse.cluster.interserver.PartService;
import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.replication.node.LogEntry;
import io.longhouse.cluster.replication.node.TableMetadata;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.engine.table.mergetree.PreparedSchema;
import io.longhouse.engine.table.mergetree.Replication;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.storage.mergetree.InsertOptions;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.mergetree.MutationCommand;
import io.longhouse.storage.mergetree.MutationFailure;
import io.longhouse.storage.mergetree.Mutations;
import io.longhouse.storage.mergetree.OptimizeOptions;
import io.longhouse.storage.mergetree.WrittenPart;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One replica of a table. Its parts: {@link Registration} makes it known, {@link ReplicaLife} makes
 * it active, {@link InsertCommit} adds rows, {@link LogPuller} and {@link ReplicationQueue} say
 * what is to be done, {@link Executor} does it, {@link Assigner} decides on merges and mutations,
 * {@link Cleanup} removes what is done.
 */
public final class Replica implements Replication {
  /** Everything is looked at that often, should a watch have been lost. */
  private static final long PULL_MS = 10_000;

  private final ReplicaCore core;
  private final boolean mayBeRenamed;
  private final ReplicatedTables tables;
  private final PartExchange exchange;
  private final ReplicationQueue queue;
  private final BlockNumbers numbers;
  private final PartNodes nodes;
  private final Quorum quorum;
  private final ReplicaMutations mutations;
  private final LogPuller puller;
  private final InsertCommit inserts;
  private final Fetches fetches;
  private final AlterEntries alters;
  private final PartDoubts doubts;
  private final Executor executor;
  private final Assigner assigner;
  private final PartitionStatements partitions;
  private final Cleanup cleanup;
  private final LogWait waits;
  private final Leadership leadership;
  private final OldAlters oldAlters;
  private final ReplicaLife life;
  private final List<Loop> loops;
  private final Watched logWatch;
  private final Watched mutationWatch;
  private final Loop pulling;
  private final Loop finishing;
  private final Loop assigning;
  private @Nullable PartService service;

  /**
   * What a replica needs of its engine.
   *
   * @param keeper to which it belongs
   */
  record Means(
      Keeper keeper,
      LocalEngine engine,
      ReplicatedTables tables,
      Interserver interserver,
      PartExchange exchange) {}

  Replica(MergeTreeTable table, ReplicaPath path, boolean mayBeRenamed, Means means) {
    this.core = new ReplicaCore(table, path, means.keeper, means.engine);
    this.mayBeRenamed = mayBeRenamed;
    this.tables = means.tables;
    this.exchange = means.exchange;
    this.queue = new ReplicationQueue(core);
    this.numbers = new BlockNumbers(path);
    this.nodes = new PartNodes(core);
    this.quorum = new Quorum(core);
    this.mutations = new ReplicaMutations(core, queue, numbers);
    this.puller = new LogPuller(core, queue, mutations);
    this.inserts = new InsertCommit(core, numbers, nodes, quorum);
    this.fetches = new Fetches(core, nodes, means.exchange);
    this.alters = new AlterEntries(core, mutations);
    this.doubts = new PartDoubts(core, queue, nodes, fetches, this::wakeExecutor);
    this.executor =
        new Executor(
            core,
            queue,
            nodes,
            fetches,
            quorum,
            new Ranges(core, queue, nodes, fetches),
            alters,
            doubts);
    this.assigner = new Assigner(core, queue, mutations, puller, numbers, quorum);
    this.partitions =
        new PartitionStatements(core, queue, mutations, numbers, nodes, quorum, assigner, inserts);
    this.cleanup = new Cleanup(core);
    this.waits = new LogWait(core);
    core.oldReplicas().onChange(this::oldPeersChanged);
    this.leadership = new Leadership(core, means.engine.service(Clusters.class));
    this.oldAlters = new OldAlters(core, alters);
    this.life = new ReplicaLife(core, this, means.interserver);
    this.pulling = new Loop("replica-log " + core.name(), this::pull);
    this.assigning = new Loop("replica-merges " + core.name(), this::assign);
    this.finishing = new Loop("replica-mutations " + core.name(), this::finishMutations);
    this.logWatch = new Watched(pulling::wake);
    this.mutationWatch = new Watched(pulling::wake);
    this.loops =
        List.of(
            pulling,
            assigning,
            finishing,
            new Loop("replica-checks " + core.name(), doubts::step),
            new Loop("replica-cleanup " + core.name(), this::clean));
  }

  public ReplicaPath path() {
    return core.path();
  }

  public MergeTreeTable table() {
    return core.table();
  }

  ReplicaCore core() {
    return core;
  }

  ReplicationQueue queue() {
    return queue;
  }

  LogPuller puller() {
    return puller;
  }

  PartNodes nodes() {
    return nodes;
  }

  Quorum quorum() {
    return quorum;
  }

  InsertCommit inserts() {
    return inserts;
  }

  PartitionStatements partitionStatements() {
    return partitions;
  }

  AlterEntries alters() {
    return alters;
  }

  // --- life

  /** Registers a new replica. */
  void create() {
    TableTexts texts =
        TableTexts.of(core.table().definition(), core.data().mode(), core.settings());
    long version = new Registration(core.keeper(), core.path()).create(texts, core.name());
    core.data().metadata(core.data().metadata().withVersion(version));
  }

  @Override
  public void start() {
    tables.add(this);
    service = exchange.serve(core.path().own(), core.data(), this::broken);
    life.start();
    executor.start();
    loops.forEach(Loop::start);
  }

  private void broken(PartName part) {
    doubts.add(part, 0);
  }

  private void wakeExecutor() {
    executor.wake();
  }

  /** Parts that somebody should look at. */
  int partsToCheck() {
    return doubts.size();
  }

  // --- SYSTEM commands

  void stopFetches(boolean stop) {
    core.stopFetches(stop);
    executor.wake();
  }

  void stopSends(boolean stop) {
    PartService s = service;
    if (s != null) {
      s.stop(stop);
    }
  }

  void stopQueue(boolean stop) {
    core.stopQueue(stop);
    executor.wake();
  }

  void stopPulling(boolean stop) {
    core.stopPulling(stop);
    pulling.wake();
  }

  /** Waits for what is to be done; {@code check} throws when the wait is to end. */
  void sync(SyncReplicaCommand.Mode mode, Set<String> from, Runnable check) {
    new ReplicaSync(core, queue).run(mode, from, () -> pullNow(check), check);
  }

  private void pullNow(Runnable check) {
    puller.pull(core.awaitSession(10_000, check), null, null);
    executor.wake();
  }

  void restart() {
    leadership.leave();
    life.restart();
  }

  void restore(Runnable check) {
    new ReplicaRestore(core, queue, life).run(check);
  }

  @Override
  public synchronized void close() {
    if (core.isClosed()) {
      return;
    }
    core.closing();
    core.data().merges().stop();
    loops.forEach(Loop::end);
    executor.end();
    leadership.leave();
    life.end();
    PartService s = service;
    if (s != null) {
      s.close();
    }
    tables.remove(this);
  }

  @Override
  public void drop() {
    new Registration(core.keeper(), core.path()).drop();
  }

  @Override
  public void renamed(TableId newId) {
    if (!mayBeRenamed) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "Cannot rename Replicated table, because zookeeper_path contains implicit 'database' or"
              + " 'table' macro. We cannot rename path in ZooKeeper, so path may become"
              + " inconsistent with table name. If you really want to rename table, you should edit"
              + " metadata file first and restart server or reattach the table.");
    }
    life.renamed(newId);
  }

  @Override
  public void checkWritable() {
    core.session();
  }

  /** The replica has become active in a session. */
  void activated(KeeperSession session) {
    loops.forEach(Loop::wake);
    executor.wake();
  }

  void cloneIfNeeded(KeeperSession session) {
    new CloneReplica(core, nodes, alters).runIfNeeded(session);
  }

  void checkParts(KeeperSession session) {
    new PartsCheck(core, nodes).run(session);
  }

  /** Finds out how old the servers are that the other replicas are on. */
  void lookAtPeers(KeeperSession session) {
    core.oldReplicas().refresh(session, null);
    asPeersRead(session);
  }

  private void asPeersRead(KeeperSession session) {
    core.writeAsPeersRead(session);
    if (core.hasOldPeers()) {
      nodes.writeAsOldPeersRead(session);
    }
  }

  private void oldPeersChanged() {
    KeeperSession session = core.sessionOrNull();
    if (session != null) {
      asPeersRead(session);
      assigning.wake();
    }
  }

  /** Takes part in who leads. */
  void enterElection(KeeperSession session) {
    leadership.enter(session, assigning::wake);
  }

  /** The table's columns become those that Keeper says this replica has, should they differ. */
  void checkColumns(KeeperSession session) {
    KeeperNode columns = session.get(core.path().own("columns"));
    KeeperNode metadata = session.tryGet(core.path().own("metadata"));
    KeeperNode said = metadata == null ? session.get(core.path().of("metadata")) : metadata;
    TableMetadata stored = TableMetadata.parse(said.data(), core.path().own("metadata"));
    TableTexts texts =
        TableTexts.of(core.table().definition(), core.data().mode(), core.settings());
    texts.metadata().checkUnalterable(stored, core.name());
    String version = session.text(core.path().own("metadata_version"));
    long target =
        version == null || version.isEmpty()
            ? session.get(core.path().of("metadata")).version()
            : Long.parseLong(version);
    boolean same =
        texts.metadata().differences(stored).isEmpty()
            && Registration.sameColumns(
                columns.data(), texts.columns(), core.path().own("columns"));
    if (!same) {
      // An ALTER was interrupted here: it is made again when the queue is executed.
      alters.take(columns.data(), stored, target);
    } else {
      core.data().metadata(core.data().metadata().withVersion(target));
    }
  }

  // --- loops

  private long pull() {
    KeeperSession session = core.sessionOrNull();
    if (session == null) {
      return 1000;
    }
    if (core.pullingStopped()) {
      return 1000;
    }
    try {
      puller.pull(session, logWatch.in(session), mutationWatch.in(session));
      if (core.hasOldPeers()) {
        oldAlters.follow(session, pulling::wake);
      }
    } catch (RuntimeException e) {
      logWatch.forget();
      mutationWatch.forget();
      throw e;
    }
    executor.wake();
    assigning.wake();
    finishing.wake();
    return PULL_MS;
  }

  private long assign() {
    KeeperSession session = core.sessionOrNull();
    if (session != null) {
      numbers.releaseDoubtful();
    }
    return session == null || !isLeader() ? 1000 : assigner.assignNext(session);
  }

  private long finishMutations() {
    KeeperSession session = core.sessionOrNull();
    if (session == null || !mutations.isAnyWaiting()) {
      return PULL_MS;
    }
    mutations.meanAgain();
    boolean some = mutations.finish(session);
    if (some) {
      executor.wake();
      assigning.wake();
    }
    return 100;
  }

  private long clean() {
    KeeperSession session = core.sessionOrNull();
    if (session == null) {
      return 5000;
    }
    inserts.settleDoubts();
    lookAtPeers(session);
    if (isLeader()) {
      dropEmptyParts();
    }
    return cleanup.run(session);
  }

  /** Parts whose rows are all gone go on all replicas, if nothing else has them. */
  private void dropEmptyParts() {
    if (!core.settings().isOn("remove_empty_parts")) {
      return;
    }
    for (DataPart p : core.data().snapshot().parts()) {
      if (p.rows() > 0) {
        continue;
      }
      try {
        partitions.dropPart(p.name(), false, new Waiting(0, () -> {}));
      } catch (LonghouseException e) {
        System.getLogger(Replica.class.getName())
            .log(
                System.Logger.Level.DEBUG,
                "{0}: empty part {1} stays for now: {2}",
                core.name(),
                p,
                e.message());
      }
    }
  }

  // --- how it stands

  @Override
  public long delaySec() {
    return puller.delaySec();
  }

  @Override
  public long relativeDelaySec() {
    return new ReplicaStatus(this).relativeDelaySec();
  }

  @Override
  public boolean isReadOnly() {
    return core.sessionOrNull() == null;
  }

  /** Whether it may assign merges now. */
  boolean isLeader() {
    return leadership.isLeader();
  }

  @Override
  public long queueSize() {
    return queue.countOf(_ -> true);
  }

  @Override
  public long insertsInQueue() {
    return queue.countOf(QueueEntry::isInsert);
  }

  @Override
  public long mergesInQueue() {
    return queue.countOf(e -> e.action() instanceof LogEntry.Merge);
  }

  // --- what is decided together

  @Override
  public List<Committed> commitInsert(List<WrittenPart> written, int level, InsertOptions options) {
    List<Committed> committed = inserts.commit(written, level, options);
    pulling.wake();
    return committed;
  }

  @Override
  public List<DataPart> attach(List<String> folders, List<String> partitionIds) {
    List<DataPart> parts = new ArrayList<>();
    for (int i = 0; i < folders.size(); i++) {
      DataPart part =
          inserts.commit(
              folders.get(i), partitionIds.get(i), 0, null, InsertOptions.DEFAULT.replicas());
      if (part != null) {
        parts.add(part);
      }
    }
    pulling.wake();
    return parts;
  }

  @Override
  public @Nullable DataPart commitResult(String folder, PartName name, List<DataPart> sources) {
    return executor.commit(folder, name);
  }

  @Override
  public boolean workOnce() {
    return executor.workOnce();
  }

  @Override
  public boolean mayHaveWork() {
    return executor.mayHaveWork();
  }

  @Override
  public Collection<PartName> leave(Collection<PartName> parts) {
    KeeperSession session = core.sessionOrNull();
    if (session == null) {
      return List.of();
    }
    nodes.remove(session, parts);
    return parts;
  }

  @Override
  public boolean optimize(@Nullable String partitionId, OptimizeOptions options, Waiting waiting) {
    if (leadership.forwarded(optimizeStatement(partitionId, options))) {
      return true;
    }
    List<LogWait.Logged> entries =
        assigner.optimize(core.session(), partitionId, options, waiting.check());
    pulling.wake();
    entries.forEach(e -> waits.await(e, waiting));
    return !entries.isEmpty();
  }

  private static String optimizeStatement(@Nullable String partitionId, OptimizeOptions options) {
    return "OPTIMIZE TABLE %s"
        + (partitionId == null ? "" : " PARTITION ID " + Quoting.string(partitionId))
        + (options.isFinal() ? " FINAL" : "")
        + (options.deduplicateBy() != null ? " DEDUPLICATE" : "");
  }

  @Override
  public void dropPartition(String partitionId, boolean detach, Waiting waiting) {
    String statement =
        "ALTER TABLE %s "
            + (detach ? "DETACH" : "DROP")
            + " PARTITION ID "
            + Quoting.string(partitionId);
    if (leadership.forwarded(statement)) {
      return;
    }
    partitions.dropPartition(partitionId, detach, waiting);
  }

  @Override
  public void dropPart(PartName part, boolean detach, Waiting waiting) {
    partitions.dropPart(part, detach, waiting);
  }

  @Override
  public void truncate(Waiting waiting) {
    if (leadership.forwarded("TRUNCATE TABLE %s")) {
      return;
    }
    partitions.truncate(waiting);
  }

  @Override
  public void attachFrom(
      MergeTreeData other, String partitionId, boolean replace, Waiting waiting) {
    partitions.attachFrom(other, partitionId, replace, waiting);
  }

  @Override
  public void moveTo(MergeTreeData other, String partitionId, Waiting waiting) {
    if (!(other.authority() instanceof Replica target)) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "Table "
              + core.name()
              + " supports movePartitionToTable only for ReplicatedMergeTree family of table"
              + " engines. Got "
              + other.mode().engine());
    }
    partitions.moveTo(target, partitionId, waiting);
  }

  @Override
  public void fetch(
      AlterCommand.FetchPartition command, @Nullable String name, StatementContext context) {
    new FetchStatement(core, fetches).run(command, name, context);
  }

  @Override
  public long mutate(List<MutationCommand> commands, @Nullable String author) {
    long version = mutations.add(core.session(), commands);
    pulling.wake();
    return version;
  }

  @Override
  public void awaitMutation(long version, Waiting waiting) {
    waits.awaitMutation(
        ReplicaMutations.nodeOf(version), waiting, () -> throwIfFailed(version, true));
  }

  @Override
  public void awaitMutationOfAuthor(long version, Waiting waiting) {
    boolean done = false;
    try {
      waits.awaitMutation(
          ReplicaMutations.nodeOf(version),
          new Waiting(Math.max(1, waiting.replicas()), waiting.check()),
          () -> throwIfFailed(version, false));
      done = true;
    } finally {
      if (!done && core.sessionOrNull() != null) {
        // What an author's mutation fails with holds up nobody else.
        killMutation(version);
      }
    }
  }

  private void throwIfFailed(long version, boolean showsOthers) {
    boolean known = false;
    for (Mutations.Mutation m : core.data().mutations().all()) {
      MutationFailure f = m.failure();
      boolean own = m.version() == version;
      known |= own;
      if (m.version() <= version && f != null && !core.data().mutations().isDone(m)) {
        throw new LonghouseException(
            ErrorCode.UNFINISHED,
            own || showsOthers
                ? "Exception happened during execution of mutation '"
                    + m.id()
                    + "' with part '"
                    + f.part()
                    + "' reason: '"
                    + f.error()
                    + "'. This error maybe retryable or not. In case of unretryable error,"
                    + " mutation can be killed with KILL MUTATION query"
                : "The mutation was given up, since an earlier one of the table fails");
      }
    }
    KeeperSession session = known ? null : core.sessionOrNull();
    String node = ReplicaMutations.nodeOf(version);
    if (session != null && session.exists(core.path().of("mutations/" + node)) == null) {
      throw new LonghouseException(
          ErrorCode.UNFINISHED,
          "Mutation " + node + " was killed, manually removed or table was dropped");
    }
  }

  @Override
  public boolean killMutation(long version) {
    boolean there = mutations.kill(core.session(), version);
    pulling.wake();
    return there;
  }

  @Override
  public Change alter(PreparedSchema ready, List<MutationCommand> commands) {
    if (core.hasOldPeers()) {
      Change change = oldAlters.alter(core.session(), ready, commands);
      pulling.wake();
      return change;
    }
    AlterEntries.Assigned assigned = alters.assign(core.session(), ready, commands);
    pulling.wake();
    return new Change() {
      @Override
      public long mutation() {
        return assigned.mutation();
      }

      @Override
      public void await(Waiting waiting) {
        waits.await(assigned.entry(), waiting);
      }
    };
  }

  @Override
  public Map<String, Long> agreedBlocks() {
    KeeperSession session = core.session();
    puller.pull(session, null, null);
    Map<String, Long> agreed = quorum.agreedBlocks(session);
    // Having the last part that was agreed on is not having those before it.
    for (QueueEntry e : queue.entries()) {
      boolean counts = e.entry().quorum() > 0 || e.entry().sourceReplica().isEmpty();
      if (e.isInsert() && counts) {
        PartName part = PartName.parse(e.action().newPart());
        Long highest = agreed.get(part.partitionId());
        if (highest != null && part.maxBlock() <= highest) {
          quorum.checkHas(part);
        }
      }
    }
    return agreed;
  }
}
