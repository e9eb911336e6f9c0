package io.longhouse.storage.part;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Column;
import io.longhouse.column.compress.CompressedFile;
import io.longhouse.column.serial.BulkSerialization;
import io.longhouse.column.type.DataType;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A column of a Wide part; opens only the files of the substreams that it needs. */
final class WideColumnReader implements PartReader.ColumnReader {
  private final DataPart part;
  private final BulkSerialization serialization;
  private final DataType type;
  private final int[] used;
  private final @Nullable CompressedFile[] files;
  private final @Nullable ByteReader[] readers;
  private final @Nullable Marks[] marks;
  private final String[] names;
  private final int readAheadBytes;
  private int nextGranule = -1;
  private boolean opened;

  private WideColumnReader(
      DataPart part, BulkSerialization whole, BulkSerialization.Sub wanted, int readAheadBytes) {
    this.part = part;
    this.serialization = wanted.serialization();
    this.type = wanted.type();
    this.readAheadBytes = readAheadBytes;
    int n = whole.substreams().size();
    files = new CompressedFile[n];
    readers = new ByteReader[n];
    marks = new Marks[n];
    names = new String[n];
    for (int i = 0; i < n; i++) {
      names[i] = whole.substreams().get(i).name();
    }
    var set = new TreeSet<Integer>();
    serialization.collectSubstreams(set::add);
    used = set.stream().mapToInt(i -> i).toArray();
  }

  static PartReader.@Nullable ColumnReader open(
      DataPart part, int place, ColumnRequest request, int readAheadBytes) {
    var column = part.columns().get(place);
    SerializationInfos infos = part.serializationInfos();
    var whole =
        BulkSerialization.of(
            column.name(),
            column.type(),
            infos.kind(column.name()),
            BulkSerialization.Form.wide(infos.sizedStrings(column.type())));
    var wanted = new BulkSerialization.Sub(column.type(), whole);
    if (request.subcolumn() != null) {
      BulkSerialization.Sub sub = whole.sub(request.subcolumn());
      if (sub == null) {
        return null;
      }
      wanted = sub;
    }
    return new WideColumnReader(part, whole, wanted, readAheadBytes);
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public Column read(int from, int to) {
    if (!opened) {
      openFiles();
      serialization.readPrefix(this::reader);
      opened = true;
    }
    if (from != nextGranule) {
      serialization.restart();
    }
    for (int i : used) {
      Marks m = Objects.requireNonNull(marks[i]);
      CompressedFile file = Objects.requireNonNull(files[i]);
      if (from != nextGranule) {
        reader(i).discardBuffered();
        file.seek(m.offset(from, 0), m.offsetInBlock(from, 0), readEnd(m, to));
      } else {
        file.readEnd(readEnd(m, to));
      }
    }
    // Whatever goes wrong below, the next read must seek.
    nextGranule = -1;
    Column c = serialization.read((int) part.granularity().rowsBetween(from, to), this::reader);
    nextGranule = to;
    return c;
  }

  private ByteReader reader(int stream) {
    return Objects.requireNonNull(readers[stream]);
  }

  private void openFiles() {
    for (int i : used) {
      String file = part.streamFile(names[i]);
      marks[i] = part.streamMarks(file);
      var compressed = new CompressedFile(part.file(file + ".bin"), readAheadBytes);
      files[i] = compressed;
      readers[i] = new ByteReader(compressed);
    }
  }

  /** A place in the file behind everything that granules before {@code to} need. */
  private static long readEnd(Marks m, int to) {
    int count = m.count();
    if (to >= count) {
      return Long.MAX_VALUE;
    }
    long end = m.offset(to, 0);
    if (m.offsetInBlock(to, 0) == 0) {
      return end;
    }
    for (int i = to + 1; i < count; i++) {
      if (m.offset(i, 0) > end) {
        return m.offset(i, 0);
      }
    }
    return Long.MAX_VALUE;
  }
}
