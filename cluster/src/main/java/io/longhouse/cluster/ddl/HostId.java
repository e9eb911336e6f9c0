package io.longhouse.cluster.ddl;

import io.longhouse.engine.catalog.FileNames;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** A server as entries name it, by its address for native connections. */
public record HostId(String host, int port) {
  /**
   * Reads {@code host:port}, the host escaped like the name of a file.
   *
   * @throws LonghouseException SYNTAX_ERROR (62)
   */
  static HostId parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || !text.substring(colon + 1).matches("\\d{1,5}")) {
      throw new LonghouseException(
          ErrorCode.SYNTAX_ERROR, "Incorrect <host>:<port> format " + text);
    }
    return new HostId(
        FileNames.unescape(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
  }

  /** As nodes are named. */
  String text() {
    return FileNames.escape(host) + ":" + port;
  }

  /** As people read it. */
  String readable() {
    return (host.indexOf(':') >= 0 && !host.endsWith("]") ? "[" + host + "]" : host) + ":" + port;
  }
}
