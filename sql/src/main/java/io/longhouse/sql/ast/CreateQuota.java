package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CREATE QUOTA}, {@code ALTER QUOTA}. */
public record CreateQuota(
    AccessVerb verb,
    List<String> names,
    @Nullable String newName,
    @Nullable String keyType,
    @Nullable Expression ipv4PrefixBits,
    @Nullable Expression ipv6PrefixBits,
    List<QuotaInterval> intervals,
    @Nullable RoleSet to)
    implements AccessStatement {
  /** {@code FOR INTERVAL 1 HOUR MAX queries = 10}. */
  public record QuotaInterval(
      boolean randomized,
      NumberLiteral count,
      IntervalUnit unit,
      boolean noLimits,
      boolean trackingOnly,
      List<QuotaLimit> limits) {}

  /** {@code queries = 10}. */
  public record QuotaLimit(String name, Expression max) {}
}
