package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.ZoneOffsets;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.WideWords;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The moment when the query began, the same in all its places; or of the block. */
@Register(
    kind = FunctionFactory.class,
    name = "now",
    aliases = {"current_timestamp", "localtimestamp"},
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "When the query began, in seconds.")
@Register(
    kind = FunctionFactory.class,
    name = "now64",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "When the query began, with digits behind the second.")
@Register(
    kind = FunctionFactory.class,
    name = "today",
    aliases = {"curdate", "current_date"},
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The date when the query began.")
@Register(
    kind = FunctionFactory.class,
    name = "yesterday",
    category = "Dates and Times",
    doc = "The day before the query began.")
@Register(
    kind = FunctionFactory.class,
    name = "UTCTimestamp",
    aliases = "UTC_timestamp",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "When the query began, shown in UTC.")
@Register(
    kind = FunctionFactory.class,
    name = "nowInBlock",
    category = "Dates and Times",
    doc = "When the block of rows is computed.")
@Register(
    kind = FunctionFactory.class,
    name = "nowInBlock64",
    category = "Dates and Times",
    doc = "When the block of rows is computed, with digits behind the second.")
final class Now implements FunctionFactory {
  private final String name;

  Now(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Instant at = name.startsWith("nowInBlock") ? null : context.queryStart();
    return switch (name) {
      case "today", "yesterday" -> {
        Arguments.count(name, arguments, 0);
        long local =
            Calendar.toLocal(
                context.queryStart().getEpochSecond(), ZoneOffsets.of(context.timeZone()));
        yield new Day((short) (Calendar.dayOf(local) - (name.equals("yesterday") ? 1 : 0)));
      }
      case "UTCTimestamp" -> {
        Arguments.count(name, arguments, 0);
        yield new Moment(new DateTimeType(ZoneId.of("UTC")), 0, at);
      }
      case "now64", "nowInBlock64" -> {
        Arguments.count(name, arguments, 0, 2);
        int scale = arguments.isEmpty() ? 3 : scale(arguments);
        ZoneId zone = Zones.argument(name, arguments, 1);
        yield new Moment(new DateTime64Type(scale, zone), scale, at);
      }
      default -> {
        Arguments.count(name, arguments, 0, 1);
        yield new Moment(new DateTimeType(Zones.argument(name, arguments, 0)), 0, at);
      }
    };
  }

  private int scale(List<Argument> arguments) {
    long scale = Arguments.integer(name, arguments, 0, "Scale argument");
    if (scale < 0 || scale > 9) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND, "Scale " + scale + " is out of bounds");
    }
    return (int) scale;
  }

  private record Day(short day) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return DateType.TYPE;
    }

    @Override
    public boolean isDeterministic() {
      return false;
    }

    @Override
    public boolean isConstantInQuery() {
      return true;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return new ConstColumn(Int16Column.of(day), rows);
    }
  }

  /**
   * @param at null for the moment of evaluation
   */
  private record Moment(DataType resultType, int scale, @Nullable Instant at)
      implements ScalarFunction {
    @Override
    public boolean isDeterministic() {
      return false;
    }

    @Override
    public boolean isConstantInQuery() {
      return at != null;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Instant t = at == null ? Instant.now() : at;
      if (resultType instanceof DateTimeType) {
        return new ConstColumn(Int32Column.of((int) t.getEpochSecond()), rows);
      }
      long ticks =
          t.getEpochSecond() * WideWords.powerOfTen(scale)
              + t.getNano() / WideWords.powerOfTen(9 - scale);
      return new ConstColumn(Int64Column.of(ticks), rows);
    }
  }
}
