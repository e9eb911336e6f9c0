package io.longhouse.function.scalar.bit;

import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;

/** How many bits of two strings differ; a shorter one is followed by zeros. */
record StringDistance(DataType text) implements ScalarFunction {
  @Override
  public DataType resultType() {
    return BinaryBits.countType(text);
  }

  @Override
  public Column evaluate(Column[] arguments, int rows) {
    Column x = arguments[0].full();
    Column y = arguments[1].full();
    var out = new LongSink(BinaryBits.countType(text).bytes(), rows);
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      for (int k = 0; k < n; k++) {
        out.target()[out.offset() + k] = distance(x, y, from + k);
      }
      out.advance(n);
    }
    return out.build();
  }

  private static int length(Column c, int row) {
    return c instanceof FixedBytesColumn f ? f.width() : ((StringColumn) c).lengthAt(row);
  }

  private static int start(Column c, int row) {
    return c instanceof FixedBytesColumn f ? row * f.width() : ((StringColumn) c).offsets()[row];
  }

  private static byte[] bytes(Column c) {
    return c instanceof FixedBytesColumn f ? f.bytes() : ((StringColumn) c).bytes();
  }

  private static long distance(Column x, Column y, int row) {
    int p = start(x, row);
    int q = start(y, row);
    int n = length(x, row);
    int m = length(y, row);
    byte[] a = bytes(x);
    byte[] b = bytes(y);
    long count = 0;
    for (int i = 0; i < Math.max(n, m); i++) {
      int u = i < n ? a[p + i] : 0;
      int v = i < m ? b[q + i] : 0;
      count += Integer.bitCount((u ^ v) & 0xFF);
    }
    return count;
  }
}
