package io.longhouse.compat.faults;

/**
 * A server of the cluster.
 *
 * @param shard from 0
 * @param replica from 0
 */
record Server(Node node, int shard, int replica, int httpPort, int tcpPort, int interserverPort) {
  String name() {
    return node.name();
  }
}
