package io.longhouse.wire;

import io.longhouse.engine.exec.Scheduler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * A socket's output that knows since when a write is stuck. A blocking write has no timeout of its
 * own: the owner of the connection looks at this from outside and closes the socket of a peer that
 * takes nothing.
 */
public final class TimedOutput extends OutputStream {
  private final OutputStream out;
  private volatile long writingSinceNs;

  public TimedOutput(OutputStream out) {
    this.out = out;
  }

  /** How long the present write has been waiting; 0 when nothing is being written. */
  public long stuckNs() {
    long since = writingSinceNs;
    return since == 0 ? 0 : System.nanoTime() - since;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int from, int length) throws IOException {
    try {
      Scheduler.uncounted(() -> writeNow(source, from, length));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void writeNow(byte[] source, int from, int length) {
    writingSinceNs = System.nanoTime() | 1; // never 0
    try {
      out.write(source, from, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writingSinceNs = 0;
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
