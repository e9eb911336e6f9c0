package io.longhouse.storage.part;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ContentBytes;
import io.longhouse.column.Turns;
import io.longhouse.column.serial.BulkSerialization;
import io.longhouse.column.serial.Substream;
import io.longhouse.column.serial.WireForm;
import io.longhouse.column.type.DataType;
import io.longhouse.storage.disk.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file for each substream. Granules may go on from one block to the next. */
public final class WidePartWriter extends PartWriter {
  private final List<ColumnOut> outputs = new ArrayList<>();
  private final @Nullable Granularity given;
  private int openRows;
  private int openTarget;

  /** A column's serialization and files; a substream that another column writes has none. */
  private record ColumnOut(
      BulkSerialization serialization, @Nullable SubstreamFile[] files, MarksWriter[] marks) {
    @Nullable ByteWriter writer(int stream) {
      SubstreamFile f = files[stream];
      return f == null ? null : f.writer();
    }
  }

  /**
   * @param given the granules of the part, where they are those of another one; else they follow
   *     from the sizes of the blocks
   */
  public WidePartWriter(
      Disk disk,
      String folder,
      List<PartColumn> columns,
      List<DataType> keyTypes,
      SerializationInfos infos,
      PartOptions options,
      @Nullable Granularity given) {
    super(disk, folder, columns, keyTypes, infos, options);
    this.given = given;
    Map<String, Boolean> taken = new HashMap<>();
    var form = BulkSerialization.Form.wide(infos.sizedStrings());
    for (PartColumn c : columns) {
      var s = BulkSerialization.of(c.name(), c.type(), infos.kind(c.name()), form);
      int n = s.substreams().size();
      var out = new ColumnOut(s, new SubstreamFile[n], new MarksWriter[n]);
      for (int i = 0; i < n; i++) {
        Substream stream = s.substreams().get(i);
        out.marks[i] = new MarksWriter(1);
        if (taken.put(stream.name(), true) == null) {
          out.files[i] =
              new SubstreamFile(
                  disk,
                  path(fileName(stream.name()) + ".bin"),
                  codecOf(c, stream),
                  options.blockBytesMax());
        }
      }
      outputs.add(out);
      s.writePrefix(out::writer);
    }
  }

  @Override
  void writeRows(Column[] values, Column[] keys, int count) {
    long bytes = ContentBytes.encoded(values);
    int[] pieces = pieces(count, options.granuleRows(bytes, count));
    for (int i = 0; i < values.length; i++) {
      Column column = WireForm.inLayout(columns.get(i).type(), values[i]);
      writeColumn(outputs.get(i), column, pieces, count);
    }
    int from = 0;
    for (int p = 0; p < pieces.length && pieces[p] != 0; p++) {
      boolean begins = pieces[p] > 0;
      if (begins) {
        addToIndex(keys, from);
      }
      from += Math.abs(pieces[p]);
    }
  }

  /**
   * Cuts the rows at granules. A piece that goes on with the granule left open is negative. Notes
   * the rows of granules that are complete.
   */
  private int[] pieces(int count, int granule) {
    if (given == null && openRows > 0 && openTarget - openRows > granule) {
      // The new rows are much larger: the open granule must not take as many as it was meant to.
      openTarget = Math.max(openRows, granule);
      closeGranuleIfFull();
    }
    int[] pieces = new int[count / Math.max(1, given == null ? granule : 1) + 3];
    int n = 0;
    for (int done = 0; done < count; ) {
      boolean begins = openRows == 0;
      if (begins) {
        openTarget = given == null ? granule : given.rowsOf(granules);
      }
      int take = Math.min(count - done, openTarget - openRows);
      pieces[n++] = begins ? take : -take;
      openRows += take;
      done += take;
      closeGranuleIfFull();
    }
    return pieces;
  }

  private void closeGranuleIfFull() {
    if (openRows >= openTarget) {
      addGranule(openRows);
      openRows = 0;
    }
  }

  private void writeColumn(ColumnOut out, Column column, int[] pieces, int count) {
    int from = 0;
    for (int p = 0; from < count; p++) {
      Turns.between();
      if (pieces[p] > 0) {
        mark(out);
      }
      int length = Math.abs(pieces[p]);
      out.serialization.write(column, from, length, out::writer);
      from += length;
      for (SubstreamFile f : out.files) {
        if (f != null) {
          closeFullBlock(f);
        }
      }
    }
  }

  private static void closeFullBlock(SubstreamFile f) {
    try {
      f.flush().closeFullBlock();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes where the next byte of each substream stands, after closing blocks that are large. */
  private void mark(ColumnOut out) {
    for (int i = 0; i < out.files.length; i++) {
      SubstreamFile f = out.files[i];
      if (f != null) {
        f.closeBlockIf(options.blockBytesMin());
        out.marks[i].add(f.flush());
      }
    }
  }

  @Override
  void finishData() {
    if (openRows > 0) {
      addGranule(openRows);
      openRows = 0;
    }
    for (ColumnOut out : outputs) {
      out.serialization.writeSuffix(out::writer);
      if (options.adaptive()) {
        mark(out);
      }
      for (int i = 0; i < out.files.length; i++) {
        SubstreamFile f = out.files[i];
        if (f != null) {
          String name = fileName(out.serialization.substreams().get(i).name());
          files.put(name + ".bin", f.finish());
          writeMarks(name + marksExtension(), out.marks[i]);
        }
      }
    }
  }

  private String marksExtension() {
    return (options.compressMarks() ? ".cmrk" : ".mrk") + (options.adaptive() ? "2" : "");
  }

  @Override
  List<List<String>> substreams() {
    return outputs.stream()
        .map(o -> o.serialization.substreams().stream().map(Substream::name).toList())
        .toList();
  }

  /** The granules that were written. */
  public Granularity granularity() {
    return Granularity.of(granuleRows, granules);
  }

  @Override
  public void close() {
    @Nullable Exception[] first = new Exception[1];
    outputs.forEach(o -> {
      for (SubstreamFile f : o.files) {
        closeQuietly(f, first);
      }
    });
  }
}
