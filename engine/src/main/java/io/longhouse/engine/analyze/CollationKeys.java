package io.longhouse.engine.analyze;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.charset.StandardCharsets;
import java.text.Collator;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * {@code ORDER BY ... COLLATE}: strings, also inside of arrays, as bytes whose order is that of the
 * language.
 */
record CollationKeys(Collator collator, DataType resultType) implements ScalarFunction {
  /** The key of an expression. */
  static Expr of(Expr e, String locale, FunctionContext context) {
    DataType type = plain(e.type());
    if (!isText(type)) {
      throw new LonghouseException(
          ErrorCode.BAD_COLLATION,
          "Collations could be specified only for String, found " + e.type().name());
    }
    var function = new CollationKeys(collator(locale), type);
    FunctionFactory factory =
        new FunctionFactory() {
          @Override
          public ScalarFunction resolve(List<Argument> arguments, FunctionContext c) {
            return function;
          }

          @Override
          public boolean handlesNulls() {
            return true;
          }
        };
    return new Expr.Call(
        "collationKey:" + locale,
        Functions.resolve(factory, List.of(e.asArgument()), context),
        List.of(e));
  }

  private static boolean isText(DataType type) {
    return switch (NullableType.strip(type)) {
      case StringType _ -> true;
      case ArrayType a -> isText(a.element());
      default -> false;
    };
  }

  /** The type without dictionaries. */
  private static DataType plain(DataType type) {
    DataType t = LowCardinalityType.strip(type);
    return t instanceof ArrayType a ? new ArrayType(plain(a.element())) : t;
  }

  private static Collator collator(String name) {
    Locale locale = Locale.forLanguageTag(name.replace('_', '-'));
    boolean known =
        Arrays.asList(Collator.getAvailableLocales()).contains(Locale.of(locale.getLanguage()));
    if (locale.getLanguage().isEmpty() || !known) {
      throw new LonghouseException(
          ErrorCode.UNSUPPORTED_COLLATION_LOCALE, "Unsupported collation locale: " + name);
    }
    Collator c = Collator.getInstance(locale);
    c.setStrength(Collator.TERTIARY);
    c.setDecomposition(Collator.CANONICAL_DECOMPOSITION);
    return c;
  }

  @Override
  public Column evaluate(Column[] arguments, int rows) {
    return keys(arguments[0].full());
  }

  private Column keys(Column written) {
    Column c = written.plain().full();
    return switch (c) {
      case NullableColumn n -> new NullableColumn(keys(n.values()), n.nulls());
      case ArrayColumn a -> new ArrayColumn(a.offsets(), keys(a.elements()), a.size());
      case StringColumn s -> texts(s);
      default -> throw new IllegalStateException("no text in " + c.getClass());
    };
  }

  private Column texts(StringColumn s) {
    var out = new StringColumn.Builder(s.size());
    for (int i = 0; i < s.size(); i++) {
      var text = new String(s.get(i), StandardCharsets.UTF_8);
      out.add(collator.getCollationKey(text).toByteArray());
    }
    return out.build();
  }
}
