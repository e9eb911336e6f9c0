package io.longhouse.storage.mergetree;

import io.longhouse.column.BlockSource;
import io.longhouse.column.compress.CompressedFile;
import io.longhouse.column.compress.PieceHash;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.disk.DiskFile;
import io.longhouse.storage.part.Checksums;
import io.longhouse.storage.part.DataPart;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * CHECK TABLE: compares every file of a part with its line in the checksums, compressed files also
 * after decompression.
 */
public final class PartCheck {
  private static final int PIECE_BYTES = 1 << 20;

  private static final Set<String> WITHOUT_LINE =
      Set.of(
          "checksums.txt",
          "columns.txt",
          "columns_substreams.txt",
          "default_compression_codec.txt",
          "metadata_version.txt",
          "txn_version.txt",
          "delete-on-destroy.txt");

  private PartCheck() {}

  /** What was found; the message is empty for a part that is sound. */
  public record Result(String part, boolean ok, String message) {}

  static Result check(DataPart part) {
    String problem;
    try {
      problem = problem(part);
    } catch (UncheckedIOException e) {
      problem = String.valueOf(e.getMessage());
    }
    if (!problem.isEmpty()) {
      part.suspect();
    }
    return new Result(part.toString(), problem.isEmpty(), problem);
  }

  /** Whether such an error when a part is read can come of broken files. */
  public static boolean isAboutFiles(ErrorCode code) {
    return switch (code) {
      case CHECKSUM_DOESNT_MATCH,
          CANNOT_READ_ALL_DATA,
          FILE_DOESNT_EXIST,
          NO_FILE_IN_DATA_PART,
          BAD_SIZE_OF_FILE_IN_DATA_PART,
          UNEXPECTED_FILE_IN_DATA_PART,
          CORRUPTED_DATA,
          CANNOT_DECOMPRESS,
          UNKNOWN_COMPRESSION_METHOD,
          INCORRECT_DATA,
          TOO_LARGE_SIZE_COMPRESSED ->
          true;
      default -> false;
    };
  }

  /**
   * What is wrong with a part.
   *
   * @return empty for a part that is sound
   * @throws UncheckedIOException when the machine fails, which says nothing about the part
   */
  public static String problem(DataPart part) {
    part.retain();
    try {
      DataPart asItIs =
          DataPart.openChecked(part.disk(), part.folder(), part.name(), part.schema());
      if (!asItIs.columns().equals(part.columns())) {
        return "File columns.txt has changed since the part was loaded";
      }
      if (!asItIs.hasSubstreamsOf(part)) {
        return "File columns_substreams.txt has changed since the part was loaded";
      }
      if (!asItIs.checksums().files().equals(part.checksums().files())) {
        return "File checksums.txt has changed since the part was loaded";
      }
      for (Map.Entry<String, Checksums.Entry> e : part.checksums().files().entrySet()) {
        String wrong =
            e.getKey().endsWith(".proj") ? "" : checkFile(part, e.getKey(), e.getValue());
        if (!wrong.isEmpty()) {
          return wrong;
        }
      }
      for (String file : part.disk().list(part.folder())) {
        if (!part.has(file) && !WITHOUT_LINE.contains(file)) {
          return "Unexpected file " + file + " in data part";
        }
      }
      return "";
    } catch (LonghouseException e) {
      return e.message();
    } finally {
      part.release();
    }
  }

  private static String checkFile(DataPart part, String name, Checksums.Entry expected) {
    Disk disk = part.disk();
    DiskFile file = disk.open(part.folder() + "/" + name);
    if (file.size() != expected.size()) {
      return "File " + name + " has size " + file.size() + ", expected " + expected.size();
    }
    var hash = new PieceHash();
    byte[] piece = new byte[(int) Math.min(PIECE_BYTES, Math.max(1, file.size()))];
    for (long at = 0; at < file.size(); at += piece.length) {
      int n = (int) Math.min(piece.length, file.size() - at);
      file.read(at, piece, 0, n);
      hash.update(piece, 0, n);
    }
    if (!isHash(hash, expected.hash())) {
      return "Checksum mismatch for file " + name + " in data part";
    }
    Checksums.Raw raw = expected.raw();
    // The raw hash of a Compact part's data is one over the codecs, not over the bytes.
    return raw == null || name.equals("data.bin") ? "" : checkRaw(file, name, raw);
  }

  private static String checkRaw(DiskFile file, String name, Checksums.Raw expected) {
    var hash = new PieceHash();
    BlockSource blocks = new CompressedFile(file, PIECE_BYTES);
    while (blocks.next()) {
      hash.update(blocks.bytes(), blocks.from(), blocks.length());
    }
    boolean same = hash.size() == expected.size() && isHash(hash, expected.hash());
    return same ? "" : "Checksum of the uncompressed data of file " + name + " does not match";
  }

  private static boolean isHash(PieceHash hash, Checksums.Hash expected) {
    hash.finish();
    return hash.low() == expected.low() && hash.high() == expected.high();
  }

  static List<Result> check(List<DataPart> parts) {
    return parts.stream().map(PartCheck::check).toList();
  }
}
