package io.longhouse.server;

import io.longhouse.cluster.interserver.Interserver;
import io.longhouse.engine.session.Engine;
import io.longhouse.server.config.ServerConfig;
import io.longhouse.server.http.HttpConnection;
import io.longhouse.server.http.HttpContext;
import io.longhouse.server.nativeprotocol.NativeConnection;
import io.longhouse.server.tls.Tls;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** An engine with its listeners. Ports are bound by {@link #start} and served from then on. */
public final class Server implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Server.class.getName());
  private static final long POLL_MS = 20;

  private final Engine engine;
  private final ServerConfig config;
  private final HttpContext http;
  private final List<Listener> listeners = new ArrayList<>();
  private boolean closed;

  /**
   * @param engine closed together with the server
   */
  public Server(Engine engine, ServerConfig config) {
    this.engine = engine;
    this.config = config;
    this.http = new HttpContext(engine, config);
  }

  /**
   * Binds every configured port on every configured address.
   *
   * @throws IOException when one cannot be bound; none is left bound then
   */
  public void start() throws IOException {
    Tls tls = config.tls() == null ? null : Tls.of(config.tls());
    Semaphore places = new Semaphore(config.limits().connections());
    var ports = config.ports();
    try {
      for (String host : config.listenHosts()) {
        InetAddress at = InetAddress.getByName(host);
        listen("http", at, ports.http(), null, places, this::serveHttp);
        listen("https", at, ports.https(), tls, places, this::serveHttp);
        listen("tcp", at, ports.tcp(), null, places, this::serveNative);
        listen("tcp_secure", at, ports.tcpSecure(), tls, places, this::serveNative);
      }
      for (String host : config.interserverHosts()) {
        InetAddress at = InetAddress.getByName(host);
        listen("interserver_http", at, ports.interserver(), null, places, this::serveServer);
        listen("interserver_https", at, ports.interserverSecure(), tls, places, this::serveServer);
      }
    } catch (IOException e) {
      listeners.forEach(Listener::close);
      throw e;
    }
    engine.listening(ports());
    listeners.forEach(Listener::start);
    gauges();
    warnIfOpen();
  }

  /**
   * Takes over users and certificates of a configuration that was read again.
   *
   * @throws IOException when a certificate cannot be read; nothing has changed then
   */
  void reload(ServerConfig fresh) throws IOException {
    Tls tls = fresh.tls() == null ? null : Tls.of(fresh.tls());
    engine.reload(fresh.engine().configuration());
    listeners.forEach(l -> l.tls(tls));
    warnIfOpen();
  }

  /** A {@code default} without a password should be for this machine only. */
  private void warnIfOpen() {
    String where = null;
    for (Listener l : listeners) {
      where = l.isLoopback() ? where : l.address();
    }
    String warning =
        where == null || !engine.isDefaultOpen()
            ? null
            : "The user default has no password, and anybody who reaches "
                + where
                + " can log in: set users.default.password or users.default.networks";
    engine.warnings().set("open default user", warning);
    if (warning != null) {
      System.err.println("Warning: " + warning);
    }
  }

  private void listen(
      String name,
      InetAddress host,
      int port,
      @Nullable Tls tls,
      Semaphore places,
      Listener.Protocol protocol)
      throws IOException {
    if (port >= 0) {
      int handshakeMs = config.limits().handshakeTimeoutMs();
      int sendMs = config.limits().sendTimeoutMs();
      listeners.add(new Listener(name, host, port, tls, places, handshakeMs, sendMs, protocol));
    }
  }

  private void serveHttp(java.net.Socket socket, Listener.Connection connection)
      throws IOException {
    new HttpConnection(http, socket, connection.output(socket))
        .serve(connection::stopping, connection::busy);
  }

  private void serveServer(java.net.Socket socket, Listener.Connection connection)
      throws IOException {
    Interserver interserver = engine.service(Interserver.class);
    if (interserver == null) {
      throw new IOException("nothing here answers other servers");
    }
    HttpConnection.ofServer(http, interserver, socket, connection.output(socket))
        .serve(connection::stopping, connection::busy);
  }

  private void serveNative(java.net.Socket socket, Listener.Connection connection)
      throws IOException {
    new NativeConnection(engine, config, socket, connection.output(socket))
        .serve(connection::stopping, connection::busy);
  }

  private void gauges() {
    engine.metrics().gauge("HTTPConnection", () -> count("http"));
    engine.metrics().gauge("TCPConnection", () -> count("tcp"));
    engine.metrics().gauge("InterserverConnection", () -> count("interserver"));
  }

  private long count(String name) {
    return listeners.stream()
        .filter(l -> l.name().startsWith(name))
        .mapToInt(Listener::connections)
        .sum();
  }

  /**
   * The port that a protocol ({@code http}, {@code https}, {@code tcp}, {@code tcp_secure}) has.
   */
  public int port(String name) {
    for (Listener l : listeners) {
      if (l.name().equals(name)) {
        return l.port();
      }
    }
    throw new IllegalArgumentException("no port for " + name);
  }

  private Map<String, Integer> ports() {
    Map<String, Integer> bound = new HashMap<>();
    for (Listener l : listeners) {
      String key =
          switch (l.name()) {
            case "tcp" -> "tcp_port";
            case "tcp_secure" -> "tcp_port_secure";
            default -> l.name() + "_port";
          };
      bound.putIfAbsent(key, l.port());
    }
    return bound;
  }

  /** Every address with its protocol, for the line that says that the server is ready. */
  public String addresses() {
    var out = new StringBuilder();
    for (Listener l : listeners) {
      out.append(out.isEmpty() ? "" : ", ").append(l.name()).append(' ').append(l.address());
    }
    return out.toString();
  }

  /** Takes no new connections, lets requests end for the configured time, then closes. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    listeners.forEach(Listener::stop);
    long deadline = System.nanoTime() + config.limits().shutdownGraceMs() * 1_000_000L;
    while (listeners.stream().anyMatch(Listener::hasBusy) && System.nanoTime() < deadline) {
      try {
        Thread.sleep(POLL_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    long left = Math.max(0, (deadline - System.nanoTime()) / 1_000_000L);
    engine.shutdown(left);
    listeners.forEach(Listener::close);
    http.close();
    engine.close();
    LOG.log(Level.INFO, "stopped");
  }
}
