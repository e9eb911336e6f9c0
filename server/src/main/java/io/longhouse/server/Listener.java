package io.longhouse.server;

import io.longhouse.server.tls.Tls;
import io.longhouse.wire.KeepAlive;
import io.longhouse.wire.TimedOutput;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One listening socket: a virtual thread accepts, a virtual thread per connection serves. The
 * number of connections over all listeners is bounded by a semaphore that they share; one too many
 * is closed at once.
 */
final class Listener implements Closeable {
  /** What a connection speaks. */
  interface Protocol {
    /** Serves the connection until it ends; the caller closes the socket. */
    void serve(Socket socket, Connection connection) throws IOException;
  }

  /** A connection's state as the listener sees it when the server stops. */
  static final class Connection {
    private final Socket socket;
    private final Listener listener;
    private volatile boolean busy;
    private volatile @Nullable TimedOutput output;

    private Connection(Socket socket, Listener listener) {
      this.socket = socket;
      this.listener = listener;
    }

    /** Whether the server is stopping: the connection ends after what it is doing. */
    boolean stopping() {
      return listener.stopping;
    }

    /** The socket's output, watched for clients that take nothing. */
    TimedOutput output(Socket used) throws IOException {
      TimedOutput timed = new TimedOutput(used.getOutputStream());
      output = timed;
      return timed;
    }

    /** Marks the time in which a request is being served. */
    void busy(boolean now) {
      busy = now;
    }
  }

  private static final System.Logger LOG = System.getLogger(Listener.class.getName());
  private static final int BACKLOG = 4096;

  private final String name;
  private final ServerSocket server;
  private volatile @Nullable Tls tls;
  private final Protocol protocol;
  private final Semaphore places;
  private final int handshakeTimeoutMs;
  private final int sendTimeoutMs;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger serial = new AtomicInteger();
  private volatile boolean stopping;

  /**
   * @throws IOException when the address cannot be bound
   */
  Listener(
      String name,
      InetAddress host,
      int port,
      @Nullable Tls tls,
      Semaphore places,
      int handshakeTimeoutMs,
      int sendTimeoutMs,
      Protocol protocol)
      throws IOException {
    this.name = name;
    this.tls = tls;
    this.places = places;
    this.protocol = protocol;
    this.handshakeTimeoutMs = handshakeTimeoutMs;
    this.sendTimeoutMs = sendTimeoutMs;
    this.server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(host, port), BACKLOG);
    } catch (IOException e) {
      server.close();
      throw new IOException(
          "cannot listen on "
              + host.getHostAddress()
              + ":"
              + port
              + " for "
              + name
              + ": "
              + e.getMessage(),
          e);
    }
  }

  String name() {
    return name;
  }

  /** What new connections get from now on, where they get any. */
  void tls(@Nullable Tls fresh) {
    if (tls != null && fresh != null) {
      tls = fresh;
    }
  }

  boolean isLoopback() {
    return server.getInetAddress().isLoopbackAddress();
  }

  int port() {
    return server.getLocalPort();
  }

  String address() {
    String host = server.getInetAddress().getHostAddress();
    host = host.equals("0:0:0:0:0:0:0:1") ? "::1" : host.equals("0:0:0:0:0:0:0:0") ? "::" : host;
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port();
  }

  void start() {
    Thread.ofVirtual().name(name + " accept " + port()).start(this::accept);
    Thread.ofVirtual().name(name + " watch " + port()).start(this::watch);
  }

  /** Ends the connections of clients that have taken nothing for too long. */
  private void watch() {
    long limitNs = sendTimeoutMs * 1_000_000L;
    while (!stopping) {
      try {
        Thread.sleep(Math.clamp(sendTimeoutMs / 4, 10, 5000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      for (Connection c : open) {
        TimedOutput o = c.output;
        if (o != null && o.stuckNs() > limitNs) {
          LOG.log(Level.WARNING, name + ": a client takes no data, closing its connection");
          closeQuietly(c.socket);
        }
      }
    }
  }

  private void accept() {
    while (!stopping) {
      Socket socket;
      try {
        socket = server.accept();
      } catch (IOException e) {
        if (!stopping) {
          LOG.log(Level.WARNING, name + ": cannot accept a connection: " + e);
          pause();
        }
        continue;
      }
      if (!places.tryAcquire()) {
        LOG.log(Level.WARNING, name + ": too many connections, closing a new one");
        closeQuietly(socket);
        continue;
      }
      try {
        KeepAlive.on(socket);
      } catch (IOException e) {
        LOG.log(Level.DEBUG, name + ": no keep-alive: " + e); // gone already, which reading says
      }
      var connection = new Connection(socket, this);
      open.add(connection);
      Thread.ofVirtual().name(name + " " + serial.incrementAndGet()).start(() -> serve(connection));
    }
  }

  /** Out of file handles is the usual reason: give others time to end. */
  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Connection connection) {
    try (Socket plain = connection.socket) {
      plain.setTcpNoDelay(true);
      Tls secured = tls;
      if (secured == null) {
        protocol.serve(plain, connection);
      } else {
        plain.setSoTimeout(handshakeTimeoutMs);
        try (SSLSocket secure = secured.wrap(plain)) {
          secure.startHandshake();
          protocol.serve(secure, connection);
        }
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      LOG.log(Level.DEBUG, () -> name + ": connection ended: " + e);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, name + ": a connection failed", e);
    } finally {
      open.remove(connection);
      places.release();
    }
  }

  int connections() {
    return open.size();
  }

  boolean hasBusy() {
    for (Connection c : open) {
      if (c.busy) {
        return true;
      }
    }
    return false;
  }

  /** No new connections; idle ones are closed, busy ones end after their request. */
  void stop() {
    stopping = true;
    closeQuietly(server);
    for (Connection c : open) {
      if (!c.busy) {
        closeQuietly(c.socket);
      }
    }
  }

  /** Closes everything that is left. */
  @Override
  public void close() {
    stop();
    open.forEach(c -> closeQuietly(c.socket));
  }

  private static void closeQuietly(Closeable c) {
    try {
      c.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, () -> "closing: " + e);
    }
  }
}
