package io.longhouse.storage.part;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.compress.CompressedOutput;
import java.util.Arrays;

/** The marks of one file, collected until the rows of all granules are known. */
final class MarksWriter {
  private long[] values = new long[64];
  private int count;
  private final int streams;

  MarksWriter(int streams) {
    this.streams = streams;
  }

  /** Adds the place at which the next byte of a stream will stand. */
  void add(CompressedOutput at) {
    add(at.compressedBytes(), at.blockBytes());
  }

  void add(long offset, long offsetInBlock) {
    if (count + 2 > values.length) {
      values = Arrays.copyOf(values, count * 2);
    }
    values[count++] = offset;
    values[count++] = offsetInBlock;
  }

  /**
   * The bytes of the marks file before compression.
   *
   * @param rows of the granules; a mark behind them has 0
   */
  byte[] toBytes(int[] rows, int granules, boolean adaptive) {
    int marks = count / (2 * streams);
    var out = new ByteWriter(count * 8 + marks * 8);
    for (int m = 0; m < marks; m++) {
      for (int i = 0; i < 2 * streams; i++) {
        out.writeLong(values[m * 2 * streams + i]);
      }
      if (adaptive) {
        out.writeLong(m < granules ? rows[m] : 0);
      }
    }
    return out.toByteArray();
  }
}
