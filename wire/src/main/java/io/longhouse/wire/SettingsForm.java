package io.longhouse.wire;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.engine.settings.SettingTable;
import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings and query parameters in a packet: from 54429 {@code (name, flags, value)* ''}, before
 * that {@code (name, value)* ''} where the name tells the form of the value.
 */
public final class SettingsForm {
  /** The receiver must know the setting. */
  public static final int IMPORTANT = 1;

  /** Not one of the server's own. */
  public static final int CUSTOM = 2;

  private SettingsForm() {}

  /** Writes values as text with the same flags for all. */
  public static void write(Map<String, String> settings, int flags, ByteWriter out) {
    settings.forEach((name, value) -> {
      out.writeString(name);
      out.writeVarUInt(flags);
      out.writeString(value);
    });
    out.writeVarUInt(0);
  }

  /** Writes values for a peer below 54429; only numbers and texts that the table knows. */
  public static void writeOld(Map<String, String> settings, ByteWriter out) {
    settings.forEach((name, value) -> {
      SettingTable.Definition d = Settings.table().find(name);
      out.writeString(name);
      if (d != null && isNumber(d)) {
        out.writeVarUInt(number(SettingTable.normalize(d, value)));
      } else {
        out.writeString(value);
      }
    });
    out.writeVarUInt(0);
  }

  /** A whole number, rounded up; the server's own choice counts as 0. */
  private static long number(String value) {
    String v = value.replace("'", "");
    return v.startsWith("auto")
        ? 0
        : v.indexOf('.') >= 0 ? (long) Math.ceil(Double.parseDouble(v)) : Long.parseLong(v);
  }

  /**
   * Reads settings; unknown ones that are not important are left out.
   *
   * @throws LonghouseException UNKNOWN_SETTING (115) for an important one that is not known
   */
  public static Map<String, String> read(ByteReader in) {
    Map<String, String> out = new LinkedHashMap<>();
    for (int n = 0; n < Limits.ITEMS; n++) {
      String name = in.readText(Limits.NAME_BYTES);
      if (name.isEmpty()) {
        return out;
      }
      long flags = in.readVarUInt();
      String value = in.readText(Limits.TEXT_BYTES);
      if ((flags & CUSTOM) != 0 || Settings.table().find(name) != null) {
        out.put(name, value);
      } else if ((flags & IMPORTANT) != 0) {
        throw unknown(name);
      }
    }
    throw new LonghouseException(
        ErrorCode.TOO_LARGE_ARRAY_SIZE, "Too many settings: the limit is " + Limits.ITEMS);
  }

  /** Reads query parameters: each value is a quoted literal. */
  public static Map<String, String> readParameters(ByteReader in) {
    Map<String, String> out = new LinkedHashMap<>();
    for (int n = 0; n < Limits.ITEMS; n++) {
      String name = in.readText(Limits.NAME_BYTES);
      if (name.isEmpty()) {
        return out;
      }
      in.readVarUInt();
      out.put(name, unquote(in.readText(Limits.TEXT_BYTES)));
    }
    throw new LonghouseException(
        ErrorCode.TOO_LARGE_ARRAY_SIZE, "Too many parameters: the limit is " + Limits.ITEMS);
  }

  /** Reads settings of a peer below 54429. A name that is not known cannot be passed over. */
  public static Map<String, String> readOld(ByteReader in) {
    Map<String, String> out = new LinkedHashMap<>();
    for (int n = 0; n < Limits.ITEMS; n++) {
      String name = in.readText(Limits.NAME_BYTES);
      if (name.isEmpty()) {
        return out;
      }
      SettingTable.Definition d = Settings.table().find(name);
      if (d == null) {
        throw unknown(name);
      }
      out.put(name, isNumber(d) ? Long.toString(in.readVarUInt()) : in.readText(Limits.TEXT_BYTES));
    }
    throw new LonghouseException(
        ErrorCode.TOO_LARGE_ARRAY_SIZE, "Too many settings: the limit is " + Limits.ITEMS);
  }

  private static LonghouseException unknown(String name) {
    return new LonghouseException(ErrorCode.UNKNOWN_SETTING, "Unknown setting '" + name + "'");
  }

  private static boolean isNumber(SettingTable.Definition d) {
    return switch (d.type()) {
      case "Bool",
          "UInt64",
          "Int64",
          "Int32",
          "UInt32",
          "NonZeroUInt64",
          "UInt64Auto",
          "BoolAuto",
          "MaxThreads",
          "Seconds",
          "Milliseconds" ->
          true;
      default -> false;
    };
  }

  /** A value as a quoted literal. */
  public static String quote(String value) {
    var out = new StringBuilder(value.length() + 2).append('\'');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\'' -> out.append("\\'");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        case '\0' -> out.append("\\0");
        default -> out.append(c);
      }
    }
    return out.append('\'').toString();
  }

  private static String unquote(String literal) {
    int n = literal.length();
    if (n < 2 || literal.charAt(0) != '\'' || literal.charAt(n - 1) != '\'') {
      return literal;
    }
    var out = new StringBuilder(n);
    for (int i = 1; i < n - 1; i++) {
      char c = literal.charAt(i);
      if (c == '\\' && i + 1 < n - 1) {
        char next = literal.charAt(++i);
        out.append(
            switch (next) {
              case 'n' -> '\n';
              case 't' -> '\t';
              case 'r' -> '\r';
              case '0' -> '\0';
              case 'b' -> '\b';
              case 'f' -> '\f';
              default -> next;
            });
      } else {
        out.append(c);
        if (c == '\'' && i + 1 < n - 1 && literal.charAt(i + 1) == '\'') {
          i++;
        }
      }
    }
    return out.toString();
  }
}
