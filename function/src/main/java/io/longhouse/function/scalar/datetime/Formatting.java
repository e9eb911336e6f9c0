package io.longhouse.function.scalar.datetime;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Moments as text after a pattern. */
@Register(
    kind = FunctionFactory.class,
    name = "formatDateTime",
    aliases = "DATE_FORMAT",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The moment written after a pattern as MySQL has it.")
@Register(
    kind = FunctionFactory.class,
    name = "fromUnixTimestamp",
    aliases = "FROM_UNIXTIME",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The moment that many seconds after the epoch, written after a pattern if one is given.")
@Register(
    kind = FunctionFactory.class,
    name = "formatDateTimeInJodaSyntax",
    category = "Dates and Times",
    doc = "The moment written after a pattern as Joda has it.")
@Register(
    kind = FunctionFactory.class,
    name = "fromUnixTimestampInJodaSyntax",
    category = "Dates and Times",
    doc = "The moment that many seconds after the epoch, written after a pattern as Joda has it.")
@Register(
    kind = FunctionFactory.class,
    name = "dateName",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "A part of the date as text, months and weekdays by name.")
@Register(
    kind = FunctionFactory.class,
    name = "monthName",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The name of the month.")
final class Formatting implements FunctionFactory {
  private final String name;

  Formatting(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    return switch (name) {
      case "formatDateTime", "formatDateTimeInJodaSyntax" -> formatted(arguments, context);
      case "fromUnixTimestamp", "fromUnixTimestampInJodaSyntax" -> ofUnixTime(arguments, context);
      case "monthName" -> {
        Arguments.count(name, arguments, 1);
        yield written(arguments.getFirst().type(), "%M", null, 0);
      }
      default -> {
        Arguments.count(name, arguments, 2, 3);
        String part = Arguments.text(name, arguments, 0, "First argument");
        yield written(
            arguments.get(1).type(), pattern(part), Zones.nonEmpty(name, arguments, 2), 1);
      }
    };
  }

  private Call written(DataType type, String pattern, @Nullable ZoneId zone, int place) {
    if (!MomentOperand.isMoment(type)) {
      throw Arguments.illegalType(name, type);
    }
    boolean plain =
        name.equals("dateName")
            && pattern.length() == 2
            && "mdeHisjVc".indexOf(pattern.charAt(1)) >= 0;
    return new Call(type, new DateFormat(name, pattern), zone, place, plain, Cast.IDENTITY);
  }

  private static String pattern(String part) {
    return switch (part.toLowerCase(Locale.ROOT)) {
      case "year" -> "%Y";
      case "quarter" -> "%Q";
      case "month" -> "%M";
      case "dayofyear" -> "%j";
      case "day" -> "%d";
      case "week" -> "%V";
      case "weekday" -> "%W";
      case "hour" -> "%H";
      case "minute" -> "%i";
      case "second" -> "%s";
      default ->
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS, part + " doesn't look like datepart name in dateName");
    };
  }

  private Call formatted(List<Argument> arguments, FunctionContext context) {
    new Signature(name, arguments).between(2, 3);
    DataType type = arguments.getFirst().type();
    if (!MomentOperand.isMoment(type)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type "
              + type
              + " of first argument of function "
              + name
              + ". Should be a date or a date with time");
    }
    return new Call(
        type, format(arguments), Zones.nonEmpty(name, arguments, 2), 0, false, Cast.IDENTITY);
  }

  private MomentWriter format(List<Argument> arguments) {
    if (arguments.get(1).constant() == null) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_COLUMN,
          "Argument at index 1 for function " + name + " must be constant");
    }
    String pattern = Arguments.text(name, arguments, 1, "Pattern");
    return name.endsWith("JodaSyntax") ? new JodaFormat(pattern) : new DateFormat(name, pattern);
  }

  private ScalarFunction ofUnixTime(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 1, 3);
    DataType type = arguments.getFirst().type();
    NumberShape shape = NumberShape.of(type);
    boolean whole = shape != null && shape.isInteger() && !shape.isWide();
    if (arguments.size() == 1) {
      if (!whole) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "Illegal type "
                + type
                + " of first argument of function fromUnixTimestamp when arguments size is 1."
                + " Should be integer");
      }
      var moment = new DateTimeType(null);
      return new Converted(moment, Casts.of(type, moment, context));
    }
    DataType moment = whole ? new DateTimeType(null) : type;
    if (!MomentOperand.isMoment(moment)) {
      throw Arguments.illegalType(name, type);
    }
    return new Call(
        moment,
        format(arguments),
        Zones.nonEmpty(name, arguments, 2),
        0,
        false,
        Casts.of(type, moment, context));
  }

  private record Converted(DataType resultType, Cast cast) implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return cast.apply(arguments[0], rows);
    }
  }

  /**
   * @param place of the moment among the arguments
   * @param plain numbers are written without zeros in front
   */
  private record Call(
      DataType type,
      MomentWriter format,
      @Nullable ZoneId zone,
      int place,
      boolean plain,
      Cast cast)
      implements ScalarFunction {
    @Override
    public DataType resultType() {
      return StringType.TYPE;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var in = new MomentOperand(cast.apply(arguments[place], rows), type, zone, rows);
      long ticks = MomentOperand.ticksPerSecond(type);
      int[] offsets = new int[rows + 1];
      var out = new ByteWriter(rows * 20);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        long[] local = in.locals(n);
        for (int k = 0; k < n; k++) {
          int start = out.position();
          int micros = type instanceof DateTime64Type ? micros(in.raw(k), ticks) : 0;
          int offset = in.zone().offsetAt(Calendar.toEpoch(local[k], in.zone()));
          format.write(local[k], micros, offset, out);
          if (plain) {
            dropZeros(out, start);
          }
          offsets[from + k + 1] = out.position();
        }
      }
      return new StringColumn(offsets, out.toByteArray(), rows);
    }

    private static int micros(long raw, long ticks) {
      long f = Math.floorMod(raw, ticks);
      return (int) (ticks > 1_000_000 ? f / (ticks / 1_000_000) : f * (1_000_000 / ticks));
    }

    private static void dropZeros(ByteWriter out, int start) {
      byte[] b = out.buffer();
      int end = out.position();
      int zeros = 0;
      while (start + zeros < end - 1 && b[start + zeros] == '0') {
        zeros++;
      }
      System.arraycopy(b, start + zeros, b, start, end - start - zeros);
      out.truncate(end - zeros);
    }
  }
}
