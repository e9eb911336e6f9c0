package io.longhouse.cluster.replication.node;

import static io.longhouse.cluster.replication.node.NodeText.escaped;

import io.longhouse.sql.ByteText;

/**
 * Where a replica can be asked for parts: {@code /replicas/R/host}.
 *
 * @param port of the part exchange
 * @param tcpPort of the native protocol; 0 where there is none
 * @param scheme {@code http} or {@code https}
 */
public record HostNode(
    String host, int port, int tcpPort, String database, String table, String scheme) {

  /**
   * @param where the node's path, for messages
   */
  public static HostNode parse(byte[] node, String where) {
    var in = new NodeText(node, where);
    String host = named(in, "host: ");
    int port = number(in, "port: ");
    int tcpPort = number(in, "tcp_port: ");
    String database = named(in, "database: ");
    String table = named(in, "table: ");
    String scheme = in.atEnd() ? "http" : named(in, "scheme: ");
    return new HostNode(host, port, tcpPort, database, table, scheme);
  }

  private static String named(NodeText in, String name) {
    in.expect(name);
    String value = in.escapedWord();
    in.expect("\n");
    return value;
  }

  private static int number(NodeText in, String name) {
    in.expect(name);
    int value = in.smallNumber();
    if (value < 0 || value > 0xFFFF) {
      throw in.wrong("a port before this");
    }
    in.expect("\n");
    return value;
  }

  public byte[] toBytes() {
    return ByteText.encode(
        "host: "
            + escaped(host)
            + "\nport: "
            + port
            + "\ntcp_port: "
            + tcpPort
            + "\ndatabase: "
            + escaped(database)
            + "\ntable: "
            + escaped(table)
            + "\nscheme: "
            + escaped(scheme)
            + "\n");
  }
}
