package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The time of day of a moment, on a day that is the same for all. */
@Register(
    kind = FunctionFactory.class,
    name = "toTimeWithFixedDate",
    category = "Dates and Times",
    doc = "The moment moved to 1970-01-02, its time of day kept.")
@Register(
    kind = FunctionFactory.class,
    name = "toTime",
    category = "Type Conversion",
    doc = "The time of day; as toTimeWithFixedDate where use_legacy_to_time is on.")
final class TimeOfDay implements FunctionFactory {
  private final String name;

  TimeOfDay(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 1, 2);
    if (name.equals("toTime") && !context.isOn("use_legacy_to_time")) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "toTime is implemented with use_legacy_to_time = 1 only");
    }
    DataType type = arguments.getFirst().type();
    if (!MomentOperand.hasTime(type)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal argument of type " + type + " for function " + name);
    }
    ZoneId zone = Zones.nonEmpty(name, arguments, 1);
    ZoneId shown = zone != null ? zone : MomentOperand.explicitZoneOf(type);
    return new Call(type, zone, new DateTimeType(shown));
  }

  private record Call(DataType type, @Nullable ZoneId zone, DataType resultType)
      implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var in = new MomentOperand(arguments[0], type, zone, rows);
      var out = new LongSink(4, rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        long[] local = in.locals(n);
        for (int k = 0; k < n; k++) {
          long moved = Calendar.SECONDS_PER_DAY + Calendar.secondOfDay(local[k]);
          out.target()[out.offset() + k] = Calendar.toEpoch(moved, in.zone());
        }
        out.advance(n);
      }
      return out.build();
    }
  }
}
