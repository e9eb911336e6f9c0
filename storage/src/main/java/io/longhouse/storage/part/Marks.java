package io.longhouse.storage.part;

import io.longhouse.column.ByteReader;
import io.longhouse.column.compress.CompressedFile;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.disk.DiskFile;
import java.lang.foreign.MemorySegment;

/**
 * A marks file: for each granule the places of one or more streams, and in adaptive parts its rows.
 * Number s of granule g stands at {@code values[g * width + 2 * s]} (offset of the frame) and
 * behind it (offset in the block).
 */
public final class Marks {
  private final long[] values;
  private final int streams;
  private final int width;

  private Marks(long[] values, int streams, int width) {
    this.values = values;
    this.streams = streams;
    this.width = width;
  }

  /**
   * Reads a marks file.
   *
   * @param streams how many streams each mark places
   * @param adaptive whether each mark ends with the rows of its granule
   */
  public static Marks read(DiskFile file, boolean compressed, int streams, boolean adaptive) {
    if (compressed) {
      return of(readCompressed(file), file.name(), streams, adaptive);
    }
    byte[] bytes = new byte[Math.toIntExact(file.size())];
    file.read(0, bytes, 0, bytes.length);
    return of(bytes, file.name(), streams, adaptive);
  }

  /** The marks of a file that is not compressed, of its bytes. */
  static Marks of(byte[] bytes, String file, int streams, boolean adaptive) {
    long[] values = new long[bytes.length / 8];
    new ByteReader(bytes).readFully(MemorySegment.ofArray(values), 0, 8L * values.length);
    return of(values, file, streams, adaptive);
  }

  private static Marks of(long[] values, String file, int streams, boolean adaptive) {
    int width = 2 * streams + (adaptive ? 1 : 0);
    if (values.length % width != 0) {
      throw new LonghouseException(
          ErrorCode.CORRUPTED_DATA,
          "Bad size of marks file "
              + file
              + ": "
              + values.length
              + " numbers, expected a multiple of "
              + width);
    }
    return new Marks(values, streams, width);
  }

  private static long[] readCompressed(DiskFile file) {
    var in = new ByteReader(new CompressedFile(file, 1 << 16));
    long[] values = new long[1024];
    int count = 0;
    while (in.has(8)) {
      if (count == values.length) {
        values = java.util.Arrays.copyOf(values, count * 2);
      }
      int n = Math.min(values.length - count, (in.limit() - in.position()) / 8);
      in.readFully(MemorySegment.ofArray(values), 8L * count, 8L * n);
      count += n;
    }
    return java.util.Arrays.copyOf(values, count);
  }

  /** Number of marks, the final one included where there is one. */
  public int count() {
    return values.length / width;
  }

  public int streams() {
    return streams;
  }

  /** Where the frame begins that granule {@code mark} of a stream begins in. */
  public long offset(int mark, int stream) {
    return values[mark * width + 2 * stream];
  }

  public int offsetInBlock(int mark, int stream) {
    return (int) values[mark * width + 2 * stream + 1];
  }

  /** Rows of a granule; of adaptive parts only. */
  int rows(int mark) {
    return (int) values[mark * width + width - 1];
  }

  /** The granules, as an adaptive part's marks have them. */
  Granularity granularity() {
    int count = count();
    int[] rows = new int[count];
    int granules = 0;
    for (int m = 0; m < count; m++) {
      rows[m] = rows(m);
      if (rows[m] > 0) {
        granules = m + 1;
      }
    }
    return Granularity.of(rows, granules);
  }

  public long retainedBytes() {
    return 8L * values.length;
  }
}
