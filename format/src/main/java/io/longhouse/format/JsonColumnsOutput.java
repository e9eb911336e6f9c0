package io.longhouse.format;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Each column as one array, so the whole result is held until its end. */
final class JsonColumnsOutput implements OutputFormat {
  private final Header header;
  private final FormatSettings settings;
  private final ByteWriter out;
  private final boolean compact;
  private final @Nullable JsonFrame frame;
  private final List<ColumnBuilder> kept;
  private final byte[][] keys;
  private long rows;
  private boolean dataEnded;

  private JsonColumnsOutput(Header header, FormatSettings settings, ByteWriter out, String name) {
    this.header = header;
    this.settings = settings;
    this.out = out;
    compact = name.contains("Compact");
    frame = name.endsWith("Metadata") ? new JsonFrame(header, settings, out) : null;
    kept = header.newBuilders(64);
    keys = JsonOutput.jsonNames(header, settings);
  }

  @Override
  public void begin() {}

  @Override
  public void write(Block block) {
    for (int i = 0; i < kept.size(); i++) {
      kept.get(i).appendRange(block.column(i), 0, block.rows());
    }
    rows += block.rows();
  }

  private void data() {
    if (dataEnded) {
      return;
    }
    dataEnded = true;
    String indent = "\t";
    if (frame != null) {
      frame.meta();
      out.writeAscii("\t\"data\":\n\t");
      indent = "\t\t";
    }
    out.writeAscii(compact ? "[\n" : "{\n");
    // Without any row ClickHouse writes no column when metadata or arrays stand around them.
    int shown = rows == 0 && (frame != null || compact) ? 0 : kept.size();
    for (int i = 0; i < shown; i++) {
      out.writeAscii(i > 0 ? ",\n" : "");
      out.writeAscii(indent);
      if (!compact) {
        out.writeBytes(keys[i]);
        out.writeAscii(": ");
      }
      out.writeByte('[');
      Column column = kept.get(i).build();
      DataType type = header.type(i);
      for (int row = 0; row < column.size(); row++) {
        if (row > 0) {
          out.writeAscii(", ");
        }
        type.writeText(column, row, TextForm.JSON, settings, out);
      }
      out.writeByte(']');
    }
    out.writeAscii(frame == null ? "\n" : "\n\t");
    out.writeByte(compact ? ']' : '}');
  }

  private void row(Block block, int row, String indent) {
    out.writeAscii("{\n");
    for (int i = 0; i < keys.length; i++) {
      out.writeAscii(i > 0 ? ",\n" : "");
      out.writeAscii(indent);
      out.writeAscii("\t");
      out.writeBytes(keys[i]);
      out.writeAscii(": ");
      header.type(i).writeText(block.column(i).full(), row, TextForm.JSON, settings, out);
    }
    out.writeByte('\n');
    out.writeAscii(indent);
    out.writeByte('}');
  }

  @Override
  public void totals(Block block) {
    if (frame != null) {
      data();
      out.writeAscii(",\n\n\t\"totals\":\n\t");
      row(block, 0, "\t");
    }
  }

  @Override
  public void extremes(Block block) {
    if (frame != null) {
      data();
      out.writeAscii(",\n\n\t\"extremes\":\n\t{\n\t\t\"min\":\n\t\t");
      row(block, 0, "\t\t");
      out.writeAscii(",\n\t\t\"max\":\n\t\t");
      row(block, 1, "\t\t");
      out.writeAscii("\n\t}");
    }
  }

  @Override
  public void finish(OutputStatistics statistics) {
    data();
    if (frame != null) {
      frame.finish(rows, statistics);
    } else {
      out.writeByte('\n');
    }
  }

  @Register(kind = OutputFormatFactory.class, name = "JSONColumns", caseInsensitive = true)
  @Register(kind = OutputFormatFactory.class, name = "JSONCompactColumns", caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "JSONColumnsWithMetadata",
      caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public boolean writesOnlyUtf8(FormatSettings settings) {
      return name.equals("JSONColumnsWithMetadata") || settings.outputFormatJsonValidateUtf8;
    }

    @Override
    public boolean canAppend() {
      return false;
    }

    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new JsonColumnsOutput(header, settings, out, name);
    }

    @Override
    public String contentType(FormatSettings settings) {
      return "application/json; charset=UTF-8";
    }
  }
}
