package io.longhouse.storage.part;

import io.longhouse.column.ByteReader;
import io.longhouse.column.compress.CompressedFile;

/** The data file of a Compact part, shared by the readers of its columns. */
final class CompactFile {
  final DataPart part;
  final Marks marks;
  final ByteReader reader;
  private final CompressedFile file;

  CompactFile(DataPart part, int readAheadBytes) {
    this.part = part;
    this.marks = part.compactMarks();
    this.file = new CompressedFile(part.file("data.bin"), readAheadBytes);
    this.reader = new ByteReader(file);
  }

  /**
   * Goes to where a stream of a granule begins.
   *
   * @param endStream the first stream that is not of the same column: nothing behind its beginning
   *     is read ahead, since the column goes on somewhere else
   */
  void seek(int granule, int stream, int endStream) {
    reader.discardBuffered();
    long end = Long.MAX_VALUE;
    if (endStream < marks.streams()) {
      end = marks.offset(granule, endStream);
    } else if (granule + 1 < marks.count()) {
      end = marks.offset(granule + 1, 0);
    }
    file.seek(marks.offset(granule, stream), marks.offsetInBlock(granule, stream), end);
  }
}
