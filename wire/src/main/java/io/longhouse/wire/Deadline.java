package io.longhouse.wire;

import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * Ends what is done with a socket by closing it when its time is over: a peer that sends a byte now
 * and then never runs into the timeout of a single read.
 */
public final class Deadline implements AutoCloseable {
  /** What is done with the socket. */
  public interface Work<T> {
    T run() throws IOException;
  }

  private final Socket socket;
  private final int ms;
  private final Thread clock;
  private volatile boolean over;

  /** Its time begins now. */
  public Deadline(Socket socket, int ms) {
    this.socket = socket;
    this.ms = ms;
    this.clock = Thread.ofVirtual().name("connection deadline").start(this::tick);
  }

  private void tick() {
    try {
      Thread.sleep(ms);
      over = true;
      socket.close();
    } catch (InterruptedException | IOException e) {
      // in time, or closed already
      return;
    }
  }

  /**
   * @throws SocketTimeoutException when the time was over before the work was done
   */
  public <T> T within(Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (IOException | UncheckedIOException | LonghouseException e) {
      if (over) {
        throw new SocketTimeoutException("no whole handshake in " + ms + " ms");
      }
      throw e;
    }
  }

  @Override
  public void close() {
    clock.interrupt();
  }
}
