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
import io.longhouse.sql.ByteText;
import java.util.List;
import java.util.Locale;

/** Sizes and quantities for people: two digits behind the point and a unit. */
@Register(
    kind = FunctionFactory.class,
    name = "formatReadableSize",
    aliases = "FORMAT_BYTES",
    caseInsensitive = true,
    category = "Other",
    doc = "A number of bytes in KiB, MiB and so on.")
@Register(
    kind = FunctionFactory.class,
    name = "formatReadableDecimalSize",
    category = "Other",
    doc = "A number of bytes in KB, MB and so on.")
@Register(
    kind = FunctionFactory.class,
    name = "formatReadableQuantity",
    category = "Other",
    doc = "A number in thousands, millions and so on.")
final class Readable implements FunctionFactory {
  private static final List<String> BINARY =
      List.of(" B", " KiB", " MiB", " GiB", " TiB", " PiB", " EiB", " ZiB", " YiB");
  private static final List<String> DECIMAL =
      List.of(" B", " KB", " MB", " GB", " TB", " PB", " EB", " ZB", " YB");
  private static final List<String> QUANTITY =
      List.of(
          "",
          " thousand",
          " million",
          " billion",
          " trillion",
          " quadrillion",
          " quintillion",
          " sextillion",
          " septillion");

  private final String name;

  Readable(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 1);
    NumberShape shape = NumberShape.of(arguments.getFirst().type());
    if (shape == null) {
      throw Arguments.illegalType(name, arguments.getFirst().type());
    }
    return switch (name) {
      case "formatReadableSize" -> new Call(shape, BINARY, 1024);
      case "formatReadableDecimalSize" -> new Call(shape, DECIMAL, 1000);
      default -> new Call(shape, QUANTITY, 1000);
    };
  }

  private record Call(NumberShape shape, List<String> units, double step)
      implements ScalarFunction {
    @Override
    public DataType resultType() {
      return StringType.TYPE;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var in = new DoubleOperand(arguments[0], shape, rows);
      var out = new StringColumn.Builder(rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        for (int k = 0; k < n; k++) {
          out.add(ByteText.encode(text(in.array()[in.offset() + k])));
        }
      }
      return out.build();
    }

    private String text(double value) {
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        return (Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf") + units.getFirst();
      }
      int unit = 0;
      double v = value;
      while (unit + 1 < units.size() && Math.abs(v) >= step) {
        v /= step;
        unit++;
      }
      return String.format(Locale.ROOT, "%.2f", v) + units.get(unit);
    }
  }
}
