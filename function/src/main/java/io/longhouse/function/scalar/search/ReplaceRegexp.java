package io.longhouse.function.scalar.search;

import com.google.re2j.Matcher;
import io.longhouse.column.Column;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.string.StringRows;
import io.longhouse.function.scalar.string.Utf8;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Matches of a regular expression replaced; {@code \1} stands for a group, {@code \0} for all. */
@Register(
    kind = FunctionFactory.class,
    name = "replaceRegexpOne",
    category = "Replace",
    doc = "The string with the first match of a regular expression replaced.")
@Register(
    kind = FunctionFactory.class,
    name = "replaceRegexpAll",
    aliases = "REGEXP_REPLACE",
    category = "Replace",
    doc = "The string with all matches of a regular expression replaced.")
final class ReplaceRegexp implements FunctionFactory {
  private final String name;

  ReplaceRegexp(String name) {
    this.name = name;
  }

  /** A stretch of the replacement: text, or the number of a group when there is no text. */
  private record Piece(byte[] text, int group) {}

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    new Signature(name, arguments).count(3).string(0).string(1).string(2);
    return Resolved.throwing(StringType.TYPE, this::replace);
  }

  private Column replace(Column[] c, int rows) {
    Rows.Bytes text = Rows.bytes(c[0]);
    Rows.Bytes patterns = Rows.bytes(c[1]);
    Rows.Bytes replacements = Rows.bytes(c[2]);
    boolean all = name.endsWith("All");
    boolean constant = patterns.isConstant() && replacements.isConstant();
    Regex regex = null;
    List<Piece> pieces = List.of();
    var out = new StringRows.Text(rows, rows == 0 ? 0 : text.to(rows - 1));
    byte[] candidate = null;
    for (int r = 0; r < rows; r++) {
      if (regex == null || !constant) {
        regex = Match.regex(patterns, r);
        pieces = pieces(replacements, r, regex.groups());
        ByteSearch required = regex.required();
        if (constant && required != null && !text.isConstant()) {
          candidate = new byte[rows];
          required.markRows(text.bytes(), text.offsets(), rows, candidate, (byte) 1);
        }
      }
      if (patterns.from(r) == patterns.to(r) || candidate != null && candidate[r] == 0) {
        out.add(text.bytes(), text.from(r), text.to(r));
      } else {
        replaceIn(regex, pieces, text.bytes(), text.from(r), text.to(r), all, out);
      }
      out.endRow();
    }
    return out.build();
  }

  private static void replaceIn(
      Regex regex,
      List<Piece> pieces,
      byte[] b,
      int from,
      int to,
      boolean all,
      StringRows.Text out) {
    Matcher m = regex.matcher(b, from, to);
    int copied = from;
    int search = 0;
    while (search <= to - from && m.find(search)) {
      int start = from + m.start();
      int end = from + m.end();
      out.add(b, copied, start);
      for (Piece p : pieces) {
        if (p.group < 0) {
          out.add(p.text);
        } else if (m.start(p.group) >= 0) {
          out.add(b, from + m.start(p.group), from + m.end(p.group));
        }
      }
      copied = end;
      if (!all) {
        break;
      }
      if (end == start) {
        // After a match of nothing one character is kept and passed over.
        if (end == to) {
          break;
        }
        int n = Math.min(to - end, Utf8.sequenceLength(b[end]));
        out.add(b, end, end + n);
        copied = end + n;
      }
      search = copied - from;
    }
    out.add(b, copied, to);
  }

  private List<Piece> pieces(Rows.Bytes replacements, int row, int groups) {
    byte[] r =
        Arrays.copyOfRange(replacements.bytes(), replacements.from(row), replacements.to(row));
    List<Piece> pieces = new ArrayList<>();
    var text = new io.longhouse.column.ByteWriter(16);
    for (int i = 0; i < r.length; i++) {
      if (r[i] != '\\' || i + 1 == r.length) {
        text.writeByte(r[i]);
        continue;
      }
      byte next = r[++i];
      if (next >= '0' && next <= '9') {
        if (text.position() > 0) {
          pieces.add(new Piece(text.toByteArray(), -1));
          text.reset();
        }
        if (next - '0' > groups) {
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS,
              "Substitution '\\"
                  + (next - '0')
                  + "' in replacement argument is invalid, regexp has only "
                  + groups
                  + " capturing groups");
        }
        pieces.add(new Piece(new byte[0], next - '0'));
      } else {
        if (next != '\\') {
          text.writeByte('\\');
        }
        text.writeByte(next);
      }
    }
    if (text.position() > 0) {
      pieces.add(new Piece(text.toByteArray(), -1));
    }
    return pieces;
  }
}
