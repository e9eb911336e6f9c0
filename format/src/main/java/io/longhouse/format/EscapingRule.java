package io.longhouse.format;

import io.longhouse.column.type.TextForm;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Locale;

/** How fields stand in the formats whose delimiters are settings. */
enum EscapingRule {
  ESCAPED(TextForm.ESCAPED),
  QUOTED(TextForm.QUOTED),
  CSV(TextForm.CSV),
  JSON(TextForm.JSON),
  XML(TextForm.XML),
  RAW(TextForm.RAW);

  final TextForm form;

  EscapingRule(TextForm form) {
    this.form = form;
  }

  static EscapingRule of(String name) {
    for (EscapingRule r : values()) {
      if (r.name().equals(name.toUpperCase(Locale.ROOT))) {
        return r;
      }
    }
    throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "Unknown escaping rule: " + name);
  }
}
