package io.longhouse.column.serial;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.Scratch;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntConsumer;

/** Values of one width, as they lie in memory. */
final class FixedSerialization extends BulkSerialization {
  /** Bytes that are taken on an announcement alone. */
  private static final long BELIEVED_BYTES = 1 << 20;

  private enum Layout {
    INT8,
    INT16,
    INT32,
    INT64,
    FLOAT32,
    FLOAT64,
    WIDE,
    BYTES
  }

  private final Layout layout;
  private final int width;
  private final boolean doubted;
  private int stream;

  private FixedSerialization(Layout layout, int width, boolean doubted) {
    this.layout = layout;
    this.width = width;
    this.doubted = doubted;
  }

  static FixedSerialization of(DataType type, boolean doubted) {
    return switch (type.newBuilder(0)) {
      case Int8Column.Builder _ -> new FixedSerialization(Layout.INT8, 1, doubted);
      case Int16Column.Builder _ -> new FixedSerialization(Layout.INT16, 2, doubted);
      case Int32Column.Builder _ -> new FixedSerialization(Layout.INT32, 4, doubted);
      case Int64Column.Builder _ -> new FixedSerialization(Layout.INT64, 8, doubted);
      case Float32Column.Builder _ -> new FixedSerialization(Layout.FLOAT32, 4, doubted);
      case Float64Column.Builder _ -> new FixedSerialization(Layout.FLOAT64, 8, doubted);
      case WideColumn.Builder w ->
          new FixedSerialization(Layout.WIDE, 8 * w.wordsPerValue(), doubted);
      case FixedBytesColumn.Builder f -> new FixedSerialization(Layout.BYTES, f.width(), doubted);
      default ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED, "Serialization of columns of type " + type.name());
    };
  }

  /** UInt8 on a substream that has been named. */
  static FixedSerialization bytesOn(int stream) {
    var s = new FixedSerialization(Layout.INT8, 1, false);
    s.stream = stream;
    return s;
  }

  /** UInt64 on a substream that has been named. */
  static FixedSerialization longsOn(int stream) {
    var s = new FixedSerialization(Layout.INT64, 8, false);
    s.stream = stream;
    return s;
  }

  @Override
  void name(SubstreamPath path) {
    stream = path.values();
  }

  @Override
  public void collectSubstreams(IntConsumer found) {
    found.accept(stream);
  }

  @Override
  public void write(Column column, int from, int length, SubstreamWriters out) {
    ByteWriter w = out.open(stream);
    if (w == null) {
      return;
    }
    MemorySegment values =
        switch (column) {
          case Int8Column c -> MemorySegment.ofArray(c.values());
          case Int16Column c -> MemorySegment.ofArray(c.values());
          case Int32Column c -> MemorySegment.ofArray(c.values());
          case Int64Column c -> MemorySegment.ofArray(c.values());
          case Float32Column c -> MemorySegment.ofArray(c.values());
          case Float64Column c -> MemorySegment.ofArray(c.values());
          case WideColumn c -> MemorySegment.ofArray(c.words());
          case FixedBytesColumn c -> MemorySegment.ofArray(c.bytes());
          default ->
              throw new IllegalArgumentException(column.getClass() + " in place of " + layout);
        };
    w.writeSegment(values, (long) from * width, (long) length * width);
  }

  @Override
  public Column read(int rows, SubstreamReaders in) {
    ByteReader r = in.open(stream);
    return switch (layout) {
      case INT8 -> {
        byte[] v = Scratch.bytes(believed(rows, r));
        yield new Int8Column(v, fill(r, MemorySegment.ofArray(v), rows));
      }
      case INT16 -> {
        short[] v = new short[believed(rows, r)];
        yield new Int16Column(v, fill(r, MemorySegment.ofArray(v), rows));
      }
      case INT32 -> {
        int[] v = Scratch.ints(believed(rows, r));
        yield new Int32Column(v, fill(r, MemorySegment.ofArray(v), rows));
      }
      case INT64 -> {
        long[] v = Scratch.longs(believed(rows, r));
        yield new Int64Column(v, fill(r, MemorySegment.ofArray(v), rows));
      }
      case FLOAT32 -> {
        float[] v = new float[believed(rows, r)];
        yield new Float32Column(v, fill(r, MemorySegment.ofArray(v), rows));
      }
      case FLOAT64 -> {
        double[] v = Scratch.doubles(believed(rows, r));
        yield new Float64Column(v, fill(r, MemorySegment.ofArray(v), rows));
      }
      case WIDE -> {
        long[] v = new long[Math.multiplyExact(believed(rows, r), width / 8)];
        yield new WideColumn(v, width / 8, fill(r, MemorySegment.ofArray(v), rows));
      }
      case BYTES -> {
        byte[] v = new byte[Math.multiplyExact(believed(rows, r), width)];
        yield new FixedBytesColumn(v, width, fill(r, MemorySegment.ofArray(v), rows));
      }
    };
  }

  private byte @org.jspecify.annotations.Nullable [] arrived;

  /**
   * Answers {@code rows}, after their bytes have arrived where that many bytes were only announced.
   */
  private int believed(int rows, ByteReader r) {
    long bytes = (long) rows * width;
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new LonghouseException(
          ErrorCode.TOO_LARGE_ARRAY_SIZE, "Too many values at once: " + rows);
    }
    arrived = doubted && bytes > BELIEVED_BYTES ? r.readBytes((int) bytes) : null;
    return rows;
  }

  private int fill(ByteReader r, MemorySegment target, int rows) {
    byte[] bytes = arrived;
    if (bytes != null) {
      MemorySegment.copy(bytes, 0, target, ValueLayout.JAVA_BYTE, 0, bytes.length);
      arrived = null;
    } else {
      r.readFully(target, 0, (long) rows * width);
    }
    return rows;
  }
}
