package io.longhouse.engine.analyze;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.Numbers;
import io.longhouse.column.type.StringType;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;

/** A value as an expression that anybody can evaluate later, without the session it is from. */
final class ConstantText {
  private ConstantText() {}

  /** An expression of exactly this type. */
  static Expression typed(Column value, DataType type) {
    Expression plain = of(value, type);
    return plain instanceof Literal l && Literals.constant(l).type().equals(type)
        ? plain
        : plain instanceof FunctionCall
            ? plain
            : FunctionCall.call("CAST", plain, Literal.of(type.name()));
  }

  /** The simplest expression whose value is this once it is converted to the type. */
  static Expression of(Column value, DataType type) {
    Column full = value.full();
    Literal name = Literal.of(type.name());
    if (full.plain().full().isNullAt(0)) {
      return FunctionCall.call("CAST", Literal.NULL, name);
    }
    DataType bare = NullableType.strip(LowCardinalityType.strip(type));
    String text = type.textOf(full, 0);
    return switch (bare) {
      case IntegerType _ when text.length() < 19 -> Literal.of(Long.parseLong(text));
      case StringType _ -> Literal.of(text);
      // As text it would depend on the time zone.
      case DateTimeType _ when type == bare -> {
        long[] seconds = new long[1];
        Numbers.toLongs(full.plain(), 0, 1, true, seconds);
        yield FunctionCall.call("CAST", Literal.of(seconds[0] & 0xFFFF_FFFFL), name);
      }
      default -> FunctionCall.call("CAST", Literal.of(text), name);
    };
  }
}
