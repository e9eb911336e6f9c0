package io.longhouse.engine.system;

import io.longhouse.engine.session.ClientInfo;

/** The address of a client in the forms of the system tables. */
public final class Addresses {
  private Addresses() {}

  /** The IP address of {@code address:port} as text of an IPv6 one. */
  public static String ip(String address) {
    int colon = address.lastIndexOf(':');
    String ip = colon < 0 ? address : address.substring(0, colon);
    if (ip.startsWith("[") && ip.endsWith("]")) {
      ip = ip.substring(1, ip.length() - 1);
    }
    return ip.isEmpty() ? "::" : ip.indexOf(':') < 0 ? "::ffff:" + ip : ip;
  }

  /** The address in digits. */
  public static String withoutPort(String address) {
    int colon = address.lastIndexOf(':');
    String ip = colon < 0 ? address : address.substring(0, colon);
    return ip.startsWith("[") && ip.endsWith("]") ? ip.substring(1, ip.length() - 1) : ip;
  }

  public static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /** ClickHouse's number of a protocol. */
  public static int interfaceCode(ClientInfo.Protocol protocol) {
    return switch (protocol) {
      case TCP -> 1;
      case HTTP -> 2;
      case LOCAL -> 6;
    };
  }
}
