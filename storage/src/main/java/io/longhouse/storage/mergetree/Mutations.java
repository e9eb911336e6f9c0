package io.longhouse.storage.mergetree;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The mutations of one table. Each has a block number as its version and is applied to the parts
 * whose data are older, one part at a time. The file of a mutation stays after it was applied.
 *
 * <pre>
 * mutation_N.txt = "format version: 1\n" "create time: " time "\n" "commands: " text "\n"
 * </pre>
 */
public final class Mutations {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final MergeTreeData data;
  private final Disk disk;
  private final TreeMap<Long, Mutation> all = new TreeMap<>();

  /**
   * One mutation.
   *
   * @param commands null after a restart, until {@link #resume} says what the text means
   */
  public record Mutation(
      long version,
      String text,
      Instant created,
      @Nullable List<MutationCommand> commands,
      boolean killed,
      @Nullable String failure) {
    /** The name of its file. */
    public String id() {
      return "mutation_" + version + ".txt";
    }
  }

  Mutations(MergeTreeData data) {
    this.data = data;
    this.disk = data.disk();
  }

  /** Reads the files; answers the highest version. */
  synchronized long load() {
    for (String file : disk.list(data.folder())) {
      if (file.startsWith("tmp_mutation_")) {
        disk.remove(data.folder() + "/" + file);
      }
      if (!file.matches("mutation_[0-9]{1,18}\\.txt")) {
        continue;
      }
      long version = Long.parseLong(file.substring(9, file.length() - 4));
      String text = new String(disk.readAll(data.folder() + "/" + file), StandardCharsets.UTF_8);
      int at = text.indexOf("commands: ");
      String commands = at < 0 ? "" : unescaped(text.substring(at + 10).strip());
      Instant created = Instant.ofEpochMilli(disk.modifiedMs(data.folder() + "/" + file));
      all.put(version, new Mutation(version, commands, created, null, false, null));
    }
    return all.isEmpty() ? 0 : all.lastKey();
  }

  private static String unescaped(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        c = text.charAt(i) == 'n' ? '\n' : text.charAt(i);
      }
      out.append(c);
    }
    return out.toString();
  }

  /** All mutations by version. */
  public synchronized List<Mutation> all() {
    return List.copyOf(all.values());
  }

  /** Mutations that some part still waits for. */
  public synchronized List<Mutation> unfinished() {
    return all.values().stream().filter(m -> !m.killed && !partsToDo(m.version).isEmpty()).toList();
  }

  /** Says what the text of a mutation means that was found at the start. */
  public synchronized void resume(long version, List<MutationCommand> commands) {
    all.computeIfPresent(
        version,
        (_, m) -> new Mutation(version, m.text, m.created, List.copyOf(commands), false, null));
  }

  /** Notes a mutation on disk; background work or {@link #applyAll} applies it. */
  public long add(List<MutationCommand> commands) {
    long version = note(commands);
    data.changed();
    return version;
  }

  private synchronized long note(List<MutationCommand> commands) {
    long version = data.nextBlockNumber();
    String text =
        commands.stream().map(c -> "(" + c.text() + ")").collect(Collectors.joining(", "));
    Instant now = Instant.now();
    String content =
        "format version: 1\ncreate time: "
            + TIME.format(now.atZone(ZoneId.systemDefault()))
            + "\ncommands: "
            + text.replace("\\", "\\\\").replace("\n", "\\n")
            + "\n";
    var m = new Mutation(version, text, now, List.copyOf(commands), false, null);
    data.writeSmallFile("tmp_" + m.id(), content);
    disk.move(data.folder() + "/tmp_" + m.id(), data.folder() + "/" + m.id());
    disk.syncFolder(data.folder());
    all.put(version, m);
    return version;
  }

  /** Gives a mutation up: {@code KILL MUTATION}. Parts that have it keep it. */
  public synchronized boolean kill(long version) {
    Mutation m = all.remove(version);
    if (m != null) {
      disk.remove(data.folder() + "/" + m.id());
    }
    return m != null;
  }

  /** Names of the parts that a mutation is still to be applied to. */
  public List<PartName> partsToDo(long version) {
    return data.snapshot().parts().stream()
        .filter(p -> isFor(p, version))
        .map(DataPart::name)
        .toList();
  }

  private static boolean isFor(DataPart p, long version) {
    return p.name().dataVersion() < version;
  }

  /** The first mutation that waits for a part; 0 if there is none. Those behind it wait as well. */
  synchronized long pendingFor(DataPart p) {
    Long next = all.higherKey(p.name().dataVersion());
    return next == null ? 0 : next;
  }

  /** Mutations that wait for a part, by version. */
  synchronized List<Mutation> waitingFor(DataPart p) {
    List<Mutation> waiting = new ArrayList<>();
    for (Mutation m : all.tailMap(p.name().dataVersion(), false).values()) {
      if (m.commands != null) {
        waiting.add(m);
      }
    }
    return waiting;
  }

  /** New names of columns whose files in a part still have the old one. */
  synchronized Map<String, String> renamesFor(DataPart p) {
    Map<String, String> renames = Map.of();
    for (Mutation m : all.tailMap(p.name().dataVersion(), false).values()) {
      for (MutationCommand c : m.commands == null ? List.<MutationCommand>of() : m.commands) {
        if (c instanceof MutationCommand.Rename r) {
          renames = new HashMap<>(renames);
          String first = renames.remove(r.from());
          renames.put(r.to(), first == null ? r.from() : first);
        }
      }
    }
    return renames;
  }

  synchronized void failed(long version, Throwable why) {
    all.computeIfPresent(
        version,
        (_, m) -> new Mutation(version, m.text, m.created, m.commands, m.killed, why.toString()));
  }

  /** Applies what waits for some part to that part; false if there is none. */
  public boolean mutateOnce() {
    for (DataPart p : data.snapshot().parts()) {
      List<Mutation> waiting = waitingFor(p);
      if (!waiting.isEmpty() && data.merges().reserve(List.of(p))) {
        try {
          if (data.snapshot().find(p.name()) != null) {
            mutate(p, waiting);
            return true;
          }
        } finally {
          data.merges().free(List.of(p));
        }
      }
    }
    return false;
  }

  /**
   * Applies mutations until one is done: {@code mutations_sync}.
   *
   * @throws LonghouseException UNFINISHED (341) with the reason when it failed
   */
  public void applyAll(long version) {
    while (!partsToDo(version).isEmpty()) {
      synchronized (this) {
        Mutation m = all.get(version);
        if (m == null) {
          throw new LonghouseException(ErrorCode.UNFINISHED, "Mutation " + version + " was killed");
        }
      }
      if (!mutateOnce()) {
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled", e);
    }
  }

  private void mutate(DataPart part, List<Mutation> waiting) {
    long version = waiting.getLast().version;
    PartName name = part.name().withMutation(version);
    List<MutationCommand> commands = new ArrayList<>();
    for (Mutation m : waiting) {
      if (m.commands != null) {
        commands.addAll(m.commands);
      }
    }
    commands.removeIf(
        c -> c.partitionId() != null && !c.partitionId().equals(part.name().partitionId()));
    var progress =
        new MergeProgress(
            data.table(), name, List.of(part.name()), true, part.rows(), part.bytesOnDisk());
    String folder = data.temporaryFolder("mut", name.toString());
    part.retain();
    data.merges().register(progress);
    Throwable failure = null;
    DataPart result = null;
    try {
      new PartMutator(data, part, progress).apply(commands, folder);
      result = data.replace(folder, name, List.of(part));
      if (result == null) {
        disk.remove(folder);
      } else if (result.rows() == 0) {
        data.drop(List.of(result));
      }
    } catch (RuntimeException | Error e) {
      failure = e;
      failed(version, e);
      disk.remove(folder);
      throw e;
    } finally {
      part.release();
      data.merges().unregister(progress);
      data.listener()
          .on(
              new MergeTreeListener.Event(
                  MergeTreeListener.Kind.MUTATE_PART,
                  name.toString(),
                  result,
                  List.of(part),
                  progress.elapsedMs(),
                  failure));
    }
  }
}
