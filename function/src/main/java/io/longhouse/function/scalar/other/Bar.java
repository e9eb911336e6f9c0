package io.longhouse.function.scalar.other;

import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A bar of block characters, whose length shows a number. */
@Register(
    kind = FunctionFactory.class,
    name = "bar",
    category = "Other",
    doc = "A bar whose width is 0 at min and that many characters at max.")
final class Bar implements FunctionFactory {
  private static final byte[][] EIGHTHS = new byte[9][];

  static {
    EIGHTHS[0] = new byte[0];
    for (int i = 1; i <= 8; i++) {
      EIGHTHS[i] = Character.toString(0x2588 + 8 - i).getBytes(StandardCharsets.UTF_8);
    }
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count("bar", arguments, 3, 4);
    List<NumberShape> shapes = new ArrayList<>();
    for (Argument a : arguments) {
      NumberShape shape = NumberShape.of(a.type());
      if (shape == null) {
        throw Arguments.illegalType("bar", a.type());
      }
      shapes.add(shape);
    }
    if (arguments.size() == 4 && arguments.get(3).constant() instanceof Column width) {
      var max = new DoubleOperand(width, shapes.get(3), 1);
      max.load(0, 1);
      if (Double.isNaN(max.array()[max.offset()])) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT, "Argument 'max_width' must not be NaN");
      }
    }
    return new Call(shapes);
  }

  private record Call(List<NumberShape> shapes) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return StringType.TYPE;
    }

    @Override
    public boolean mayThrow() {
      return true;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      DoubleOperand[] in = new DoubleOperand[arguments.length];
      for (int i = 0; i < in.length; i++) {
        in[i] = new DoubleOperand(arguments[i], shapes.get(i), rows);
      }
      var out = new StringColumn.Builder(rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        for (DoubleOperand d : in) {
          d.load(from, n);
        }
        for (int k = 0; k < n; k++) {
          double max = in.length == 4 ? at(in[3], k) : 80;
          draw(at(in[0], k), at(in[1], k), at(in[2], k), max, out);
        }
      }
      return out.build();
    }

    private static double at(DoubleOperand d, int k) {
      return d.array()[d.offset() + k];
    }

    private static void draw(
        double x, double min, double max, double maxWidth, StringColumn.Builder out) {
      if (!(maxWidth >= 1)) {
        throw new LonghouseException(
            ErrorCode.ARGUMENT_OUT_OF_BOUND, "Max_width argument must be >= 1.");
      }
      if (!(maxWidth <= 1000)) {
        throw new LonghouseException(
            ErrorCode.ARGUMENT_OUT_OF_BOUND, "Max_width argument must be <= 1000.");
      }
      double width = 0;
      if (x > min) {
        width = x >= max ? maxWidth : (x - min) * maxWidth / (max - min);
      }
      if (!Double.isFinite(width)) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS, "Value of width must not be NaN and Inf");
      }
      int eighths = (int) (width * 8);
      int full = eighths / 8;
      byte[] rest = EIGHTHS[eighths % 8];
      int length = full * 3 + rest.length;
      int at = out.reserve(length);
      byte[] arena = out.arena();
      for (int i = 0; i < full; i++) {
        System.arraycopy(EIGHTHS[8], 0, arena, at + 3 * i, 3);
      }
      System.arraycopy(rest, 0, arena, at + 3 * full, rest.length);
      out.endRow(length);
    }
  }
}
