package io.longhouse.engine.statement;

import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.format.Formatter;
import java.util.List;

/** Settings as a statement writes them. */
public final class SettingText {
  private SettingText() {}

  /** A setting's value as text. */
  public static String of(Expression value) {
    return switch (value.bare()) {
      case Literal.StringLiteral s -> s.value();
      case Literal.BoolLiteral b -> b.value() ? "1" : "0";
      case NumberLiteral n -> Formatter.formatOneLine(n);
      default -> Formatter.formatOneLine(value);
    };
  }

  /**
   * The value of a setting by its name. What a custom setting was given as a string stays one, as
   * in ClickHouse: it is in quotes where it would read as something else without.
   */
  public static String of(String name, Expression value) {
    String text = of(value);
    boolean quoted =
        Settings.isCustom(name)
            && value.bare() instanceof Literal.StringLiteral
            && (text.matches("-?\\d+(\\.\\d+)?|true|false") || text.startsWith("'"));
    return quoted ? Formatter.formatOneLine(Literal.of(text)) : text;
  }

  /** Applies a statement's settings, in their order; none where only reading is allowed. */
  public static void apply(List<Setting> written, Settings settings) {
    if (written.isEmpty() || settings.number("readonly") == 1) {
      return;
    }
    for (Setting s : written) {
      Expression value = s.value();
      if (value == null) {
        settings.reset(s.name());
      } else {
        settings.set(s.name(), of(s.name(), value));
      }
    }
  }
}
