package io.longhouse.server.http;

import io.longhouse.engine.session.Engine;
import io.longhouse.server.config.ServerConfig;

/** What every HTTP connection of a server shares. */
public final class HttpContext implements AutoCloseable {
  private final Engine engine;
  private final ServerConfig config;
  private final HttpSessions sessions = new HttpSessions();
  private final ConfiguredHandlers handlers;

  public HttpContext(Engine engine, ServerConfig config) {
    this.engine = engine;
    this.config = config;
    this.handlers = new ConfiguredHandlers(config);
  }

  Engine engine() {
    return engine;
  }

  ServerConfig.Http limits() {
    return config.http();
  }

  ServerConfig config() {
    return config;
  }

  /** The handlers of the configuration. */
  ConfiguredHandlers handlers() {
    return handlers;
  }

  HttpSessions sessions() {
    return sessions;
  }

  /** Closes the sessions that are left. */
  @Override
  public void close() {
    sessions.closeAll();
  }
}
