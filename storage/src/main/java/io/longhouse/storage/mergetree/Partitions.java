package io.longhouse.storage.mergetree;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What ALTER TABLE does with whole parts and partitions of one table. */
public final class Partitions {
  private final MergeTreeData data;
  private final Disk disk;

  Partitions(MergeTreeData data) {
    this.data = data;
    this.disk = data.disk();
  }

  /**
   * A folder in {@code detached/}.
   *
   * @param reason in front of the part's name, such as {@code broken-on-start}; empty for none
   * @param part null if the folder's name is not that of a part
   */
  public record Detached(String name, String reason, @Nullable PartName part) {}

  private String detachedFolder() {
    return data.folder() + "/detached";
  }

  /** Everything in {@code detached/}. */
  public List<Detached> detached() {
    List<Detached> all = new ArrayList<>();
    for (String name : disk.list(detachedFolder())) {
      PartName part = PartName.tryParse(name);
      String reason = "";
      for (int i = name.indexOf('_'); part == null && i > 0; i = name.indexOf('_', i + 1)) {
        part = PartName.tryParse(name.substring(i + 1));
        reason = part == null ? "" : name.substring(0, i);
      }
      all.add(new Detached(name, reason, part));
    }
    return all;
  }

  /** Keeps the files of a part in {@code detached/} as well. */
  public void copyToDetached(DataPart part, String prefix) {
    linkFiles(
        part.disk(), part.folder(), disk, freeName(detachedFolder() + "/" + prefix + part.name()));
    disk.syncFolder(detachedFolder());
  }

  /** Gives a part that was copied below {@code detached/} its name there. */
  public void keepDetached(DataPart copy) {
    disk.move(copy.folder(), freeName(detachedFolder() + "/" + copy.name()));
    disk.syncFolder(detachedFolder());
  }

  /** Takes a part that should not be there out of the table. */
  public void putAside(DataPart part, String reason) {
    data.take(List.of(part), p -> moveAside(p, reason));
    disk.syncFolder(detachedFolder());
  }

  /** The same; parts that it replaced are active again. */
  public void putAside(DataPart part, String reason, Collection<PartName> replaced) {
    data.takeBack(part, replaced, p -> moveAside(p, reason));
    disk.syncFolder(detachedFolder());
  }

  private void moveAside(DataPart part, String reason) {
    disk.move(part.folder(), freeName(detachedFolder() + "/" + reason + "_" + part.name()));
  }

  /** Takes parts out of the table and keeps them in {@code detached/}. */
  public void detach(List<DataPart> parts) {
    withoutMerges(
        parts,
        () -> {
          data.take(parts, p -> disk.move(p.folder(), freeName(detachedFolder() + "/" + p.name())));
          disk.syncFolder(detachedFolder());
          return parts;
        });
  }

  private String freeName(String wanted) {
    String name = wanted;
    for (int i = 1; disk.exists(name); i++) {
      name = wanted + "_try" + i;
    }
    return name;
  }

  /** Removes parts for good, after merges of them have ended. */
  public void drop(List<DataPart> parts) {
    withoutMerges(
        parts,
        () -> {
          data.drop(parts);
          return parts;
        });
  }

  /** What is done while no merge has the parts. */
  private interface Work {
    List<DataPart> run();
  }

  private List<DataPart> withoutMerges(List<DataPart> parts, Work work) {
    data.merges().reserveWaiting(parts);
    try {
      return work.run();
    } finally {
      data.merges().free(parts);
    }
  }

  /** {@code ATTACH PARTITION ID}: brings back all detached parts of a partition. */
  public List<DataPart> attachPartition(String partitionId) {
    List<String> names = new ArrayList<>();
    List<PartName> parts = new ArrayList<>();
    for (Detached d : detached()) {
      if (d.part() != null && d.reason().isEmpty() && d.part().partitionId().equals(partitionId)) {
        names.add(d.name());
        parts.add(d.part());
      }
    }
    // Of a part and what it was made of only the part itself comes back.
    for (int i = names.size() - 1; i >= 0; i--) {
      PartName p = parts.get(i);
      if (parts.stream().anyMatch(o -> !o.equals(p) && o.contains(p))) {
        names.remove(i);
        parts.remove(i);
      }
    }
    return attach(names, parts);
  }

  /**
   * {@code ATTACH PART}.
   *
   * @throws LonghouseException BAD_DATA_PART_NAME (233), when there is no such folder
   */
  public List<DataPart> attachPart(String name) {
    if (!disk.isFolder(detachedFolder() + "/" + name)) {
      throw new LonghouseException(
          ErrorCode.BAD_DATA_PART_NAME,
          "No part " + name + " in the detached folder of table " + data.table());
    }
    return attach(List.of(name), List.of(PartName.parse(name)));
  }

  private List<DataPart> attach(List<String> names, List<PartName> parts) {
    List<String> folders = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String from = detachedFolder() + "/" + names.get(i);
      // Opened before anything is moved: a broken part stays where it is.
      DataPart part = DataPart.openChecked(disk, from, parts.get(i), data.metadata().partSchema());
      part.granularity();
      String folder = data.temporaryFolder("attach", names.get(i));
      disk.move(from, folder);
      folders.add(folder);
      ids.add(parts.get(i).partitionId());
    }
    List<DataPart> attached = data.authority().attach(folders, ids);
    disk.syncFolder(detachedFolder());
    return attached;
  }

  /** Removes a folder in {@code detached/}. */
  public void dropDetached(String name) {
    disk.remove(detachedFolder() + "/" + name);
  }

  /**
   * {@code ATTACH PARTITION ... FROM} and {@code REPLACE PARTITION ... FROM}: links the parts of
   * another table on the same disk.
   *
   * @param replace whether the partition's own parts go in the same step
   * @throws LonghouseException INCOMPATIBLE_COLUMNS (122) when the tables differ
   */
  public List<DataPart> attachFrom(MergeTreeData other, String partitionId, boolean replace) {
    requireSame(other);
    try (SnapshotLease lease = other.lease()) {
      List<String> folders = new ArrayList<>();
      List<String> ids = new ArrayList<>();
      for (DataPart p : lease.snapshot().ofPartition(partitionId)) {
        folders.add(linked(p, data.temporaryFolder("replace", p.name().toString())));
        ids.add(partitionId);
      }
      List<DataPart> own = replace ? data.snapshot().ofPartition(partitionId) : List.of();
      return withoutMerges(own, () -> data.attach(folders, ids, own));
    }
  }

  /** {@code MOVE PARTITION ... TO TABLE}. */
  public void moveTo(MergeTreeData other, String partitionId) {
    List<DataPart> own = data.snapshot().ofPartition(partitionId);
    withoutMerges(
        own,
        () -> {
          other.authority().attachFrom(data, partitionId, false, PartAuthority.Waiting.HERE);
          data.drop(own);
          return own;
        });
  }

  /**
   * Checks that parts of another table can be parts of this one.
   *
   * @throws LonghouseException INCOMPATIBLE_COLUMNS (122) or BAD_ARGUMENTS (36)
   */
  public void requireSame(MergeTreeData other) {
    MergeTreeMetadata a = data.metadata();
    MergeTreeMetadata b = other.metadata();
    boolean columns =
        a.columns().stream()
            .map(c -> c.name() + " " + c.type())
            .toList()
            .equals(b.columns().stream().map(c -> c.name() + " " + c.type()).toList());
    if (!columns) {
      throw new LonghouseException(
          ErrorCode.INCOMPATIBLE_COLUMNS, "Tables have different structure");
    }
    boolean keys =
        a.sortingKey().equals(b.sortingKey())
            && a.partitionKey().equals(b.partitionKey())
            && a.primaryKeySize() == b.primaryKeySize();
    if (!keys) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Tables have different ordering or partition key");
    }
  }

  /** A folder with links to all files of a part. */
  public String linked(DataPart part, String folder) {
    linkFiles(part.disk(), part.folder(), disk, folder);
    return folder;
  }

  /** Gives all files of a folder second names in another one, which is on disk then. */
  static void linkFiles(Disk source, String from, Disk disk, String to) {
    disk.createFolders(to);
    for (String file : source.list(from)) {
      if (source.isFolder(from + "/" + file)) {
        linkFiles(source, from + "/" + file, disk, to + "/" + file);
      } else {
        disk.link(source, from + "/" + file, to + "/" + file);
      }
    }
    disk.syncFolder(to);
  }

  /**
   * {@code FREEZE}: links parts into a folder that nothing changes.
   *
   * @param target a folder on the machine, of the same file system
   * @throws LonghouseException DIRECTORY_ALREADY_EXISTS (84)
   */
  public void freeze(List<DataPart> parts, Path target) {
    parts.forEach(DataPart::retain);
    try {
      for (DataPart p : parts) {
        freeze(Path.of(disk.absolute(p.folder())), target.resolve(p.toString()));
        p.froze();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      parts.forEach(DataPart::release);
    }
  }

  private static void freeze(Path part, Path target) throws IOException {
    if (Files.exists(target)) {
      throw new LonghouseException(
          ErrorCode.DIRECTORY_ALREADY_EXISTS,
          "Directory " + target + " already exists and is not empty.");
    }
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(part)) {
      for (Path file : files.toList()) {
        if (Files.isDirectory(file)) {
          freeze(file, target.resolve(file.getFileName().toString()));
        } else {
          Files.createLink(target.resolve(file.getFileName().toString()), file);
        }
      }
    }
  }
}
