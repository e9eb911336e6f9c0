package io.longhouse.storage.part;

import io.longhouse.column.compress.PieceHash;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.disk.DiskFile;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files of a part and what its checksums say about them; errors name the file. Many threads may
 * use it.
 */
final class PartFiles {
  private final Disk disk;
  private final String folder;
  private final PartName name;
  private final Checksums checksums;
  private final ConcurrentHashMap<String, DiskFile> open = new ConcurrentHashMap<>();

  /** Reads the checksums of the part in a folder, whose path on the disk ends with its name. */
  PartFiles(Disk disk, String folder, PartName name) {
    this.disk = disk;
    this.folder = folder;
    this.name = name;
    checksums = Checksums.read(disk.readAll(path("checksums.txt")), path("checksums.txt"));
  }

  Disk disk() {
    return disk;
  }

  /** Path on the disk. */
  String folder() {
    return folder;
  }

  PartName name() {
    return name;
  }

  Checksums checksums() {
    return checksums;
  }

  /** Path of a file on the disk. */
  String path(String file) {
    return folder + "/" + file;
  }

  /** Path of a file for messages. */
  String absolute(String file) {
    return disk.absolute(path(file));
  }

  /** Whether a file has a line in the checksums. */
  boolean has(String file) {
    return checksums.files().containsKey(file);
  }

  /** A file for reading at any place, opened once. */
  DiskFile open(String file) {
    DiskFile known = open.get(file);
    return known != null ? known : open.computeIfAbsent(file, f -> disk.open(path(f)));
  }

  /** The text of a file that may have no line in the checksums. */
  String text(String file) {
    return new String(disk.readAll(path(file)), StandardCharsets.UTF_8);
  }

  /**
   * The bytes of a file that is not compressed, as long and with the hash that the checksums say.
   */
  byte[] plain(String file) {
    byte[] bytes = disk.readAll(path(file));
    Checksums.Entry expected = checksums.files().get(file);
    var hash = new PieceHash();
    hash.update(bytes, 0, bytes.length);
    hash.finish();
    boolean same =
        expected == null
            || expected.size() == bytes.length
                && expected.hash().equals(new Checksums.Hash(hash.low(), hash.high()));
    if (!same) {
      throw new LonghouseException(
          ErrorCode.CHECKSUM_DOESNT_MATCH,
          "Checksum mismatch for file " + absolute(file) + " of part " + name);
    }
    return bytes;
  }

  /** The number that the text of a file is. */
  long number(String text, String file) {
    if (!text.strip().matches("[0-9]{1,18}")) {
      throw new LonghouseException(
          ErrorCode.CORRUPTED_DATA, "Cannot parse file " + absolute(file) + " of part " + name);
    }
    return Long.parseLong(text.strip());
  }

  /**
   * Sees whether all files are there and as long as they were written.
   *
   * @throws LonghouseException NO_FILE_IN_DATA_PART (226), BAD_SIZE_OF_FILE_IN_DATA_PART (228)
   */
  void checkSizes() {
    checksums.files().forEach(this::checkSize);
  }

  private void checkSize(String file, Checksums.Entry expected) {
    if (!disk.exists(path(file))) {
      throw new LonghouseException(
          ErrorCode.NO_FILE_IN_DATA_PART,
          "File " + absolute(file) + " of part " + name + " doesn't exist");
    }
    // A projection is a folder.
    long found = file.endsWith(".proj") ? expected.size() : disk.size(path(file));
    if (found != expected.size()) {
      throw new LonghouseException(
          ErrorCode.BAD_SIZE_OF_FILE_IN_DATA_PART,
          absolute(file)
              + " of part "
              + name
              + " has unexpected size: "
              + found
              + " instead of "
              + expected.size());
    }
  }
}
