package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.IntervalType.Unit;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.ZoneOffsets;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideWords;
import io.longhouse.function.scalar.arithmetic.WholeSteps;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.ZoneId;
import java.util.Objects;

/**
 * A moment some units of time later or earlier. The first argument is the moment, the second a
 * number of units. Days and longer units keep the wall-clock time; shorter ones are exact.
 *
 * @param moment the type in which it is computed
 * @param toMoment turns the argument into that type
 * @param steps the shape of the second argument
 */
public record IntervalAddition(
    DataType moment, Cast toMoment, NumberShape steps, Unit unit, int sign, DataType resultType)
    implements ScalarFunction {

  /**
   * @param steps the shape of the number of units
   * @param sign 1 to add, -1 to subtract
   * @param function how the function is called in an error
   */
  public static IntervalAddition of(
      String function,
      DataType type,
      NumberShape steps,
      Unit unit,
      int sign,
      FunctionContext context) {
    DataType moment = type;
    Cast cast = Cast.IDENTITY;
    int fraction =
        switch (unit) {
          case NANOSECOND -> 9;
          case MICROSECOND -> 6;
          case MILLISECOND -> 3;
          default -> 0;
        };
    if (type instanceof StringType || type instanceof FixedStringType) {
      moment = new DateTime64Type(Math.max(3, fraction), null);
      cast = Casts.of(type, moment, context);
    } else if (!MomentOperand.isMoment(type)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type " + type + " of the first argument of function " + function);
    }
    boolean days = unit.compareTo(Unit.DAY) >= 0;
    if (MomentOperand.isDate(moment) && !days) {
      if (fraction > 0) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "add" + unit.title() + "s cannot be used with " + moment);
      }
      DataType timed =
          moment instanceof DateType ? new DateTimeType(null) : new DateTime64Type(3, null);
      return new IntervalAddition(
          timed, Casts.of(moment, timed, context), steps, unit, sign, timed);
    }
    if (fraction > 0) {
      ZoneId zone = MomentOperand.explicitZoneOf(moment);
      int scale = moment instanceof DateTime64Type t ? t.scale() : 0;
      var fine = new DateTime64Type(Math.max(scale, fraction), zone);
      Cast toFine = cast == Cast.IDENTITY ? Casts.of(moment, fine, context) : cast;
      return new IntervalAddition(fine, toFine, steps, unit, sign, fine);
    }
    return new IntervalAddition(moment, cast, steps, unit, sign, moment);
  }

  @Override
  public boolean mayThrow() {
    return toMoment.mayThrow();
  }

  @Override
  public int monotonicity(int argument) {
    return argument == 0 && toMoment == Cast.IDENTITY && !(moment instanceof DateType) ? 1 : 0;
  }

  @Override
  public Column evaluate(Column[] arguments, int rows) {
    NumberShape shape = Objects.requireNonNull(NumberShape.ofStorage(moment));
    var in = new LongOperand(toMoment.apply(arguments[0], rows), shape.signed(), rows);
    var by = new LongOperand(WholeSteps.of(arguments[1], steps, rows), steps.signed(), rows);
    var out = new LongSink(shape.bytes(), rows);
    ZoneOffsets zone = ZoneOffsets.of(MomentOperand.zoneOf(moment));
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      in.load(from, n);
      by.load(from, n);
      kernel(in.array(), in.offset(), by.array(), by.offset(), zone, out, n);
      out.advance(n);
    }
    return out.build();
  }

  private void kernel(
      long[] v, int i, long[] steps, int j, ZoneOffsets zone, LongSink sink, int n) {
    long[] out = sink.target();
    int o = sink.offset();
    boolean date = MomentOperand.isDate(moment);
    long ticks = MomentOperand.ticksPerSecond(moment);
    if (unit.compareTo(Unit.DAY) < 0) {
      long factor = sign * ticksPerUnit();
      for (int k = 0; k < n; k++) {
        out[o + k] = v[i + k] + steps[j + k] * factor;
      }
      return;
    }
    boolean byDays = unit == Unit.DAY || unit == Unit.WEEK;
    long factor =
        sign
            * switch (unit) {
              case WEEK -> 7L;
              case QUARTER -> 3L;
              case YEAR -> 12L;
              default -> 1L;
            };
    for (int k = 0; k < n; k++) {
      long step = steps[j + k] * factor;
      if (date) {
        out[o + k] = byDays ? v[i + k] + step : months(v[i + k], step);
      } else {
        long seconds = Math.floorDiv(v[i + k], ticks);
        long local = Calendar.toLocal(seconds, zone);
        long day = Calendar.dayOf(local);
        long moved = byDays ? day + step : Calendar.addMonths((int) day, step);
        long later =
            Calendar.toEpoch(moved * Calendar.SECONDS_PER_DAY + Calendar.secondOfDay(local), zone);
        if (!byDays && moment instanceof DateTimeType) {
          later = Math.max(0, later);
        }
        out[o + k] = later * ticks + (v[i + k] - seconds * ticks);
      }
    }
  }

  private long months(long day, long step) {
    long moved = Calendar.addMonths((int) day, step);
    return moment instanceof Date32Type ? moved : Math.max(0, moved);
  }

  /** Ticks of the moment's type in one unit shorter than a day. */
  private long ticksPerUnit() {
    int scale = moment instanceof DateTime64Type t ? t.scale() : 0;
    return switch (unit) {
      case NANOSECOND -> WideWords.powerOfTen(scale - 9);
      case MICROSECOND -> WideWords.powerOfTen(scale - 6);
      case MILLISECOND -> WideWords.powerOfTen(scale - 3);
      case SECOND -> WideWords.powerOfTen(scale);
      case MINUTE -> 60 * WideWords.powerOfTen(scale);
      default -> 3600 * WideWords.powerOfTen(scale);
    };
  }
}
