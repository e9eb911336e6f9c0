package io.longhouse.compat.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that one process says to another, and is answered: connections that the first opens to
 * the ports of the second go through here. Bytes are never changed, only kept back or lost together
 * with their connection, as TCP does it.
 */
final class Link implements AutoCloseable {
  /** What becomes of connections. */
  enum State {
    OPEN,
    /** As a network that loses every packet: nothing arrives and nobody is told. */
    SILENT,
    /** As a machine on which nothing listens: connections are reset and refused. */
    REFUSING
  }

  private static final int CHUNK_BYTES = 16 << 10;

  private final String name;
  private final InetAddress address;
  private final List<ServerSocket> listening = new ArrayList<>();
  private final Set<Socket> open = Collections.synchronizedSet(new HashSet<>());
  private final Object changed = new Object();
  private volatile State state = State.OPEN;
  private volatile int delayMs;
  private volatile boolean closed;

  /**
   * @param name of both ends, for threads
   * @param address to listen on, one per link
   */
  Link(String name, InetAddress address) {
    this.name = name;
    this.address = address;
  }

  /** Takes connections on a port for the same port of the loopback. */
  void carry(int port) throws IOException {
    var socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(address, port), 200);
    listening.add(socket);
    Thread.ofVirtual().name(name + ":" + port).start(() -> accept(socket, port));
  }

  InetAddress address() {
    return address;
  }

  /** Changes what becomes of connections, of those that are open too. */
  void set(State to) {
    synchronized (changed) {
      state = to;
      changed.notifyAll();
    }
    if (to == State.REFUSING) {
      reset();
    }
  }

  /**
   * Every 16 KiB in either direction arrive that much later, and so do the next.
   *
   * @param ms 0 for as fast as it goes
   */
  void slow(int ms) {
    delayMs = ms;
  }

  /** Ends the connections there are; new ones can be made. */
  void reset() {
    List<Socket> now;
    synchronized (open) {
      now = List.copyOf(open);
    }
    now.forEach(Link::drop);
  }

  private void accept(ServerSocket socket, int port) {
    while (!closed) {
      try {
        Socket from = socket.accept();
        if (state == State.REFUSING) {
          drop(from);
        } else {
          open.add(from);
          Thread.ofVirtual().name(name + ":" + port).start(() -> join(from, port));
        }
      } catch (IOException e) {
        if (!closed) {
          throw new IllegalStateException(name + " no longer listens", e);
        }
      }
    }
  }

  private void join(Socket from, int port) {
    var to = new Socket();
    open.add(to);
    try {
      awaitNotSilent();
      from.setTcpNoDelay(true);
      to.setTcpNoDelay(true);
      to.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
      Thread back = Thread.ofVirtual().name(name).start(() -> pump(to, from));
      pump(from, to);
      back.join();
    } catch (IOException e) {
      drop(from); // nobody listens there: the process is dead
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      drop(to);
      drop(from);
      open.remove(to);
      open.remove(from);
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        int delay = delayMs;
        if (delay > 0) {
          Thread.sleep(delay);
        }
        awaitNotSilent();
        out.write(chunk, 0, n);
      }
      awaitNotSilent();
      to.shutdownOutput();
    } catch (IOException e) {
      drop(from);
      drop(to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitNotSilent() throws InterruptedException {
    if (state == State.SILENT) {
      synchronized (changed) {
        while (state == State.SILENT && !closed) {
          changed.wait();
        }
      }
    }
  }

  /** Ends a connection the way a dead machine's does: by a reset. */
  private static void drop(Socket socket) {
    try {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
    } catch (IOException e) {
      // it has ended already
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    set(State.OPEN);
    for (ServerSocket s : listening) {
      s.close();
    }
    reset();
  }
}
