package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code LIMITS weight = 4, max_parts = 100, FOR INTERVAL 1 HOUR MAX queries = 1000}, or {@code
 * LIMITS NONE}, which has neither limits nor intervals.
 */
public record TenantLimits(List<Limit> limits, List<CreateQuota.QuotaInterval> intervals) {
  public static final TenantLimits NONE = new TenantLimits(List.of(), List.of());

  public TenantLimits {
    limits = List.copyOf(limits);
    intervals = List.copyOf(intervals);
  }

  public boolean isEmpty() {
    return limits.isEmpty() && intervals.isEmpty();
  }

  /**
   * {@code name = value}.
   *
   * @param name in lower case
   * @param value null stands for DEFAULT, which takes the limit away
   */
  public record Limit(String name, @Nullable Expression value) {}
}
