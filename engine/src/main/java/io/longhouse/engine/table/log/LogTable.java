package io.longhouse.engine.table.log;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.compress.Codec;
import io.longhouse.column.compress.Codecs;
import io.longhouse.column.serial.BulkSerialization;
import io.longhouse.column.serial.SerializationKind;
import io.longhouse.column.serial.Substream;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.FunctionCall;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** A Log table, or without marks a TinyLog table. */
final class LogTable extends AppendedTable {
  private static final String MARKS = "__marks.mrk";
  private static final Codec LZ4 = Codecs.parse("LZ4");

  private final boolean marked;
  private final List<String> substreams;

  LogTable(TableEngine.Definition d, boolean marked) {
    super(d);
    this.marked = marked;
    Set<String> names = new LinkedHashSet<>();
    for (ColumnDefinition c : stored) {
      serialization(c).substreams().forEach(s -> names.add(s.name()));
    }
    this.substreams = List.copyOf(names);
    if (marked) {
      loadMarks();
    } else {
      long rows = new RowCount(this).count();
      blocks(rows == 0 ? List.of() : List.of(new StoredBlock(rows, new long[names.size()])));
    }
  }

  @Override
  public String engine() {
    return marked ? "Log" : "TinyLog";
  }

  /** Strings in one stream and dictionary keys beside the indexes, as all of these tables have. */
  static BulkSerialization serialization(ColumnDefinition c) {
    return BulkSerialization.of(
        c.name(), c.type(), SerializationKind.DEFAULT, BulkSerialization.Form.compact(false));
  }

  static String file(Substream s) {
    return s.name() + ".bin";
  }

  Codec codec(ColumnDefinition c) {
    FunctionCall written = c.codec();
    return written == null ? LZ4 : Codecs.of(written, c.type(), LZ4);
  }

  List<String> substreams() {
    return substreams;
  }

  private void loadMarks() {
    if (files.size(MARKS) == 0) {
      return;
    }
    int width = substreams.size() * 16;
    List<StoredBlock> all = new ArrayList<>();
    try (LogFiles.Opened file = files.open(MARKS)) {
      if (file.size() % width != 0) {
        throw new LonghouseException(
            ErrorCode.SIZES_OF_MARKS_FILES_ARE_INCONSISTENT,
            "Size of " + file.name() + " is " + file.size() + ", no multiple of " + width);
      }
      var in = new ByteReader(file.all());
      long before = 0;
      while (!in.atEnd()) {
        long[] offsets = new long[substreams.size()];
        long rows = 0;
        for (int i = 0; i < offsets.length; i++) {
          rows = in.readLong();
          offsets[i] = in.readLong();
        }
        all.add(new StoredBlock(rows - before, offsets));
        before = rows;
      }
    }
    blocks(all);
  }

  /** TinyLog counts its rows when it is loaded but, as in ClickHouse, does not tell. */
  @Override
  public OptionalLong totalRows() {
    return marked ? super.totalRows() : OptionalLong.empty();
  }

  @Override
  public Scan scan(ScanRequest request, QueryContext context) {
    List<ColumnDefinition> wanted =
        request.columns().stream().map(c -> stored.get(place(c))).toList();
    return new LogScan(this, wanted, context);
  }

  @Override
  public TableWriter writer(QueryContext context) {
    return new LogWriter(this);
  }

  /** Makes the bytes of an INSERT count; the offsets of its blocks are from its own beginning. */
  void append(Map<String, byte[]> bytes, List<StoredBlock> added) {
    synchronized (files) {
      List<StoredBlock> all = new ArrayList<>(blocks());
      long rows = rows();
      var marks = new ByteWriter(added.size() * substreams.size() * 16);
      for (StoredBlock b : added) {
        long[] offsets = b.offsets().clone();
        rows += b.rows();
        for (int i = 0; i < offsets.length; i++) {
          offsets[i] += files.size(substreams.get(i) + ".bin");
          marks.writeLong(rows);
          marks.writeLong(offsets[i]);
        }
        all.add(new StoredBlock(b.rows(), offsets));
      }
      if (marked) {
        bytes.put(MARKS, marks.toByteArray());
      } else {
        all = List.of(new StoredBlock(rows, new long[substreams.size()]));
      }
      files.append(bytes);
      blocks(all);
    }
  }
}
