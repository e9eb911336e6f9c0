package io.longhouse.cluster.keeper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports that nobody listens on. */
public final class FreePorts {
  private FreePorts() {}

  public static List<Integer> of(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      var s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(s);
      ports.add(s.getLocalPort());
    }
    for (ServerSocket s : sockets) {
      s.close();
    }
    return ports;
  }
}
