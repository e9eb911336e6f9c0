package io.longhouse.function.scalar.url;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.string.StringRows;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Parameters of a URL's query string and fragment. */
@Register(
    kind = FunctionFactory.class,
    name = "extractURLParameter",
    category = "URL",
    doc = "The value of a parameter of a URL.")
@Register(
    kind = FunctionFactory.class,
    name = "extractURLParameters",
    category = "URL",
    doc = "The parameters of a URL as an array of name=value.")
@Register(
    kind = FunctionFactory.class,
    name = "extractURLParameterNames",
    category = "URL",
    doc = "The names of the parameters of a URL.")
@Register(
    kind = FunctionFactory.class,
    name = "cutURLParameter",
    category = "URL",
    doc = "The URL without one or several parameters.")
final class UrlParameters implements FunctionFactory {
  private final String name;

  UrlParameters(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments);
    DataType strings = new ArrayType(StringType.TYPE);
    return switch (name) {
      case "extractURLParameter" -> {
        s.count(2).string(0).string(1);
        yield Resolved.of(StringType.TYPE, UrlParameters::value);
      }
      case "extractURLParameters" -> {
        s.count(1).string(0);
        yield Resolved.of(strings, (c, rows) -> all(c[0], false, rows));
      }
      case "extractURLParameterNames" -> {
        s.count(1).string(0);
        yield Resolved.of(strings, (c, rows) -> all(c[0], true, rows));
      }
      default -> cut(s.count(2).string(0));
    };
  }

  /**
   * The place of {@code name=} behind a delimiter in a string, or -1.
   *
   * @param from where the query string begins
   */
  private static int find(byte[] b, int from, int to, byte[] parameter, int pFrom, int pTo) {
    int n = pTo - pFrom;
    for (int i = from; i + n < to; i++) {
      boolean here =
          b[i + n] == '='
              && i > from
              && (b[i - 1] == '?' || b[i - 1] == '#' || b[i - 1] == '&')
              && Arrays.equals(b, i, i + n, parameter, pFrom, pTo);
      if (here) {
        return i;
      }
    }
    return -1;
  }

  private static Column value(Column[] c, int rows) {
    Rows.Bytes text = Rows.bytes(c[0]);
    Rows.Bytes names = Rows.bytes(c[1]);
    byte[] b = text.bytes();
    var out = new StringColumn.Builder(rows);
    for (int r = 0; r < rows; r++) {
      int to = text.to(r);
      int query = Span.find(b, text.from(r), to, '?', '#');
      int at = find(b, query, to, names.bytes(), names.from(r), names.to(r));
      if (at < 0) {
        out.endRow(0);
      } else {
        int start = at + names.to(r) - names.from(r) + 1;
        int end = start;
        while (end < to && b[end] != '&' && b[end] != '#') {
          end++;
        }
        out.add(b, start, end - start);
      }
    }
    return out.build();
  }

  private static Column all(Column c, boolean onlyNames, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    byte[] b = text.bytes();
    var out = new StringColumn.Builder(rows);
    int[] offsets = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      int to = text.to(r);
      int at = Span.find(b, text.from(r), to, '?', '#');
      while (at < to) {
        int begin = at + 1;
        int end = begin;
        while (end < to && b[end] != '=' && b[end] != '&' && b[end] != '#') {
          // A question mark begins the parameter anew.
          begin = b[end] == '?' ? end + 1 : begin;
          end++;
        }
        if (end == to) {
          break;
        }
        int next = Span.find(b, end, to, '&', '#');
        out.add(b, begin, (onlyNames || b[end] != '=' ? end : next) - begin);
        at = next;
      }
      offsets[r + 1] = out.size();
    }
    return new ArrayColumn(offsets, out.build(), rows);
  }

  private static ScalarFunction cut(Signature s) {
    List<byte[]> names = new ArrayList<>();
    if (s.type(1) instanceof ArrayType t) {
      if (!Signature.isString(t.element()) && !(t.element() instanceof NothingType)) {
        throw s.illegal(1, "must be a String or an Array of them");
      }
      var array = (ArrayColumn) s.constant(1);
      Column elements = Rows.elements(array);
      if (elements.size() > 0) {
        Rows.Bytes b = Rows.bytes(elements);
        for (int i = 0; i < elements.size(); i++) {
          names.add(Arrays.copyOfRange(b.bytes(), b.from(i), b.to(i)));
        }
      }
    } else {
      names.add(s.string(1).constantBytes(1));
    }
    return Resolved.of(
        StringType.TYPE,
        (c, rows) ->
            StringRows.map(
                c[0],
                rows,
                (b, from, to, out) -> {
                  byte[] url = Arrays.copyOfRange(b, from, to);
                  for (byte[] parameter : names) {
                    url = without(url, parameter);
                  }
                  out.add(url);
                }));
  }

  private static byte[] without(byte[] url, byte[] parameter) {
    int query = Span.find(url, 0, url.length, '?', '#');
    int at = find(url, query, url.length, parameter, 0, parameter.length);
    if (at < 0) {
      return url;
    }
    int end = at;
    while (end < url.length && url[end] != '&' && url[end] != '#') {
      end++;
    }
    int from = at;
    if (end < url.length && url[end] == '&') {
      // The delimiter behind goes with it, so that the one in front serves what follows.
      end++;
    } else if (url[at - 1] == '&') {
      from--;
    }
    byte[] out = new byte[url.length - (end - from)];
    System.arraycopy(url, 0, out, 0, from);
    System.arraycopy(url, end, out, from, url.length - end);
    return out;
  }
}
