package io.longhouse.engine.table.log;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.compress.CompressedOutput;
import io.longhouse.column.serial.BulkSerialization;
import io.longhouse.column.serial.Substream;
import io.longhouse.column.serial.WireForm;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.TableWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An INSERT into a Log table: compressed bytes are kept until the end, then appended at once. */
final class LogWriter implements TableWriter {
  private static final class Stream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompressedOutput frames;
    private final ByteWriter writer;

    Stream(io.longhouse.column.compress.Codec codec) {
      frames = new CompressedOutput(bytes, codec);
      writer = new ByteWriter(frames, 1 << 16);
    }

    /** Ends a block: the next one begins with a frame. */
    void closeBlock() {
      try {
        writer.flush();
        frames.closeBlock();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final LogTable table;
  private final List<BulkSerialization> serializations = new ArrayList<>();
  private final Map<String, Stream> streams = new TreeMap<>();
  private final List<StoredBlock> blocks = new ArrayList<>();

  LogWriter(LogTable table) {
    this.table = table;
    for (ColumnDefinition c : table.stored) {
      BulkSerialization s = LogTable.serialization(c);
      serializations.add(s);
      for (Substream sub : s.substreams()) {
        streams.computeIfAbsent(sub.name(), _ -> new Stream(table.codec(c)));
      }
    }
  }

  @Override
  public void write(Block block) {
    if (block.rows() == 0) {
      return;
    }
    long[] offsets =
        table.substreams().stream()
            .mapToLong(s -> java.util.Objects.requireNonNull(streams.get(s)).bytes.size())
            .toArray();
    Set<String> written = new HashSet<>();
    for (int i = 0; i < serializations.size(); i++) {
      BulkSerialization s = serializations.get(i);
      io.longhouse.column.serial.SubstreamWriters out =
          sub -> {
            String name = s.substreams().get(sub).name();
            return written.contains(name)
                ? null
                : java.util.Objects.requireNonNull(streams.get(name)).writer;
          };
      if (blocks.isEmpty()) {
        s.writePrefix(out);
      }
      var column = WireForm.inLayout(table.stored.get(i).type(), block.column(i));
      s.write(column, 0, block.rows(), out);
      s.substreams().forEach(sub -> written.add(sub.name()));
    }
    streams.values().forEach(Stream::closeBlock);
    blocks.add(new StoredBlock(block.rows(), offsets));
  }

  @Override
  public void finish() {
    if (blocks.isEmpty()) {
      return;
    }
    Map<String, byte[]> bytes = new TreeMap<>();
    streams.forEach((name, s) -> bytes.put(name + ".bin", s.bytes.toByteArray()));
    table.append(bytes, blocks);
  }
}
