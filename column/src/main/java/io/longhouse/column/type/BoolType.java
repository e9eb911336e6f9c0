package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int8Column;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.TypeName;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** true or false, as 1 or 0. */
public final class BoolType extends DataType {
  /** Bool. */
  public static final BoolType TYPE = new BoolType();

  private BoolType() {}

  @Override
  public String name() {
    return "Bool";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new Int8Column.Builder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    byte[] x = ((Int8Column) a).values();
    byte[] y = ((Int8Column) b).values();
    return Byte.compareUnsigned(x[i], y[j]);
  }

  @Override
  public boolean hasOrderLongs() {
    return true;
  }

  @Override
  public void orderLongs(Column column, int from, int length, long[] out) {
    byte[] v = ((Int8Column) column).values();
    for (int i = 0; i < length; i++) {
      out[i] = v[from + i] & 0xFF;
    }
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return true;
  }

  /** Makes Bool. */
  @Register(
      kind = TypeFactory.class,
      name = "Bool",
      aliases = {"boolean"},
      caseInsensitive = true)
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      return TYPE;
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    boolean v = ((Int8Column) column).values()[row] != 0;
    if (form == TextForm.JSON || form == TextForm.QUOTED || form == TextForm.XML) {
      out.writeAscii(v ? "true" : "false");
    } else {
      out.writeText(v ? settings.boolTrueRepresentation : settings.boolFalseRepresentation);
    }
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    boolean v =
        form == TextForm.JSON || form == TextForm.QUOTED
            ? readStrictly(in)
            : readLoosely(in, settings);
    ((Int8Column.Builder) out).add((byte) (v ? 1 : 0));
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    out.writeByte(((Int8Column) column).values()[row] != 0 ? 1 : 0);
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    ((Int8Column.Builder) out).add((byte) (in.readByte() != 0 ? 1 : 0));
  }

  /** true, false, 1 or 0. */
  private static boolean readStrictly(ByteReader in) {
    int c = in.peek();
    switch (c) {
      case '1', '0' -> {
        in.next();
        return c == '1';
      }
      case 't', 'T' -> {
        requireWord("true", in);
        return true;
      }
      case 'f', 'F' -> {
        requireWord("false", in);
        return false;
      }
      case -1 -> throw TextErrors.endOfData();
      default ->
          throw new LonghouseException(
              ErrorCode.CANNOT_PARSE_BOOL,
              "Invalid boolean value, should be true/false, 1/0, but it starts with the '"
                  + (char) c
                  + "' character");
    }
  }

  private static void requireWord(String word, ByteReader in) {
    for (int i = 0; i < word.length(); i++) {
      if ((in.peek() | 0x20) != word.charAt(i)) {
        throw TextErrors.expected(word, in);
      }
      in.next();
    }
  }

  /** Any of the words for yes and no, or the representations that the settings name. */
  private static boolean readLoosely(ByteReader in, FormatSettings settings) {
    if (accepts(settings.boolTrueRepresentation, in)) {
      return true;
    }
    if (accepts(settings.boolFalseRepresentation, in)) {
      return false;
    }
    int n = 0;
    while (n < 9 && (in.peek(n) >= '0' && in.peek(n) <= '9' || Character.isLetter(in.peek(n)))) {
      n++;
    }
    String word =
        new String(in.buffer(), in.position(), n, StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    boolean yes = TRUE_WORDS.contains(word);
    if (!yes && !FALSE_WORDS.contains(word)) {
      throw new LonghouseException(
          ErrorCode.CANNOT_PARSE_BOOL,
          "Cannot parse boolean value here: "
              + TextErrors.rest(in)
              + ", should be '"
              + settings.boolTrueRepresentation
              + "' or '"
              + settings.boolFalseRepresentation
              + "' controlled by setting bool_true_representation and bool_false_representation or"
              + " one of True/False/T/F/Y/N/Yes/No/On/Off/Enable/Disable/Enabled/Disabled/1/0");
    }
    in.position(in.position() + n);
    return yes;
  }

  /** Consumes {@code word} if it stands there and no letter or digit follows. */
  private static boolean accepts(String word, ByteReader in) {
    for (int i = 0; i < word.length(); i++) {
      if (in.peek(i) != word.charAt(i)) {
        return false;
      }
    }
    int next = in.peek(word.length());
    if (next > 0 && Character.isLetterOrDigit(next)) {
      return false;
    }
    in.position(in.position() + word.length());
    return true;
  }

  private static final Set<String> TRUE_WORDS =
      Set.of("true", "t", "yes", "y", "on", "enable", "enabled", "1");
  private static final Set<String> FALSE_WORDS =
      Set.of("false", "f", "no", "n", "off", "disable", "disabled", "0");
}
