package io.longhouse.engine.insert;

import io.longhouse.column.type.DataTypes;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.ColumnDeclaration.DefaultKind;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Columns and their defaults as the native protocol writes them down: a line for the version and
 * one for the number of columns, then for each column its name in backquotes, a blank, its type,
 * and behind tabs the kind of its default and the expression.
 */
public final class ColumnsText {
  private static final String VERSION = "columns format version: 1";

  private ColumnsText() {}

  static String of(List<ColumnDefinition> columns) {
    var out = new StringBuilder(VERSION).append('\n').append(columns.size()).append(" columns:\n");
    for (ColumnDefinition c : columns) {
      out.append(quoted(c.name())).append(' ').append(c.type().name());
      Expression value = c.defaultExpression();
      if (value != null) {
        out.append('\t').append(c.defaultKind()).append('\t');
        out.append(escaped(Formatter.formatOneLine(value)));
      }
      out.append('\n');
    }
    return out.toString();
  }

  private static String quoted(String name) {
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
  }

  /**
   * Reads what {@link #of} writes; what follows a default is not looked at.
   *
   * @throws LonghouseException INCORRECT_DATA (117)
   */
  public static List<ColumnDefinition> parse(String text) {
    String[] lines = text.split("\n");
    if (lines.length < 2 || !lines[0].equals(VERSION) || !lines[1].endsWith(" columns:")) {
      throw wrong(text);
    }
    List<ColumnDefinition> columns = new ArrayList<>();
    for (int i = 2; i < lines.length; i++) {
      columns.add(column(lines[i]));
    }
    return columns;
  }

  private static ColumnDefinition column(String line) {
    int end = 1;
    while (end < line.length() && line.charAt(end) != '`') {
      end += line.charAt(end) == '\\' ? 2 : 1;
    }
    if (!line.startsWith("`") || end + 2 > line.length()) {
      throw wrong(line);
    }
    String name = line.substring(1, end).replace("\\`", "`").replace("\\\\", "\\");
    String[] parts = line.substring(end + 2).split("\t");
    DefaultKind kind = parts.length < 3 ? null : kind(parts[1]);
    @Nullable Expression value = kind == null ? null : Parser.parseExpression(plain(parts[2]));
    return new ColumnDefinition(name, DataTypes.parse(parts[0]), kind, value, "", null, null);
  }

  private static String plain(String text) {
    var out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        c = next == 't' ? '\t' : next == 'n' ? '\n' : next;
      }
      out.append(c);
    }
    return out.toString();
  }

  private static @Nullable DefaultKind kind(String word) {
    for (DefaultKind k : DefaultKind.values()) {
      if (k.name().equals(word)) {
        return k;
      }
    }
    return null;
  }

  private static LonghouseException wrong(String text) {
    return new LonghouseException(
        ErrorCode.INCORRECT_DATA, "Cannot read the description of columns: " + text);
  }
}
