package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.ZoneOffsets;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideWords;
import io.longhouse.function.scalar.arithmetic.WholeSteps;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Dates and times from their parts. What does not exist becomes 1970-01-01. */
@Register(
    kind = FunctionFactory.class,
    name = "makeDate",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "A date from year, month and day, or from year and day of the year.")
@Register(
    kind = FunctionFactory.class,
    name = "makeDate32",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "A Date32 from year, month and day, or from year and day of the year.")
@Register(
    kind = FunctionFactory.class,
    name = "makeDateTime",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "A moment from year, month, day, hour, minute and second.")
@Register(
    kind = FunctionFactory.class,
    name = "makeDateTime64",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "A moment from year to second and the fraction behind it.")
@Register(
    kind = FunctionFactory.class,
    name = "YYYYMMDDToDate",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The date that a number such as 20240131 spells.")
@Register(
    kind = FunctionFactory.class,
    name = "YYYYMMDDToDate32",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The Date32 that a number such as 20240131 spells.")
@Register(
    kind = FunctionFactory.class,
    name = "YYYYMMDDhhmmssToDateTime",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The moment that a number such as 20240131235959 spells.")
@Register(
    kind = FunctionFactory.class,
    name = "YYYYMMDDhhmmssToDateTime64",
    category = "Dates and Times",
    doc = "The DateTime64 that a number such as 20240131235959 spells.")
final class MakeMoments implements FunctionFactory {
  private final String name;
  private final boolean spelled;
  private final boolean date;

  MakeMoments(String name) {
    this.name = name;
    this.spelled = name.startsWith("YYYY");
    this.date = !name.contains("DateTime");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    int parts;
    if (spelled) {
      Arguments.count(name, arguments, 1, date ? 1 : name.endsWith("64") ? 3 : 2);
      parts = 1;
    } else if (date) {
      Arguments.count(name, arguments, 2, 3);
      parts = arguments.size();
    } else {
      Arguments.count(name, arguments, 6, name.equals("makeDateTime") ? 7 : 9);
      parts = name.equals("makeDateTime") ? 6 : Math.min(7, arguments.size());
    }
    List<NumberShape> shapes = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      NumberShape shape = NumberShape.of(arguments.get(i).type());
      if (shape == null || shape.isWide() || shape.isDecimal()) {
        throw Arguments.illegalType(name, arguments.get(i).type());
      }
      shapes.add(shape);
    }
    return new Call(resultType(arguments, parts), shapes, spelled);
  }

  private DataType resultType(List<Argument> arguments, int parts) {
    if (date) {
      return name.endsWith("32") ? Date32Type.TYPE : DateType.TYPE;
    }
    if (!name.endsWith("64")) {
      return new DateTimeType(Zones.argument(name, arguments, parts));
    }
    int at = spelled ? 1 : 7;
    int scale = arguments.size() > at ? scale(arguments, at) : 3;
    return new DateTime64Type(scale, Zones.argument(name, arguments, at + 1));
  }

  private int scale(List<Argument> arguments, int at) {
    long scale = Arguments.integer(name, arguments, at, "Precision argument");
    if (scale < 0 || scale > 9) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND, "Scale " + scale + " is out of bounds (max scale: 9)");
    }
    return (int) scale;
  }

  private record Call(DataType resultType, List<NumberShape> shapes, boolean spelled)
      implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      LongOperand[] in = new LongOperand[shapes.size()];
      for (int i = 0; i < in.length; i++) {
        in[i] =
            new LongOperand(
                WholeSteps.of(arguments[i], shapes.get(i), rows), shapes.get(i).signed(), rows);
      }
      int bytes = Objects.requireNonNull(NumberShape.ofStorage(resultType)).bytes();
      var out = new LongSink(bytes, rows);
      ZoneOffsets zone = ZoneOffsets.of(MomentOperand.zoneOf(resultType));
      long[] p = new long[7];
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        for (LongOperand i : in) {
          i.load(from, n);
        }
        for (int k = 0; k < n; k++) {
          for (int i = 0; i < in.length; i++) {
            p[i] = in[i].array()[in[i].offset() + k];
          }
          if (spelled) {
            spell(p[0], p);
          }
          out.target()[out.offset() + k] = value(p, in.length, zone);
        }
        out.advance(n);
      }
      return out.build();
    }

    private void spell(long number, long[] p) {
      long dateDigits = number;
      if (MomentOperand.hasTime(resultType)) {
        p[5] = number % 100;
        p[4] = number / 100 % 100;
        p[3] = number / 10_000 % 100;
        dateDigits = number / 1_000_000;
      }
      p[0] = dateDigits / 10_000;
      p[1] = dateDigits / 100 % 100;
      p[2] = dateDigits % 100;
      p[6] = 0;
    }

    private long value(long[] p, int count, ZoneOffsets zone) {
      boolean ofYear = !spelled && count == 2;
      int day = ofYear ? dayOfYear(p[0], p[1]) : day(p[0], p[1], p[2]);
      if (MomentOperand.isDate(resultType)) {
        boolean fits = resultType instanceof DateType ? day >= 0 && day <= 65_535 : true;
        return day == Integer.MIN_VALUE || !fits ? 0 : day;
      }
      boolean time = p[3] >= 0 && p[3] < 24 && p[4] >= 0 && p[4] < 60 && p[5] >= 0 && p[5] < 60;
      long seconds = 0;
      if (day != Integer.MIN_VALUE && time) {
        long local = day * Calendar.SECONDS_PER_DAY + p[3] * 3600 + p[4] * 60 + p[5];
        seconds = Calendar.toEpoch(local, zone);
      }
      if (resultType instanceof DateTime64Type t) {
        long fraction = count > 6 ? p[6] : 0;
        return seconds * WideWords.powerOfTen(t.scale()) + fraction;
      }
      return Math.clamp(seconds, 0, 0xFFFFFFFFL);
    }

    private int dayOfYear(long year, long day) {
      if (year < first() || year > last() || day < 1 || day > 365) {
        return Integer.MIN_VALUE;
      }
      return Calendar.days((int) year, 1, 1) + (int) day - 1;
    }

    private int day(long year, long month, long day) {
      boolean exists =
          year >= first() && year <= last() && month >= 1 && month <= 12 && day >= 1 && day <= 31;
      if (!exists) {
        return Integer.MIN_VALUE;
      }
      boolean overflows = day > Calendar.daysInMonth((int) year, (int) month);
      return overflows && MomentOperand.isDate(resultType)
          ? Integer.MIN_VALUE
          : Calendar.days((int) year, (int) month, (int) day);
    }

    private int first() {
      return resultType instanceof DateType || resultType instanceof DateTimeType ? 1970 : 1900;
    }

    private int last() {
      return resultType instanceof DateTimeType
          ? 2106
          : resultType instanceof DateType ? 2149 : 2299;
    }
  }
}
