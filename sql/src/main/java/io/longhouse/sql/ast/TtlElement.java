package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule of a table's TTL. */
public record TtlElement(Expression expression, Action action) {
  /** What happens to expired rows. */
  public sealed interface Action {}

  /** {@code DELETE [WHERE ...]}, also when nothing is said. */
  public record Delete(@Nullable Expression where) implements Action {}

  /** {@code TO DISK 'd'}, {@code TO VOLUME 'v'}, {@code TO TABLE t}. */
  public record Move(Destination destination, String name, boolean ifExists) implements Action {}

  /** {@code RECOMPRESS CODEC(...)}. */
  public record Recompress(FunctionCall codec) implements Action {}

  /** {@code GROUP BY keys SET column = aggregate}. */
  public record GroupBy(
      List<Expression> keys, List<Assignment> assignments, @Nullable Expression where)
      implements Action {}

  /** Where parts move to. */
  public enum Destination {
    DISK,
    VOLUME,
    TABLE
  }
}
