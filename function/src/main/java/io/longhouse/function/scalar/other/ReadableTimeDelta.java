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
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** Seconds as years, months, days and so on in words. */
@Register(
    kind = FunctionFactory.class,
    name = "formatReadableTimeDelta",
    category = "Other",
    doc = "Seconds in words, from the largest unit to the smallest.")
final class ReadableTimeDelta implements FunctionFactory {
  private static final String NAME = "formatReadableTimeDelta";

  private enum Unit {
    NANOSECONDS(1L),
    MICROSECONDS(1_000L),
    MILLISECONDS(1_000_000L),
    SECONDS(1_000_000_000L),
    MINUTES(60_000_000_000L),
    HOURS(3_600_000_000_000L),
    DAYS(86_400_000_000_000L),
    MONTHS(2_635_200_000_000_000L),
    YEARS(31_536_000_000_000_000L);

    private final long nanos;

    Unit(long nanos) {
      this.nanos = nanos;
    }

    static Unit of(String word) {
      for (Unit u : values()) {
        if (u.word().equals(word)) {
          return u;
        }
      }
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Unexpected value of unit argument: '" + word + "'");
    }

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(NAME, arguments, 1, 3);
    NumberShape shape = NumberShape.of(arguments.getFirst().type());
    if (shape == null) {
      throw Arguments.illegalType(NAME, arguments.getFirst().type());
    }
    String max = Arguments.optionalText(NAME, arguments, 1, "Second argument");
    String min = Arguments.optionalText(NAME, arguments, 2, "Third argument");
    Unit largest = max == null || max.isEmpty() ? Unit.YEARS : Unit.of(max);
    Unit smallest =
        min != null && !min.isEmpty()
            ? Unit.of(min)
            : largest.compareTo(Unit.SECONDS) < 0 ? Unit.NANOSECONDS : Unit.SECONDS;
    if (smallest.compareTo(largest) > 0) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Explicit minimum unit value '"
              + smallest.word()
              + "' must not be greater than maximum unit value '"
              + largest.word()
              + "'");
    }
    return new Call(shape, largest, smallest);
  }

  private record Call(NumberShape shape, Unit largest, Unit smallest) implements ScalarFunction {
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

    private String text(double seconds) {
      if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
        return Double.isNaN(seconds) ? "nan" : seconds > 0 ? "inf" : "-inf";
      }
      double rest = Math.abs(seconds);
      List<String> parts = new ArrayList<>();
      for (int u = largest.ordinal(); u >= smallest.ordinal(); u--) {
        Unit unit = Unit.values()[u];
        double length = unit.nanos / 1e9;
        double count =
            u < Unit.SECONDS.ordinal() && u == smallest.ordinal()
                ? Math.rint(rest / length)
                : Math.floor(rest / length + (u < Unit.SECONDS.ordinal() ? 1e-6 : 0));
        rest = Math.max(0, rest - count * length);
        if (count > 0) {
          parts.add(number(count) + " " + word(unit, count));
        }
      }
      if (parts.isEmpty()) {
        return "0 " + smallest.word();
      }
      String joined =
          parts.size() == 1
              ? parts.getFirst()
              : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
      return seconds < 0 ? "-" + joined : joined;
    }

    private static String word(Unit unit, double count) {
      String plural = unit.word();
      return count == 1 ? plural.substring(0, plural.length() - 1) : plural;
    }

    private static String number(double count) {
      return count < 1e18 ? Long.toString((long) count) : Double.toString(count);
    }
  }
}
