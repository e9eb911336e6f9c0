package io.longhouse.storage.part;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ContentBytes;
import io.longhouse.column.Turns;
import io.longhouse.column.compress.CityHash128;
import io.longhouse.column.compress.Codec;
import io.longhouse.column.compress.CompressedOutput;
import io.longhouse.column.compress.PieceHash;
import io.longhouse.column.serial.BulkSerialization;
import io.longhouse.column.serial.Substream;
import io.longhouse.column.serial.SubstreamWriters;
import io.longhouse.column.serial.WireForm;
import io.longhouse.column.type.DataType;
import io.longhouse.storage.disk.Disk;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One data file: for each granule and each column a block. The rows are kept until the end, since a
 * Compact part is small.
 */
final class CompactPartWriter extends PartWriter {
  private final List<BulkSerialization> serializations = new ArrayList<>();
  private final int[] firstStream;
  private final List<Column[]> blocks = new ArrayList<>();
  private final List<Column[]> keyBlocks = new ArrayList<>();
  private final Map<Codec, PieceHash> hashes = new LinkedHashMap<>();
  private @Nullable HashedFile file;

  CompactPartWriter(
      Disk disk,
      String folder,
      List<PartColumn> columns,
      List<DataType> keyTypes,
      SerializationInfos infos,
      PartOptions options) {
    super(disk, folder, columns, keyTypes, infos, options);
    var form = BulkSerialization.Form.compact(infos.sizedStrings());
    firstStream = new int[columns.size() + 1];
    for (int i = 0; i < columns.size(); i++) {
      PartColumn c = columns.get(i);
      var s = BulkSerialization.of(c.name(), c.type(), infos.kind(c.name()), form);
      serializations.add(s);
      firstStream[i + 1] = firstStream[i] + s.substreams().size();
    }
  }

  @Override
  void writeRows(Column[] values, Column[] keys, int count) {
    Column[] full = new Column[values.length];
    for (int i = 0; i < values.length; i++) {
      full[i] = WireForm.inLayout(columns.get(i).type(), values[i]);
    }
    blocks.add(full);
    keyBlocks.add(keys.clone());
  }

  private static Column[] joined(List<Column[]> blocks) {
    if (blocks.size() == 1) {
      return blocks.getFirst();
    }
    int width = blocks.getFirst().length;
    Column[] out = new Column[width];
    for (int i = 0; i < width; i++) {
      ColumnBuilder b = blocks.getFirst()[i].newBuilder(0);
      for (Column[] block : blocks) {
        b.appendRange(block[i], 0, block[i].size());
      }
      out[i] = b.build();
    }
    return out;
  }

  @Override
  void finishData() {
    if (blocks.isEmpty()) {
      return;
    }
    Column[] values = joined(blocks);
    Column[] keys = joined(keyBlocks);
    cutGranules(values);
    var marks = new MarksWriter(firstStream[columns.size()]);
    file = new HashedFile(disk, path("data.bin"));
    try (HashedFile out = file) {
      long raw = writeGranules(values, keys, marks, out);
      files.put("data.bin", out.entry(new Checksums.Raw(raw, combinedHash())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    writeMarks((options.compressMarks() ? "data.cmrk" : "data.mrk") + "4", marks);
  }

  private void cutGranules(Column[] values) {
    int rows = Math.toIntExact(rows());
    long bytes = ContentBytes.encoded(values);
    int granule = options.granuleRows(bytes, rows);
    int whole = rows / granule;
    int left = rows % granule;
    for (int i = 0; i < whole; i++) {
      boolean takesRest = i == whole - 1 && left * 2L < granule;
      addGranule(takesRest ? granule + left : granule);
    }
    if (left > 0 && (whole == 0 || left * 2L >= granule)) {
      addGranule(left);
    }
  }

  private long writeGranules(Column[] values, Column[] keys, MarksWriter marks, OutputStream sink)
      throws IOException {
    var out = new CompressedOutput(sink, columns.getFirst().codec(), options.blockBytesMax());
    var streams = new Streams(out);
    int from = 0;
    for (int g = 0; g < granules; g++) {
      Turns.between();
      addToIndex(keys, from);
      Arrays.fill(streams.places, -1);
      for (int i = 0; i < values.length; i++) {
        streams.column = i;
        BulkSerialization s = serializations.get(i);
        s.writePrefix(streams);
        s.write(values[i], from, granuleRows[g], streams);
        s.writeSuffix(streams);
        streams.closeBlock();
      }
      for (int k = 0; k < streams.places.length; k += 2) {
        marks.add(streams.places[k], streams.places[k + 1]);
      }
      from += granuleRows[g];
    }
    for (int k = 0; k < streams.places.length; k += 2) {
      marks.add(out.compressedBytes(), 0);
    }
    return out.rawBytes();
  }

  /** The substreams of the column being written, all in one file. */
  private final class Streams implements SubstreamWriters {
    private final CompressedOutput out;
    private final ByteWriter writer;
    private final long[] places = new long[2 * firstStream[columns.size()]];
    private int column;

    Streams(CompressedOutput out) {
      this.out = out;
      this.writer =
          new ByteWriter(
              new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                  out.write(b);
                }

                @Override
                public void write(byte[] source, int from, int length) throws IOException {
                  out.write(source, from, length);
                }
              },
              1 << 15);
    }

    @Override
    public ByteWriter open(int stream) {
      writer.flush();
      Substream s = serializations.get(column).substreams().get(stream);
      Codec codec = codecOf(columns.get(column), s);
      try {
        out.codec(codec);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      out.hashRawBytes(hashes.computeIfAbsent(codec, _ -> new PieceHash()));
      int at = 2 * (firstStream[column] + stream);
      if (places[at] < 0) {
        places[at] = out.compressedBytes();
        places[at + 1] = out.blockBytes();
      }
      return writer;
    }

    void closeBlock() throws IOException {
      writer.flush();
      out.closeBlock();
    }
  }

  /** The hashes of what each codec wrote, hashed once more one after another. */
  private Checksums.Hash combinedHash() {
    long[] state = new long[2];
    for (PieceHash h : hashes.values()) {
      h.finish();
      var bytes = new ByteWriter(16);
      bytes.writeLong(h.low());
      bytes.writeLong(h.high());
      CityHash128.hashWithSeed(bytes.buffer(), 0, 16, state);
    }
    return new Checksums.Hash(state[0], state[1]);
  }

  @Override
  List<List<String>> substreams() {
    return serializations.stream()
        .map(s -> s.substreams().stream().map(Substream::name).toList())
        .toList();
  }

  @Override
  public void close() {
    closeQuietly(file, new Exception[1]);
  }
}
