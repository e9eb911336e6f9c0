package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CREATE DICTIONARY}. */
public record CreateDictionary(
    CreateHead head,
    List<Attribute> attributes,
    List<Expression> primaryKey,
    @Nullable KeyValueFunction source,
    @Nullable Lifetime lifetime,
    @Nullable KeyValueFunction layout,
    @Nullable Range range,
    List<Setting> settings,
    @Nullable String comment)
    implements CreateStatement {

  /** A column of a dictionary. */
  public record Attribute(
      String name,
      TypeName type,
      @Nullable Expression defaultValue,
      @Nullable Expression expression,
      boolean hierarchical,
      boolean bidirectional,
      boolean injective,
      boolean objectId) {}

  /** Seconds between updates. */
  public record Lifetime(long minSec, long maxSec) {}

  /** {@code RANGE(MIN a MAX b)}. */
  public record Range(String min, String max) {}
}
