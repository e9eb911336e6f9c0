package io.longhouse.embedded;

import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.Session;
import io.longhouse.server.Server;
import io.longhouse.server.config.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A database in this JVM. Safe for use by many threads: each call has a session of its own. For
 * {@code USE}, {@code SET} and temporary tables open a {@link #connect connection}.
 */
public final class Longhouse implements AutoCloseable {
  private final Engine engine;
  private final @Nullable Server server;
  private boolean closed;

  private Longhouse(Engine engine, @Nullable Server server) {
    this.engine = engine;
    this.server = server;
  }

  /** A database in memory, without ports. */
  public static Longhouse start() {
    return builder().open();
  }

  /**
   * A database in a folder, which is made if it is not there; without ports.
   *
   * @throws io.longhouse.sql.LonghouseException when another process has it open
   */
  public static Longhouse open(Path folder) {
    return builder().path(folder).open();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** How a database is to be opened. */
  public static final class Builder {
    private @Nullable Path path;
    private @Nullable ZoneId timeZone;
    private boolean ports;
    private int threads;
    private long memoryBytes;
    private final Map<String, String> settings = new LinkedHashMap<>();

    private Builder() {}

    /** Keeps data in that folder. */
    public Builder path(Path folder) {
      this.path = folder;
      return this;
    }

    /** Listens on free ports of the loopback address, HTTP and native. */
    public Builder ports() {
      this.ports = true;
      return this;
    }

    /** The time zone of the server; the JVM's when not given. */
    public Builder timeZone(ZoneId zone) {
      this.timeZone = zone;
      return this;
    }

    /** Threads that work on queries; one per core when not given. */
    public Builder threads(int count) {
      this.threads = count;
      return this;
    }

    /** Memory for all queries together. */
    public Builder memoryBytes(long bytes) {
      this.memoryBytes = bytes;
      return this;
    }

    /** A setting of every session. */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    /**
     * Opens it.
     *
     * @throws UncheckedIOException when ports cannot be bound
     */
    public Longhouse open() {
      Engine engine =
          Engine.open(
              new EngineConfig(path, threads, memoryBytes, timeZone, settings, Map.of(), Map.of()));
      if (!ports) {
        return new Longhouse(engine, null);
      }
      List<String> arguments =
          new ArrayList<>(List.of("--http_port=0", "--tcp_port=0", "--listen_host=127.0.0.1"));
      if (timeZone != null) {
        arguments.add("--timezone=" + timeZone.getId());
      }
      Server server = new Server(engine, ServerConfig.of(arguments));
      try {
        server.start();
      } catch (IOException e) {
        engine.close();
        throw new UncheckedIOException(e);
      }
      return new Longhouse(engine, server);
    }
  }

  /**
   * Runs a statement and takes its whole result.
   *
   * @throws io.longhouse.sql.LonghouseException what it failed with
   */
  public Result query(String sql) {
    return query(sql, Map.of());
  }

  /** The same with values for {@code {name:Type}}. */
  public Result query(String sql, Map<String, String> parameters) {
    try (Connection c = connect()) {
      return c.query(sql, parameters);
    }
  }

  /** Runs a statement for what it does. */
  public void execute(String sql) {
    query(sql);
  }

  /** A session that keeps its database, settings and temporary tables. */
  public Connection connect() {
    return connect("default", "");
  }

  /**
   * @throws io.longhouse.sql.LonghouseException AUTHENTICATION_FAILED (516)
   */
  public Connection connect(String user, String password) {
    Session session = engine.login(user, password, ClientInfo.local());
    return new Connection(session);
  }

  private Server ports() {
    if (server == null) {
      throw new IllegalStateException("this database was opened without ports");
    }
    return server;
  }

  /** The HTTP port; only after {@link Builder#ports}. */
  public int httpPort() {
    return ports().port("http");
  }

  /** The native protocol's port; only after {@link Builder#ports}. */
  public int tcpPort() {
    return ports().port("tcp");
  }

  /** For ClickHouse's JDBC driver; only after {@link Builder#ports}. */
  public String jdbcUrl() {
    return "jdbc:ch://127.0.0.1:" + httpPort();
  }

  /** The engine itself. */
  public Engine engine() {
    return engine;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (server != null) {
      server.close();
    } else {
      engine.close();
    }
  }
}
