package io.longhouse.engine.session;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ast.Statement;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement under way. The connection's thread takes blocks until the end, sending progress in
 * between, and closes it; any thread may cancel it.
 *
 * <p>An INSERT whose rows come as blocks from the client has {@link #insert}; one whose data stands
 * in the request has been carried out when the query is first waited for.
 */
public interface RunningQuery extends AutoCloseable {
  String queryId();

  Statement statement();

  /** The settings in force for this query. */
  Settings settings();

  FormatSettings formatSettings();

  /** Columns of the result; none for a statement without one. */
  Header header();

  /** The result's format: the statement's FORMAT clause or the request's default. */
  String format();

  /** Whether the statement itself has a FORMAT clause. */
  boolean formatIsExplicit();

  /**
   * The next block of the result, waiting at most {@code timeoutMs}. Null when the time is over or
   * the result has ended: {@link #isFinished} tells.
   *
   * @throws io.longhouse.sql.LonghouseException what the query failed with
   */
  @Nullable Block next(long timeoutMs);

  /** What is done with rows of a result: they are written in a format and sent. */
  @FunctionalInterface
  interface Sending {
    void send() throws IOException;
  }

  /**
   * Does something with rows of the result on the current thread. Much of it takes its turn with
   * other queries' work; what it waits for the client stands in {@link
   * io.longhouse.engine.exec.Scheduler#uncounted}.
   */
  default void send(int rows, Sending work) throws IOException {
    work.send();
  }

  /** Whether the result has been taken to its end. */
  boolean isFinished();

  /** Totals of {@code WITH TOTALS}, once finished. */
  @Nullable Block totals();

  /** Minimum and maximum of each column when the setting {@code extremes} is on, once finished. */
  @Nullable Block extremes();

  /** Where the client's blocks go, for an INSERT that waits for them. */
  @Nullable InsertInput insert();

  Progress.Snapshot progress();

  /** Rows that there would have been without LIMIT; -1 when that was not counted. */
  long rowsBeforeLimit();

  /** Whether a LIMIT was applied. */
  boolean appliedLimit();

  /** Profile events by name, for clients that show them. */
  Map<String, Long> profileEvents();

  /** Log lines of this query since the last call, when {@code send_logs_level} asks for them. */
  List<LogLine> takeLogs();

  /**
   * One line of a log that belongs to the query.
   *
   * @param host which server's; empty for this one
   * @param queryId of the query there; empty for this one
   */
  record LogLine(
      long timeMicros,
      long threadId,
      int priority,
      String source,
      String text,
      String host,
      String queryId) {
    /** A line of this server. */
    public LogLine(long timeMicros, long threadId, int priority, String source, String text) {
      this(timeMicros, threadId, priority, source, text, "", "");
    }
  }

  /**
   * A profile event of another server that works for the query.
   *
   * @param gauge whether the value is how much there is now, not how much more
   */
  record RemoteEvent(
      String host, long timeSec, long threadId, boolean gauge, String name, long value) {}

  /** What other servers have told since the last call. */
  default List<RemoteEvent> takeRemoteEvents() {
    return List.of();
  }

  /** Asks the query to stop; it ends with QUERY_WAS_CANCELLED (394) within 100 ms. */
  void cancel();

  /** Ends the query, cancelling it if it still runs, and writes it to the query log. */
  @Override
  void close();

  /** Notes an error that happened outside, while the result was sent, before {@link #close}. */
  void failed(Throwable error);
}
