package io.longhouse.cluster.replication;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes bytes on and now and then cuts the connection: before a request was passed on, or after,
 * so that it is carried out and its answer lost.
 */
final class LossyProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Random random;
  private volatile double lossRate;

  LossyProxy(int target, long seed) throws IOException {
    this.target = target;
    this.random = new Random(seed);
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("lossy-proxy").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The share of requests at which the connection is cut. */
  void lossRate(double rate) {
    lossRate = rate;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket in = listener.accept();
        var out = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(in);
        sockets.add(out);
        Thread.ofVirtual().start(() -> pass(in, out, true));
        Thread.ofVirtual().start(() -> pass(out, in, false));
      } catch (IOException e) {
        if (listener.isClosed()) {
          return;
        }
      }
    }
  }

  private void pass(Socket from, Socket to, boolean requests) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n; (n = in.read(buffer)) >= 0; ) {
        double dice = requests ? dice() : 1;
        if (dice < lossRate / 2) {
          return;
        }
        if (dice < lossRate) {
          // Nobody hears the answer.
          from.shutdownOutput();
        }
        out.write(buffer, 0, n);
        if (dice < lossRate) {
          Thread.sleep(20);
          return;
        }
      }
    } catch (IOException e) {
      // One side is gone, and so goes the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private synchronized double dice() {
    return random.nextDouble();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket s : sockets) {
      s.close();
    }
  }
}
