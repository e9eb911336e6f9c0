package io.longhouse.storage.mergetree;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The mutations of one table. Each has a block number as its version and is applied to the parts
 * whose data are older, one part at a time. The file of a mutation stays after it was applied.
 *
 * <p>A mutation by somebody who does not see all rows has an author. It is applied without others,
 * whose errors are not for its author, and is given up when it fails, so that it holds up nobody
 * else's.
 */
public final class Mutations {
  private static final System.Logger LOG = System.getLogger(Mutations.class.getName());
  private static final int GIVEN_UP_MAX = 100;

  private final MergeTreeData data;
  private final MutationFiles files;
  private final MutationSteps steps;
  private final TreeMap<Long, Mutation> all = new TreeMap<>();
  private final RestingParts resting = new RestingParts();

  /** Why mutations of authors were given up; the last ones. */
  private final Map<Long, MutationFailure> givenUp = new LinkedHashMap<>();

  /** Makes ids that do not tell how many blocks the table has had. */
  private final long secret = new SecureRandom().nextLong();

  /**
   * One mutation.
   *
   * @param version its place in the order of all; a plain table's block number
   * @param author who sees only some of the rows and made it; null for others
   * @param commands null after a restart, until {@link #resume} says what the text means
   * @param agreed what replicas have agreed on; null for a mutation of a plain table
   */
  public record Mutation(
      long version,
      String text,
      Instant created,
      @Nullable String author,
      @Nullable List<MutationCommand> commands,
      @Nullable MutationFailure failure,
      @Nullable Agreed agreed) {
    /** The name of its file, or of its node. */
    public String id() {
      return agreed == null ? "mutation_" + version + ".txt" : agreed.node;
    }

    /**
     * The block number up to which data of a partition get it; -1 for a partition that does not.
     */
    public long versionIn(String partitionId) {
      return agreed == null ? version : agreed.blocks.getOrDefault(partitionId, -1L);
    }

    /** Whether a part of that name, or what is made of it, is still to get it. */
    public boolean isFor(PartName part) {
      return part.dataVersion() < versionIn(part.partitionId());
    }

    /** The name of the file that says who its author is. */
    String authorFile() {
      return "author_of_" + id();
    }

    private Mutation meaning(@Nullable List<MutationCommand> over) {
      return new Mutation(version, text, created, author, over, failure, agreed);
    }

    private Mutation failed(@Nullable MutationFailure why) {
      return new Mutation(version, text, created, author, commands, why, agreed);
    }

    private Mutation finished() {
      Agreed a = agreed;
      Agreed over = a == null ? null : new Agreed(a.node, a.blocks, a.alterVersion, true);
      return new Mutation(version, text, created, author, commands, null, over);
    }
  }

  /**
   * What the replicas of a table have agreed on about a mutation.
   *
   * @param node its name in the order of all
   * @param blocks by partition its version; partitions that are not named do not get it
   * @param alterVersion of the change of columns that it belongs to; -1 for none
   * @param done whether no part will ever want it again
   */
  public record Agreed(String node, Map<String, Long> blocks, long alterVersion, boolean done) {
    public Agreed {
      blocks = Map.copyOf(blocks);
    }
  }

  Mutations(MergeTreeData data) {
    this.data = data;
    this.files = new MutationFiles(data);
    this.steps = new MutationSteps(data, this);
  }

  /** Reads the files; answers the highest version. */
  synchronized long load() {
    files.load().forEach(m -> all.put(m.version, m));
    return Math.max(lastVersion(), files.undecidedVersionMax());
  }

  /**
   * Carries a change of columns through, or takes it back, that the end of the server interrupted.
   *
   * @param columns stands for the columns that the table has now, as {@link #add} was told it
   */
  public synchronized void settle(String columns) {
    files.settle(columns, m -> all.put(m.version, m));
  }

  /** All mutations by version. */
  public synchronized List<Mutation> all() {
    return List.copyOf(all.values());
  }

  /** Mutations that some part still waits for. */
  public synchronized List<Mutation> unfinished() {
    return all.values().stream().filter(m -> !isDone(m)).toList();
  }

  /** Whether no part waits for a mutation. */
  public boolean isDone(Mutation m) {
    Agreed a = m.agreed;
    return a == null ? partsToDo(m.version).isEmpty() : a.done;
  }

  /** Notes a mutation that replicas have agreed on. */
  public void agreed(Mutation m) {
    synchronized (this) {
      all.put(m.version, m);
    }
    data.changed();
  }

  /** Notes that a mutation that replicas have agreed on is done. */
  public synchronized void finished(long version) {
    all.computeIfPresent(version, (_, m) -> m.finished());
  }

  /** Forgets a mutation that replicas keep no more, and ends its work. */
  public void forget(long version) {
    Mutation m;
    synchronized (this) {
      m = all.remove(version);
      resting.clear();
    }
    if (m != null) {
      cancel(m);
    }
  }

  /** Whether some part waits for a mutation. */
  synchronized boolean isAnyWaiting() {
    return !all.isEmpty() && data.snapshot().parts().stream().anyMatch(p -> pendingFor(p) > 0);
  }

  /** Says what the text of a mutation means that was found at the start. */
  public synchronized void resume(long version, List<MutationCommand> commands) {
    all.computeIfPresent(version, (_, m) -> m.failed(null).meaning(List.copyOf(commands)));
  }

  /** Notes that a mutation that was found at the start has no meaning any more. */
  public synchronized void cannotResume(long version, RuntimeException why) {
    List<PartName> parts = partsToDo(version);
    all.computeIfPresent(
        version,
        (_, m) -> parts.isEmpty() ? m : m.failed(MutationFailure.of(parts.getFirst(), why)));
    giveUpFailed();
  }

  /** Notes a mutation on disk; background work or {@link #applyAll} applies it. */
  public long add(List<MutationCommand> commands) {
    return add(commands, null);
  }

  /**
   * The same for a mutation with an author.
   *
   * @param author who sees only some of the rows; null for others
   */
  public long add(List<MutationCommand> commands, @Nullable String author) {
    long version;
    synchronized (this) {
      version = note(commands, author, "", () -> {});
    }
    data.changed();
    return version;
  }

  /**
   * Changes the table's columns and notes the mutation that the change needs: both or none.
   *
   * @param commands none if there is nothing to be done to the data
   * @param columns stands for the columns after the change, letters and digits
   * @param change makes it, on disk and in memory
   * @param meaning what the text of a mutation means over the new columns
   * @return the version of the mutation, 0 if there is none
   */
  public long change(
      List<MutationCommand> commands,
      String columns,
      Runnable change,
      Function<Mutation, List<MutationCommand>> meaning) {
    long version = 0;
    data.lockSchema();
    try {
      synchronized (this) {
        List<Mutation> waiting = unfinished();
        if (commands.isEmpty()) {
          change.run();
        } else {
          version = note(commands, null, columns, change);
        }
        for (Mutation m : waiting) {
          if (m.commands != null) {
            all.put(m.version, meaning(m, meaning));
          }
        }
      }
    } finally {
      data.unlockSchema();
    }
    data.changed();
    return version;
  }

  private Mutation meaning(Mutation m, Function<Mutation, List<MutationCommand>> meaning) {
    try {
      return m.meaning(List.copyOf(meaning.apply(m)));
    } catch (LonghouseException e) {
      List<PartName> parts = partsToDo(m.version);
      Mutation without = m.meaning(null);
      return parts.isEmpty() ? without : without.failed(MutationFailure.of(parts.getFirst(), e));
    }
  }

  private long note(
      List<MutationCommand> commands, @Nullable String author, String columns, Runnable change) {
    long version = data.nextBlockNumber();
    String text =
        commands.stream().map(c -> "(" + c.text() + ")").collect(Collectors.joining(", "));
    Instant now = Instant.now();
    var m = new Mutation(version, text, now, author, List.copyOf(commands), null, null);
    files.write(m, columns, change);
    all.put(version, m);
    return version;
  }

  /**
   * Gives a mutation up: {@code KILL MUTATION}. Parts that have it keep it; where it is being
   * applied, that ends.
   *
   * @return whether there was such a mutation
   */
  boolean kill(long version) {
    Mutation m;
    synchronized (this) {
      m = all.remove(version);
      if (m == null) {
        return false;
      }
      files.remove(m);
      files.sync();
      resting.clear();
      // Those behind it may have failed only because they were tried together.
      all.replaceAll((_, other) -> other.failed(null));
    }
    cancel(m);
    data.changed();
    return true;
  }

  /** Ends work that applies a mutation. */
  private void cancel(Mutation m) {
    for (MergeProgress p : data.merges().running()) {
      if (applies(p, m)) {
        p.cancel();
      }
    }
  }

  private static boolean applies(MergeProgress p, Mutation m) {
    PartName source = p.sources().getFirst();
    return p.isMutation()
        && m.isFor(source)
        && p.result().mutation() >= m.versionIn(source.partitionId());
  }

  /** The id of a mutation for its author: it stays the same until the server ends. */
  public String idForAuthor(Mutation m) {
    long h = m.version * 0x9E3779B97F4A7C15L + secret;
    for (int i = 0; i < 3; i++) {
      h = (h ^ h >>> 32) * 0xD6E8FEB86659FD93L ^ Long.rotateLeft(secret, 17 * i + 1);
    }
    String digits = Long.toUnsignedString(h ^ h >>> 32);
    return "mutation_" + "0".repeat(20 - digits.length()) + digits + ".txt";
  }

  /** Forgets mutations that every part has, but for the last {@code keep} of them. */
  synchronized void forgetFinished(long keep) {
    long first =
        data.snapshot().parts().stream()
            .mapToLong(p -> p.name().dataVersion())
            .min()
            .orElse(Long.MAX_VALUE);
    List<Mutation> finished = new ArrayList<>(all.headMap(first, true).values());
    for (int i = 0; i < finished.size() - keep; i++) {
      files.remove(finished.get(i));
      all.remove(finished.get(i).version);
    }
  }

  /** Parts that a mutation is being applied to now. */
  public List<PartName> partsInProgress(Mutation m) {
    return data.merges().running().stream()
        .filter(p -> applies(p, m))
        .map(p -> p.sources().getFirst())
        .toList();
  }

  /** Names of the parts that a mutation is still to be applied to. */
  public List<PartName> partsToDo(long version) {
    Mutation m;
    synchronized (this) {
      m = all.get(version);
    }
    // One that was killed is not for any part; who waits for it looks whether it is known.
    Mutation known =
        m == null ? new Mutation(version, "", Instant.EPOCH, null, null, null, null) : m;
    return data.snapshot().parts().stream().map(DataPart::name).filter(known::isFor).toList();
  }

  /** Mutations that are not in the data of a part, in their order. */
  private List<Mutation> after(PartName part) {
    List<Mutation> found = new ArrayList<>();
    for (Mutation m : all.descendingMap().values()) {
      long v = m.versionIn(part.partitionId());
      // The order of all is that of versions in each partition.
      if (v >= 0 && v <= part.dataVersion()) {
        break;
      }
      if (v >= 0) {
        found.add(m);
      }
    }
    return found.reversed();
  }

  /** The first mutation that waits for a part; 0 if there is none. Those behind it wait as well. */
  synchronized long pendingFor(DataPart p) {
    List<Mutation> waiting = after(p.name());
    return waiting.isEmpty() ? 0 : waiting.getFirst().version;
  }

  /** The mutations between a part and what is to be made of it. */
  public synchronized List<Mutation> between(PartName source, PartName result) {
    return after(source).stream()
        .filter(m -> m.versionIn(source.partitionId()) <= result.mutation())
        .toList();
  }

  /**
   * Mutations that can be applied to a part in one step, by version. One that failed before goes
   * alone, so that it holds up neither those before it nor hides which one fails.
   */
  synchronized List<Mutation> waitingFor(DataPart p) {
    if (resting.contains(p.name())) {
      return List.of();
    }
    List<Mutation> waiting = new ArrayList<>();
    for (Mutation m : after(p.name())) {
      boolean alone = m.failure != null || m.author != null;
      if (m.commands == null || alone && !waiting.isEmpty()) {
        break;
      }
      waiting.add(m);
      if (alone) {
        break;
      }
    }
    return waiting;
  }

  /**
   * What mutations that wait for a part mean for its columns: by their names in the table the older
   * ones in the part; the empty one stands for a column that was dropped there.
   */
  synchronized Map<String, String> renamesFor(DataPart p) {
    return ColumnRenames.of(
        commands(after(p.name())), p.name().partitionId(), name -> p.columnType(name) != null);
  }

  /** The same for rows that were brought into columns before the mutations behind a version. */
  synchronized Map<String, String> renamesSince(long version, Predicate<String> hadColumn) {
    return ColumnRenames.of(commands(all.tailMap(version, false).values()), null, hadColumn);
  }

  /**
   * In their order, of the mutations whose meaning is known. Those of a change of columns that
   * replicas have agreed on and that is still to be made here do not count.
   */
  private List<MutationCommand> commands(Collection<Mutation> mutations) {
    List<MutationCommand> commands = new ArrayList<>();
    for (Mutation m : mutations) {
      boolean ahead = m.agreed != null && m.agreed.alterVersion > data.metadata().version();
      if (m.commands != null && !ahead) {
        commands.addAll(m.commands);
      }
    }
    return commands;
  }

  /** The last mutation; 0 if there is none. */
  synchronized long lastVersion() {
    return all.isEmpty() ? 0 : all.lastKey();
  }

  /** Notes why mutations could not be applied to a part, which is left alone for a while. */
  synchronized void failed(PartName part, List<Mutation> applied, Throwable why) {
    MutationFailure f = MutationFailure.of(part, why);
    for (Mutation m : applied) {
      all.computeIfPresent(m.version, (_, known) -> known.failed(f));
    }
    long rest =
        resting.add(part, data.settings().number("max_postpone_time_for_failed_mutations_ms"));
    LOG.log(
        System.Logger.Level.ERROR,
        "{0}: cannot apply {1} to part {2}, next try in {3} ms: {4}",
        data.table(),
        applied.getLast().id(),
        part,
        Long.toString(rest),
        f.error());
    giveUpFailed();
  }

  /** What an author's mutation fails with is the author's business and holds up nobody else. */
  private synchronized void giveUpFailed() {
    for (Mutation m : List.copyOf(all.values())) {
      MutationFailure f = m.failure;
      if (m.author != null && f != null) {
        all.remove(m.version);
        files.remove(m);
        files.sync();
        resting.clear();
        givenUp.put(m.version, f);
        if (givenUp.size() > GIVEN_UP_MAX) {
          givenUp.remove(givenUp.keySet().iterator().next());
        }
      }
    }
  }

  /** Notes that mutations were applied to a part. */
  public synchronized void succeeded(PartName part, List<Mutation> applied) {
    resting.remove(part);
    for (Mutation m : applied) {
      all.computeIfPresent(
          m.version,
          (_, known) ->
              known.failure != null && known.failure.part().equals(part)
                  ? known.failed(null)
                  : known);
    }
  }

  /**
   * Applies what waits for some part to that part; false if there is none. A failure is noted and
   * the part left alone for a while.
   */
  public boolean mutateOnce() {
    return steps.applyNext();
  }

  /**
   * Makes of a part what it was decided elsewhere to become.
   *
   * @param name of the result
   * @return the new part, or null if it was not wanted any more
   */
  public @Nullable DataPart execute(DataPart part, PartName name) {
    return steps.execute(part, name);
  }

  /** What lies between a part and what it is to become. */
  synchronized MutationSteps.Step stepTo(DataPart p, PartName name) {
    List<Mutation> step = between(p.name(), name);
    for (Mutation m : step) {
      if (m.commands == null) {
        MutationFailure f = m.failure;
        throw new LonghouseException(
            ErrorCode.UNFINISHED,
            "Mutation "
                + m.id()
                + " cannot be applied to part "
                + p
                + ": "
                + (f == null ? "what it means is not known yet" : f.error()));
      }
    }
    return new MutationSteps.Step(p, step, data.metadata(), renamesFor(p));
  }

  /** What waits for a part now. */
  synchronized MutationSteps.Step stepFor(DataPart p) {
    // Together, since a change of columns changes what waiting mutations mean.
    return new MutationSteps.Step(p, waitingFor(p), data.metadata(), renamesFor(p));
  }

  /**
   * Applies mutations until one is done: {@code mutations_sync}.
   *
   * @param check throws when the wait is to end
   * @throws LonghouseException UNFINISHED (341) with the reason when it failed
   */
  public void applyAll(long version, Runnable check) {
    new MutationWait(this, version, check).applyAll();
  }

  /**
   * Applies all mutations that are not an author's, at once also those that failed before.
   *
   * @param check throws when the wait is to end
   * @throws LonghouseException UNFINISHED (341) with the reason when one fails again
   */
  public void applyAgain(Runnable check) {
    long last = 0;
    synchronized (this) {
      for (Mutation m : unfinished()) {
        if (m.author == null) {
          all.put(m.version, m.failed(null));
          last = m.version;
        }
      }
      resting.clear();
    }
    if (last > 0) {
      applyAll(last, check);
    }
  }

  /**
   * Applies mutations until that of an author is done.
   *
   * @param check throws when the wait is to end; the mutation then goes on in the background
   * @throws LonghouseException UNFINISHED (341) when it was given up, with the reason if that is
   *     its own
   */
  public void applyOfAuthor(long version, Runnable check) {
    new MutationWait(this, version, check).applyOfAuthor();
  }

  /** Whether there is a mutation, which was neither killed nor given up. */
  synchronized boolean isKnown(long version) {
    return all.containsKey(version);
  }

  /** The first mutation up to a version that failed and that some part waits for. */
  synchronized @Nullable Mutation firstFailed(long versionMax) {
    for (Mutation m : all.headMap(versionMax, true).values()) {
      if (m.failure != null && !partsToDo(m.version).isEmpty()) {
        return m;
      }
    }
    return null;
  }

  /** How a mutation of an author stands. Why it was given up is told once. */
  synchronized MutationWait.Standing takeStanding(long version) {
    return new MutationWait.Standing(
        givenUp.remove(version), all.containsKey(version), firstFailed(version));
  }
}
