package io.longhouse.wire;

import java.io.IOException;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;

/**
 * Has the machine ask now and then whether the other one is still there: one that lost its power or
 * its network says nothing, and who waits for it would wait until a timeout of minutes.
 */
public final class KeepAlive {
  private static final int IDLE_SEC = 10;
  private static final int EVERY_SEC = 5;
  private static final int PROBES = 3;

  private KeepAlive() {}

  /** From now on a silent connection is given up after about half a minute. */
  public static void on(Socket socket) throws IOException {
    socket.setKeepAlive(true);
    if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SEC);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, EVERY_SEC);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
    }
  }
}
