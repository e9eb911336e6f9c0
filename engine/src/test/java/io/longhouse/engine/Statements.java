package io.longhouse.engine;

import io.longhouse.column.Block;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.LocalQuery;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.sql.ByteText;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An engine and a session of it, for tests that compare rows as text. */
public final class Statements implements AutoCloseable {
  private final Engine engine;
  private final Session session;

  public Statements(EngineConfig config) {
    engine = Engine.open(config);
    session = engine.login("default", "", ClientInfo.local());
  }

  private Statements(Engine engine, Session session) {
    this.engine = engine;
    this.session = session;
  }

  public Engine engine() {
    return engine;
  }

  /** Another session of the same engine. */
  public Statements as(String user, String password) {
    return new Statements(engine, engine.login(user, password, ClientInfo.local()));
  }

  /** Ends the session and leaves the engine. */
  public void closeSession() {
    session.close();
  }

  /** The rows of a statement, values separated by tabs. */
  public List<String> run(String sql) {
    return run(QueryRequest.of(sql));
  }

  /** A query under way; the caller takes its blocks. */
  public RunningQuery start(String sql) {
    return session.start(QueryRequest.of(sql));
  }

  /** An INSERT whose data come behind the statement, with settings of its own. */
  public void insert(String sql, Map<String, String> settings, InputStream data) {
    run(
        new QueryRequest(
            ByteText.encode(sql), "", settings, Map.of(), data, "TabSeparated", List.of()));
  }

  /** Events that a query counts below row policies. */
  public Map<String, Long> hiddenEvents(String sql) {
    Map<String, Long> events = new HashMap<>();
    try (RunningQuery query = session.start(QueryRequest.of(sql))) {
      drain(query);
      ((LocalQuery) query).context().hiddenEvents().forEach((e, n) -> events.put(e, n.sum()));
    }
    return events;
  }

  private List<String> run(QueryRequest request) {
    try (RunningQuery query = session.start(request)) {
      return rows(query, "\t");
    }
  }

  /** The rows of a statement of any session, values separated by tabs. */
  public static List<String> run(Session session, String sql) {
    return run(session, sql, "\t");
  }

  /** The same with another separator. */
  public static List<String> run(Session session, String sql, String separator) {
    try (RunningQuery query = session.start(QueryRequest.of(sql))) {
      return rows(query, separator);
    }
  }

  /** What is left of a query. */
  public static void drain(RunningQuery query) {
    while (!query.isFinished()) {
      query.next(1000);
    }
  }

  private static List<String> rows(RunningQuery query, String separator) {
    List<String> rows = new ArrayList<>();
    while (!query.isFinished()) {
      Block b = query.next(1000);
      for (int row = 0; b != null && row < b.rows(); row++) {
        List<String> cells = new ArrayList<>();
        for (int c = 0; c < b.columnCount(); c++) {
          cells.add(query.header().type(c).textOf(b.column(c).full(), row));
        }
        rows.add(String.join(separator, cells));
      }
    }
    return rows;
  }

  @Override
  public void close() {
    session.close();
    engine.close();
  }
}
