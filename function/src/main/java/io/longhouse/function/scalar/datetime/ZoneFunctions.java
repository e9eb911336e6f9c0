package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int32Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TimeZones;
import io.longhouse.column.type.ZoneOffsets;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import java.time.ZoneId;
import java.util.List;

/** Functions about time zones. */
@Register(
    kind = FunctionFactory.class,
    name = "toTimezone",
    aliases = "toTimeZone",
    category = "Dates and Times",
    doc = "The same moment, shown in another time zone.")
@Register(
    kind = FunctionFactory.class,
    name = "timezoneOf",
    aliases = "timeZoneOf",
    category = "Dates and Times",
    doc = "The time zone of the argument's type.")
@Register(
    kind = FunctionFactory.class,
    name = "timezoneOffset",
    aliases = "timeZoneOffset",
    category = "Dates and Times",
    doc = "Seconds by which the time zone is ahead of UTC at the moment.")
@Register(
    kind = FunctionFactory.class,
    name = "toUTCTimestamp",
    aliases = "to_utc_timestamp",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "What a clock in UTC shows when one in the zone shows the argument.")
@Register(
    kind = FunctionFactory.class,
    name = "fromUTCTimestamp",
    aliases = "from_utc_timestamp",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "What a clock in the zone shows when one in UTC shows the argument.")
@Register(
    kind = FunctionFactory.class,
    name = "timezone",
    aliases = "timeZone",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The time zone of the session.")
@Register(
    kind = FunctionFactory.class,
    name = "serverTimezone",
    aliases = "serverTimeZone",
    category = "Dates and Times",
    doc = "The time zone of the server.")
final class ZoneFunctions implements FunctionFactory {
  private final String name;

  ZoneFunctions(String name) {
    this.name = name;
  }

  @Override
  public boolean handlesNulls() {
    return name.equals("timezoneOf");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    switch (name) {
      case "timezone", "serverTimezone" -> {
        Arguments.count(name, arguments, 0);
        ZoneId zone = name.equals("timezone") ? context.timeZone() : TimeZones.server();
        return new Name(zone.getId(), false);
      }
      case "toTimezone", "toUTCTimestamp", "fromUTCTimestamp" ->
          Arguments.count(name, arguments, 2);
      default -> Arguments.count(name, arguments, 1);
    }
    DataType type = io.longhouse.column.type.NullableType.strip(arguments.getFirst().type());
    if (!MomentOperand.hasTime(type)) {
      throw Arguments.illegalType(name, type);
    }
    if (name.equals("timezoneOf")) {
      return new Name(MomentOperand.zoneOf(type).getId(), true);
    }
    if (name.equals("timezoneOffset")) {
      return new Offset(type);
    }
    ZoneId zone = TimeZones.of(Arguments.text(name, arguments, 1, "Time zone argument"));
    if (!name.equals("toTimezone")) {
      return new Moved(type, ZoneOffsets.of(zone), name.startsWith("to"));
    }
    return new Shown(
        type instanceof DateTime64Type t
            ? new DateTime64Type(t.scale(), zone)
            : new DateTimeType(zone));
  }

  private record Name(String zone, boolean ofArgument) implements ScalarFunction {
    @Override
    public boolean isOfServer() {
      return !ofArgument;
    }

    @Override
    public DataType resultType() {
      return StringType.TYPE;
    }

    @Override
    public boolean isDeterministic() {
      return ofArgument;
    }

    @Override
    public boolean isConstantInQuery() {
      return true;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return new ConstColumn(StringColumn.of(ByteText.encode(zone)), rows);
    }
  }

  private record Shown(DataType resultType) implements ScalarFunction {
    @Override
    public int monotonicity(int argument) {
      return argument == 0 ? 1 : 0;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return arguments[0];
    }
  }

  private record Offset(DataType type) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.INT32;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var in = new MomentOperand(arguments[0], type, null, rows);
      int[] out = new int[rows];
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        long[] v = in.epochSeconds(n);
        for (int k = 0; k < n; k++) {
          out[from + k] = in.zone().offsetAt(v[k]);
        }
      }
      return new Int32Column(out, rows);
    }
  }

  private record Moved(DataType resultType, ZoneOffsets zone, boolean toUtc)
      implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      boolean wide = resultType instanceof DateTime64Type;
      long ticks = MomentOperand.ticksPerSecond(resultType);
      var in = new LongOperand(arguments[0], wide, rows);
      var out = new LongSink(wide ? 8 : 4, rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        for (int k = 0; k < n; k++) {
          long v = in.array()[in.offset() + k];
          long second = Math.floorDiv(v, ticks);
          long moved = toUtc ? Calendar.toEpoch(second, zone) : Calendar.toLocal(second, zone);
          out.target()[out.offset() + k] = moved * ticks + Math.floorMod(v, ticks);
        }
        out.advance(n);
      }
      return out.build();
    }
  }
}
