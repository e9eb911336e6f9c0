package io.longhouse.format;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.serial.WireForm;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;

/**
 * Blocks column by column.
 *
 * <pre>
 * Native = block*
 * block  = columns:varint rows:varint column{columns}
 * column = name:string type:string data
 * </pre>
 *
 * where {@code data} is the column's bulk form in one stream and a string is its length as varint
 * and its bytes.
 */
final class NativeOutput implements OutputFormat {
  private final Header header;
  private final byte[][] names;
  private final byte[][] types;
  private final ByteWriter out;

  private NativeOutput(Header header, ByteWriter out) {
    this.header = header;
    this.names = RowOutput.names(header);
    this.types = RowOutput.typeNames(header);
    for (int i = 0; i < types.length; i++) {
      // The format has no revision, and the oldest readers know no zones in this type.
      if (header.type(i) instanceof DateTimeType) {
        types[i] = ByteText.encode("DateTime");
      }
    }
    this.out = out;
  }

  @Override
  public void begin() {}

  @Override
  public void write(Block block) {
    if (block.rows() == 0) {
      return;
    }
    out.writeVarUInt(names.length);
    out.writeVarUInt(block.rows());
    for (int i = 0; i < names.length; i++) {
      out.writeString(names[i]);
      out.writeString(types[i]);
      WireForm.write(header.type(i), block.column(i), out);
    }
  }

  @Override
  public void finish(OutputStatistics statistics) {}

  @Register(kind = OutputFormatFactory.class, name = "Native", caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new NativeOutput(header, out);
    }

    @Override
    public String contentType(FormatSettings settings) {
      return "application/octet-stream";
    }
  }
}
