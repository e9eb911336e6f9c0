package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CLICKHOUSE(HOST 'h' PORT 9000)}: a name with pairs. */
public record KeyValueFunction(String name, @Nullable List<Pair> pairs) {
  /**
   * A key and its value.
   *
   * @param value null when {@code pairs} holds {@code key(...)}
   */
  public record Pair(String key, @Nullable Expression value, @Nullable List<Pair> pairs) {}
}
