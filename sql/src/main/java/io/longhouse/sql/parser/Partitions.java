package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Partition;
import org.jspecify.annotations.Nullable;

/** What names a partition. */
final class Partitions {
  private Partitions() {}

  static Partition parse(Cursor c) {
    if (c.accept("ALL")) {
      return new Partition.All();
    }
    if (c.at("ID")) {
      c.advance();
      return new Partition.Id(
          c.kind() == TokenKind.OPEN_CURLY ? Names.parameter(c) : Literal.of(Literals.string(c)));
    }
    return new Partition.Value(Expressions.parse(c));
  }

  /** {@code IN PARTITION p}; null without it. */
  static @Nullable Partition tryIn(Cursor c) {
    return c.accept("IN PARTITION") ? parse(c) : null;
  }
}
