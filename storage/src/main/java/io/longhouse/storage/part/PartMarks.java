package io.longhouse.storage.part;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The marks of a part, read when they are first needed, and what they tell: the kind of the part
 * and the rows of its granules. Many threads may use it.
 */
final class PartMarks {
  private static final List<String> EXTENSIONS =
      List.of(".cmrk2", ".mrk2", ".cmrk4", ".mrk4", ".cmrk3", ".mrk3", ".cmrk", ".mrk");

  private final PartFiles files;
  private final String extension;
  private final int compactStreams;
  private final ConcurrentHashMap<String, Marks> known = new ConcurrentHashMap<>();

  /**
   * @param extension of the files of marks
   * @param compactStreams how many streams a Compact part has marks of
   */
  PartMarks(PartFiles files, String extension, int compactStreams) {
    this.files = files;
    this.extension = extension;
    this.compactStreams = compactStreams;
  }

  /** The extension of a part's files of marks, which tells what kind of part it is. */
  static String extensionOf(PartFiles files) {
    for (String file : files.checksums().files().keySet()) {
      if (file.startsWith("skp_idx_")) {
        continue;
      }
      for (String e : EXTENSIONS) {
        if (file.endsWith(e)) {
          return e;
        }
      }
    }
    return ".cmrk2";
  }

  String extension() {
    return extension;
  }

  boolean isWide() {
    return !extension.endsWith("3") && !extension.endsWith("4");
  }

  /** Whether they say how many rows a granule has. */
  boolean isAdaptive() {
    return !extension.endsWith("mrk");
  }

  /** The marks of a substream of a Wide part. */
  Marks ofStream(String file) {
    Marks m = known.get(file);
    return m != null ? m : known.computeIfAbsent(file, f -> read(f + extension, 1, isAdaptive()));
  }

  /** The marks of a Compact part. */
  Marks compact() {
    return known.computeIfAbsent("data", f -> read(f + extension, compactStreams, true));
  }

  /** Compressed marks have hashes of their own. */
  private Marks read(String file, int streams, boolean adaptive) {
    return extension.startsWith(".c")
        ? Marks.read(files.open(file), true, streams, adaptive)
        : Marks.of(files.plain(file), files.absolute(file), streams, adaptive);
  }

  /** The marks of some stream; null if there are none. */
  private @Nullable Marks ofAnyStream() {
    for (String file : files.checksums().files().keySet()) {
      if (isOfStream(file)) {
        return ofStream(stream(file));
      }
    }
    return null;
  }

  private boolean isOfStream(String file) {
    return file.endsWith(extension) && !file.startsWith("skp_idx_");
  }

  private String stream(String file) {
    return file.substring(0, file.length() - extension.length());
  }

  /** How many marks each stream has, that behind the last granule included. */
  int count() {
    Marks m = isWide() ? ofAnyStream() : compact();
    return m == null ? 0 : m.count();
  }

  /**
   * Rows of the granules.
   *
   * @param rows of the part
   */
  Granularity granularity(long rows) {
    // In a wide part the file of that name would be a column's.
    if (!isWide() && files.has("data" + extension)) {
      return compact().granularity();
    }
    Marks m = ofAnyStream();
    if (m != null) {
      // Without rows in the marks all granules but the last one have as many as the table says;
      // the number of marks tells which of the usual sizes that is.
      return isAdaptive() ? m.granularity() : fixedGranularity(m.count(), rows);
    }
    if (files.checksums().files().keySet().stream().anyMatch(f -> f.endsWith(".bin"))) {
      throw new LonghouseException(
          ErrorCode.CORRUPTED_DATA, "Part " + files.name() + " has no marks in " + files.folder());
    }
    return Granularity.of(new int[0], 0);
  }

  private Granularity fixedGranularity(int marks, long rows) {
    int granule = 8192;
    if (marks > 0 && (rows + granule - 1) / granule != marks) {
      granule = Integer.highestOneBit((int) Math.min(1 << 30, (rows + marks - 1) / marks));
      while ((rows + granule - 1) / granule > marks) {
        granule *= 2;
      }
      if ((rows + granule - 1) / granule != marks) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED,
            "Part "
                + files.name()
                + " has "
                + marks
                + " marks for "
                + rows
                + " rows and does not say how many rows a granule has");
      }
    }
    return Granularity.fixed(rows, granule);
  }

  /** Reads all of them. */
  void load() {
    if (!isWide()) {
      compact();
      return;
    }
    for (String file : files.checksums().files().keySet()) {
      if (isOfStream(file)) {
        ofStream(stream(file));
      }
    }
  }

  /** Gives their memory back until they are needed again. */
  void forget() {
    known.clear();
  }

  /** Bytes of heap that they take. */
  long retainedBytes() {
    return known.values().stream().mapToLong(Marks::retainedBytes).sum();
  }
}
