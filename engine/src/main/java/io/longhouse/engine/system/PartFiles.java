package io.longhouse.engine.system;

import io.longhouse.engine.catalog.FileNames;
import io.longhouse.storage.part.Checksums;
import io.longhouse.storage.part.DataPart;
import java.util.List;
import java.util.Map;

/** Sizes in bytes of the files of parts, from their checksums. */
record PartFiles(
    long dataCompressed,
    long dataUncompressed,
    long marksBytes,
    long primaryKeySize,
    long indexCompressed,
    long indexUncompressed,
    long indexMarks,
    int files) {
  /** All files of the parts. */
  static PartFiles of(List<DataPart> parts) {
    var sum = new Sum();
    for (DataPart p : parts) {
      p.checksums().files().forEach(sum::add);
    }
    return sum.result();
  }

  /** Those of one column; a compact part keeps all columns in one file, which counts for none. */
  static PartFiles of(List<DataPart> parts, String column) {
    var sum = new Sum();
    String escaped = FileNames.escape(column);
    for (DataPart p : parts) {
      if (p.isWide()) {
        for (Map.Entry<String, Checksums.Entry> f : p.checksums().files().entrySet()) {
          if (isOf(f.getKey(), escaped)) {
            sum.add(f.getKey(), f.getValue());
          }
        }
      }
    }
    return sum.result();
  }

  private static boolean isOf(String file, String column) {
    return file.startsWith(column)
        && (file.startsWith(".", column.length()) || file.startsWith("%2E", column.length()));
  }

  static long marks(DataPart part) {
    return part.marks();
  }

  private static final class Sum {
    private long dataCompressed;
    private long dataUncompressed;
    private long marksBytes;
    private long primaryKeySize;
    private long indexCompressed;
    private long indexUncompressed;
    private long indexMarks;
    private int files;

    void add(String file, Checksums.Entry e) {
      files++;
      boolean index = file.startsWith("skp_idx_");
      Checksums.Raw raw = e.raw();
      long rawSize = raw == null ? e.size() : raw.size();
      if (file.startsWith("primary.")) {
        primaryKeySize += e.size();
      } else if (index && file.contains(".idx")) {
        indexCompressed += e.size();
        indexUncompressed += rawSize;
      } else if (index) {
        indexMarks += e.size();
      } else if (file.endsWith(".bin")) {
        dataCompressed += e.size();
        dataUncompressed += rawSize;
      } else if (file.contains("mrk")) {
        marksBytes += e.size();
      }
    }

    PartFiles result() {
      return new PartFiles(
          dataCompressed,
          dataUncompressed,
          marksBytes,
          primaryKeySize,
          indexCompressed,
          indexUncompressed,
          indexMarks,
          files);
    }
  }
}
