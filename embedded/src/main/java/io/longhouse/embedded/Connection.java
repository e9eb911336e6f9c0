package io.longhouse.embedded;

import io.longhouse.column.Block;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.sql.ByteText;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A session; one thread at a time. */
public final class Connection implements AutoCloseable {
  private static final long NEXT_TIMEOUT_MS = 1000;

  private final Session session;

  Connection(Session session) {
    this.session = session;
  }

  public Result query(String sql) {
    return query(sql, Map.of());
  }

  /**
   * Runs a statement and takes its whole result.
   *
   * @param parameters values for {@code {name:Type}}, in TabSeparated's escaped form
   */
  public Result query(String sql, Map<String, String> parameters) {
    return run(sql, parameters, InputStream.nullInputStream());
  }

  /** Runs an INSERT whose data, in the statement's format, come from a stream. */
  public void insert(String sql, InputStream data) {
    run(sql.endsWith("\n") ? sql : sql + "\n", Map.of(), data);
  }

  private Result run(String sql, Map<String, String> parameters, InputStream data) {
    var request =
        new QueryRequest(
            ByteText.encode(sql), "", Map.of(), parameters, data, "TabSeparated", List.of());
    try (RunningQuery q = session.start(request)) {
      List<Block> blocks = new ArrayList<>();
      while (!q.isFinished()) {
        Block b = q.next(NEXT_TIMEOUT_MS);
        if (b != null && b.rows() > 0) {
          blocks.add(b);
        }
      }
      String zone = q.settings().text("session_timezone");
      return new Result(
          q.header(),
          blocks,
          q.formatSettings(),
          zone.isEmpty() ? TimeZones.server() : TimeZones.of(zone));
    }
  }

  public void execute(String sql) {
    query(sql);
  }

  /** The current database. */
  public String database() {
    return session.database();
  }

  @Override
  public void close() {
    session.close();
  }
}
