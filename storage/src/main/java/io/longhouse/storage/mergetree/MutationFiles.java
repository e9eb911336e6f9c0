package io.longhouse.storage.mergetree;

import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.mergetree.Mutations.Mutation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The files of a table's mutations: {@code mutation_N.txt}, where N is the version.
 *
 * <p>A mutation that belongs to a change of the table's columns is written as {@code
 * tmp_mutation_N_C.txt} first, C standing for the columns after the change; then the columns are
 * changed, then it gets its name. When that was interrupted, {@link #settle} decides by the columns
 * that the table has.
 *
 * <p>The name of a mutation's author is in {@code author_of_mutation_N.txt}, which is written first
 * and removed last.
 *
 * <p>Calls are made under the monitor of {@link Mutations}.
 */
final class MutationFiles {
  private final MergeTreeData data;
  private final Disk disk;
  private final List<String> undecided = new ArrayList<>();

  MutationFiles(MergeTreeData data) {
    this.data = data;
    this.disk = data.disk();
  }

  /** Reads the files; those of an interrupted change wait for {@link #settle}. */
  List<Mutation> load() {
    List<Mutation> found = new ArrayList<>();
    for (String file : disk.list(data.folder())) {
      if (file.matches("mutation_[0-9]{1,18}\\.txt")) {
        found.add(read(file, Long.parseLong(file.substring(9, file.length() - 4))));
      } else if (file.startsWith("tmp_mutation_")) {
        undecided.add(file);
      } else if (file.startsWith("author_of_mutation_")) {
        boolean left = !disk.exists(path(file.substring("author_of_".length())));
        if (left) {
          disk.remove(path(file));
        }
      }
    }
    return found;
  }

  /** The highest version among interrupted changes; 0 if there is none. */
  long undecidedVersionMax() {
    long last = 0;
    for (String file : undecided) {
      String[] words = file.split("[_.]");
      last = words[2].matches("[0-9]{1,18}") ? Math.max(last, Long.parseLong(words[2])) : last;
    }
    return last;
  }

  private Mutation read(String file, long version) {
    String commands = MutationFile.commands(disk.readAll(path(file)));
    Instant created = Instant.ofEpochMilli(disk.modifiedMs(path(file)));
    var m = new Mutation(version, commands, created, null, null, null, null);
    if (disk.exists(path(m.authorFile()))) {
      String author = new String(disk.readAll(path(m.authorFile())), StandardCharsets.UTF_8);
      m = new Mutation(version, commands, created, author, null, null, null);
    }
    return m;
  }

  /**
   * Carries interrupted changes through or takes them back.
   *
   * @param columns stands for the columns that the table has now
   * @param found is given the mutations of those that were carried through
   */
  void settle(String columns, Consumer<Mutation> found) {
    for (String file : undecided) {
      String[] words = file.substring(0, file.length() - ".txt".length()).split("_");
      boolean done = words.length == 4 && words[3].equals(columns);
      if (done) {
        String name = "mutation_" + words[2] + ".txt";
        disk.move(path(file), path(name));
        sync();
        found.accept(read(name, Long.parseLong(words[2])));
      } else {
        disk.remove(path(file));
      }
    }
    undecided.clear();
  }

  /**
   * Writes a mutation together with the change of columns that needs it: both or none.
   *
   * @param columns stands for the columns after the change
   */
  void write(Mutation m, String columns, Runnable change) {
    String author = m.author();
    if (author != null) {
      data.writeSmallFile(m.authorFile(), author);
    }
    String temporary = "tmp_mutation_" + m.version() + "_" + columns + ".txt";
    data.writeSmallFile(temporary, MutationFile.write(m.text(), m.created()));
    try {
      change.run();
    } catch (RuntimeException | Error e) {
      disk.remove(path(temporary));
      throw e;
    }
    disk.move(path(temporary), path(m.id()));
    sync();
  }

  /** Removes the files of a mutation. The folder is still to be synced. */
  void remove(Mutation m) {
    disk.remove(path(m.id()));
    if (m.author() != null) {
      disk.remove(path(m.authorFile()));
    }
  }

  void sync() {
    disk.syncFolder(data.folder());
  }

  private String path(String file) {
    return data.folder() + "/" + file;
  }
}
