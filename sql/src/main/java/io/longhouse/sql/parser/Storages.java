package io.longhouse.sql.parser;

import io.longhouse.sql.ast.StorageClause;
import org.jspecify.annotations.Nullable;

/** x. */
final class Storages {
  static @Nullable StorageClause tryParse(Cursor c, boolean b) {
    return null;
  }
}
