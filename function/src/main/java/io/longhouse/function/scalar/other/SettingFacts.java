package io.longhouse.function.scalar.other;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.ServerFacts;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Values of settings and macros. */
@Register(
    kind = FunctionFactory.class,
    name = "getSetting",
    category = "Other",
    doc = "The value of a setting.")
@Register(
    kind = FunctionFactory.class,
    name = "getSettingOrDefault",
    category = "Other",
    doc = "The value of a setting, or the second argument when there is none of that name.")
@Register(
    kind = FunctionFactory.class,
    name = "getMacro",
    category = "Other",
    doc = "The value of a macro of the server's configuration.")
final class SettingFacts implements FunctionFactory {
  private final String name;

  SettingFacts(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, name.endsWith("OrDefault") ? 2 : 1);
    String key = Arguments.text(name, arguments, 0, "First argument");
    if (name.equals("getMacro")) {
      var facts = context.service(ServerFacts.class);
      String value = facts == null ? null : facts.macro(key);
      if (value == null) {
        throw new LonghouseException(
            ErrorCode.NO_ELEMENTS_IN_CONFIG, "No macro " + key + " in config");
      }
      return new TypeFacts.Fixed(
          StringType.TYPE, StringColumn.of(ByteText.encode(value)), false, true);
    }
    String value = context.setting(key);
    if (value != null) {
      value = value.startsWith("auto(") ? value.substring(5, value.length() - 1) : value;
      return isQuoted(value)
          ? fixed(StringType.TYPE, unquoted(value), context)
          : fixed(typeOf(value), value, context);
    }
    if (name.equals("getSetting")) {
      throw new LonghouseException(ErrorCode.UNKNOWN_SETTING, "Unknown setting '" + key + "'");
    }
    Argument other = arguments.get(1);
    if (other.constant() == null) {
      throw Arguments.notConstant(name, "Second argument");
    }
    return new TypeFacts.Fixed(other.type(), other.constant(), false);
  }

  private static ScalarFunction fixed(DataType type, String value, FunctionContext context) {
    Column text = StringColumn.of(ByteText.encode(value));
    Column typed = Casts.of(StringType.TYPE, type, context).apply(new ConstColumn(text, 1), 1);
    return new TypeFacts.Fixed(type, typed.full(), false);
  }

  /** A custom setting's string that would be read as a number without quotes. */
  private static boolean isQuoted(String value) {
    return value.length() > 1 && value.startsWith("'") && value.endsWith("'");
  }

  private static String unquoted(String value) {
    return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
  }

  /** The type that the text of a setting's value would have as a literal. */
  private static DataType typeOf(String value) {
    if (value.equals("true") || value.equals("false")) {
      return BoolType.TYPE;
    }
    try {
      long v = Long.parseLong(value);
      int bytes = v < 1 << 8 ? 1 : v < 1 << 16 ? 2 : v < 1L << 32 ? 4 : 8;
      return v < 0 ? IntegerType.INT64 : IntegerType.of(bytes, false);
    } catch (NumberFormatException e) {
      return value.matches("-?\\d+\\.\\d+") ? FloatType.FLOAT64 : StringType.TYPE;
    }
  }
}
