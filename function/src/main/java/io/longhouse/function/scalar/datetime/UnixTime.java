package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideWords;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.ZoneId;
import java.util.List;

/** Moments as numbers since the epoch, and back. */
@Register(
    kind = FunctionFactory.class,
    name = "toUnixTimestamp",
    aliases = "TO_UNIXTIME",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "Seconds since the epoch.")
@Register(
    kind = FunctionFactory.class,
    name = "toUnixTimestamp64Second",
    category = "Type Conversion",
    doc = "Seconds since the epoch, signed.")
@Register(
    kind = FunctionFactory.class,
    name = "toUnixTimestamp64Milli",
    category = "Type Conversion",
    doc = "Milliseconds since the epoch.")
@Register(
    kind = FunctionFactory.class,
    name = "toUnixTimestamp64Micro",
    category = "Type Conversion",
    doc = "Microseconds since the epoch.")
@Register(
    kind = FunctionFactory.class,
    name = "toUnixTimestamp64Nano",
    category = "Type Conversion",
    doc = "Nanoseconds since the epoch.")
@Register(
    kind = FunctionFactory.class,
    name = "fromUnixTimestamp64Second",
    category = "Type Conversion",
    doc = "The moment that many seconds after the epoch.")
@Register(
    kind = FunctionFactory.class,
    name = "fromUnixTimestamp64Milli",
    category = "Type Conversion",
    doc = "The moment that many milliseconds after the epoch.")
@Register(
    kind = FunctionFactory.class,
    name = "fromUnixTimestamp64Micro",
    category = "Type Conversion",
    doc = "The moment that many microseconds after the epoch.")
@Register(
    kind = FunctionFactory.class,
    name = "fromUnixTimestamp64Nano",
    category = "Type Conversion",
    doc = "The moment that many nanoseconds after the epoch.")
final class UnixTime implements FunctionFactory {
  private final String name;
  private final int digits;

  UnixTime(String name) {
    this.name = name;
    this.digits =
        name.endsWith("Milli") ? 3 : name.endsWith("Micro") ? 6 : name.endsWith("Nano") ? 9 : 0;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 1, 2);
    DataType type = arguments.getFirst().type();
    if (name.startsWith("from")) {
      NumberShape shape = NumberShape.of(type);
      if (shape == null || !shape.isInteger() || shape.isWide()) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "The first argument for function " + name + " must be integer");
      }
      return new FromTicks(
          shape.signed(), new DateTime64Type(digits, Zones.argument(name, arguments, 1)));
    }
    if (name.contains("64")) {
      if (!(type instanceof DateTime64Type t)) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "The first argument for function " + name + " must be DateTime64");
      }
      return new Ticks(t.scale(), digits);
    }
    ZoneId zone = Zones.nonEmpty(name, arguments, 1);
    DataType moment =
        type instanceof StringType || type instanceof FixedStringType
            ? new DateTimeType(zone)
            : type;
    if (!MomentOperand.isMoment(moment)) {
      throw Arguments.illegalType(name, type);
    }
    return new Seconds(moment, Casts.of(type, moment, context), zone);
  }

  private record Seconds(DataType moment, Cast cast, @org.jspecify.annotations.Nullable ZoneId zone)
      implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT32;
    }

    @Override
    public boolean mayThrow() {
      return cast.mayThrow();
    }

    @Override
    public int monotonicity(int argument) {
      return argument == 0 && cast == Cast.IDENTITY ? 1 : 0;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var in = new MomentOperand(cast.apply(arguments[0], rows), moment, zone, rows);
      var out = new LongSink(4, rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        // A date counts as its midnight in UTC, whatever the zone.
        long[] seconds = MomentOperand.isDate(moment) ? in.locals(n) : in.epochSeconds(n);
        System.arraycopy(seconds, 0, out.target(), out.offset(), n);
        out.advance(n);
      }
      return out.build();
    }
  }

  private record Ticks(int scale, int digits) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.INT64;
    }

    @Override
    public int monotonicity(int argument) {
      return 1;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      long factor = WideWords.powerOfTen(Math.max(0, digits - scale));
      long divisor = WideWords.powerOfTen(Math.max(0, scale - digits));
      var in = new LongOperand(arguments[0], true, rows);
      var out = new LongSink(8, rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        for (int k = 0; k < n; k++) {
          long v = in.array()[in.offset() + k];
          out.target()[out.offset() + k] = divisor > 1 ? v / divisor : v * factor;
        }
        out.advance(n);
      }
      return out.build();
    }
  }

  private record FromTicks(boolean signed, DataType resultType) implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var in = new LongOperand(arguments[0], signed, rows);
      var out = new LongSink(8, rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        System.arraycopy(in.array(), in.offset(), out.target(), out.offset(), n);
        out.advance(n);
      }
      return out.build();
    }
  }
}
