package io.longhouse.format;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TextErrors;
import io.longhouse.column.type.TextForm;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** Columns of one type as another, for data whose types are near to the table's. */
final class TypeConversion {
  private TypeConversion() {}

  /** Writes each value as text and reads it back; exact for types whose texts agree. */
  static Column byText(Column column, DataType from, DataType to) {
    Column full = column.full();
    ColumnBuilder out = to.newBuilder(full.size());
    boolean hasNull =
        NullableType.strip(LowCardinalityType.strip(to)) != LowCardinalityType.strip(to);
    var text = new ByteWriter(64);
    var reader = new ByteReader(new byte[0]);
    for (int row = 0; row < full.size(); row++) {
      if (full.isNullAt(row)) {
        if (!hasNull) {
          throw new LonghouseException(
              ErrorCode.CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN,
              "Cannot convert NULL value to non-Nullable type");
        }
        out.appendDefault(1);
        continue;
      }
      text.reset();
      from.writeText(full, row, TextForm.RAW, FormatSettings.DEFAULT, text);
      reader.reset(text.buffer(), 0, text.position());
      to.readText(reader, TextForm.RAW, FormatSettings.DEFAULT, out);
      if (!reader.atEnd()) {
        throw TextErrors.expected("end of value", reader);
      }
    }
    return out.build();
  }
}
