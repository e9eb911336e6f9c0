package io.longhouse.engine.session;

import io.longhouse.engine.settings.Settings;
import java.util.Map;

/**
 * One client's state between statements: database, settings, temporary tables. One user at a time.
 */
public interface Session extends AutoCloseable {
  String user();

  /** Who logged in, also while the session acts as somebody else. */
  default String authenticatedUser() {
    return user();
  }

  /**
   * Acts as somebody else from now on.
   *
   * @throws io.longhouse.sql.LonghouseException SUPPORT_IS_DISABLED (344), ACCESS_DENIED (497),
   *     UNKNOWN_USER (192)
   */
  default void impersonate(String other) {
    throw new UnsupportedOperationException();
  }

  String database();

  /**
   * @throws io.longhouse.sql.LonghouseException UNKNOWN_DATABASE (81)
   */
  void database(String name);

  /** The session's settings; {@code SET} and protocols change them. */
  Settings settings();

  /** Values of query parameters set by {@code SET param_name = value}. */
  Map<String, String> parameters();

  ClientInfo client();

  /**
   * Starts a statement: parses, checks and plans it on the caller's thread, then works on the
   * engine's.
   *
   * @throws io.longhouse.sql.LonghouseException what is wrong with the statement
   */
  default RunningQuery start(QueryRequest request) {
    return start(request, () -> {});
  }

  /**
   * The same where the statement may have to wait for its turn.
   *
   * @param whileWaiting called now and then; throws when the client has gone or wants no answer any
   *     more, which ends the waiting
   */
  RunningQuery start(QueryRequest request, Runnable whileWaiting);

  /** By what the client wants its quota counted from now on. */
  default void quotaKey(String key) {}

  /** Equal for logins of the same user that gave the same rights and settings. */
  default Object identity() {
    return user();
  }

  /** Lasts as long as a later login of the same identity. */
  default void renew(Session later) {}

  /** Drops temporary tables. */
  @Override
  void close();
}
