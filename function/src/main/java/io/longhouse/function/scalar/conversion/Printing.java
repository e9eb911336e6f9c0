package io.longhouse.function.scalar.conversion;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TextForm;
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
    for (int r = 0; r < rows; r++) {
      from.writeText(source, r, TextForm.RAW, settings, out);
      offsets[r + 1] = out.position();
    }
    return new StringColumn(offsets, out.toByteArray(), rows);
  }
}
