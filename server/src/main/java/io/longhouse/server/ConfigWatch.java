package io.longhouse.server;

import io.longhouse.server.config.ServerConfig;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Reads the configuration again when one of its files has changed, and when somebody asks for it. A
 * configuration that is not one changes nothing. Users, roles, profiles, quotas and TLS are taken
 * over; all else is for the next start.
 */
final class ConfigWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ConfigWatch.class.getName());
  private static final long LOOK_EVERY_MS = 2000;

  private final List<String> arguments;
  private final Server server;
  private final Thread watcher;
  private ServerConfig config;
  private String state;

  /**
   * @param config what was read of the arguments
   */
  ConfigWatch(List<String> arguments, ServerConfig config, Server server) {
    this.arguments = List.copyOf(arguments);
    this.config = config;
    this.server = server;
    this.state = config.sources().state();
    this.watcher = Thread.ofVirtual().name("configuration").start(this::watch);
  }

  private void watch() {
    while (true) {
      try {
        Thread.sleep(LOOK_EVERY_MS);
      } catch (InterruptedException e) {
        return;
      }
      try {
        look();
      } catch (LonghouseException | UncheckedIOException e) {
        LOG.log(Level.ERROR, "the changed configuration is not used: " + e.getMessage());
      }
    }
  }

  private synchronized void look() {
    String now = config.sources().state();
    if (!now.equals(state)) {
      state = now;
      reload();
      LOG.log(Level.INFO, "the configuration was read again");
    }
  }

  /**
   * @throws LonghouseException when the configuration cannot be used
   */
  synchronized void reload() {
    ServerConfig fresh = ServerConfig.of(arguments);
    try {
      server.reload(fresh);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    config = fresh;
    state = fresh.sources().state();
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
