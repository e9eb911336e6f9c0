package io.longhouse.engine.catalog;

import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.part.Checksums;
import io.longhouse.storage.part.PartName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much a table of the MergeTree family that nobody has opened has on disk. */
public record StoredSize(long rows, long bytes, long parts) {
  /**
   * Null where only the table itself can tell, which finds out what a crash has left and what of
   * its parts is damaged.
   */
  static @Nullable StoredSize of(Path data) {
    List<String> files = MetadataFiles.names(data);
    if (files.isEmpty() || ClosedTables.hasWork(files)) {
      return null;
    }
    long rows = 0;
    long bytes = 0;
    long parts = 0;
    try {
      for (String file : files) {
        if (PartName.tryParse(file) != null) {
          Path part = data.resolve(file);
          Path sums = part.resolve("checksums.txt");
          String count = Files.readString(part.resolve("count.txt"), StandardCharsets.US_ASCII);
          rows += Long.parseLong(count.strip());
          bytes += Checksums.read(Files.readAllBytes(sums), sums.toString()).totalBytes();
          parts++;
        }
      }
    } catch (IOException | UncheckedIOException | NumberFormatException | LonghouseException e) {
      return null; // opening the table says what is wrong, or somebody has just opened it
    }
    return new StoredSize(rows, bytes, parts);
  }
}
