package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code REFRESH EVERY ...} of a materialized view. */
public record RefreshStrategy(
    Schedule schedule,
    @Nullable Interval period,
    @Nullable Interval offset,
    @Nullable Interval spread,
    List<Identifier> dependencies,
    List<Setting> settings,
    boolean append) {
  public RefreshStrategy {
    dependencies = List.copyOf(dependencies);
    settings = List.copyOf(settings);
  }

  /** When it runs. */
  public enum Schedule {
    AFTER,
    EVERY,
    /** Only when the tables it depends on were refreshed. */
    DEPENDS
  }

  /** {@code 1 HOUR 30 MINUTE}. */
  public record Interval(List<Part> parts) {
    public Interval {
      parts = List.copyOf(parts);
    }
  }

  /** A number and its unit. */
  public record Part(long value, IntervalUnit unit) {}
}
