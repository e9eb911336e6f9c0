package io.longhouse.function.scalar.geo;

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
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** A geometry as an element of SVG. */
@Register(
    kind = FunctionFactory.class,
    name = "svg",
    aliases = "SVG",
    category = "Geo",
    doc = "The SVG element that shows a geometry, with a style.")
final class Svg implements FunctionFactory {
  private static final int DIGITS = 6;

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("svg", arguments).between(1, 2);
    if (s.size() == 2) {
      s.string(1);
    }
    int depth = Shapes.geometry(s.type(0));
    return Resolved.of(
        StringType.TYPE,
        (c, rows) -> {
          Shapes shapes = Shapes.of(c[0].full(), s.type(0));
          Rows.Bytes style = c.length > 1 ? Rows.bytes(c[1]) : null;
          var out = new StringRows.Text(rows, 64 * rows);
          for (int r = 0; r < rows; r++) {
            var text = new StringBuilder();
            String css =
                style == null
                    ? ""
                    : io.longhouse.sql.ByteText.decode(
                        style.bytes(), style.from(r), style.to(r) - style.from(r));
            draw(shapes, depth, r, css, text);
            out.add(io.longhouse.sql.ByteText.encode(text.toString()));
            out.endRow();
          }
          return out.build();
        });
  }

  private static void draw(Shapes s, int depth, int r, String style, StringBuilder out) {
    switch (depth) {
      case 0 ->
          out.append("<circle cx=\"")
              .append(number(s.xs()[r]))
              .append("\" cy=\"")
              .append(number(s.ys()[r]))
              .append("\" r=\"5\" style=\"")
              .append(style)
              .append("\"/>");
      case 1 -> {
        out.append("<polygon points=\"");
        int[] order = order(s, r, false);
        for (int i = 0; i < order.length; i++) {
          out.append(i == 0 ? "" : " ");
          point(s, order[i], out);
        }
        out.append("\" style=\"").append(style).append("\"/>");
      }
      case 2 -> polygon(s, s.offsets()[0][r], s.offsets()[0][r + 1], style, out);
      default -> {
        for (int p = s.offsets()[0][r]; p < s.offsets()[0][r + 1]; p++) {
          polygon(s, s.offsets()[1][p], s.offsets()[1][p + 1], style, out);
        }
      }
    }
  }

  private static void polygon(Shapes s, int first, int last, String style, StringBuilder out) {
    out.append("<g fill-rule=\"evenodd\"><path d=\"");
    for (int ring = first; ring < last; ring++) {
      int[] order = order(s, ring, ring > first);
      for (int i = 0; i < order.length; i++) {
        out.append(i == 0 ? "M " : " L ");
        point(s, order[i], out);
      }
    }
    out.append(" z \" style=\"").append(style).append("\"/></g>");
  }

  /** The points of a ring in drawing order: closed, clockwise, holes the other way. */
  private static int[] order(Shapes s, int ring, boolean hole) {
    int from = s.from(ring);
    int n = s.to(ring) - from;
    boolean open =
        n > 1 && (s.xs()[from] != s.xs()[from + n - 1] || s.ys()[from] != s.ys()[from + n - 1]);
    int[] order = new int[open ? n + 1 : n];
    for (int i = 0; i < order.length; i++) {
      order[i] = from + i % Math.max(1, n);
    }
    if (!open && n > 1) {
      order[n - 1] = from + n - 1;
    }
    double twice = 0;
    for (int i = 0; i + 1 < order.length; i++) {
      int a = order[i];
      int b = order[i + 1];
      twice += (s.xs()[a] + s.xs()[b]) * (s.ys()[a] - s.ys()[b]);
    }
    if (hole ? twice > 0 : twice < 0) {
      for (int i = 0, j = order.length - 1; i < j; i++, j--) {
        int swap = order[i];
        order[i] = order[j];
        order[j] = swap;
      }
    }
    return order;
  }

  private static void point(Shapes s, int i, StringBuilder out) {
    out.append(number(s.xs()[i])).append(',').append(number(s.ys()[i]));
  }

  /** At most six significant digits, an exponent for very small and large numbers. */
  static String number(double v) {
    if (!Double.isFinite(v)) {
      return Double.isNaN(v) ? "nan" : v > 0 ? "inf" : "-inf";
    }
    if (v == 0) {
      return 1 / v < 0 ? "-0" : "0";
    }
    BigDecimal d = new BigDecimal(v).round(new MathContext(DIGITS, RoundingMode.HALF_EVEN));
    int exponent = d.precision() - d.scale() - 1;
    if (exponent >= -4 && exponent < DIGITS) {
      return d.stripTrailingZeros().toPlainString();
    }
    String mantissa = d.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    String size = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
    return mantissa + (exponent < 0 ? "e-" : "e+") + size;
  }
}
