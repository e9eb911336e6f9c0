package io.longhouse.format;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.FloatText;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;

/** A document with the same content as the JSON format's. */
final class XmlOutput extends RowOutput {
  private final String[] tags;
  private boolean dataEnded;

  private XmlOutput(Header header, FormatSettings settings, ByteWriter out) {
    super(header, settings, out);
    tags = new String[types.length];
    for (int i = 0; i < tags.length; i++) {
      String name = header.name(i);
      tags[i] = name.matches("[A-Za-z_][A-Za-z0-9_.-]*") ? name : "field";
    }
  }

  @Override
  public void begin() {
    out.writeAscii("<?xml version='1.0' encoding='UTF-8' ?>\n<result>\n\t<meta>\n\t\t<columns>\n");
    byte[][] names = names(header);
    byte[][] typeNames = typeNames(header);
    for (int i = 0; i < names.length; i++) {
      out.writeAscii("\t\t\t<column>\n\t\t\t\t<name>");
      text(names[i]);
      out.writeAscii("</name>\n\t\t\t\t<type>");
      text(typeNames[i]);
      out.writeAscii("</type>\n\t\t\t</column>\n");
    }
    out.writeAscii("\t\t</columns>\n\t</meta>\n\t<data>\n");
  }

  private void text(byte[] text) {
    StringText.write(text, 0, text.length, TextForm.XML, settings, out);
  }

  @Override
  void writeRow(Column[] columns, int row) {
    element("row", columns, row, "\t\t");
  }

  private void element(String tag, Column[] columns, int row, String indent) {
    out.writeAscii(indent + "<" + tag + ">\n");
    for (int i = 0; i < types.length; i++) {
      out.writeAscii(indent + "\t<" + tags[i] + ">");
      field(columns, i, row, TextForm.XML);
      out.writeAscii("</" + tags[i] + ">\n");
    }
    out.writeAscii(indent + "</" + tag + ">\n");
  }

  private void endData() {
    if (!dataEnded) {
      out.writeAscii("\t</data>\n");
      dataEnded = true;
    }
  }

  @Override
  public void totals(Block block) {
    endData();
    element("totals", full(block), 0, "\t");
  }

  @Override
  public void extremes(Block block) {
    endData();
    out.writeAscii("\t<extremes>\n");
    element("min", full(block), 0, "\t\t");
    element("max", full(block), 1, "\t\t");
    out.writeAscii("\t</extremes>\n");
  }

  @Override
  public boolean exception(byte[] message) {
    endData();
    out.writeAscii("\t<rows>" + rows + "</rows>\n\t<exception>");
    text(message);
    out.writeAscii("</exception>\n</result>\n");
    return true;
  }

  @Override
  public void finish(OutputStatistics statistics) {
    endData();
    out.writeAscii("\t<rows>" + rows + "</rows>\n");
    if (statistics.rowsBeforeLimit() >= 0) {
      out.writeAscii(
          "\t<rows_before_limit_at_least>"
              + statistics.rowsBeforeLimit()
              + "</rows_before_limit_at_least>\n");
    }
    if (settings.outputFormatWriteStatistics) {
      out.writeAscii("\t<statistics>\n\t\t<elapsed>");
      FloatText.write(statistics.elapsedSeconds(), out);
      out.writeAscii("</elapsed>\n\t\t<rows_read>" + statistics.rowsRead() + "</rows_read>\n");
      out.writeAscii("\t\t<bytes_read>" + statistics.bytesRead() + "</bytes_read>\n");
      out.writeAscii("\t</statistics>\n");
    }
    out.writeAscii("</result>\n");
  }

  @Register(kind = OutputFormatFactory.class, name = "XML", caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    @Override
    public boolean writesOnlyUtf8(FormatSettings settings) {
      return true;
    }

    @Override
    public boolean canAppend() {
      return false;
    }

    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new XmlOutput(header, settings, out);
    }

    @Override
    public String contentType(FormatSettings settings) {
      return "application/xml; charset=UTF-8";
    }
  }
}
