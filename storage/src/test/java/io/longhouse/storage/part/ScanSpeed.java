package io.longhouse.storage.part;

import io.longhouse.column.BlockSource;
import io.longhouse.column.Column;
import io.longhouse.column.compress.CompressedFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Megabytes a second of raw data for each column of a part: whole scan, and decompression alone.
 */
final class ScanSpeed {
  private ScanSpeed() {}

  public static void main(String[] args) {
    DataPart part = PartDump.open(Path.of(args[0]), PartSchema.NONE);
    for (var field : part.columns()) {
      long best = Long.MAX_VALUE;
      for (int i = 0; i < 7; i++) {
        long t = System.nanoTime();
        scan(part, field.name(), 8);
        best = Math.min(best, System.nanoTime() - t);
      }
      long bare = Long.MAX_VALUE;
      long raw = 0;
      for (int i = 0; i < 7; i++) {
        long t = System.nanoTime();
        raw = decompress(part, field.name());
        bare = Math.min(bare, System.nanoTime() - t);
      }
      System.out.printf(
          Locale.ROOT,
          "%s %s raw %.1f MB scan %.1f ms %.0f MB/s, frames alone %.1f ms %.0f MB/s%n",
          field.name(),
          field.type(),
          raw / 1e6,
          best / 1e6,
          raw / (best / 1e3),
          bare / 1e6,
          raw / (bare / 1e3));
    }
  }

  private static long scan(DataPart part, String column, int granules) {
    var reader = new PartReader(part, List.of(ColumnRequest.of(column)));
    long rows = 0;
    int count = part.granularity().count();
    for (int g = 0; g < count; g += granules) {
      Column c = reader.read(0, g, Math.min(count, g + granules));
      rows += c.size();
    }
    return rows;
  }

  private static long decompress(DataPart part, String column) {
    long raw = 0;
    byte[] target = new byte[1 << 20];
    MemorySegment segment = MemorySegment.ofArray(target);
    for (String file : part.checksums().files().keySet()) {
      if (file.endsWith(".bin") && file.split("\\.")[0].equals(column)) {
        BlockSource in = new CompressedFile(part.file(file), 1 << 20);
        for (long n; (n = in.decodeInto(segment, 0, target.length)) > 0; ) {
          raw += n;
        }
      }
    }
    return raw;
  }
}
