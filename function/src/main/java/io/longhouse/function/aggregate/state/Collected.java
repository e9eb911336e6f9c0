package io.longhouse.function.aggregate.state;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import org.jspecify.annotations.Nullable;

/** Values that a group collects; can be read and then grow further. */
public final class Collected {
  private final ColumnBuilder builder;
  private @Nullable Column built;

  /** Rows that passed by, for functions that keep a sample of them. */
  public long total;

  public Collected(ColumnBuilder builder) {
    this.builder = builder;
  }

  public int size() {
    Column b = built;
    return b != null ? b.size() : builder.size();
  }

  /** The builder with all values in it. */
  public ColumnBuilder builder() {
    Column b = built;
    if (b != null) {
      built = null;
      builder.appendRange(b, 0, b.size());
    }
    return builder;
  }

  /** All values. */
  public Column values() {
    Column b = built;
    if (b == null) {
      b = builder.build();
      built = b;
    }
    return b;
  }

  public long bytes() {
    Column b = built;
    return 64 + (b != null ? b.retainedBytes() : builder.retainedBytes());
  }
}
