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

  /** Goes to where a stream of a granule begins. */
  void seek(int granule, int stream) {
    reader.discardBuffered();
    file.seek(marks.offset(granule, stream), marks.offsetInBlock(granule, stream), Long.MAX_VALUE);
  }
}
