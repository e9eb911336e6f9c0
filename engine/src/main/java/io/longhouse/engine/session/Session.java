package io.longhouse.engine.session;

import io.longhouse.engine.settings.Settings;

/**
 * One client's state between statements: database, settings, temporary tables. One user at a time.
 */
public interface Session extends AutoCloseable {
  String user();

  String database();

  /**
   * @throws io.longhouse.sql.LonghouseException UNKNOWN_DATABASE (81)
   */
  void database(String name);

  /** The session's settings; {@code SET} and protocols change them. */
  Settings settings();

  ClientInfo client();

  /**
   * Starts a statement: parses, checks and plans it on the caller's thread, then works on the
   * engine's.
   *
   * @throws io.longhouse.sql.LonghouseException what is wrong with the statement
   */
  RunningQuery start(QueryRequest request);

  /** Drops temporary tables. */
  @Override
  void close();
}
