package io.longhouse.engine.table.mergetree;

import io.longhouse.column.serial.FileNames;
import io.longhouse.engine.catalog.MetadataFiles;
import io.longhouse.storage.part.PartName;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code FREEZE} links the parts of a table to:
 *
 * <pre>
 * shadow/NAME/store/abc/abc.../PART    below the data directory
 * shadow/increment.txt                 the last name that nobody gave
 * </pre>
 */
final class Shadow {
  private final Path root;
  private final Path table;

  /**
   * @param root the data directory
   * @param table the table's folder in it
   */
  Shadow(Path root, Path table) {
    this.root = root.toAbsolutePath();
    this.table = table;
  }

  private Path named(String name) {
    return root.resolve("shadow").resolve(FileNames.escape(name));
  }

  /** The folder for the table's parts under that name. */
  Path folder(String name) {
    return named(name).resolve(root.relativize(table).toString());
  }

  /** The next number. */
  String nextName() {
    Path counter = root.resolve("shadow").resolve("increment.txt");
    synchronized (Shadow.class) {
      long last = Files.exists(counter) ? Long.parseLong(MetadataFiles.read(counter).strip()) : 0;
      String next = Long.toString(last + 1);
      MetadataFiles.write(counter, next);
      return next;
    }
  }

  /** Removes the table's parts under a name, those of one partition or all. */
  void remove(String name, @Nullable String partitionId) {
    Path folder = folder(name);
    for (Path part : MetadataFiles.list(folder, "")) {
      PartName p = PartName.tryParse(part.getFileName().toString());
      if (partitionId == null || p != null && p.partitionId().equals(partitionId)) {
        MetadataFiles.deleteTree(part);
      }
    }
    Path empty = folder;
    while (empty != null
        && !empty.equals(root.resolve("shadow"))
        && Files.isDirectory(empty)
        && MetadataFiles.list(empty, "").isEmpty()) {
      MetadataFiles.deleteTree(empty);
      empty = empty.getParent();
    }
  }
}
