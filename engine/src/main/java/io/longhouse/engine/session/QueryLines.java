package io.longhouse.engine.session;

import com.google.re2j.Pattern;
import io.longhouse.engine.session.RunningQuery.LogLine;
import io.longhouse.engine.settings.Settings;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lines of the log that belong to one query: they go to the log of the process, behind the query's
 * name in braces, and are kept for a client that asks for them by {@code send_logs_level}. Safe for
 * many threads.
 */
public final class QueryLines {
  /** Loggers of queries; the log of our programs puts the name in its place by this prefix. */
  public static final String LOGGERS = "io.longhouse.query.";

  private static final int KEPT_MAX = 10_000;

  private final String queryId;
  private final int priorityMax;
  private final @Nullable Pattern sources;
  private List<LogLine> kept = new ArrayList<>();
  private long left;

  public QueryLines(String queryId, Settings settings) {
    this.queryId = queryId;
    this.priorityMax = priority(settings.text("send_logs_level"));
    String regexp = settings.text("send_logs_source_regexp");
    this.sources = regexp.isEmpty() ? null : Pattern.compile(regexp);
  }

  private QueryLines(String queryId) {
    this.queryId = queryId;
    this.priorityMax = 0;
    this.sources = null;
  }

  /** The same query's lines for the log of the process alone. */
  public QueryLines withoutClient() {
    return new QueryLines(queryId);
  }

  /** ClickHouse's numbers of levels: 1 is the worst. */
  private static int priority(String level) {
    return switch (level.toLowerCase(Locale.ROOT)) {
      case "fatal" -> 1;
      case "critical" -> 2;
      case "error" -> 3;
      case "warning" -> 4;
      case "notice" -> 5;
      case "information" -> 6;
      case "debug" -> 7;
      case "trace" -> 8;
      case "test" -> 9;
      default -> 0;
    };
  }

  private static int priority(Level level) {
    return switch (level) {
      case ERROR -> 3;
      case WARNING -> 4;
      case INFO -> 6;
      case DEBUG -> 7;
      default -> 8;
    };
  }

  /**
   * Writes a line, whose text is made only if somebody wants it.
   *
   * @param source what says it: {@code executeQuery}, a table's name
   */
  public void add(Level level, String source, Supplier<String> text) {
    add(level, level, source, text);
  }

  /** A failure: an error to the client; the process, which tells whoever asked, goes on. */
  void failure(String source, Supplier<String> text) {
    add(Level.ERROR, Level.DEBUG, source, text);
  }

  private void add(Level toClient, Level toLog, String source, Supplier<String> text) {
    System.Logger log = System.getLogger(LOGGERS + source);
    boolean logged = log.isLoggable(toLog);
    boolean wanted =
        priority(toClient) <= priorityMax && (sources == null || sources.matcher(source).find());
    if (!logged && !wanted) {
      return;
    }
    String line = text.get();
    if (logged) {
      log.log(toLog, "{" + queryId + "} " + line);
    }
    if (wanted) {
      keep(priority(toClient), source, line);
    }
  }

  /** Takes a line of another server that works for the query, which the client has asked for. */
  public void received(LogLine line) {
    if (line.priority() <= priorityMax) {
      keep(line);
    }
  }

  private synchronized void keep(int priority, String source, String line) {
    Instant now = Instant.now();
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    keep(new LogLine(micros, Thread.currentThread().threadId(), priority, source, line));
  }

  private synchronized void keep(LogLine line) {
    if (kept.size() == KEPT_MAX) {
      left++;
      return;
    }
    kept.add(line);
  }

  /** The lines since the last call. */
  synchronized List<LogLine> take() {
    List<LogLine> taken = kept;
    kept = new ArrayList<>();
    if (left > 0) {
      LogLine last = taken.getLast();
      taken.add(
          new LogLine(
              last.timeMicros(), last.threadId(), 4, "QueryLines", left + " more lines left out"));
      left = 0;
    }
    return taken;
  }
}
