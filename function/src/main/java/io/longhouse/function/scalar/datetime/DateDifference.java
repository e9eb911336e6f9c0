package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.IntervalType.Unit;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many borders of a unit, or how many full units, lie between two moments. */
@Register(
    kind = FunctionFactory.class,
    name = "dateDiff",
    aliases = {"date_diff", "timestampDiff", "timestamp_diff"},
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "How many borders of the unit lie between two moments.")
@Register(
    kind = FunctionFactory.class,
    name = "age",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "How many full units lie between two moments.")
@Register(
    kind = FunctionFactory.class,
    name = "timeDiff",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "How many seconds lie between two moments.")
final class DateDifference implements FunctionFactory {
  private final String name;

  DateDifference(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean spelled = !name.equals("timeDiff");
    Arguments.count(name, arguments, spelled ? 3 : 2, spelled ? 4 : 2);
    Unit unit =
        spelled
            ? TimeUnits.of(name, Arguments.text(name, arguments, 0, "First argument"))
            : Unit.SECOND;
    int first = spelled ? 1 : 0;
    DataType a = arguments.get(first).type();
    DataType b = arguments.get(first + 1).type();
    DataType x = a instanceof StringType ? new DateTime64Type(3, null) : a;
    DataType y = b instanceof StringType ? new DateTime64Type(3, null) : b;
    for (DataType t : List.of(x, y)) {
      if (!MomentOperand.isMoment(t)) {
        throw Arguments.illegalType(name, t);
      }
    }
    return new Call(
        unit,
        name.equals("age"),
        first,
        x,
        y,
        Casts.of(a, x, context),
        Casts.of(b, y, context),
        spelled ? Zones.nonEmpty(name, arguments, 3) : null);
  }

  private record Call(
      Unit unit,
      boolean full,
      int first,
      DataType a,
      DataType b,
      Cast toA,
      Cast toB,
      @Nullable ZoneId zone)
      implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.INT64;
    }

    @Override
    public boolean mayThrow() {
      return toA.mayThrow() || toB.mayThrow();
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var p = new MomentOperand(toA.apply(arguments[first], rows), a, zone, rows);
      var q = new MomentOperand(toB.apply(arguments[first + 1], rows), b, zone, rows);
      var out = new LongSink(8, rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        p.load(from, n);
        q.load(from, n);
        chunk(p, q, out.target(), out.offset(), n);
        out.advance(n);
      }
      return out.build();
    }

    private void chunk(MomentOperand p, MomentOperand q, long[] out, int o, int n) {
      if (unit.compareTo(Unit.SECOND) < 0) {
        long perSecond =
            unit == Unit.MILLISECOND ? 1_000 : unit == Unit.MICROSECOND ? 1_000_000 : 1_000_000_000;
        long[] x = p.epochSeconds(n);
        long[] y = q.epochSeconds(n);
        for (int k = 0; k < n; k++) {
          out[o + k] =
              (y[k] - x[k]) * perSecond
                  + fraction(q, b, k, perSecond)
                  - fraction(p, a, k, perSecond);
        }
      } else if (unit.compareTo(Unit.HOUR) <= 0) {
        exact(p, q, out, o, n);
      } else {
        long[] x = p.locals(n);
        long[] y = q.locals(n);
        for (int k = 0; k < n; k++) {
          out[o + k] = full ? fullUnits(x[k], y[k]) : borders(y[k]) - borders(x[k]);
        }
      }
    }

    private static long fraction(MomentOperand m, DataType t, int k, long perSecond) {
      long ticks = MomentOperand.ticksPerSecond(t);
      long f = t instanceof DateTime64Type ? Math.floorMod(m.raw(k), ticks) : 0;
      return perSecond >= ticks ? f * (perSecond / ticks) : f / (ticks / perSecond);
    }

    private void exact(MomentOperand p, MomentOperand q, long[] out, int o, int n) {
      long length = unit == Unit.SECOND ? 1 : unit == Unit.MINUTE ? 60 : 3600;
      long px = Math.floorMod(p.zone().offsetAt(0), length);
      long qx = Math.floorMod(q.zone().offsetAt(0), length);
      long[] x = p.epochSeconds(n);
      long[] y = q.epochSeconds(n);
      for (int k = 0; k < n; k++) {
        out[o + k] =
            full
                ? (y[k] - x[k]) / length
                : Math.floorDiv(y[k] + qx, length) - Math.floorDiv(x[k] + px, length);
      }
    }

    private long borders(long local) {
      int day = Calendar.dayOf(local);
      return switch (unit) {
        case DAY -> day;
        case WEEK -> Math.floorDiv(day + 3L, 7L);
        default -> {
          int c = Civil.of(day);
          long months = Calendar.year(c) * 12L + Calendar.month(c) - 1;
          yield unit == Unit.MONTH ? months : Math.floorDiv(months, unit == Unit.YEAR ? 12L : 3L);
        }
      };
    }

    private long fullUnits(long x, long y) {
      if (x > y) {
        return -fullUnits(y, x);
      }
      int from = Calendar.dayOf(x);
      int to = Calendar.dayOf(y);
      boolean early = Calendar.secondOfDay(y) < Calendar.secondOfDay(x);
      long days = to - from - (early ? 1 : 0);
      if (unit == Unit.DAY || unit == Unit.WEEK) {
        return unit == Unit.DAY ? days : days / 7;
      }
      int c = Civil.of(from);
      int d = Civil.of(to);
      long months =
          (Calendar.year(d) - Calendar.year(c)) * 12L + Calendar.month(d) - Calendar.month(c);
      boolean incomplete =
          Calendar.day(d) < Calendar.day(c) || Calendar.day(d) == Calendar.day(c) && early;
      months -= incomplete ? 1 : 0;
      return unit == Unit.MONTH ? months : unit == Unit.QUARTER ? months / 3 : months / 12;
    }
  }
}
