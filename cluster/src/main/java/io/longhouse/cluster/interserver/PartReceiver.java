package io.longhouse.cluster.interserver;

import io.longhouse.column.ByteReader;
import io.longhouse.column.compress.PieceHash;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.mergetree.BandwidthLimit;
import io.longhouse.storage.part.Checksums;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one part from another server into a new folder. What was received is on disk for good when
 * {@link #receive} returns; whatever fails, the caller removes the folder.
 */
final class PartReceiver {
  private static final int PIECE_BYTES = 1 << 17;
  private static final int FILES_MAX = 1_000_000;
  private static final int NAME_BYTES_MAX = 255;
  private static final int TTL_BYTES_MAX = 64 << 20;

  /** Files that no checksum is about are small. */
  private static final long EXTRA_BYTES_MAX = 256 << 20;

  private final ByteReader in;
  private final int version;
  private final Disk disk;
  private final String folder;
  private final FetchList.Running progress;
  private final List<BandwidthLimit> limits;
  private final Runnable check;
  private final byte[] piece = new byte[PIECE_BYTES];
  private final List<String> written = new ArrayList<>();
  private final List<String> folders = new ArrayList<>();
  private long leftBytes;

  /**
   * @param version what both servers know
   * @param folder must not be there
   * @param check throws when the fetch is to end
   */
  PartReceiver(
      ByteReader in,
      int version,
      Disk disk,
      String folder,
      FetchList.Running progress,
      List<BandwidthLimit> limits,
      Runnable check) {
    this.in = in;
    this.version = version;
    this.disk = disk;
    this.folder = folder;
    this.progress = progress;
    this.limits = limits;
    this.check = check;
  }

  /**
   * Reads the whole answer.
   *
   * @throws LonghouseException CHECKSUM_DOESNT_MATCH (40), NOT_ENOUGH_SPACE (243), INSECURE_PATH
   *     (466), INCORRECT_DATA (117) and what reading from a network brings
   */
  void receive() {
    long total = version >= PartProtocol.SIZE ? in.readLong() : 0;
    reserve(total);
    progress.total(total);
    if (version >= PartProtocol.TTL) {
      in.readString(TTL_BYTES_MAX);
    }
    if (version >= PartProtocol.TYPE) {
      String type = in.readText(NAME_BYTES_MAX);
      if (!type.equals("Wide") && !type.equals("Compact")) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED, "Cannot fetch a part of type '" + type + "'");
      }
    }
    if (version >= PartProtocol.UUID) {
      in.readBytes(PartProtocol.NO_UUID.length());
    }
    long projections = version >= PartProtocol.PROJECTIONS ? in.readLong() : 0;
    if (projections < 0 || projections > FILES_MAX) {
      throw wrong("number of projections " + projections);
    }
    for (long i = 0; i < projections; i++) {
      receiveFolder(folder + "/" + safe(in.readText(NAME_BYTES_MAX)) + ".proj");
    }
    receiveFolder(folder);
    if (!in.atEnd()) {
      throw wrong("bytes behind the last file");
    }
    disk.sync(written);
    folders.forEach(disk::syncFolder);
  }

  private void reserve(long total) {
    long free = disk.freeBytes();
    if (total < 0 || total > free) {
      throw new LonghouseException(
          ErrorCode.NOT_ENOUGH_SPACE,
          "Cannot reserve "
              + Long.toUnsignedString(total)
              + " bytes for a part, there are "
              + free
              + " on disk "
              + disk.name());
    }
    leftBytes = total == 0 ? free : Math.min(free, total + EXTRA_BYTES_MAX);
  }

  /** The files of the part or of one of its projections, compared with their checksums. */
  private void receiveFolder(String to) {
    disk.createFolders(to);
    folders.add(to);
    long count = in.readLong();
    if (count < 0 || count > FILES_MAX) {
      throw wrong("number of files " + count);
    }
    Map<String, Checksums.Entry> received = new LinkedHashMap<>();
    for (long i = 0; i < count; i++) {
      String name = safe(in.readText(NAME_BYTES_MAX));
      if (received.containsKey(name)) {
        throw wrong("file " + name + " twice");
      }
      received.put(name, receiveFile(to, name));
    }
    compare(to, received);
  }

  private Checksums.Entry receiveFile(String to, String name) {
    long size = in.readLong();
    if (size < 0 || size > leftBytes) {
      throw wrong(
          "file " + name + " with " + Long.toUnsignedString(size) + " bytes, at most " + leftBytes);
    }
    leftBytes -= size;
    String path = to + "/" + name;
    var hash = new PieceHash();
    try (OutputStream out = disk.create(path)) {
      for (long left = size; left > 0; ) {
        check.run();
        int n = (int) Math.min(PIECE_BYTES, left);
        for (BandwidthLimit limit : limits) {
          limit.take(n);
        }
        in.readFully(piece, 0, n);
        hash.update(piece, 0, n);
        out.write(piece, 0, n);
        progress.add(n);
        left -= n;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    written.add(path);
    hash.finish();
    var found = new Checksums.Hash(hash.low(), hash.high());
    long low = in.readLong();
    var said = new Checksums.Hash(low, in.readLong());
    if (!found.equals(said)) {
      throw new LonghouseException(
          ErrorCode.CHECKSUM_DOESNT_MATCH,
          "Checksum mismatch for file " + disk.absolute(path) + " transferred from " + source());
    }
    return new Checksums.Entry(size, found, null);
  }

  /** All that the part's own checksums name was received, as they say, and nothing else. */
  private void compare(String to, Map<String, Checksums.Entry> received) {
    String path = to + "/checksums.txt";
    if (!received.containsKey("checksums.txt")) {
      throw wrong("a part without checksums.txt");
    }
    Map<String, Checksums.Entry> expected = Checksums.read(disk.readAll(path), path).files();
    expected.forEach((name, e) -> {
      Checksums.Entry got = received.get(name);
      if (name.endsWith(".proj")) {
        return;
      }
      if (got == null) {
        throw new LonghouseException(
            ErrorCode.NO_FILE_IN_DATA_PART, "No file " + name + " in data part" + fromSource());
      }
      if (got.size() != e.size() || !got.hash().equals(e.hash())) {
        throw new LonghouseException(
            ErrorCode.CHECKSUM_DOESNT_MATCH,
            "Checksum mismatch for file " + name + " in data part" + fromSource());
      }
    });
    for (String name : received.keySet()) {
      if (!expected.containsKey(name) && !PartProtocol.WITHOUT_CHECKSUM.contains(name)) {
        throw new LonghouseException(
            ErrorCode.UNEXPECTED_FILE_IN_DATA_PART,
            "Unexpected file " + name + " in data part" + fromSource());
      }
    }
  }

  /** The name of one file in a folder. */
  private String safe(String name) {
    boolean ok =
        !name.isEmpty()
            && !name.equals(".")
            && !name.equals("..")
            && name.indexOf('/') < 0
            && name.indexOf('\\') < 0
            && name.chars().allMatch(c -> c >= ' ' && c != 0x7F);
    if (!ok) {
      throw new LonghouseException(
          ErrorCode.INSECURE_PATH,
          "File path ("
              + name
              + ") doesn't appear to be inside part path ("
              + folder
              + "). This may happen if we are trying to download part from malicious replica or"
              + " logical error.");
    }
    return name;
  }

  private String source() {
    return progress.from().host() + ":" + progress.from().port() + progress.replicaPath();
  }

  private String fromSource() {
    return " " + progress.part() + " from " + source();
  }

  private LonghouseException wrong(String what) {
    return new LonghouseException(
        ErrorCode.INCORRECT_DATA, "Unexpected " + what + " in answer for part" + fromSource());
  }
}
