package io.longhouse.function.scalar.url;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;

/** The levels of a URL, and its port. */
@Register(
    kind = FunctionFactory.class,
    name = "URLHierarchy",
    category = "URL",
    doc = "The URL cut behind each further part of path and query.")
@Register(
    kind = FunctionFactory.class,
    name = "URLPathHierarchy",
    category = "URL",
    doc = "As URLHierarchy without scheme and host, and without the root.")
@Register(
    kind = FunctionFactory.class,
    name = "port",
    category = "URL",
    doc = "The port of a URL, or a default (0).")
@Register(
    kind = FunctionFactory.class,
    name = "portRFC",
    category = "URL",
    doc = "The port of a URL, or a default (0), as RFC 3986 has the host in front of it.")
final class UrlHierarchy implements FunctionFactory {
  private final String name;

  UrlHierarchy(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments);
    if (name.startsWith("port")) {
      s.between(1, 2).string(0);
      boolean rfc = name.equals("portRFC");
      long otherwise = s.size() == 2 ? s.constantInteger(1) : 0;
      return Resolved.of(IntegerType.UINT16, (c, rows) -> ports(c[0], rfc, otherwise, rows));
    }
    s.count(1).string(0);
    boolean onlyPath = name.equals("URLPathHierarchy");
    return Resolved.of(new ArrayType(StringType.TYPE), (c, rows) -> levels(c[0], onlyPath, rows));
  }

  private static Column ports(Column c, boolean rfc, long otherwise, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    byte[] b = text.bytes();
    short[] out = new short[rows];
    for (int r = 0; r < rows; r++) {
      int from = text.from(r);
      int to = text.to(r);
      long host = rfc ? UrlParts.hostRfc(b, from, to) : UrlParts.host(b, from, to);
      long port = 0;
      int i = Span.to(host);
      boolean given = !Span.isEmpty(host) && i < text.to(r) && b[i] == ':';
      for (i++; given && i < text.to(r) && b[i] != '/' && b[i] != '?' && b[i] != '#'; i++) {
        given = b[i] >= '0' && b[i] <= '9';
        port = port * 10 + b[i] - '0';
        given &= port <= 65535;
      }
      out[r] = (short) (given && port > 0 ? port : otherwise);
    }
    return new Int16Column(out, rows);
  }

  private static Column levels(Column c, boolean onlyPath, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    byte[] b = text.bytes();
    var out = new StringColumn.Builder(rows * 3);
    int[] offsets = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      int from = text.from(r);
      int to = text.to(r);
      int at = behindHost(b, from, to);
      int start = onlyPath ? at : from;
      at = Math.min(to, at + 1);
      if (!onlyPath && to > from) {
        out.add(b, from, at - from);
      }
      while (at < to) {
        at++;
        while (at < to && !delimits(b[at])) {
          at++;
        }
        if (at < to) {
          at++;
        }
        out.add(b, start, at - start);
      }
      offsets[r + 1] = out.size();
    }
    return new ArrayColumn(offsets, out.build(), rows);
  }

  private static boolean delimits(byte b) {
    return b == '/' || b == '?' || b == '#';
  }

  /** The first delimiter behind scheme and host. */
  private static int behindHost(byte[] b, int from, int to) {
    int i = from;
    while (i < to && ((b[i] | 0x20) >= 'a' && (b[i] | 0x20) <= 'z')) {
      i++;
    }
    boolean scheme = i > from && i + 3 <= to && b[i] == ':' && b[i + 1] == '/' && b[i + 2] == '/';
    if (!scheme) {
      return to;
    }
    i += 3;
    while (i < to && !delimits(b[i])) {
      i++;
    }
    return i;
  }
}
