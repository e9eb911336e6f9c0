package io.longhouse.compat.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collections;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Something on a port that is no server. */
final class HostilePeer implements AutoCloseable {
  /** What whoever connects meets. */
  enum Manner {
    /** Accepts and says nothing, ever. */
    BLACK_HOLE,
    /** Sends bytes without sense and goes on. */
    GARBAGE,
    /** Ends the connection as soon as something was said. */
    HANGS_UP,
    /** Promises a text of gigabytes. */
    BOASTS,
    /** Another protocol, as if the wrong port had been given. */
    HTTP
  }

  private final ServerSocket socket;
  private final Manner manner;
  private final Set<Socket> open = Collections.synchronizedSet(new HashSet<>());

  HostilePeer(Manner manner) throws IOException {
    this.manner = manner;
    this.socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name(manner.toString()).start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket s = socket.accept();
        open.add(s);
        Thread.ofVirtual().start(() -> meet(s));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void meet(Socket s) {
    try {
      byte[] said = new byte[1 << 16];
      if (s.getInputStream().read(said) < 0) {
        return;
      }
      switch (manner) {
        case BLACK_HOLE -> {}
        case GARBAGE -> {
          var random = new Random(1);
          byte[] bytes = new byte[4096];
          while (true) {
            random.nextBytes(bytes);
            s.getOutputStream().write(bytes);
          }
        }
        case HANGS_UP -> s.close();
        case BOASTS ->
            s.getOutputStream()
                .write(new byte[] {0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F});
        case HTTP -> {
          s.getOutputStream().write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes());
          s.close();
        }
      }
    } catch (IOException e) {
      // the other side has gone, as it should
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket s : Set.copyOf(open)) {
      s.close();
    }
  }
}
