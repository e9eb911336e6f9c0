package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.cluster.replication.node.LogEntry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.InsertOptions;
import io.longhouse.storage.mergetree.PartAuthority.Committed;
import io.longhouse.storage.mergetree.WrittenPart;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The end of an INSERT: a written folder becomes a part of all replicas.
 *
 * <p>The folder gets its final name first, then one multi tells everybody: the log entry, the part
 * of this replica, what stands for the rows, and the number of the block is free again. The part is
 * visible here only when the multi has been made. A crash in between leaves a folder that Keeper
 * does not know of, which is put aside at the next start.
 *
 * <p>When the answer of the multi is lost, Keeper is looked at: the node of the block's number is
 * removed, without which the multi can no longer be made, and then the part's node says whether it
 * was. Until that is known the part stays prepared, neither visible nor gone.
 */
final class InsertCommit {
  private static final System.Logger LOG = System.getLogger(InsertCommit.class.getName());
  private static final int ATTEMPTS_MAX = 10;
  private static final long LOOK_EVERY_MS = 100;
  private static final long LOOK_MS_MAX = 60_000;
  private static final long SESSION_MS_MAX = 30_000;

  private final ReplicaCore core;
  private final BlockNumbers numbers;
  private final PartNodes nodes;
  private final Quorum quorum;

  /** Parts of which it is still to be found out whether they are there. */
  private final Set<Doubt> doubts = ConcurrentHashMap.newKeySet();

  InsertCommit(ReplicaCore core, BlockNumbers numbers, PartNodes nodes, Quorum quorum) {
    this.core = core;
    this.numbers = numbers;
    this.nodes = nodes;
    this.quorum = quorum;
  }

  /**
   * Parts whose multi was not answered.
   *
   * @param parts at least one
   * @param lock a node without which the multi cannot be made any more; empty for none
   * @param range what goes when the parts come; null for nothing
   */
  record Doubt(List<DataPart> parts, String lock, @Nullable PartName range) {}

  /** What is known of parts whose multi was not answered. */
  enum Outcome {
    THERE,
    NOT_THERE,
    UNKNOWN
  }

  List<Committed> commit(List<WrittenPart> written, int level, InsertOptions options) {
    List<Committed> done = new ArrayList<>();
    for (WrittenPart w : written) {
      boolean dedups =
          options.replicas().deduplicates()
              && core.settings().number("replicated_deduplication_window") > 0;
      String token = options.replicas().token();
      String id = dedups ? BlockIds.of(w, token) : null;
      if (id != null) {
        options.replicas().noted().accept(id);
      }
      DataPart part = commit(w.folder(), w.partitionId(), level, id, options.replicas());
      if (part != null) {
        done.add(new Committed(w, part));
      }
    }
    return done;
  }

  /**
   * Makes a folder a part.
   *
   * @param id what stands for its rows; null when they may be there already
   * @return null when they are
   */
  @Nullable DataPart commit(
      String folder,
      String partition,
      int level,
      @Nullable String id,
      InsertOptions.Replicas wishes) {
    KeeperSession session = core.session();
    for (int attempt = 1; ; attempt++) {
      try {
        Quorum.Wanted wanted = quorum.begin(session, wishes);
        Done done = tryOnce(session, folder, partition, level, id, wanted, wishes);
        if (done != null) {
          return done.part;
        }
      } catch (KeeperError e) {
        // Nothing was inserted by this attempt.
        if (!e.isConnection() || attempt >= ATTEMPTS_MAX) {
          throw e;
        }
        pause();
      }
      if (attempt >= ATTEMPTS_MAX) {
        throw new LonghouseException(
            ErrorCode.KEEPER_EXCEPTION,
            "The part was not inserted: Keeper was changed by others in every of "
                + ATTEMPTS_MAX
                + " attempts");
      }
      session = core.awaitSession(SESSION_MS_MAX, wishes.check());
    }
  }

  /**
   * The end of an INSERT.
   *
   * @param part null for rows that were there
   */
  private record Done(@Nullable DataPart part) {}

  /** Answers null if the folder is still to be made a part. */
  private @Nullable Done tryOnce(
      KeeperSession session,
      String folder,
      String partition,
      int level,
      @Nullable String id,
      Quorum.@Nullable Wanted wanted,
      InsertOptions.Replicas wishes) {
    try (BlockNumbers.Held number =
        numbers.take(session, partition, id == null ? null : core.path().block(id))) {
      PartName name =
          number == null
              ? existing(session, Objects.requireNonNull(id))
              : PartName.of(partition, number.number(), number.number(), level);
      if (name == null) {
        return null;
      }
      if (number == null && core.data().snapshot().containing(name) != null) {
        core.data().disk().remove(folder);
        awaitQuorum(session, name, wanted, wishes);
        return duplicate(Objects.requireNonNull(id), name);
      }
      var attempt = new Attempt(session, number, number == null ? null : id);
      DataPart part = tryOnce(attempt, name, folder, wanted, wishes);
      if (part == null) {
        return null;
      }
      if (number == null) {
        quorum.reached(session, name);
      }
      awaitQuorum(session, name, wanted, wishes);
      return number == null ? duplicate(Objects.requireNonNull(id), name) : new Done(part);
    }
  }

  /**
   * One attempt.
   *
   * @param number null for rows that another replica has inserted
   * @param id what stands for rows that nobody has inserted; null for others
   */
  private record Attempt(
      KeeperSession session, BlockNumbers.@Nullable Held number, @Nullable String id) {}

  private @Nullable PartName existing(KeeperSession session, String id) {
    String name = session.text(core.path().block(id));
    return name == null ? null : PartName.tryParse(name);
  }

  private Done duplicate(String id, PartName name) {
    LOG.log(
        System.Logger.Level.INFO,
        "{0}: Block with ID {1} already exists as part {2}; ignoring it.",
        core.name(),
        id,
        name);
    core.engine().metrics().event("DuplicatedInsertedBlocks").increment();
    return new Done(null);
  }

  private void awaitQuorum(
      KeeperSession session,
      PartName name,
      Quorum.@Nullable Wanted wanted,
      InsertOptions.Replicas wishes) {
    if (wanted != null) {
      quorum.await(session, name, wanted, wishes);
    }
  }

  /** Answers the part, or null if the folder is still to be made one. */
  private @Nullable DataPart tryOnce(
      Attempt a,
      PartName name,
      String folder,
      Quorum.@Nullable Wanted wanted,
      InsertOptions.Replicas wishes) {
    DataPart part;
    try {
      part = core.data().prepare(folder, name);
    } catch (LonghouseException e) {
      boolean isCopied = a.number == null && e.errorCode() == ErrorCode.PART_IS_TEMPORARILY_LOCKED;
      if (!isCopied) {
        throw e;
      }
      // It is being fetched, or written by the same INSERT once more.
      return null;
    }
    MultiResult result;
    try {
      result = a.session.multi(ops(a, part, wanted));
    } catch (KeeperError e) {
      return afterDoubt(a, part, folder, wishes, e);
    } catch (RuntimeException | Error e) {
      core.data().unprepare(part, folder);
      throw e;
    }
    if (result.isDone()) {
      return publish(a, part);
    }
    core.data().unprepare(part, folder);
    if (quorum.isOther(result)) {
      throw new LonghouseException(
          ErrorCode.UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE,
          "Another quorum insert has been already started");
    }
    String failed = result.ops().get(result.failedAt()).path();
    boolean again =
        result.reason() == Reason.NODE_EXISTS
            || result.reason() == Reason.NO_NODE
                && failed.startsWith(core.path().of("block_numbers"));
    if (!again) {
      result.orThrow();
    }
    return null;
  }

  private DataPart publish(Attempt a, DataPart part) {
    if (a.number != null) {
      a.number.unlocked();
    }
    core.data().publish(List.of(part));
    return part;
  }

  private List<Op> ops(Attempt a, DataPart part, Quorum.@Nullable Wanted wanted) {
    List<Op> ops = new ArrayList<>();
    if (a.number != null) {
      core.checkPeersRead(part, a.session);
      LogEntry entry =
          LogEntry.of(
                  System.currentTimeMillis() / 1000,
                  core.path().replica(),
                  new LogEntry.Get(part.name().toString()))
              .withPartType(core.partType(part))
              .withBlock(a.id == null ? "" : a.id, wanted == null ? 0 : wanted.replicas());
      ops.add(
          new Op.Create(
              core.path().of("log/log-"), entry.toBytes(), CreateMode.PERSISTENT_SEQUENTIAL));
      ops.add(a.number.unlock());
      if (wanted != null) {
        quorum.addOps(part.name(), wanted, ops);
      }
      if (a.id != null) {
        ops.add(Op.create(core.path().block(a.id), part.name().toString()));
      }
    }
    nodes.addOps(part, ops);
    return ops;
  }

  /** The multi may have been made: finds out. */
  private @Nullable DataPart afterDoubt(
      Attempt a, DataPart part, String folder, InsertOptions.Replicas wishes, KeeperError why) {
    var doubt = new Doubt(List.of(part), a.number == null ? "" : a.number.node(), null);
    return switch (outcome(doubt, wishes.check())) {
      case THERE -> publish(a, part);
      case NOT_THERE -> {
        core.data().unprepare(part, folder);
        yield null;
      }
      case UNKNOWN -> throw unknown(doubt, why);
    };
  }

  /** The answer to a client that has to ask again. */
  static LonghouseException unknown(Doubt doubt, KeeperError why) {
    return new LonghouseException(
        ErrorCode.UNKNOWN_STATUS_OF_INSERT,
        "Unknown status of part "
            + doubt.parts.getFirst()
            + " (it will be found out when Keeper is back). Client must retry. Reason: "
            + why.message(),
        why);
  }

  /** Finds out whether parts are there; if that takes too long it is found out later. */
  Outcome outcome(Doubt doubt, Runnable check) {
    Outcome outcome = Outcome.UNKNOWN;
    try {
      outcome = awaitOutcome(doubt, check);
      return outcome;
    } finally {
      if (outcome == Outcome.UNKNOWN) {
        // As soon as Keeper is back.
        doubts.add(doubt);
      }
    }
  }

  private Outcome awaitOutcome(Doubt doubt, Runnable check) {
    long untilNs = System.nanoTime() + LOOK_MS_MAX * 1_000_000;
    Outcome outcome = Outcome.UNKNOWN;
    while (outcome == Outcome.UNKNOWN && System.nanoTime() < untilNs) {
      pause();
      check.run();
      outcome = look(doubt);
    }
    return outcome;
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_EVERY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LonghouseException(
          ErrorCode.UNKNOWN_STATUS_OF_INSERT,
          "Unknown status of the INSERT, client must retry: it was interrupted",
          e);
    }
  }

  private Outcome look(Doubt doubt) {
    KeeperSession session = core.keeper().sessionOrNull();
    if (session == null || !session.isConnected()) {
      return Outcome.UNKNOWN;
    }
    try {
      if (!doubt.lock.isEmpty()) {
        session.removeIfThere(doubt.lock);
      }
      session.sync(core.path().own("parts"));
      boolean there = session.exists(core.path().part(doubt.parts.getFirst().name())) != null;
      return there ? Outcome.THERE : Outcome.NOT_THERE;
    } catch (KeeperError e) {
      return Outcome.UNKNOWN;
    }
  }

  /** Finds out about the parts of INSERTs that ended without knowing. */
  void settleDoubts() {
    for (Doubt d : List.copyOf(doubts)) {
      switch (look(d)) {
        case THERE -> {
          if (doubts.remove(d)) {
            core.data().publish(d.parts, d.range);
          }
        }
        case NOT_THERE -> {
          if (doubts.remove(d)) {
            d.parts.forEach(core.data()::discard);
          }
        }
        case UNKNOWN -> {
          // The next time.
        }
      }
    }
  }
}
