package io.longhouse.engine.table.file;

import io.longhouse.column.compress.FileCompression;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which files a table is made of, and how they are written.
 *
 * @param patterns absolute paths, wildcards among them
 * @param compression the word for it; {@code auto} goes by each file's name
 */
record FileSource(List<Path> patterns, String format, String compression) {
  FileSource {
    patterns = List.copyOf(patterns);
  }

  boolean hasPattern() {
    return patterns.size() != 1 || PathPattern.isOne(patterns.getFirst().toString());
  }

  FileCompression compression(Path file) {
    return FileCompression.of(compression, file.toString());
  }

  /**
   * The files there are now.
   *
   * @throws LonghouseException FILE_DOESNT_EXIST (107) for one that is named without wildcards
   */
  List<Path> files() {
    Set<Path> all = new LinkedHashSet<>();
    for (Path p : patterns) {
      if (!PathPattern.isOne(p.toString()) && !Files.exists(p)) {
        throw new LonghouseException(ErrorCode.FILE_DOESNT_EXIST, "File " + p + " doesn't exist");
      }
      all.addAll(PathPattern.files(p));
    }
    return List.copyOf(all);
  }

  /** What is in a file, unpacked. */
  InputStream open(Path file) {
    try {
      return compression(file).decode(Files.newInputStream(file));
    } catch (java.util.zip.ZipException | java.io.EOFException e) {
      throw new LonghouseException(
          ErrorCode.ZLIB_INFLATE_FAILED,
          "inflate failed: data error: While reading from: " + file,
          e);
    } catch (IOException e) {
      throw new LonghouseException(
          ErrorCode.CANNOT_OPEN_FILE, "Cannot open file " + file + ": " + e.getMessage(), e);
    }
  }
}
