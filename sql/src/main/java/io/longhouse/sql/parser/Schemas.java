package io.longhouse.sql.parser;

import io.longhouse.sql.ast.TableSchema;
import org.jspecify.annotations.Nullable;

/** x. */
final class Schemas {
  static @Nullable TableSchema tryParenthesized(Cursor c) {
    return null;
  }
}
