package io.longhouse.function.scalar.search;

import com.google.re2j.Matcher;
import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** What regular expressions match, whole or by group. */
@Register(
    kind = FunctionFactory.class,
    name = "extract",
    category = "Search",
    doc = "The first match of a regular expression, or its first group when it has any.")
@Register(
    kind = FunctionFactory.class,
    name = "extractAll",
    category = "Search",
    doc = "All matches of a regular expression, or of its first group when it has any.")
@Register(
    kind = FunctionFactory.class,
    name = "extractGroups",
    category = "Search",
    doc = "The groups of the first match of a regular expression.")
@Register(
    kind = FunctionFactory.class,
    name = "extractAllGroupsVertical",
    aliases = "extractAllGroups",
    category = "Search",
    doc = "For each match of a regular expression an array of its groups.")
@Register(
    kind = FunctionFactory.class,
    name = "extractAllGroupsHorizontal",
    category = "Search",
    doc = "For each group of a regular expression an array of what it matched.")
@Register(
    kind = FunctionFactory.class,
    name = "regexpExtract",
    aliases = {"REGEXP_EXTRACT", "REGEXP_SUBSTR"},
    category = "Search",
    doc = "A group, the first unless said otherwise, of the first match of a regular expression.")
final class Extract implements FunctionFactory {
  private final String name;

  Extract(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean indexed = name.equals("regexpExtract");
    var s = new Signature(name, arguments).between(2, indexed ? 3 : 2).string(0).string(1);
    Regex regex = Regex.compile(s.constantBytes(1));
    DataType strings = new ArrayType(StringType.TYPE);
    return switch (name) {
      case "extract" ->
          Resolved.throwing(
              StringType.TYPE, (c, rows) -> first(c[0], regex, Math.min(1, regex.groups()), rows));
      case "regexpExtract" -> indexed(s, regex);
      case "extractAll" -> Resolved.throwing(strings, (c, rows) -> all(c[0], regex, rows));
      case "extractGroups" ->
          Resolved.throwing(strings, (c, rows) -> groups(c[0], requireGroups(regex), rows));
      case "extractAllGroupsVertical" ->
          Resolved.throwing(
              new ArrayType(strings), (c, rows) -> vertical(c[0], requireGroups(regex), rows));
      default ->
          Resolved.throwing(
              new ArrayType(strings), (c, rows) -> horizontal(c[0], requireGroups(regex), rows));
    };
  }

  private Regex requireGroups(Regex regex) {
    if (regex.groups() == 0) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "There are no groups in regexp of function " + name);
    }
    return regex;
  }

  private static ScalarFunction indexed(Signature s, Regex regex) {
    boolean signed = s.size() < 3 || s.integer(2).signed();
    return Resolved.throwing(
        StringType.TYPE,
        (c, rows) -> {
          if (c.length < 3) {
            return first(c[0], regex, Math.min(1, regex.groups()), rows);
          }
          long[] index = Rows.longs(c[2], signed);
          int mask = Rows.mask(c[2]);
          Rows.Bytes text = Rows.bytes(c[0]);
          var out = new StringColumn.Builder(rows);
          for (int r = 0; r < rows; r++) {
            long g = index[r & mask];
            if (g < 0 || g > regex.groups()) {
              throw new LonghouseException(
                  ErrorCode.INDEX_OF_POSITIONAL_ARGUMENT_IS_OUT_OF_RANGE,
                  "Index value "
                      + g
                      + " is out of range, should be in [0, "
                      + (regex.groups() + 1)
                      + ")");
            }
            addFirst(regex, text, r, (int) g, out);
          }
          return out.build();
        });
  }

  private static Column first(Column c, Regex regex, int group, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    var out = new StringColumn.Builder(rows);
    byte[] candidate = null;
    ByteSearch required = regex.required();
    if (required != null && !text.isConstant()) {
      candidate = new byte[rows];
      required.markRows(text.bytes(), text.offsets(), rows, candidate, (byte) 1);
    }
    for (int r = 0; r < rows; r++) {
      if (candidate != null && candidate[r] == 0) {
        out.endRow(0);
      } else {
        addFirst(regex, text, r, group, out);
      }
    }
    return out.build();
  }

  private static void addFirst(
      Regex regex, Rows.Bytes text, int row, int group, StringColumn.Builder out) {
    int from = text.from(row);
    Matcher m = regex.matcher(text.bytes(), from, text.to(row));
    if (m.find() && m.start(group) >= 0) {
      out.add(text.bytes(), from + m.start(group), m.end(group) - m.start(group));
    } else {
      out.endRow(0);
    }
  }

  private static void addGroup(
      Matcher m, int group, Rows.Bytes text, int row, StringColumn.Builder out) {
    int start = m.start(group);
    if (start < 0) {
      out.endRow(0);
    } else {
      out.add(text.bytes(), text.from(row) + start, m.end(group) - start);
    }
  }

  private static Column all(Column c, Regex regex, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    int group = Math.min(1, regex.groups());
    var out = new StringColumn.Builder(rows);
    int[] offsets = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      Matcher m = regex.matcher(text.bytes(), text.from(r), text.to(r));
      // ClickHouse ends at the first match of nothing.
      while (m.find() && m.end() > m.start()) {
        addGroup(m, group, text, r, out);
      }
      offsets[r + 1] = out.size();
    }
    return new ArrayColumn(offsets, out.build(), rows);
  }

  private static Column groups(Column c, Regex regex, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    var out = new StringColumn.Builder(rows);
    int[] offsets = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      Matcher m = regex.matcher(text.bytes(), text.from(r), text.to(r));
      if (m.find()) {
        for (int g = 1; g <= regex.groups(); g++) {
          addGroup(m, g, text, r, out);
        }
      }
      offsets[r + 1] = out.size();
    }
    return new ArrayColumn(offsets, out.build(), rows);
  }

  private static Column vertical(Column c, Regex regex, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    int n = regex.groups();
    var out = new StringColumn.Builder(rows);
    int[] outer = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      Matcher m = regex.matcher(text.bytes(), text.from(r), text.to(r));
      while (m.find()) {
        for (int g = 1; g <= n; g++) {
          addGroup(m, g, text, r, out);
        }
      }
      outer[r + 1] = out.size() / n;
    }
    int[] inner = new int[outer[rows] + 1];
    for (int i = 0; i < inner.length; i++) {
      inner[i] = i * n;
    }
    return new ArrayColumn(outer, new ArrayColumn(inner, out.build(), outer[rows]), rows);
  }

  private static Column horizontal(Column c, Regex regex, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    int n = regex.groups();
    var out = new StringColumn.Builder(rows);
    int[] outer = new int[rows + 1];
    int[] inner = new int[rows * n + 1];
    List<int[]> found = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      found.clear();
      Matcher m = regex.matcher(text.bytes(), text.from(r), text.to(r));
      while (m.find()) {
        int[] places = new int[2 * n];
        for (int g = 1; g <= n; g++) {
          places[2 * g - 2] = m.start(g);
          places[2 * g - 1] = m.end(g);
        }
        found.add(places);
      }
      for (int g = 0; g < n; g++) {
        for (int[] p : found) {
          int from = Math.max(0, p[2 * g]);
          out.add(text.bytes(), text.from(r) + from, Math.max(0, p[2 * g + 1] - from));
        }
        inner[r * n + g + 1] = out.size();
      }
      outer[r + 1] = (r + 1) * n;
    }
    return new ArrayColumn(outer, new ArrayColumn(inner, out.build(), rows * n), rows);
  }
}
