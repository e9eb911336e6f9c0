package io.longhouse.function.scalar.conversion;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.TextForm;
import io.longhouse.function.number.LongOperand;
import org.jspecify.annotations.Nullable;

/** Any value as text. */
final class Printing extends Cast {
  private final DataType from;
  private final FormatSettings settings;

  Printing(DataType from, FormatSettings settings) {
    this.from = from;
    this.settings = settings;
  }

  @Override
  public boolean mayThrow() {
    return false;
  }

  @Override
  protected Column convert(Column source, int rows, byte @Nullable [] failed) {
    int[] offsets = new int[rows + 1];
    var out = new ByteWriter(rows * 8);
    if (from instanceof IntegerType t && t.bytes() <= 8) {
      integers(source, t.signed(), offsets, out, rows);
      return new StringColumn(offsets, out.toByteArray(), rows);
    }
    for (int r = 0; r < rows; r++) {
      from.writeText(source, r, TextForm.RAW, settings, out);
      offsets[r + 1] = out.position();
    }
    return new StringColumn(offsets, out.toByteArray(), rows);
  }

  private static void integers(
      Column source, boolean signed, int[] offsets, ByteWriter out, int rows) {
    var in = new LongOperand(source, signed, rows);
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      in.load(start, n);
      for (int k = 0; k < n; k++) {
        long v = in.array()[in.offset() + k];
        if (signed) {
          out.writeDecimal(v);
        } else {
          out.writeUnsignedDecimal(v);
        }
        offsets[start + k + 1] = out.position();
      }
    }
  }
}
