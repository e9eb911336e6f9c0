package io.longhouse.engine.system;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TextForm;
import io.longhouse.sql.ByteText;

/** A value of the partition key as {@code system.parts} shows it. */
final class PartitionText {
  private PartitionText() {}

  /** Text alone stands as it is, among others in quotes. */
  static String of(DataType type, Column value, boolean quoted) {
    var out = new ByteWriter(16);
    type.writeText(
        value.full(), 0, quoted ? TextForm.QUOTED : TextForm.RAW, FormatSettings.DEFAULT, out);
    return ByteText.decode(out.toByteArray());
  }
}
