package io.longhouse.function.number;

import io.longhouse.column.Column;
import io.longhouse.column.WideColumn;

/** Runs kernels of two operands over all rows, chunk by chunk. */
public final class Kernels {
  private Kernels() {}

  /** Whole numbers of at most 8 bytes; the result keeps the low {@code width} bytes. */
  public static Column longs(LongKernel kernel, LongOperand a, LongOperand b, int width, int rows) {
    var out = new LongSink(width, rows);
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      a.load(from, n);
      b.load(from, n);
      kernel.apply(a.array(), a.offset(), b.array(), b.offset(), out.target(), out.offset(), n);
      out.advance(n);
    }
    return out.build();
  }

  /** Floating-point numbers; the result has {@code width} bytes. */
  public static Column doubles(
      DoubleKernel kernel, DoubleOperand a, DoubleOperand b, int width, int rows) {
    var out = new DoubleSink(width, rows);
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      a.load(from, n);
      b.load(from, n);
      kernel.apply(a.array(), a.offset(), b.array(), b.offset(), out.target(), out.offset(), n);
      out.advance(n);
    }
    return out.build();
  }

  /** Numbers of {@code words} longs; the result has as many. */
  public static long[] wide(WideKernel kernel, WideOperand a, WideOperand b, int words, int rows) {
    long[] out = new long[Math.multiplyExact(rows, words)];
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      a.load(from, n);
      b.load(from, n);
      kernel.apply(a.array(), a.offset(), b.array(), b.offset(), out, from * words, n, words);
    }
    return out;
  }

  /** Numbers of {@code words} longs as a column of {@code bytes} bytes a value. */
  public static Column narrowed(long[] wide, int words, int bytes, int rows) {
    if (bytes == words * 8 && bytes > 8) {
      return new WideColumn(wide, words, rows);
    }
    if (bytes > 8) {
      int keep = bytes / 8;
      long[] out = new long[rows * keep];
      for (int r = 0; r < rows; r++) {
        System.arraycopy(wide, r * words, out, r * keep, keep);
      }
      return new WideColumn(out, keep, rows);
    }
    var sink = new LongSink(bytes, rows);
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      long[] target = sink.target();
      int o = sink.offset();
      for (int k = 0; k < n; k++) {
        target[o + k] = wide[(from + k) * words];
      }
      sink.advance(n);
    }
    return sink.build();
  }
}
