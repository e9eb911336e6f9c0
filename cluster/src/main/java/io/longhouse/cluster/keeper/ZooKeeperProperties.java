package io.longhouse.cluster.keeper;

/** What ZooKeeper reads from system properties, before its first class is loaded. */
final class ZooKeeperProperties {
  private ZooKeeperProperties() {}

  /** Sets each that nobody has set. */
  static void set() {
    // Requests and answers as large as ClickHouse lets them be; 1 MiB otherwise.
    set("jute.maxbuffer", String.valueOf(16 << 20));
    // In KiB; 64 MiB otherwise, for each of its logs.
    set("zookeeper.preAllocSize", "1024");
    set("zookeeper.admin.enableServer", "false");
    set("zookeeper.jmx.log4j.disable", "true");
    set("zookeeper.4lw.commands.whitelist", "*");
    set("zookeeper.serverCnxnFactory", "org.apache.zookeeper.server.NIOServerCnxnFactory");
  }

  private static void set(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
