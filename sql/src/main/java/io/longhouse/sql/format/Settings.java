package io.longhouse.sql.format;

import io.longhouse.sql.ast.Setting;
import java.util.List;

/** The text of {@code name = value, ...}. */
final class Settings {
  private Settings() {}

  static void print(Out out, List<Setting> settings) {
    boolean first = true;
    for (Setting s : settings) {
      out.add(first ? "" : ", ");
      first = false;
      out.name(s.name()).add(" = ");
      if (s.value() == null) {
        out.add("DEFAULT");
      } else {
        Expressions.print(out, s.value());
      }
    }
  }
}
