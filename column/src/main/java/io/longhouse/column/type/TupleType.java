package io.longhouse.column.type;

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
import java.util.StringJoiner;

/** One value of each of several types, which may have names. */
public final class TupleType extends DataType {
  private final List<DataType> elements;
  private final List<String> names;

  /**
   * @param names as many as elements, or none for an unnamed tuple
   */
  public TupleType(List<DataType> elements, List<String> names) {
    this.elements = List.copyOf(elements);
    this.names = List.copyOf(names);
  }

  public TupleType(List<DataType> elements) {
    this(elements, List.of());
  }

  public List<DataType> elements() {
    return elements;
  }

  /** Element names, empty when the tuple has none. */
  public List<String> names() {
    return names;
  }

  public boolean named() {
    return !names.isEmpty();
  }

  @Override
  public String name() {
    var text = new StringJoiner(", ", "Tuple(", ")");
    for (int i = 0; i < elements.size(); i++) {
      text.add(
          named()
              ? io.longhouse.sql.Quoting.identifier(names.get(i)) + " " + elements.get(i).name()
              : elements.get(i).name());
    }
    return text.toString();
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new TupleColumn.Builder(elements.stream().map(e -> e.newBuilder(capacity)).toList());
  }

  @Override
  public Column defaultValue() {
    return new TupleColumn(elements.stream().map(DataType::defaultValue).toList(), 1);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    var x = (TupleColumn) a;
    var y = (TupleColumn) b;
    for (int k = 0; k < elements.size(); k++) {
      int c =
          elements
              .get(k)
              .compare(
                  x.elements().get(k).full(), i, y.elements().get(k).full(), j, nullsDirection);
      if (c != 0) {
        return c;
      }
    }
    return 0;
  }

  @Override
  public boolean isComparable() {
    return elements.stream().allMatch(DataType::isComparable);
  }

  @Override
  public boolean canBeInsideNullable() {
    return false;
  }

  /** Makes Tuple(T, ...) and Tuple(name T, ...). */
  @Register(kind = TypeFactory.class, name = "Tuple")
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      var args = TypeArguments.of(name);
      return new TupleType(args.types(), args.names());
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    var t = (TupleColumn) column;
    if (form == TextForm.JSON && named() && settings.outputFormatJsonNamedTuplesAsObjects) {
      writeObject(t, row, settings, out);
    } else if (form == TextForm.XML) {
      out.writeAscii("<tuple>");
      for (int i = 0; i < elements.size(); i++) {
        out.writeAscii("<elem>");
        writeElement(t, i, row, form, settings, out);
        out.writeAscii("</elem>");
      }
      out.writeAscii("</tuple>");
    } else if (form == TextForm.CSV) {
      if (settings.outputFormatCsvSerializeTupleIntoSeparateColumns) {
        writeList(t, row, form, settings.formatCsvDelimiter, settings, out);
      } else {
        var text = new ByteWriter(64);
        writeText(column, row, TextForm.QUOTED, settings, text);
        StringText.write(text.buffer(), 0, text.position(), form, settings, out);
      }
    } else {
      boolean json = form == TextForm.JSON;
      out.writeByte(json ? '[' : '(');
      writeList(t, row, json ? form : TextForm.QUOTED, ',', settings, out);
      out.writeByte(json ? ']' : ')');
    }
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    var b = (TupleColumn.Builder) out;
    switch (form) {
      case JSON -> {
        if (named() && settings.inputFormatJsonNamedTuplesAsObjects) {
          readObject(in, settings, b);
        } else {
          readList(in, '[', ']', form, settings, b);
        }
      }
      case CSV -> readCsv(in, settings, b);
      default -> readList(in, '(', ')', TextForm.QUOTED, settings, b);
    }
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    var t = (TupleColumn) column;
    for (int i = 0; i < elements.size(); i++) {
      elements.get(i).writeBinary(full(t, i), row, out);
    }
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    var b = (TupleColumn.Builder) out;
    for (int i = 0; i < elements.size(); i++) {
      elements.get(i).readBinary(in, b.elements().get(i));
    }
    b.addedRow();
  }

  private static Column full(TupleColumn t, int i) {
    return t.elements().get(i).full();
  }

  private void writeElement(
      TupleColumn t, int i, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    elements.get(i).writeText(full(t, i), row, form, settings, out);
  }

  private void writeList(
      TupleColumn t, int row, TextForm form, int delimiter, FormatSettings s, ByteWriter out) {
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        out.writeByte(delimiter);
      }
      writeElement(t, i, row, form, s, out);
    }
  }

  private void writeObject(TupleColumn t, int row, FormatSettings settings, ByteWriter out) {
    out.writeByte('{');
    boolean first = true;
    for (int i = 0; i < elements.size(); i++) {
      if (settings.outputFormatJsonSkipNullValueInNamedTuples && full(t, i).isNullAt(row)) {
        continue;
      }
      if (!first) {
        out.writeByte(',');
      }
      first = false;
      byte[] name = io.longhouse.sql.ByteText.encode(names.get(i));
      StringText.writeJson(name, 0, name.length, settings, out);
      out.writeByte(':');
      writeElement(t, i, row, TextForm.JSON, settings, out);
    }
    out.writeByte('}');
  }

  private void readList(
      ByteReader in,
      char open,
      char close,
      TextForm form,
      FormatSettings s,
      TupleColumn.Builder b) {
    TextErrors.require(open, in);
    for (int i = 0; i < elements.size(); i++) {
      TextErrors.skipWhitespace(in);
      if (i > 0) {
        TextErrors.require(',', in);
        TextErrors.skipWhitespace(in);
      }
      elements.get(i).readText(in, form, s, b.elements().get(i));
    }
    TextErrors.skipWhitespace(in);
    if (elements.size() == 1 && form == TextForm.QUOTED && in.accept(',')) {
      TextErrors.skipWhitespace(in);
    }
    TextErrors.require(close, in);
    b.addedRow();
  }

  private void readCsv(ByteReader in, FormatSettings settings, TupleColumn.Builder b) {
    if (!settings.inputFormatCsvDeserializeSeparateColumnsIntoTuple) {
      byte[] text = StringText.read(in, TextForm.CSV, settings).toByteArray();
      readList(new ByteReader(text), '(', ')', TextForm.QUOTED, settings, b);
      return;
    }
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        while (in.peek() == ' ' || in.peek() == '\t' && settings.formatCsvDelimiter != '\t') {
          in.next();
        }
        TextErrors.require(settings.formatCsvDelimiter, in);
        while (in.peek() == ' ') {
          in.next();
        }
      }
      elements.get(i).readText(in, TextForm.CSV, settings, b.elements().get(i));
    }
    b.addedRow();
  }

  private void readObject(ByteReader in, FormatSettings settings, TupleColumn.Builder b) {
    TextErrors.require('{', in);
    int size = b.size() + 1;
    TextErrors.skipWhitespace(in);
    boolean first = true;
    while (in.peek() != '}') {
      if (!first) {
        TextErrors.require(',', in);
        TextErrors.skipWhitespace(in);
      }
      first = false;
      ByteWriter text = StringText.read(in, TextForm.JSON, settings);
      String key = io.longhouse.sql.ByteText.decode(text.buffer(), 0, text.position());
      TextErrors.skipWhitespace(in);
      TextErrors.require(':', in);
      TextErrors.skipWhitespace(in);
      int at = names.indexOf(key);
      if (at < 0) {
        if (!settings.inputFormatJsonIgnoreUnknownKeysInNamedTuple) {
          throw new LonghouseException(
              ErrorCode.NOT_FOUND_COLUMN_IN_BLOCK,
              "Tuple element with name '" + key + "' doesn't exist");
        }
        JsonText.skipValue(in, settings);
      } else if (b.elements().get(at).size() == size) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_DATA, "JSON object contains key '" + key + "' twice");
      } else if (in.peek() == 'n'
          && settings.inputFormatNullAsDefault
          && NullableType.strip(elements.get(at)) == elements.get(at)
          && NullableType.acceptNull(in, TextForm.JSON, settings)) {
        b.elements().get(at).append(elements.get(at).defaultValue(), 0);
      } else {
        elements.get(at).readText(in, TextForm.JSON, settings, b.elements().get(at));
      }
      TextErrors.skipWhitespace(in);
    }
    in.next();
    fillMissing(size, settings, b);
  }

  private void fillMissing(int size, FormatSettings settings, TupleColumn.Builder b) {
    for (int i = 0; i < elements.size(); i++) {
      if (b.elements().get(i).size() < size) {
        if (!settings.inputFormatJsonDefaultsForMissingElementsInNamedTuple) {
          throw new LonghouseException(
              ErrorCode.SIZES_OF_COLUMNS_IN_TUPLE_DOESNT_MATCH,
              "JSON object doesn't contain tuple element " + names.get(i));
        }
        b.elements().get(i).append(elements.get(i).defaultValue(), 0);
      }
    }
    b.addedRow();
  }
}
