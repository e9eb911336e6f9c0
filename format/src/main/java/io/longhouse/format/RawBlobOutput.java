package io.longhouse.format;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NestedType;
import io.longhouse.column.type.TupleType;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** The bytes of the values one behind the other, with nothing between them. */
final class RawBlobOutput extends RowOutput {
  private RawBlobOutput(Header header, FormatSettings settings, ByteWriter out) {
    super(header, settings, out);
    for (DataType t : types) {
      if (t instanceof ArrayType
          || t instanceof TupleType
          || t instanceof MapType
          || t instanceof NestedType) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED, "Method getDataAt is not supported for " + t.name());
      }
    }
  }

  @Override
  void writeRow(Column[] columns, int row) {
    for (int i = 0; i < types.length; i++) {
      Column plain = columns[i].plain();
      if (plain instanceof StringColumn s) {
        out.writeBytes(s.bytes(), s.offsets()[row], s.lengthAt(row));
      } else {
        types[i].writeBinary(columns[i], row, out);
      }
    }
  }

  @Register(kind = OutputFormatFactory.class, name = "RawBLOB", caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new RawBlobOutput(header, settings, out);
    }

    @Override
    public String contentType(FormatSettings settings) {
      return "application/octet-stream";
    }
  }
}
