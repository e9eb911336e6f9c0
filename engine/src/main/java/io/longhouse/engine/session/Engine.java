package io.longhouse.engine.session;

import io.longhouse.engine.access.Credentials;
import io.longhouse.engine.access.Login;
import io.longhouse.engine.meter.TopAccounts;
import io.longhouse.engine.table.ReplicaState;
import io.longhouse.engine.table.Table;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The database in one process: catalog, scheduler, memory, background work. Opened once, shared by
 * all sessions.
 */
public interface Engine extends AutoCloseable {
  /**
   * Opens the data directory, loads tables and starts background work.
   *
   * @throws io.longhouse.sql.LonghouseException when the directory is in use by another process or
   *     cannot be read
   */
  static Engine open(EngineConfig config) {
    return open(config, Login.Tokens.NONE);
  }

  /** The same for an engine that lets in by tokens. */
  static Engine open(EngineConfig config, Login.Tokens tokens) {
    return LocalEngine.open(config, tokens);
  }

  /**
   * Opens a session.
   *
   * @throws io.longhouse.sql.LonghouseException AUTHENTICATION_FAILED (516), QUOTA_EXCEEDED (201)
   */
  Session login(Credentials shown, ClientInfo client);

  /**
   * Opens a session for what another server asks, which has proved to belong to a cluster with this
   * one: as the user who asked there.
   *
   * @param user empty for that server itself, which may do anything
   * @param from where that user comes from, an address in digits
   * @param roles names of those in force there, of which those are in force here that the user has;
   *     null for the user's default ones
   * @throws io.longhouse.sql.LonghouseException AUTHENTICATION_FAILED (516) when there is no such
   *     user here, or not from there
   */
  default Session onBehalf(
      String user, String from, @Nullable List<String> roles, ClientInfo client) {
    throw new UnsupportedOperationException();
  }

  /** Whether a session may know if there is such a table; see {@link #table}. */
  default boolean maySee(@Nullable Session session, String database, String name) {
    return true;
  }

  /**
   * A table that a session may know of; null when there is none.
   *
   * @param session null for the engine itself, which knows all
   * @param database empty for the session's
   */
  default @Nullable Table table(@Nullable Session session, String database, String name) {
    return null;
  }

  /** What a module above the engine gives, by class; null where it is not there. */
  default <T> @Nullable T service(Class<T> kind) {
    return null;
  }

  /** Opens a session with a password. */
  default Session login(String user, String password, ClientInfo client) {
    return login(Credentials.password(user, password), client);
  }

  /** Metrics for {@code system.metrics}, {@code events} and {@code asynchronous_metrics} alike. */
  Metrics metrics();

  /** What is measured when it is asked for, by ClickHouse's names of asynchronous metrics. */
  default Map<String, Double> measured() {
    return Map.of();
  }

  /** How often each error has happened, by its name. */
  default Map<String, Long> errorCounts() {
    return Map.of();
  }

  /** What the accounts used that use most, and all others; none when that is not asked for. */
  default List<TopAccounts.Series> topAccounts() {
    return List.of();
  }

  /**
   * Watches the heap from now on: when it is nearly full, the query that uses most of it ends with
   * MEMORY_LIMIT_EXCEEDED (241). Once for a process.
   */
  void guardHeap();

  /** What an administrator should know, for {@code system.warnings}. */
  default Warnings warnings() {
    return new Warnings();
  }

  /** Whether {@code default} comes in without a password from other machines. */
  default boolean isDefaultOpen() {
    return false;
  }

  /** What SYSTEM RELOAD CONFIG does; there is nothing to reload without. */
  default void reloader(Runnable reload) {}

  /**
   * Takes over users, roles, profiles and quotas of a new configuration.
   *
   * @throws io.longhouse.sql.LonghouseException when there is something wrong with it
   */
  default void reload(Map<String, String> configuration) {}

  /** The tables that have replicas elsewhere, by their full names. */
  default Map<String, ReplicaState> replicas() {
    return Map.of();
  }

  /** Says where the server in front listens: its ports by key of the configuration. */
  default void listening(Map<String, Integer> ports) {}

  /** Lets running queries end for at most that long, then cancels them, stops merges and closes. */
  void shutdown(long graceMs);

  @Override
  void close();
}
