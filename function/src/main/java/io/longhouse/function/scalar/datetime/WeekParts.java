package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.registry.Register;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What depends on where a week begins: functions with a mode and a time zone behind the moment. */
@Register(
    kind = FunctionFactory.class,
    name = "toWeek",
    aliases = "week",
    category = "Dates and Times",
    doc = "The number of the week in a mode from 0 to 9.")
@Register(
    kind = FunctionFactory.class,
    name = "toYearWeek",
    aliases = "yearweek",
    category = "Dates and Times",
    doc = "Year times 100 plus week in a mode from 0 to 9.")
@Register(
    kind = FunctionFactory.class,
    name = "toStartOfWeek",
    category = "Dates and Times",
    doc = "The first day of the week: Sunday in even modes, Monday in odd ones.")
@Register(
    kind = FunctionFactory.class,
    name = "toLastDayOfWeek",
    category = "Dates and Times",
    doc = "The last day of the week.")
@Register(
    kind = FunctionFactory.class,
    name = "toDayOfWeek",
    aliases = "DAYOFWEEK",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The day of the week; modes 0 and 1 begin with Monday, 2 and 3 with Sunday.")
final class WeekParts implements FunctionFactory {
  private final String name;

  WeekParts(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 1, 3);
    DataType type = arguments.getFirst().type();
    DateParts.requireMoment(name, type);
    int mode = 0;
    if (arguments.size() > 1) {
      mode = (int) Arguments.integer(name, arguments, 1, "Mode argument");
    }
    return new Call(name, type, mode, Zones.nonEmpty(name, arguments, 2));
  }

  private record Call(String name, DataType type, int mode, @Nullable ZoneId zone)
      implements ScalarFunction {
    @Override
    public DataType resultType() {
      return switch (name) {
        case "toWeek", "toDayOfWeek" -> IntegerType.UINT8;
        case "toYearWeek" -> IntegerType.UINT32;
        default -> DateType.TYPE;
      };
    }

    @Override
    public int monotonicity(int argument) {
      return argument == 0 && !name.equals("toWeek") && !name.equals("toDayOfWeek") ? 1 : 0;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var in = new MomentOperand(arguments[0], type, zone, rows);
      int bytes = resultType() instanceof IntegerType t ? t.bytes() : 2;
      var out = new LongSink(bytes, rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        long[] days = in.days(n);
        for (int k = 0; k < n; k++) {
          out.target()[out.offset() + k] = value(days[k]);
        }
        out.advance(n);
      }
      return out.build();
    }

    private long value(long day) {
      return switch (name) {
        case "toWeek" -> Weeks.yearWeek((int) day, mode & 15) % 100;
        case "toYearWeek" -> Weeks.yearWeek((int) day, (mode & 15) < 8 ? mode & 7 | 2 : mode);
        case "toStartOfWeek" -> Math.max(0, Weeks.start(day, mode));
        case "toLastDayOfWeek" -> Math.max(0, Weeks.start(day, mode) + 6);
        default -> dayOfWeek(day);
      };
    }

    private long dayOfWeek(long day) {
      int monday = Calendar.dayOfWeek((int) day);
      return switch (mode & 3) {
        case 0 -> monday;
        case 1 -> monday - 1;
        case 2 -> monday % 7;
        default -> monday % 7 + 1;
      };
    }
  }
}
