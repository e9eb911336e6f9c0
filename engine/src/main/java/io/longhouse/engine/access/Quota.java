package io.longhouse.engine.access;

import io.longhouse.sql.ast.AccessEntityKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How much may be used within intervals of time.
 *
 * @param keys what usage is counted by; none: together for all
 * @param ipv4PrefixBits 0 for whole addresses
 */
public record Quota(
    UUID id,
    String name,
    List<Key> keys,
    int ipv4PrefixBits,
    int ipv6PrefixBits,
    List<Interval> intervals,
    Subjects to)
    implements AccessEntity {
  public Quota {
    keys = List.copyOf(keys);
    intervals = List.copyOf(intervals);
  }

  /** What usage can be counted by. */
  public enum Key {
    USER_NAME,
    IP_ADDRESS,
    FORWARDED_IP_ADDRESS,
    CLIENT_KEY,
    NORMALIZED_QUERY_HASH
  }

  /** What is counted; execution time in nanoseconds. */
  public enum Resource {
    QUERIES("queries"),
    QUERY_SELECTS("query_selects"),
    QUERY_INSERTS("query_inserts"),
    ERRORS("errors"),
    RESULT_ROWS("result_rows"),
    RESULT_BYTES("result_bytes"),
    READ_ROWS("read_rows"),
    READ_BYTES("read_bytes"),
    EXECUTION_TIME("execution_time"),
    WRITTEN_BYTES("written_bytes"),
    FAILED_SEQUENTIAL_AUTHENTICATIONS("failed_sequential_authentications"),
    QUERIES_PER_NORMALIZED_HASH("queries_per_normalized_hash");

    private final String sql;

    Resource(String sql) {
      this.sql = sql;
    }

    public String sql() {
      return sql;
    }
  }

  /**
   * Limits within an interval.
   *
   * @param randomized whether its beginning is shifted by chance, so that not all end at once
   * @param max limits; without one, the resource is counted only
   */
  public record Interval(long seconds, boolean randomized, Map<Resource, Long> max) {
    public Interval {
      max = max.isEmpty() ? Map.of() : new EnumMap<>(max);
    }
  }

  @Override
  public AccessEntityKind kind() {
    return AccessEntityKind.QUOTA;
  }
}
