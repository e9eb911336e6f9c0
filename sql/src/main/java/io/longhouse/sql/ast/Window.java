package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows {@code OVER}. */
public sealed interface Window {
  /** A window of the {@code WINDOW} clause. */
  record Reference(String name) implements Window {}

  /** A window written in place. */
  record Definition(
      @Nullable String parent,
      List<Expression> partitionBy,
      List<OrderItem> orderBy,
      @Nullable Frame frame)
      implements Window {
    public Definition {
      partitionBy = List.copyOf(partitionBy);
      orderBy = List.copyOf(orderBy);
    }
  }

  /** {@code ROWS BETWEEN begin AND end}. */
  record Frame(Unit unit, Bound begin, Bound end) {
    /** What a frame counts. */
    public enum Unit {
      ROWS,
      RANGE,
      GROUPS
    }
  }

  /** An end of a frame. */
  record Bound(Kind kind, @Nullable Expression offset) {
    /** Where it lies. */
    public enum Kind {
      UNBOUNDED_PRECEDING,
      PRECEDING,
      CURRENT_ROW,
      FOLLOWING,
      UNBOUNDED_FOLLOWING
    }
  }

  /** {@code name AS (...)} of the {@code WINDOW} clause. */
  record Named(String name, Definition definition) {}
}
