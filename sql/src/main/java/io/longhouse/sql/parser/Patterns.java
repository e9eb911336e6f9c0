package io.longhouse.sql.parser;

import io.longhouse.sql.ast.NamePattern;
import org.jspecify.annotations.Nullable;

/** {@code [NOT] LIKE 'pattern'} of SHOW and TRUNCATE. */
final class Patterns {
  private Patterns() {}

  static @Nullable NamePattern tryParse(Cursor c) {
    boolean not = c.accept("NOT");
    if (c.accept("LIKE")) {
      return new NamePattern(not, false, Literals.string(c));
    }
    if (c.accept("ILIKE")) {
      return new NamePattern(not, true, Literals.string(c));
    }
    if (not) {
      throw c.fail("LIKE", "ILIKE");
    }
    return null;
  }
}
