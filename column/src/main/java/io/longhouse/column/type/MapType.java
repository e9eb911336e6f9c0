package io.longhouse.column.type;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.TupleColumn;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.TypeName;
import java.util.List;

/** Keys with values; physically an array of key-value tuples. */
public final class MapType extends DataType {
  private final DataType key;
  private final DataType value;
  private final ArrayType entries;

  public MapType(DataType key, DataType value) {
    this.key = key;
    this.value = value;
    this.entries = new ArrayType(new TupleType(List.of(key, value), List.of("keys", "values")));
  }

  public DataType key() {
    return key;
  }

  public DataType value() {
    return value;
  }

  /** The same layout as an array of named tuples {@code (keys, values)}. */
  public ArrayType entries() {
    return entries;
  }

  @Override
  public String name() {
    return "Map(" + key.name() + ", " + value.name() + ")";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return entries.newBuilder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    return entries.compare(a, i, b, j, nullsDirection);
  }

  @Override
  public boolean canBeInsideNullable() {
    return false;
  }

  /** Makes Map(K, V). */
  @Register(kind = TypeFactory.class, name = "Map")
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      var args = TypeArguments.of(name).count(2);
      return new MapType(args.type(0), args.type(1));
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    var a = (ArrayColumn) column;
    var t = (TupleColumn) a.elements().full();
    Column keys = t.elements().get(0).full();
    Column mapped = t.elements().get(1).full();
    int from = a.offsets()[row];
    int to = a.offsets()[row + 1];
    switch (form) {
      case JSON -> {
        if (settings.outputFormatJsonMapAsArrayOfTuples) {
          entries.writeText(column, row, form, settings, out);
        } else {
          writeJson(keys, mapped, from, to, settings, out);
        }
      }
      case XML -> {
        out.writeAscii("<map>");
        for (int i = from; i < to; i++) {
          out.writeAscii("<elem><key>");
          key.writeText(keys, i, form, settings, out);
          out.writeAscii("</key><value>");
          value.writeText(mapped, i, form, settings, out);
          out.writeAscii("</value></elem>");
        }
        out.writeAscii("</map>");
      }
      case CSV -> {
        var text = new ByteWriter(64);
        writeText(column, row, TextForm.QUOTED, settings, text);
        StringText.write(text.buffer(), 0, text.position(), form, settings, out);
      }
      default -> {
        out.writeByte('{');
        for (int i = from; i < to; i++) {
          if (i > from) {
            out.writeByte(',');
          }
          key.writeText(keys, i, TextForm.QUOTED, settings, out);
          out.writeByte(':');
          value.writeText(mapped, i, TextForm.QUOTED, settings, out);
        }
        out.writeByte('}');
      }
    }
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    var b = (ArrayColumn.Builder) out;
    switch (form) {
      case JSON -> {
        if (settings.inputFormatJsonMapAsArrayOfTuples) {
          entries.readText(in, form, settings, out);
        } else {
          readEntries(in, form, settings, b);
        }
      }
      case CSV -> {
        byte[] text = StringText.read(in, form, settings).toByteArray();
        readEntries(new ByteReader(text), TextForm.QUOTED, settings, b);
      }
      default -> readEntries(in, TextForm.QUOTED, settings, b);
    }
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    entries.writeBinary(column, row, out);
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    entries.readBinary(in, out);
  }

  /** Keys are strings in JSON, whatever their type. */
  private void writeJson(
      Column keys, Column mapped, int from, int to, FormatSettings settings, ByteWriter out) {
    out.writeByte('{');
    for (int i = from; i < to; i++) {
      if (i > from) {
        out.writeByte(',');
      }
      var text = new ByteWriter(32);
      key.writeText(keys, i, TextForm.RAW, settings, text);
      StringText.writeJson(text.buffer(), 0, text.position(), settings, out);
      out.writeByte(':');
      value.writeText(mapped, i, TextForm.JSON, settings, out);
    }
    out.writeByte('}');
  }

  private void readEntries(
      ByteReader in, TextForm form, FormatSettings settings, ArrayColumn.Builder out) {
    var tuple = (TupleColumn.Builder) out.elements();
    if (!in.accept('{')) {
      throw TextErrors.expected("{", in);
    }
    TextErrors.skipWhitespace(in);
    boolean first = true;
    while (in.peek() != '}') {
      if (!first) {
        if (!in.accept(',')) {
          throw new LonghouseException(
              ErrorCode.CANNOT_READ_MAP_FROM_TEXT, "Cannot read Map from text");
        }
        TextErrors.skipWhitespace(in);
        if (in.peek() == '}') {
          break;
        }
      }
      first = false;
      readKey(in, form, settings, tuple.elements().get(0));
      TextErrors.skipWhitespace(in);
      TextErrors.require(':', in);
      TextErrors.skipWhitespace(in);
      value.readText(in, form, settings, tuple.elements().get(1));
      tuple.addedRow();
      TextErrors.skipWhitespace(in);
    }
    in.next();
    out.endRow();
  }

  private void readKey(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder keys) {
    if (form != TextForm.JSON || key instanceof StringType) {
      key.readText(in, form, settings, keys);
      return;
    }
    byte[] text = StringText.read(in, form, settings).toByteArray();
    key.readText(new ByteReader(text), TextForm.RAW, settings, keys);
  }
}
