package io.longhouse.tenancy;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be limited for a tenant, apart from what is counted in intervals. */
public enum Limit {
  /** Share of the CPU beside others; not an integer necessarily. */
  WEIGHT(Means.WORKLOAD, false),
  MAX_CONCURRENT_QUERIES(Means.WORKLOAD, false),
  /** How many queries wait for a place among the concurrent ones before one is refused. */
  MAX_WAITING_QUERIES(Means.WORKLOAD, false),
  /** Bytes, of one query and of all that run together. */
  MAX_MEMORY_USAGE(Means.SETTING, true),
  MAX_RESULT_ROWS(Means.SETTING, false),
  MAX_RESULT_BYTES(Means.SETTING, true),
  MAX_ROWS_TO_READ(Means.SETTING, false),
  MAX_BYTES_TO_READ(Means.SETTING, true),
  /** Seconds. */
  MAX_EXECUTION_TIME(Means.SETTING, false),
  /** Active parts that hold rows of the tenant. */
  MAX_PARTS(Means.LONGHOUSE, false),
  MAX_STORAGE_BYTES(Means.LONGHOUSE, true),
  MAX_INSERTED_ROWS_PER_SECOND(Means.LONGHOUSE, false),
  MAX_INSERTED_BYTES_PER_SECOND(Means.LONGHOUSE, true);

  /** What carries the limit out. */
  public enum Means {
    /** A setting of the tenant's role, of the same name. */
    SETTING,
    /** A setting of the tenant's workload, of the same name. */
    WORKLOAD,
    /** Longhouse; ClickHouse has nothing for it. */
    LONGHOUSE
  }

  private final Means means;
  private final boolean bytes;

  Limit(Means means, boolean bytes) {
    this.means = means;
    this.bytes = bytes;
  }

  public Means means() {
    return means;
  }

  /** Whether it is a size, which may have a unit: {@code '4Gi'}. */
  public boolean isBytes() {
    return bytes;
  }

  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws LonghouseException BAD_ARGUMENTS (36)
   */
  static Limit of(String name) {
    for (Limit l : values()) {
      if (l.sql().equals(name)) {
        return l;
      }
    }
    throw new LonghouseException(
        ErrorCode.BAD_ARGUMENTS,
        "There is no limit '"
            + name
            + "' of tenants. There are "
            + Arrays.stream(values()).map(Limit::sql).collect(Collectors.joining(", ")));
  }
}
