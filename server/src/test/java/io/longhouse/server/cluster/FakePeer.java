package io.longhouse.server.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** Something that listens and has manners of its own. */
final class FakePeer implements AutoCloseable {
  /** What it does with a connection. */
  interface Manners {
    void speak(Socket socket) throws IOException, InterruptedException;
  }

  private final ServerSocket listener = new ServerSocket(0);

  FakePeer(Manners manners) throws IOException {
    Thread.ofVirtual().start(() -> accept(manners));
  }

  private void accept(Manners manners) {
    try {
      while (true) {
        Socket s = listener.accept();
        Thread.ofVirtual().start(() -> serve(s, manners));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private static void serve(Socket socket, Manners manners) {
    try (socket) {
      manners.speak(socket);
    } catch (IOException | InterruptedException e) {
      // the other side has had enough
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
