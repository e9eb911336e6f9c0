package io.longhouse.storage.mergetree;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.compress.CompressedInput;
import io.longhouse.column.compress.CompressedOutput;
import io.longhouse.column.compress.Lz4Codec;
import io.longhouse.column.serial.WireForm;
import io.longhouse.column.type.DataType;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.part.Checksums;
import io.longhouse.storage.part.DataPart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * {@link KeyCounts} on disk, in compressed frames with their checksums:
 *
 * <pre>
 * version:u8 part:u128 type:string count:varint (rows:varint)* values
 * values: for 4 and 8 byte integers (zigzag difference to the one before:varint)*,
 *         for others the column as the Native format has it
 * </pre>
 *
 * <p>A file that is cut short, damaged or of another part is as good as none: what it says can be
 * counted again. So it is not synced.
 */
final class KeyCountsFile {
  private static final int VERSION = 1;
  private static final int COUNT_MAX = 1 << 30;
  private static final int TYPE_BYTES_MAX = 1 << 16;

  private KeyCountsFile() {}

  static void write(KeyCounts counts, DataPart part, Disk disk, String path) {
    var out = new ByteWriter(1 << 12);
    Checksums.Hash of = part.checksums().totalHash();
    out.writeByte(VERSION);
    out.writeLong(of.low());
    out.writeLong(of.high());
    out.writeString(counts.type().name());
    out.writeVarUInt(counts.size());
    for (int i = 0; i < counts.size(); i++) {
      out.writeVarUInt(counts.rows(i));
    }
    writeValues(counts, out);
    String temporary = path + ".tmp";
    try (OutputStream file = disk.create(temporary);
        var compressed = new CompressedOutput(file, Lz4Codec.INSTANCE, 1 << 16)) {
      compressed.write(out.buffer(), 0, out.position());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    disk.remove(path);
    disk.move(temporary, path);
  }

  private static void writeValues(KeyCounts counts, ByteWriter out) {
    int n = counts.size();
    long before = 0;
    switch (counts.values()) {
      case Int32Column c -> {
        for (int i = 0; i < n; i++) {
          before = writeDifference(c.values()[i], before, out);
        }
      }
      case Int64Column c -> {
        for (int i = 0; i < n; i++) {
          before = writeDifference(c.values()[i], before, out);
        }
      }
      default -> WireForm.write(counts.type(), counts.values(), out);
    }
  }

  private static long writeDifference(long value, long before, ByteWriter out) {
    long d = value - before;
    out.writeVarUInt(d << 1 ^ d >> 63);
    return value;
  }

  /** What the file says of that part; null when it says nothing that can be used. */
  static @Nullable KeyCounts read(Disk disk, String path, DataPart part, DataType type) {
    try {
      byte[] bytes = disk.readAll(path);
      var in = new ByteReader(new CompressedInput(new ByteArrayInputStream(bytes), path));
      Checksums.Hash of = part.checksums().totalHash();
      boolean fits =
          in.readUnsignedByte() == VERSION
              && in.readLong() == of.low()
              && in.readLong() == of.high()
              && in.readText(TYPE_BYTES_MAX).equals(type.name());
      if (!fits) {
        return null;
      }
      long[] ends = new long[in.readLength(COUNT_MAX, "number of values in " + path)];
      long rows = 0;
      for (int i = 0; i < ends.length; i++) {
        rows += in.readVarUInt();
        ends[i] = rows;
      }
      Column values = readValues(type, ends.length, in);
      return rows == part.rows() && in.atEnd() ? new KeyCounts(type, values, ends) : null;
    } catch (LonghouseException | UncheckedIOException e) {
      System.getLogger(KeyCountsFile.class.getName())
          .log(System.Logger.Level.INFO, "cannot use {0}: {1}", path, e.getMessage());
      return null;
    }
  }

  private static Column readValues(DataType type, int n, ByteReader in) {
    Column layout = type.newBuilder(0).build();
    if (layout instanceof Int32Column) {
      int[] values = new int[n];
      long v = 0;
      for (int i = 0; i < n; i++) {
        v += readDifference(in);
        values[i] = (int) v;
      }
      return new Int32Column(values, n);
    }
    if (layout instanceof Int64Column) {
      long[] values = new long[n];
      long v = 0;
      for (int i = 0; i < n; i++) {
        v += readDifference(in);
        values[i] = v;
      }
      return new Int64Column(values, n);
    }
    return WireForm.read(type, n, in);
  }

  private static long readDifference(ByteReader in) {
    long z = in.readVarUInt();
    return z >>> 1 ^ -(z & 1);
  }
}
