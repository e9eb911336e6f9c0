package io.longhouse.function;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that a server sends along with the query that it asks for: which shard it takes this one
 * for, and values of sub-queries.
 */
public record Scalars(Map<String, Argument> values) {
  /** The number that the asking server gives this shard, UInt32 from 1. */
  public static final String SHARD_NUM = "_shard_num";

  /** How many shards it asks, UInt32. */
  public static final String SHARD_COUNT = "_shard_count";

  public static final Scalars NONE = new Scalars(Map.of());

  public Scalars {
    values = Map.copyOf(values);
  }

  /** A value, constant; null where none of that name was sent. */
  public @Nullable Argument get(String name) {
    return values.get(name);
  }
}
