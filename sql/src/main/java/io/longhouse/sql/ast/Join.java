package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A join with what stands to its left.
 *
 * @param using null when there is no USING; {@code on} and {@code using} are never both there
 */
public record Join(
    Locality locality,
    boolean natural,
    Strictness strictness,
    Kind kind,
    TableExpression right,
    @Nullable Expression on,
    @Nullable List<Expression> using)
    implements From.Step {
  /** Where a distributed join runs. */
  public enum Locality {
    UNSPECIFIED,
    LOCAL,
    GLOBAL
  }

  /** How many matches count. */
  public enum Strictness {
    UNSPECIFIED,
    ANY,
    ALL,
    ASOF,
    SEMI,
    ANTI,
    /** {@code ONLY}: any row of the right side and no other. */
    ONLY
  }

  /** Which rows remain. */
  public enum Kind {
    INNER,
    LEFT,
    RIGHT,
    FULL,
    CROSS,
    COMMA,
    PASTE
  }
}
