package io.longhouse.storage.mergetree;

import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import io.longhouse.storage.part.PartSchema;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out at the start which folders of a table are its active parts. Temporary folders are
 * removed; a part that cannot be opened goes to {@code detached/}; parts that others contain are
 * outdated.
 */
final class PartLoader {
  private static final System.Logger LOG = System.getLogger(PartLoader.class.getName());

  /** What was found. */
  record Loaded(List<DataPart> active, List<PartName> outdated, long blockNumberMax) {}

  private final String table;
  private final Disk disk;
  private final String folder;
  private final PartSchema schema;

  PartLoader(String table, Disk disk, String folder, PartSchema schema) {
    this.table = table;
    this.disk = disk;
    this.folder = folder;
    this.schema = schema;
  }

  Loaded load() {
    List<PartName> names = new ArrayList<>();
    for (String file : disk.list(folder)) {
      String path = folder + "/" + file;
      boolean temporary =
          file.startsWith("tmp_")
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
    List<DataPart> active = new ArrayList<>();
    List<PartName> outdated = new ArrayList<>();
    long max = 0;
    for (PartName name : names) {
      max = Math.max(max, Math.max(name.maxBlock(), name.mutation()));
      if (active.stream().anyMatch(p -> p.name().contains(name))) {
        outdated.add(name);
        continue;
      }
      var crossing = active.stream().filter(p -> !p.name().isDisjoint(name)).findFirst();
      if (crossing.isPresent()) {
        detach(name, "ignored", "it shares blocks with " + crossing.get());
        continue;
      }
      try {
        active.add(DataPart.open(disk, folder + "/" + name, name, schema));
      } catch (LonghouseException | UncheckedIOException e) {
        detach(name, "broken-on-start", e.toString());
      }
    }
    active.sort((a, b) -> a.name().compareTo(b.name()));
    return new Loaded(active, outdated, max);
  }

  private void detach(PartName name, String reason, String message) {
    String target = freeName(folder + "/detached/" + reason + "_" + name);
    LOG.log(
        System.Logger.Level.ERROR,
        "{0}: detaching part {1} as {2}: {3}",
        table,
        name,
        target,
        message);
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
