package io.longhouse.storage.part;

import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/**
 * The texts {@code columns.txt} and {@code columns_substreams.txt}.
 *
 * <pre>
 * "columns format version: 1\n" count " columns:\n" ("`" name "` " type "\n")*
 * "columns substreams version: 1\n" count " columns:\n"
 *     (count " substreams for column `" name "`:\n" ("\t" substream "\n")*)*
 * </pre>
 */
public final class ColumnsFile {
  private static final String HEADER = "columns format version: 1\n";
  private static final String SUBSTREAMS_HEADER = "columns substreams version: 1\n";

  private ColumnsFile() {}

  public static String write(List<Header.Field> columns) {
    var out = new StringBuilder(HEADER).append(columns.size()).append(" columns:\n");
    for (Header.Field f : columns) {
      out.append(quoted(f.name())).append(' ').append(f.type().name()).append('\n');
    }
    return out.toString();
  }

  /**
   * @param where the file's path, for messages
   */
  public static List<Header.Field> read(String text, String where) {
    if (!text.startsWith(HEADER)) {
      throw wrong(where, "its first line");
    }
    List<Header.Field> columns = new ArrayList<>();
    int count = count(text, HEADER, where);
    int at = text.indexOf('\n', HEADER.length()) + 1;
    while (at > 0 && at < text.length()) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        throw wrong(where, "its last line");
      }
      var name = new StringBuilder();
      int behind = readQuoted(text, at, end, name);
      if (behind < 0 || behind >= end || text.charAt(behind) != ' ') {
        throw wrong(where, "line '" + text.substring(at, end) + "'");
      }
      columns.add(new Header.Field(name.toString(), type(text.substring(behind + 1, end), where)));
      at = end + 1;
    }
    if (columns.size() != count) {
      throw wrong(where, "there are " + columns.size() + " columns");
    }
    return columns;
  }

  private static DataType type(String name, String where) {
    try {
      return DataTypes.parse(name);
    } catch (LonghouseException e) {
      throw new LonghouseException(
          e.errorCode(), "Cannot read " + where + ": type '" + name + "': " + e.message(), e);
    }
  }

  /** The number in the second line. */
  private static int count(String text, String header, String where) {
    int end = text.indexOf('\n', header.length());
    String line = end < 0 ? "" : text.substring(header.length(), end);
    if (!line.matches("[0-9]{1,7} columns:")) {
      throw wrong(where, "its second line");
    }
    return Integer.parseInt(line.substring(0, line.indexOf(' ')));
  }

  /** The substreams of each column, in the order of the columns. */
  public static String writeSubstreams(List<String> columns, List<List<String>> substreams) {
    var out = new StringBuilder(SUBSTREAMS_HEADER).append(columns.size()).append(" columns:\n");
    for (int i = 0; i < columns.size(); i++) {
      out.append(substreams.get(i).size())
          .append(" substreams for column ")
          .append(quoted(columns.get(i)))
          .append(":\n");
      for (String s : substreams.get(i)) {
        out.append('\t').append(s).append('\n');
      }
    }
    return out.toString();
  }

  /** The substreams of each column, in the order of the file. */
  public static List<List<String>> readSubstreams(String text, String where) {
    if (!text.startsWith(SUBSTREAMS_HEADER)) {
      throw wrong(where, "its first line");
    }
    int count = count(text, SUBSTREAMS_HEADER, where);
    List<List<String>> all = new ArrayList<>();
    String[] lines = text.split("\n");
    for (int i = 2; i < lines.length; i++) {
      if (lines[i].startsWith("\t")) {
        if (all.isEmpty()) {
          throw wrong(where, "a substream without a column");
        }
        all.getLast().add(lines[i].substring(1));
      } else {
        if (!lines[i].matches("[0-9]+ substreams for column `.*`:")) {
          throw wrong(where, "line '" + lines[i] + "'");
        }
        all.add(new ArrayList<>());
      }
    }
    if (all.size() != count) {
      throw wrong(where, "there are " + all.size() + " columns");
    }
    return all;
  }

  /** The names of the columns, in the order of the file of substreams. */
  static List<String> readSubstreamColumns(String text, String where) {
    List<String> names = new ArrayList<>();
    for (String line :
        text.substring(Math.min(text.length(), SUBSTREAMS_HEADER.length())).split("\n")) {
      int at = line.indexOf('`');
      if (!line.startsWith("\t") && at > 0) {
        var name = new StringBuilder();
        if (readQuoted(line, at, line.length(), name) < 0) {
          throw wrong(where, "line '" + line + "'");
        }
        names.add(name.toString());
      }
    }
    return names;
  }

  private static String quoted(String name) {
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`";
  }

  private static int readQuoted(String text, int from, int end, StringBuilder name) {
    if (text.charAt(from) != '`') {
      return -1;
    }
    for (int i = from + 1; i < end; i++) {
      char c = text.charAt(i);
      if (c == '`') {
        return i + 1;
      }
      if (c == '\\' && i + 1 < end) {
        i++;
        c = text.charAt(i);
      }
      name.append(c);
    }
    return -1;
  }

  private static LonghouseException wrong(String where, String what) {
    return new LonghouseException(
        ErrorCode.CANNOT_PARSE_INPUT_ASSERTION_FAILED, "Cannot read " + where + ": " + what);
  }
}
