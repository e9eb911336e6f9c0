package io.longhouse.function.scalar.geo;

import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.string.StringRows;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A geometry as well-known text; the rings of polygons are closed. */
@Register(
    kind = FunctionFactory.class,
    name = "wkt",
    aliases = "WKT",
    category = "Geo",
    doc = "The well-known text of a geometry.")
final class Wkt implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("wkt", arguments).count(1);
    int depth = Shapes.geometry(s.type(0));
    return Resolved.throwing(
        StringType.TYPE,
        (c, rows) -> {
          Shapes shapes = Shapes.of(c[0].full(), s.type(0));
          var out = new StringRows.Text(rows, 32 * rows);
          for (int r = 0; r < rows; r++) {
            var text = new StringBuilder();
            write(shapes, depth, r, text);
            out.add(text.toString().getBytes(StandardCharsets.US_ASCII));
            out.endRow();
          }
          return out.build();
        });
  }

  private static void write(Shapes s, int depth, int r, StringBuilder out) {
    switch (depth) {
      case 0 -> {
        out.append("POINT(");
        point(s, r, out);
        out.append(')');
      }
      case 1 -> {
        out.append("POLYGON(");
        ring(s, r, false, out);
        out.append(')');
      }
      case 2 -> {
        out.append("POLYGON");
        polygon(s, s.offsets()[0][r], s.offsets()[0][r + 1], out);
      }
      default -> {
        out.append("MULTIPOLYGON(");
        for (int p = s.offsets()[0][r]; p < s.offsets()[0][r + 1]; p++) {
          out.append(p == s.offsets()[0][r] ? "" : ",");
          polygon(s, s.offsets()[1][p], s.offsets()[1][p + 1], out);
        }
        out.append(')');
      }
    }
  }

  private static void polygon(Shapes s, int first, int last, StringBuilder out) {
    out.append('(');
    for (int ring = first; ring < last; ring++) {
      out.append(ring == first ? "" : ",");
      ring(s, ring, true, out);
    }
    out.append(')');
  }

  private static void ring(Shapes s, int ring, boolean close, StringBuilder out) {
    int from = s.from(ring);
    int to = s.to(ring);
    out.append('(');
    for (int i = from; i < to; i++) {
      out.append(i == from ? "" : ",");
      point(s, i, out);
    }
    boolean open =
        to - from > 1 && (s.xs()[from] != s.xs()[to - 1] || s.ys()[from] != s.ys()[to - 1]);
    if (close && open) {
      out.append(',');
      point(s, from, out);
    }
    out.append(')');
  }

  private static void point(Shapes s, int i, StringBuilder out) {
    if (Double.isNaN(s.xs()[i]) || Double.isNaN(s.ys()[i])) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT, "Point's component must not be NaN");
    }
    out.append(Svg.number(s.xs()[i])).append(' ').append(Svg.number(s.ys()[i]));
  }
}
