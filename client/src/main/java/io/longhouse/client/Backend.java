package io.longhouse.client;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.ProgressPacket;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What runs statements. */
interface Backend extends AutoCloseable {
  /**
   * A statement to run.
   *
   * @param sql the statement alone, without data of an INSERT
   * @param data those data; null when there are none
   * @param dataFormat the format of those data
   */
  record Request(
      String sql,
      String queryId,
      Map<String, String> settings,
      Map<String, String> parameters,
      @Nullable InputStream data,
      String dataFormat,
      String outputFormat) {}

  /** Takes what a statement gives, in the order in which it comes. */
  interface Receiver {
    /** The result's columns, when there is a result. */
    void begin(Header header, FormatSettings settings);

    void rows(Block block);

    void totals(NamedBlock block);

    void extremes(NamedBlock block);

    /** What has been done since the last call. */
    void progress(ProgressPacket increment);

    /** Bytes of memory that the query holds now, and the most it has held. */
    void memory(long bytes, long peakBytes);

    /** Rows that there would be without LIMIT; negative without one. */
    void rowsBeforeLimit(long rows);

    /** A line of the server's log. */
    void log(String line);
  }

  /**
   * Runs a statement to its end.
   *
   * @throws io.longhouse.sql.LonghouseException what it failed with
   */
  void run(Request request, Receiver receiver);

  /** Asks the running statement to end; any thread may. */
  void cancel();

  /** Who answers: a name and a version. */
  String description();

  String database();

  /** The zone in which moments are shown whose type names none, for a query with these settings. */
  ZoneId zone(Map<String, String> settings);

  /** The version shown with errors; empty when the errors are our own. */
  String serverVersion();

  @Override
  void close();
}
