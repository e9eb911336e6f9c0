package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int8Column;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.TypeName;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Names for 8- or 16-bit signed numbers. */
public final class EnumType extends DataType {
  private final int bytes;
  private final TreeMap<Integer, String> names = new TreeMap<>();
  private final Map<String, Integer> values = new HashMap<>();
  private final Map<Integer, byte[]> texts = new HashMap<>();
  private final String name;

  /**
   * @param bytes 1 or 2
   * @param valuesByName every name with its number; numbers and names are distinct
   */
  public EnumType(int bytes, Map<String, Integer> valuesByName) {
    this.bytes = bytes;
    values.putAll(valuesByName);
    valuesByName.forEach((n, v) -> names.put(v, n));
    valuesByName.forEach((n, v) -> texts.put(v, io.longhouse.sql.ByteText.encode(n)));
    var text = new StringBuilder(bytes == 1 ? "Enum8(" : "Enum16(");
    names.forEach((v, n) ->
        text.append(text.charAt(text.length() - 1) == '(' ? "" : ", ")
            .append(io.longhouse.sql.Quoting.string(n))
            .append(" = ")
            .append(v));
    this.name = text.append(')').toString();
  }

  /** 1 or 2. */
  public int bytes() {
    return bytes;
  }

  /** The name of a number, or null. */
  public @Nullable String nameOf(int value) {
    return names.get(value);
  }

  /** The number of a name, or null. */
  public @Nullable Integer valueOf(String name) {
    return values.get(name);
  }

  /** All names by number, ascending. */
  public SortedMap<Integer, String> names() {
    return Collections.unmodifiableSortedMap(names);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return bytes == 1 ? new Int8Column.Builder(capacity) : new Int16Column.Builder(capacity);
  }

  @Override
  public Column defaultValue() {
    int first = names.firstKey();
    return bytes == 1 ? Int8Column.of((byte) first) : Int16Column.of((short) first);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    return IntegerType.of(bytes, true).compare(a, i, b, j, nullsDirection);
  }

  @Override
  public boolean hasOrderLongs() {
    return true;
  }

  @Override
  public void orderLongs(Column column, int from, int length, long[] out) {
    Numbers.toLongs(column, from, length, true, out);
  }

  /** Makes Enum8, Enum16 and Enum, which takes the width it needs. */
  @Register(kind = TypeFactory.class, name = "Enum", caseInsensitive = true)
  @Register(kind = TypeFactory.class, name = "Enum8")
  @Register(kind = TypeFactory.class, name = "Enum16")
  static final class Factory implements TypeFactory {
    private final int bytes;

    Factory(String name) {
      this.bytes = name.equals("Enum8") ? 1 : name.equals("Enum16") ? 2 : 0;
    }

    @Override
    public DataType create(TypeName name) {
      var values = TypeArguments.of(name).enumValues();
      boolean small = values.values().stream().allMatch(v -> v >= -128 && v <= 127);
      if (bytes == 1 && !small) {
        throw new io.longhouse.sql.LonghouseException(
            io.longhouse.sql.ErrorCode.ARGUMENT_OUT_OF_BOUND, "A value of Enum8 exceeds its range");
      }
      return new EnumType(bytes != 0 ? bytes : small ? 1 : 2, values);
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    byte[] text = texts.get(valueAt(column, row));
    if (text == null) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Unexpected value " + valueAt(column, row) + " in enum");
    }
    StringText.write(text, 0, text.length, form, settings, out);
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    boolean asNumber =
        form == TextForm.JSON && in.peek() != '"'
            || form == TextForm.CSV && settings.inputFormatCsvEnumAsNumber
            || form == TextForm.ESCAPED && settings.inputFormatTsvEnumAsNumber;
    if (asNumber) {
      long v = IntegerText.read(in, true);
      if (!names.containsKey((int) v)) {
        throw new LonghouseException(
            ErrorCode.UNKNOWN_ELEMENT_OF_ENUM, "Unexpected value " + v + " in enum");
      }
      IntegerType.add(v, out);
      return;
    }
    ByteWriter text = StringText.read(in, form, settings);
    String key = io.longhouse.sql.ByteText.decode(text.buffer(), 0, text.position());
    Integer v = values.get(key);
    if (v == null && form != TextForm.QUOTED) {
      v = numberOf(key);
    }
    if (v == null) {
      throw unknown(key);
    }
    IntegerType.add(v, out);
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    IntegerType.of(bytes, true).writeBinary(column, row, out);
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    IntegerType.of(bytes, true).readBinary(in, out);
  }

  private static int valueAt(Column column, int row) {
    return column instanceof Int8Column c
        ? c.values()[row]
        : ((io.longhouse.column.Int16Column) column).values()[row];
  }

  /** A value's number written instead of its name, or null. */
  private @Nullable Integer numberOf(String key) {
    if (key.isEmpty() || key.length() > 6 || !key.matches("-?[0-9]+")) {
      return null;
    }
    Integer number = Integer.valueOf(key);
    return names.containsKey(number) ? number : null;
  }

  private LonghouseException unknown(String key) {
    List<String> near =
        values.keySet().stream()
            .filter(n -> n.length() <= key.length() + 2 && n.length() >= key.length() - 2)
            .sorted()
            .limit(2)
            .toList();
    var hint = new java.util.StringJoiner(", ", ", maybe you meant: [", "]");
    near.forEach(n -> hint.add("'" + n + "'"));
    return new LonghouseException(
        ErrorCode.UNKNOWN_ELEMENT_OF_ENUM,
        "Unknown element '" + key + "' for enum" + (near.isEmpty() ? "" : hint));
  }
}
