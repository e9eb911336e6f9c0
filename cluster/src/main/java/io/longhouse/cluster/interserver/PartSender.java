package io.longhouse.cluster.interserver;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.compress.PieceHash;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.disk.DiskFile;
import io.longhouse.storage.mergetree.BandwidthLimit;
import io.longhouse.storage.part.Checksums;
import io.longhouse.storage.part.DataPart;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes one part to another server. What is sent is hashed and compared with the checksums on the
 * way: a part that has rotted ends in CHECKSUM_DOESNT_MATCH (40), and the other server, which
 * compares as well, does not keep it.
 */
final class PartSender {
  private static final int PIECE_BYTES = 1 << 17;

  private final DataPart part;
  private final int version;
  private final OutputStream out;
  private final List<BandwidthLimit> limits;
  private final Runnable check;
  private final byte[] piece = new byte[PIECE_BYTES];

  /**
   * @param version what the other server knows
   * @param check throws when the sending is to end
   */
  PartSender(
      DataPart part, int version, OutputStream out, List<BandwidthLimit> limits, Runnable check) {
    this.part = part;
    this.version = version;
    this.out = out;
    this.limits = limits;
    this.check = check;
  }

  void send() throws IOException {
    Disk disk = part.disk();
    List<String> projections = projections();
    var head = new ByteWriter(256);
    if (version >= PartProtocol.SIZE) {
      head.writeLong(part.checksums().totalBytes());
    }
    if (version >= PartProtocol.TTL) {
      head.writeString(text(disk, "ttl.txt", PartProtocol.NO_TTL));
    }
    if (version >= PartProtocol.TYPE) {
      head.writeString(part.isWide() ? "Wide" : "Compact");
    }
    if (version >= PartProtocol.UUID) {
      head.writeAscii(text(disk, "uuid.txt", PartProtocol.NO_UUID).strip());
    }
    if (version >= PartProtocol.PROJECTIONS) {
      head.writeLong(projections.size());
    }
    out.write(head.buffer(), 0, head.position());
    if (version >= PartProtocol.PROJECTIONS) {
      for (String p : projections) {
        var name = new ByteWriter(64);
        name.writeString(p.substring(0, p.length() - ".proj".length()));
        out.write(name.buffer(), 0, name.position());
        String folder = part.folder() + "/" + p;
        Checksums checksums =
            Checksums.read(disk.readAll(folder + "/checksums.txt"), folder + "/checksums.txt");
        sendFiles(disk, folder, checksums);
      }
    }
    sendFiles(disk, part.folder(), part.checksums());
    out.flush();
  }

  private List<String> projections() {
    return part.checksums().files().keySet().stream()
        .filter(n -> n.endsWith(".proj") && part.disk().isFolder(part.folder() + "/" + n))
        .toList();
  }

  private String text(Disk disk, String file, String otherwise) {
    return part.has(file)
        ? new String(disk.readAll(part.folder() + "/" + file), StandardCharsets.UTF_8)
        : otherwise;
  }

  private void sendFiles(Disk disk, String folder, Checksums checksums) throws IOException {
    SortedMap<String, Checksums.Entry> files = new TreeMap<>(checksums.files());
    files.keySet().removeIf(n -> n.endsWith(".proj"));
    List<String> names = new ArrayList<>(files.keySet());
    for (String name : PartProtocol.WITHOUT_CHECKSUM) {
      if (PartProtocol.sends(name, version) && disk.exists(folder + "/" + name)) {
        names.add(name);
      }
    }
    names.sort(null);
    var head = new ByteWriter(256);
    head.writeLong(names.size());
    for (String name : names) {
      DiskFile file = disk.open(folder + "/" + name);
      head.writeString(name);
      head.writeLong(file.size());
      out.write(head.buffer(), 0, head.position());
      head.reset();
      Checksums.Hash hash = sendBytes(file);
      checkSame(name, file.size(), hash, files);
      head.writeLong(hash.low());
      head.writeLong(hash.high());
      out.write(head.buffer(), 0, head.position());
      head.reset();
    }
  }

  private Checksums.Hash sendBytes(DiskFile file) throws IOException {
    var hash = new PieceHash();
    long size = file.size();
    for (long at = 0; at < size; at += PIECE_BYTES) {
      check.run();
      int n = (int) Math.min(PIECE_BYTES, size - at);
      for (BandwidthLimit limit : limits) {
        limit.take(n);
      }
      file.read(at, piece, 0, n);
      hash.update(piece, 0, n);
      out.write(piece, 0, n);
    }
    hash.finish();
    return new Checksums.Hash(hash.low(), hash.high());
  }

  private void checkSame(
      String name, long size, Checksums.Hash hash, Map<String, Checksums.Entry> expected) {
    Checksums.Entry e = expected.get(name);
    if (e != null && (e.size() != size || !e.hash().equals(hash))) {
      throw new LonghouseException(
          e.size() != size
              ? ErrorCode.BAD_SIZE_OF_FILE_IN_DATA_PART
              : ErrorCode.CHECKSUM_DOESNT_MATCH,
          "File " + name + " of part " + part + " is not what its checksums say");
    }
  }
}
