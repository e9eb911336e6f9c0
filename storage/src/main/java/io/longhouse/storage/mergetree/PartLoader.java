package io.longhouse.storage.mergetree;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import io.longhouse.storage.part.PartSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out at the start which folders of a table are its active parts. Temporary folders are
 * removed; a part with a missing or damaged file goes to {@code detached/} as {@code
 * broken-on-start_NAME}; parts that others contain are outdated.
 *
 * <p>Nothing is moved when too many parts are broken: then it is the disk that needs help.
 */
final class PartLoader {
  private static final String BROKEN = "broken-on-start";
  private static final System.Logger LOG = System.getLogger(PartLoader.class.getName());

  /** What was found. */
  record Loaded(List<DataPart> active, List<PartName> outdated, long blockNumberMax) {}

  private final String table;
  private final Disk disk;
  private final String folder;
  private final PartSchema schema;

  private final MergeTreeSettings settings;

  /** A part to be detached, and why. */
  private record Unusable(PartName name, String reason, String message) {}

  PartLoader(
      String table, Disk disk, String folder, PartSchema schema, MergeTreeSettings settings) {
    this.table = table;
    this.disk = disk;
    this.folder = folder;
    this.schema = schema;
    this.settings = settings;
  }

  Loaded load() {
    List<PartName> names = names();
    List<DataPart> active = new ArrayList<>();
    List<PartName> outdated = new ArrayList<>();
    List<Unusable> unusable = new ArrayList<>();
    long max = 0;
    for (PartName name : names) {
      max = Math.max(max, Math.max(name.maxBlock(), name.mutation()));
      if (active.stream().anyMatch(p -> p.name().contains(name))) {
        outdated.add(name);
        continue;
      }
      var crossing = active.stream().filter(p -> !p.name().isDisjoint(name)).findFirst();
      if (crossing.isPresent()) {
        unusable.add(new Unusable(name, "ignored", "it shares blocks with " + crossing.get()));
        continue;
      }
      try {
        active.add(DataPart.openChecked(disk, folder + "/" + name, name, schema));
      } catch (LonghouseException e) {
        if (e.errorCode() == ErrorCode.NOT_IMPLEMENTED) {
          throw e;
        }
        unusable.add(new Unusable(name, BROKEN, e.message()));
      }
    }
    checkNotTooMany(unusable, names.size());
    unusable.forEach(this::detach);
    active.sort((a, b) -> a.name().compareTo(b.name()));
    return new Loaded(active, outdated, max);
  }

  private void checkNotTooMany(List<Unusable> unusable, int parts) {
    List<Unusable> broken = unusable.stream().filter(u -> u.reason.equals(BROKEN)).toList();
    long most = settings.number("max_suspicious_broken_parts");
    if (broken.size() > most) {
      throw new LonghouseException(
          ErrorCode.TOO_MANY_UNEXPECTED_DATA_PARTS,
          "Suspiciously many ("
              + broken.size()
              + " parts, "
              + parts
              + " in total) broken parts to remove while maximum allowed broken parts count is "
              + most
              + ". You can change the maximum value with merge tree setting"
              + " 'max_suspicious_broken_parts' in <merge_tree> configuration section or in table"
              + " settings in .sql file (don't forget to return setting back to default value)."
              + " The first one is "
              + broken.getFirst().name
              + ": "
              + broken.getFirst().message);
    }
  }

  /** Names of the folders of parts, those that contain others first. */
  private List<PartName> names() {
    List<PartName> names = new ArrayList<>();
    for (String file : disk.list(folder)) {
      String path = folder + "/" + file;
      boolean temporary =
          file.startsWith("tmp_") && !file.startsWith("tmp_mutation_")
              || file.startsWith("delete_tmp_")
              || file.startsWith("tmp-fetch_");
      if (temporary) {
        LOG.log(System.Logger.Level.INFO, "{0}: removing temporary {1}", table, path);
        disk.remove(path);
        continue;
      }
      PartName name = PartName.tryParse(file);
      if (name != null && disk.isFolder(path)) {
        names.add(name);
      }
    }
    // Those that contain others first: what they contain need not be opened.
    names.sort((a, b) -> {
      int c = a.partitionId().compareTo(b.partitionId());
      c = c != 0 ? c : Long.compare(b.maxBlock() - b.minBlock(), a.maxBlock() - a.minBlock());
      c = c != 0 ? c : Integer.compare(b.level(), a.level());
      return c != 0 ? c : Long.compare(b.mutation(), a.mutation());
    });
    return names;
  }

  private void detach(Unusable part) {
    PartName name = part.name;
    String target = freeName(folder + "/detached/" + part.reason + "_" + name);
    LOG.log(
        System.Logger.Level.ERROR,
        "{0}: detaching part {1} as {2}: {3}",
        table,
        name,
        target,
        part.message);
    disk.createFolders(folder + "/detached");
    disk.move(folder + "/" + name, target);
    disk.syncFolder(folder + "/detached");
    disk.syncFolder(folder);
  }

  private String freeName(String wanted) {
    String name = wanted;
    for (int i = 1; disk.exists(name); i++) {
      name = wanted + "_try" + i;
    }
    return name;
  }
}
