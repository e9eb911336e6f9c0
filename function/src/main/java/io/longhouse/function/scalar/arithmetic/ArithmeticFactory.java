package io.longhouse.function.scalar.arithmetic;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.column.type.Ipv6Type;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.registry.Register;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations of two arguments. */
@Register(
    kind = FunctionFactory.class,
    name = "plus",
    category = "Arithmetic",
    doc = "The sum of two numbers; also a date and days, a time and seconds, or an interval.")
@Register(
    kind = FunctionFactory.class,
    name = "minus",
    category = "Arithmetic",
    doc = "The difference of two numbers, dates or times.")
@Register(
    kind = FunctionFactory.class,
    name = "multiply",
    category = "Arithmetic",
    doc = "The product of two numbers.")
@Register(
    kind = FunctionFactory.class,
    name = "divide",
    category = "Arithmetic",
    doc = "The quotient, a floating-point number unless an operand is a decimal.")
@Register(
    kind = FunctionFactory.class,
    name = "divideOrNull",
    category = "Arithmetic",
    doc = "The quotient, NULL where the divisor is zero.")
@Register(
    kind = FunctionFactory.class,
    name = "intDiv",
    category = "Arithmetic",
    doc = "The quotient cut toward zero; throws where there is none.")
@Register(
    kind = FunctionFactory.class,
    name = "intDivOrZero",
    category = "Arithmetic",
    doc = "The quotient cut toward zero, 0 where there is none.")
@Register(
    kind = FunctionFactory.class,
    name = "intDivOrNull",
    category = "Arithmetic",
    doc = "The quotient cut toward zero, NULL where there is none.")
@Register(
    kind = FunctionFactory.class,
    name = "modulo",
    aliases = "mod",
    caseInsensitive = true,
    category = "Arithmetic",
    doc = "The remainder with the dividend's sign.")
@Register(
    kind = FunctionFactory.class,
    name = "moduloOrZero",
    category = "Arithmetic",
    doc = "The remainder, 0 where the divisor is zero.")
@Register(
    kind = FunctionFactory.class,
    name = "moduloOrNull",
    aliases = "modOrNull",
    category = "Arithmetic",
    doc = "The remainder, NULL where the divisor is zero.")
@Register(
    kind = FunctionFactory.class,
    name = "moduloLegacy",
    category = "Arithmetic",
    doc =
        "The remainder in a type of the divisor's width, as partition keys of old tables have it.")
@Register(
    kind = FunctionFactory.class,
    name = "positiveModulo",
    aliases = {"positive_modulo", "pmod"},
    caseInsensitive = true,
    category = "Arithmetic",
    doc = "The remainder, never negative.")
@Register(
    kind = FunctionFactory.class,
    name = "positiveModuloOrNull",
    aliases = {"positive_modulo_or_null", "pmodOrNull"},
    caseInsensitive = true,
    category = "Arithmetic",
    doc = "The remainder, never negative, NULL where the divisor is zero.")
@Register(
    kind = FunctionFactory.class,
    name = "gcd",
    category = "Arithmetic",
    doc = "The greatest common divisor.")
@Register(
    kind = FunctionFactory.class,
    name = "lcm",
    category = "Arithmetic",
    doc = "The least common multiple.")
final class ArithmeticFactory implements FunctionFactory {
  private record Meaning(ArithmeticOp op, ArithmeticOp.OnError onError) {}

  private static final Map<String, ArithmeticOp> OPS =
      Map.ofEntries(
          Map.entry("plus", ArithmeticOp.PLUS),
          Map.entry("minus", ArithmeticOp.MINUS),
          Map.entry("multiply", ArithmeticOp.MULTIPLY),
          Map.entry("divide", ArithmeticOp.DIVIDE),
          Map.entry("intDiv", ArithmeticOp.INT_DIV),
          Map.entry("modulo", ArithmeticOp.MODULO),
          Map.entry("moduloLegacy", ArithmeticOp.MODULO_LEGACY),
          Map.entry("positiveModulo", ArithmeticOp.POSITIVE_MODULO),
          Map.entry("gcd", ArithmeticOp.GCD),
          Map.entry("lcm", ArithmeticOp.LCM));

  private final String name;
  private final ArithmeticOp op;
  private final ArithmeticOp.OnError onError;

  ArithmeticFactory(String name) {
    this.name = name;
    Meaning m = meaning(name);
    this.op = m.op;
    this.onError = m.onError;
  }

  private static Meaning meaning(String name) {
    if (name.endsWith("OrZero")) {
      return new Meaning(op(name.substring(0, name.length() - 6)), ArithmeticOp.OnError.ZERO);
    }
    if (name.endsWith("OrNull")) {
      return new Meaning(op(name.substring(0, name.length() - 6)), ArithmeticOp.OnError.NULL);
    }
    return new Meaning(op(name), ArithmeticOp.OnError.THROW);
  }

  private static ArithmeticOp op(String name) {
    return java.util.Objects.requireNonNull(OPS.get(name), name);
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 2);
    DataType a = arguments.get(0).type();
    DataType b = arguments.get(1).type();
    NumberShape x = shape(a);
    NumberShape y = shape(b);
    ScalarFunction call = x == null || y == null ? null : ofNumbers(x, y, arguments.get(1));
    if (call == null && onError == ArithmeticOp.OnError.THROW) {
      call = StateArithmetic.of(op, arguments);
      if (call == null) {
        call = DateArithmetic.of(op, arguments, context);
      }
      if (call == null) {
        call = ElementwiseArithmetic.of(name, op, arguments, context);
      }
    }
    if (call == null) {
      throw Arguments.illegalTypes(name, a, b);
    }
    return call;
  }

  private static @Nullable NumberShape shape(DataType type) {
    return switch (type) {
      case Ipv4Type _ -> NumberShape.integer(4, false);
      case Ipv6Type _ -> NumberShape.integer(16, false);
      default -> NumberShape.of(type);
    };
  }

  private @Nullable ScalarFunction ofNumbers(NumberShape x, NumberShape y, Argument second) {
    if (!x.isDecimal() && !y.isDecimal()) {
      NumericCall call = NumericCall.of(op, onError, x, y);
      return call == null ? null : call.by(second.constant());
    }
    if (op == ArithmeticOp.GCD
        || op == ArithmeticOp.LCM
        || onError != ArithmeticOp.OnError.THROW && op != ArithmeticOp.INT_DIV
        || onError == ArithmeticOp.OnError.NULL) {
      return null;
    }
    if (x.isFloat() || y.isFloat()) {
      return FloatDecimalCall.of(op, onError, x, y);
    }
    return DecimalCall.of(op, onError != ArithmeticOp.OnError.THROW, x, y);
  }
}
