package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TimeZones;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** To text, and between kinds of text. */
@Register(
    kind = FunctionFactory.class,
    name = "toString",
    category = "Type Conversion",
    doc = "The value as text; a moment in the given time zone.")
@Register(
    kind = FunctionFactory.class,
    name = "toFixedString",
    category = "Type Conversion",
    doc = "The text as a FixedString of that many bytes.")
@Register(
    kind = FunctionFactory.class,
    name = "toStringCutToZero",
    category = "Type Conversion",
    doc = "The text up to its first zero byte.")
@Register(
    kind = FunctionFactory.class,
    name = "toLowCardinality",
    category = "Type Conversion",
    doc = "The value in a dictionary-encoded type.")
final class ToText implements FunctionFactory {
  private final String name;

  ToText(String name) {
    this.name = name;
  }

  @Override
  public boolean handlesNulls() {
    return name.equals("toLowCardinality");
  }

  @Override
  public boolean handlesLowCardinality() {
    return name.equals("toLowCardinality");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    return switch (name) {
      case "toString" -> text(arguments, context);
      case "toFixedString" -> fixed(arguments, context);
      case "toStringCutToZero" -> cut(arguments);
      default -> dictionary(arguments, context);
    };
  }

  private static ScalarFunction text(List<Argument> arguments, FunctionContext context) {
    DataType from = arguments.isEmpty() ? StringType.TYPE : arguments.getFirst().type();
    boolean moment = from instanceof DateTimeType || from instanceof DateTime64Type;
    if (arguments.isEmpty() || arguments.size() > (moment ? 2 : 1)) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "An incorrect number of arguments was specified for function 'toString'. Expected 1"
              + " argument, got "
              + arguments.size()
              + " arguments");
    }
    if (arguments.size() == 2) {
      String named = Arguments.text("toString", arguments, 1, "Time zone argument");
      if (named.isEmpty()) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT, "Provided time zone must be non-empty");
      }
      var zone = TimeZones.of(named);
      from =
          from instanceof DateTime64Type t
              ? new DateTime64Type(t.scale(), zone)
              : new DateTimeType(zone);
    }
    return new Call(Casts.of(from, StringType.TYPE, context), StringType.TYPE);
  }

  private static ScalarFunction fixed(List<Argument> arguments, FunctionContext context) {
    Arguments.count("toFixedString", arguments, 2);
    DataType from = arguments.get(0).type();
    if (!(from instanceof StringType) && !(from instanceof FixedStringType)) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "toFixedString is only implemented for types String and FixedString");
    }
    long n = Arguments.integer("toFixedString", arguments, 1, "Second argument");
    if (n < 1 || n > 0xFFFFFF) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND, "FixedString size must be positive");
    }
    var to = new FixedStringType((int) n);
    return new Call(Casts.of(from, to, context), to);
  }

  private static ScalarFunction cut(List<Argument> arguments) {
    Arguments.count("toStringCutToZero", arguments, 1);
    DataType from = arguments.getFirst().type();
    if (!(from instanceof StringType) && !(from instanceof FixedStringType)) {
      throw Arguments.illegalType("toStringCutToZero", from);
    }
    return new CutToZero();
  }

  private static ScalarFunction dictionary(List<Argument> arguments, FunctionContext context) {
    Arguments.count("toLowCardinality", arguments, 1);
    DataType from = arguments.getFirst().type();
    if (from instanceof LowCardinalityType) {
      return new Call(Cast.IDENTITY, from);
    }
    if (!from.canBeInsideLowCardinality()) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "DataTypeLowCardinality is supported only for numbers, strings, Date or DateTime, but got"
              + " "
              + from);
    }
    var to = new LowCardinalityType(from);
    return new Call(Casts.of(from, to, context), to);
  }

  private record Call(Cast cast, DataType resultType) implements ScalarFunction {
    @Override
    public boolean mayThrow() {
      return cast.mayThrow();
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return cast.apply(arguments[0], rows);
    }
  }

  private record CutToZero() implements ScalarFunction {
    @Override
    public DataType resultType() {
      return StringType.TYPE;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column c = arguments[0].full();
      var out = new StringColumn.Builder(rows);
      for (int r = 0; r < rows; r++) {
        byte[] bytes;
        int from;
        int end;
        if (c instanceof FixedBytesColumn f) {
          bytes = f.bytes();
          from = r * f.width();
          end = from + f.width();
        } else {
          var s = (StringColumn) c;
          bytes = s.bytes();
          from = s.offsets()[r];
          end = s.offsets()[r + 1];
        }
        int at = from;
        while (at < end && bytes[at] != 0) {
          at++;
        }
        out.add(bytes, from, at - from);
      }
      return out.build();
    }
  }
}
