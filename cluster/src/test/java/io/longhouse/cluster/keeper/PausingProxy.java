package io.longhouse.cluster.keeper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes bytes on, or swallows them while it is paused: a network that went away silently. */
final class PausingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean paused;

  PausingProxy(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void pause() {
    paused = true;
  }

  void resume() throws IOException {
    paused = false;
    for (Socket s : sockets) {
      s.close();
    }
    sockets.clear();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket in = listener.accept();
        sockets.add(in);
        if (!paused) {
          var out = new Socket(InetAddress.getLoopbackAddress(), target);
          sockets.add(out);
          Thread.ofVirtual().start(() -> pass(in, out));
          Thread.ofVirtual().start(() -> pass(out, in));
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n; (n = in.read(buffer)) >= 0; ) {
        if (!paused) {
          out.write(buffer, 0, n);
        }
      }
    } catch (IOException e) {
      // One side is gone, and so goes the other.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    resume();
  }
}
