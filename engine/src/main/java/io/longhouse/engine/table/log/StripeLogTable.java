package io.longhouse.engine.table.log;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.compress.Codecs;
import io.longhouse.column.compress.CompressedFile;
import io.longhouse.column.compress.CompressedOutput;
import io.longhouse.column.serial.WireForm;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A StripeLog table: the offsets of a block are those of its columns. */
final class StripeLogTable extends AppendedTable {
  private static final String DATA = "data.bin";
  private static final String INDEX = "index.mrk";
  private static final int NAME_BYTES_MAX = 1 << 24;

  StripeLogTable(TableEngine.Definition d) {
    super(d);
    if (files.size(INDEX) > 0) {
      loadIndex();
    }
  }

  @Override
  public String engine() {
    return "StripeLog";
  }

  private void loadIndex() {
    List<StoredBlock> all = new ArrayList<>();
    try (LogFiles.Opened file = files.open(INDEX)) {
      var in = new ByteReader(new CompressedFile(file, 1 << 16));
      while (!in.atEnd()) {
        int columns = in.readLength(1_000_000, "number of columns");
        long rows = in.readVarUInt();
        long[] offsets = new long[stored.size()];
        java.util.Arrays.fill(offsets, -1);
        for (int i = 0; i < columns; i++) {
          String name = in.readText(NAME_BYTES_MAX);
          in.readText(NAME_BYTES_MAX);
          offsets[place(name)] = in.readLong();
          if (in.readLong() != 0) {
            throw new LonghouseException(
                ErrorCode.NOT_IMPLEMENTED,
                "A column inside of a compressed frame in " + file.name());
          }
        }
        all.add(new StoredBlock(rows, offsets));
      }
    }
    blocks(all);
  }

  @Override
  public Scan scan(ScanRequest request, QueryContext context) {
    List<StoredBlock> seen = blocks();
    int[] places = request.columns().stream().mapToInt(this::place).toArray();
    return new Scan() {
      @Override
      public List<Lane> lanes(int parallelism) {
        context.progress().totalRowsToRead.add(rowsToRead());
        var next = new AtomicInteger();
        List<Lane> lanes = new ArrayList<>();
        for (int i = 0; i < AppendedTable.lanes(seen, parallelism); i++) {
          lanes.add(new StripeLane(seen, places, next, context));
        }
        return lanes;
      }

      @Override
      public long rowsToRead() {
        return seen.stream().mapToLong(StoredBlock::rows).sum();
      }
    };
  }

  private final class StripeLane implements Lane {
    private final List<StoredBlock> blocks;
    private final int[] places;
    private final AtomicInteger next;
    private final QueryContext context;
    private final LogFiles.Opened file;

    StripeLane(List<StoredBlock> blocks, int[] places, AtomicInteger next, QueryContext context) {
      this.blocks = blocks;
      this.places = places;
      this.next = next;
      this.context = context;
      this.file = files.open(DATA);
    }

    @Override
    public @Nullable Block next() {
      int at = next.getAndIncrement();
      if (at >= blocks.size()) {
        close();
        return null;
      }
      StoredBlock b = blocks.get(at);
      int rows = Math.toIntExact(b.rows());
      Column[] columns = new Column[places.length];
      for (int i = 0; i < places.length; i++) {
        columns[i] = column(places[i], b.offsets()[places[i]], rows);
      }
      var block = new Block(columns, rows);
      context.progress().readRows.add(rows);
      context.progress().readBytes.add(block.retainedBytes());
      return block;
    }

    private Column column(int place, long offset, int rows) {
      DataType type = stored.get(place).type();
      if (offset < 0) {
        return type.defaults(rows);
      }
      var frames = new CompressedFile(file, 1 << 16);
      frames.seek(offset, 0, file.size());
      var in = new ByteReader(frames);
      in.readText(NAME_BYTES_MAX);
      return WireForm.read(DataTypes.parse(in.readText(NAME_BYTES_MAX)), rows, in);
    }

    @Override
    public void close() {
      file.close();
    }
  }

  @Override
  public TableWriter writer(QueryContext context) {
    return new StripeWriter();
  }

  private final class StripeWriter implements TableWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompressedOutput frames = new CompressedOutput(bytes, Codecs.parse("LZ4"));
    private final ByteWriter out = new ByteWriter(frames, 1 << 16);
    private final List<StoredBlock> written = new ArrayList<>();

    @Override
    public void write(Block block) {
      if (block.rows() == 0) {
        return;
      }
      out.writeVarUInt(stored.size());
      out.writeVarUInt(block.rows());
      closeFrame();
      long[] offsets = new long[stored.size()];
      for (int i = 0; i < offsets.length; i++) {
        offsets[i] = bytes.size();
        ColumnDefinition c = stored.get(i);
        out.writeString(c.name());
        out.writeString(c.type().name());
        WireForm.write(c.type(), block.column(i), out);
        closeFrame();
      }
      written.add(new StoredBlock(block.rows(), offsets));
    }

    private void closeFrame() {
      try {
        out.flush();
        frames.closeBlock();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void finish() {
      if (!written.isEmpty()) {
        append(bytes.toByteArray(), written);
      }
    }
  }

  private void append(byte[] bytes, List<StoredBlock> added) {
    synchronized (files) {
      long start = files.size(DATA);
      List<StoredBlock> all = new ArrayList<>(blocks());
      var index = new ByteArrayOutputStream();
      try (var frames = new CompressedOutput(index, Codecs.parse("LZ4"))) {
        var out = new ByteWriter(frames, 1 << 12);
        for (StoredBlock b : added) {
          long[] offsets = java.util.Arrays.stream(b.offsets()).map(o -> o + start).toArray();
          out.writeVarUInt(offsets.length);
          out.writeVarUInt(b.rows());
          for (int i = 0; i < offsets.length; i++) {
            out.writeString(stored.get(i).name());
            out.writeString(stored.get(i).type().name());
            out.writeLong(offsets[i]);
            out.writeLong(0);
          }
          all.add(new StoredBlock(b.rows(), offsets));
        }
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Map<String, byte[]> more = new TreeMap<>();
      more.put(DATA, bytes);
      more.put(INDEX, index.toByteArray());
      files.append(more);
      blocks(all);
    }
  }
}
