package io.longhouse.format;

/**
 * What a query took.
 *
 * @param rowsBeforeLimit rows that there would have been without LIMIT; negative without a LIMIT
 */
public record OutputStatistics(
    double elapsedSeconds, long rowsRead, long bytesRead, long rowsBeforeLimit) {
  /** Of a query without a LIMIT that read nothing. */
  public static final OutputStatistics NONE = new OutputStatistics(0, 0, 0, -1);
}
