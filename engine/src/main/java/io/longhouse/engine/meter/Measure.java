package io.longhouse.engine.meter;

import java.util.Locale;

/**
 * What is counted for an account; the names are columns of {@code system.tenant_usage}. Most are
 * sums of what {@code system.query_log} says of each query that ended.
 */
public enum Measure {
  /** All that ended, well or not. */
  QUERIES,
  SELECT_QUERIES,
  INSERT_QUERIES,
  ALTER_QUERIES,
  /** CREATE, DROP, RENAME, ATTACH, DETACH, TRUNCATE and the like. */
  DDL_QUERIES,
  OTHER_QUERIES,
  FAILED_QUERIES,
  /** Processor time, {@code OSCPUVirtualTimeMicroseconds}. */
  CPU_MICROSECONDS,
  /** From the first to the last moment of each query. */
  QUERY_DURATION_MS,
  /** How long queries waited to be let in. */
  QUEUE_MICROSECONDS,
  READ_ROWS,
  READ_BYTES,
  WRITTEN_ROWS,
  WRITTEN_BYTES,
  RESULT_ROWS,
  RESULT_BYTES,
  /** The most that one query took. */
  PEAK_MEMORY_USAGE,
  /** Processor time of merges and mutations, by the rows that they rewrote. */
  MERGE_CPU_MICROSECONDS,
  MERGED_ROWS,
  MUTATED_ROWS;

  private final String column = name().toLowerCase(Locale.ROOT);

  /** The name of the column. */
  public String column() {
    return column;
  }

  /** Whether the greatest value counts instead of the sum. */
  public boolean isGreatest() {
    return this == PEAK_MEMORY_USAGE;
  }
}
