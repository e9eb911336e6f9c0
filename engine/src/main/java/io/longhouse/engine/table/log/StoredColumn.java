package io.longhouse.engine.table.log;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Column;
import io.longhouse.column.compress.CompressedFile;
import io.longhouse.column.serial.BulkSerialization;
import io.longhouse.engine.table.ColumnDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A column of a Log table from a block on. Each has its own readers, also of shared sizes. */
final class StoredColumn implements AutoCloseable {
  private static final int READ_AHEAD_BYTES = 1 << 16;

  private final LogTable table;
  private final StoredBlock start;
  private final BulkSerialization serialization;
  private final Map<String, ByteReader> readers = new HashMap<>();
  private final List<LogFiles.Opened> opened = new ArrayList<>();

  StoredColumn(LogTable table, ColumnDefinition column, StoredBlock start) {
    this.table = table;
    this.start = start;
    this.serialization = LogTable.serialization(column);
    try {
      // What stands before all values is at the beginning of the files; such a stream goes on
      // there.
      serialization.readPrefix(s -> reader(s, true));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private ByteReader reader(int substream, boolean prefix) {
    String name = serialization.substreams().get(substream).name();
    return readers.computeIfAbsent(
        name,
        n -> {
          LogFiles.Opened file = table.files.open(n + ".bin");
          opened.add(file);
          var frames = new CompressedFile(file, READ_AHEAD_BYTES);
          long offset = prefix ? 0 : start.offsets()[table.substreams().indexOf(n)];
          frames.seek(offset, 0, file.size());
          return new ByteReader(frames);
        });
  }

  Column read(int rows) {
    return serialization.read(rows, s -> reader(s, false));
  }

  /** Whether there are no values behind those that were read. */
  boolean isAtEnd() {
    serialization.collectSubstreams(s -> reader(s, false));
    return readers.values().stream().allMatch(ByteReader::atEnd);
  }

  @Override
  public void close() {
    opened.forEach(LogFiles.Opened::close);
    opened.clear();
  }
}
