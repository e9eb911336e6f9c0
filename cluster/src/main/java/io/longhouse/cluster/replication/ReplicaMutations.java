package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperPaths;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.cluster.replication.node.MutationEntry;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.MutationCommand;
import io.longhouse.storage.mergetree.Mutations;
import io.longhouse.storage.mergetree.Mutations.Mutation;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The mutations of a replicated table: {@code /mutations/NUMBER}, each with a block number in every
 * partition that it concerns, up to which parts are changed. The order of their numbers is that of
 * their block numbers in every partition.
 *
 * <p>{@code /replicas/R/mutation_pointer} is the last one that is done on a replica with all before
 * it.
 */
final class ReplicaMutations {
  private static final System.Logger LOG = System.getLogger(ReplicaMutations.class.getName());
  private static final int ATTEMPTS_MAX = 100;

  private final ReplicaCore core;
  private final ReplicationQueue queue;
  private final BlockNumbers numbers;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by {@link #lock}. */
  private String pointer = "";

  ReplicaMutations(ReplicaCore core, ReplicationQueue queue, BlockNumbers numbers) {
    this.core = core;
    this.queue = queue;
    this.numbers = numbers;
  }

  private Mutations mutations() {
    return core.data().mutations();
  }

  private static String node(long number) {
    return String.format("%010d", number);
  }

  /** A mutation's place in the order, from 1 on. */
  static long version(String node) {
    return Long.parseLong(node) + 1;
  }

  static String nodeOf(long version) {
    return node(version - 1);
  }

  /**
   * Takes over what was added and what is no longer there.
   *
   * @param watch told when there is something new
   */
  void update(KeeperSession session, @Nullable Runnable watch) {
    lock.lock();
    try {
      Set<String> nodes = new HashSet<>(session.children(core.path().of("mutations"), watch));
      KeeperNode p = session.tryGet(core.path().own("mutation_pointer"));
      pointer = p == null ? "" : p.text();
      Set<String> known = new HashSet<>();
      for (Mutation m : mutations().all()) {
        known.add(m.id());
        if (!nodes.contains(m.id())) {
          forget(m);
        }
      }
      for (String n : nodes.stream().sorted().toList()) {
        KeeperNode node =
            known.contains(n) ? null : session.tryGet(core.path().of("mutations/" + n));
        if (node != null) {
          take(n, MutationEntry.parse(node.data(), core.path().of("mutations/" + n)));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void forget(Mutation m) {
    Mutations.Agreed agreed = m.agreed();
    if (agreed != null && agreed.alterVersion() >= 0) {
      queue.dataAlterDone(agreed.alterVersion());
    }
    mutations().forget(m.version());
  }

  private void take(String node, MutationEntry entry) {
    boolean done = node.compareTo(pointer) <= 0;
    var agreed = new Mutations.Agreed(node, entry.blockNumbers(), entry.alterVersion(), done);
    if (entry.alterVersion() >= 0 && !done) {
      queue.addDataAlter(entry.alterVersion());
    }
    mutations()
        .agreed(
            new Mutation(
                version(node),
                entry.commands(),
                Instant.ofEpochSecond(entry.createdSec()),
                null,
                meaning(node, entry.commands()),
                null,
                agreed));
  }

  /** What the text of a mutation means now; null if it means nothing yet. */
  private @Nullable List<MutationCommand> meaning(String node, String text) {
    try {
      List<MutationCommand> commands = new ArrayList<>();
      core.internally(c -> commands.addAll(core.table().mutation(text, c)));
      return commands;
    } catch (LonghouseException e) {
      LOG.log(
          System.Logger.Level.INFO,
          "{0}: mutation {1} means nothing here yet: {2}",
          core.name(),
          node,
          e.message());
      return null;
    }
  }

  /** Mutations that meant nothing before may do so now. */
  void meanAgain() {
    for (Mutation m : mutations().unfinished()) {
      if (m.commands() == null) {
        List<MutationCommand> commands = meaning(m.id(), m.text());
        if (commands != null) {
          mutations().resume(m.version(), commands);
        }
      }
    }
  }

  /**
   * Notes which mutations are done here.
   *
   * @return whether some are
   */
  boolean finish(KeeperSession session) {
    List<Mutation> candidates =
        mutations().unfinished().stream().filter(m -> m.agreed() != null && isDoneHere(m)).toList();
    if (candidates.isEmpty()) {
      return false;
    }
    Map<String, NavigableSet<Long>> committing = numbers.committing(session);
    List<Mutation> done = new ArrayList<>();
    // All before the pointer are done, so that the first that is not ends the row.
    for (Mutation m : mutations().unfinished()) {
      if (!candidates.contains(m) || isCommitting(m, committing) || !isDoneHere(m)) {
        break;
      }
      done.add(m);
    }
    if (done.isEmpty()) {
      return false;
    }
    lock.lock();
    try {
      pointer = done.getLast().id();
      session.set(core.path().own("mutation_pointer"), pointer);
    } finally {
      lock.unlock();
    }
    for (Mutation m : done) {
      mutations().finished(m.version());
      Mutations.Agreed agreed = m.agreed();
      if (agreed != null && agreed.alterVersion() >= 0) {
        queue.dataAlterDone(agreed.alterVersion());
      }
    }
    return true;
  }

  private boolean isDoneHere(Mutation m) {
    return !queue.awaits(m::isFor)
        && core.data().snapshot().parts().stream().map(DataPart::name).noneMatch(m::isFor);
  }

  private static boolean isCommitting(Mutation m, Map<String, NavigableSet<Long>> committing) {
    return committing.entrySet().stream()
        .anyMatch(e -> e.getValue().first() < m.versionIn(e.getKey()));
  }

  /** Whether a mutation is not done. */
  boolean isAnyWaiting() {
    return !mutations().unfinished().isEmpty();
  }

  /**
   * The last mutation up to which a part is to be changed next; null if it has all. Changes of
   * columns come one after the other.
   */
  @Nullable Mutation desired(PartName part) {
    Mutation last = null;
    for (Mutation m : mutations().all()) {
      Mutations.Agreed agreed = m.agreed();
      if (agreed == null) {
        continue;
      }
      boolean isFor = m.isFor(part);
      last = isFor ? m : last;
      boolean alters = agreed.alterVersion() >= 0;
      if (alters && (isFor || !agreed.done())) {
        break;
      }
    }
    return last;
  }

  /** The version of the mutation that data of a part have. */
  long current(PartName part) {
    return current(part.partitionId(), part.dataVersion());
  }

  /** The highest version of a mutation in a partition up to a block; 0 for none. */
  long current(String partition, long block) {
    long highest = 0;
    for (Mutation m : mutations().all()) {
      long v = m.versionIn(partition);
      highest = v <= block ? Math.max(highest, v) : highest;
    }
    return highest;
  }

  /** A mutation that is to be added: its entry and how it gets there. */
  record Addition(List<Op> ops, List<BlockNumbers.Held> held) implements AutoCloseable {
    @Override
    public void close() {
      held.forEach(BlockNumbers.Held::close);
    }
  }

  /**
   * Prepares a mutation. Its block numbers are held until it is closed, so that nothing is merged
   * across them before the mutation is there.
   *
   * @param alterVersion of the change of columns that it belongs to; -1 for none
   * @return changes of which the second creates the node; they fail with BAD_VERSION if another
   *     mutation was faster
   */
  Addition prepare(KeeperSession session, List<MutationCommand> commands, int alterVersion) {
    String folder = core.path().of("mutations");
    int version = session.get(folder).version();
    Set<String> partitions =
        commands.stream().anyMatch(c -> c.partitionId() == null)
            ? null
            : commands.stream()
                .map(c -> java.util.Objects.requireNonNull(c.partitionId()))
                .collect(Collectors.toSet());
    Map<String, BlockNumbers.Held> held = numbers.takeAll(session, partitions);
    var blocks = new TreeMap<String, Long>();
    held.forEach((p, h) -> blocks.put(p, h.number()));
    var entry =
        new MutationEntry(
            System.currentTimeMillis() / 1000,
            core.path().replica(),
            blocks,
            commands.stream().map(MutationCommand::text).collect(Collectors.joining(", ")),
            alterVersion);
    return new Addition(
        List.of(
            Op.set(folder, "", version),
            new Op.Create(
                folder + "/", entry.toBytes(core.hasOldPeers()), CreateMode.PERSISTENT_SEQUENTIAL)),
        List.copyOf(held.values()));
  }

  /** Adds a mutation; answers its version. */
  long add(KeeperSession session, List<MutationCommand> commands) {
    for (int attempt = 0; ; attempt++) {
      try (Addition a = prepare(session, commands, -1)) {
        MultiResult result = session.multi(a.ops());
        if (result.isDone()) {
          return version(KeeperPaths.name(result.created(1)));
        }
        if (result.reason() != Reason.BAD_VERSION || attempt >= ATTEMPTS_MAX) {
          result.orThrow();
        }
      }
    }
  }

  /** Gives a mutation up; false if there is none. */
  boolean kill(KeeperSession session, long version) {
    String node = nodeOf(version);
    boolean there = session.removeIfThere(core.path().of("mutations/" + node));
    for (Mutation m : mutations().all()) {
      if (m.version() == version) {
        forget(m);
        there = true;
      }
    }
    return there;
  }
}
