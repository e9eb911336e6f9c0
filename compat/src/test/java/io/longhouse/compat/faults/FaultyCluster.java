package io.longhouse.compat.faults;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** The processes of a cluster {@code test_cluster}, their configurations, links and disks. */
final class FaultyCluster implements AutoCloseable {
  private static final int PORTS_FROM = 20_000;
  private static final int PORTS_TO = 32_000;
  private static final int PORTS_PER_NODE = 4;
  private static final int DISK_MB = 192;

  private final int shards;
  private final String moreClusters;
  private final List<Server> servers = new ArrayList<>();
  private final List<Node> keepers = new ArrayList<>();
  private final List<Integer> keeperPorts = new ArrayList<>();
  private final Map<String, Disk> disks = new HashMap<>();
  private final Network network;

  /** A test run that is interrupted leaves no processes behind. */
  private final Thread atExit = Thread.ofPlatform().unstarted(this::abandon);

  FaultyCluster(Path folder, int shards, int replicas, int keeperCount)
      throws IOException, InterruptedException {
    this(folder, shards, replicas, keeperCount, "");
  }

  /**
   * @param moreClusters definitions beside that of {@code test_cluster}, as in {@code
   *     remote_servers}
   */
  FaultyCluster(Path folder, int shards, int replicas, int keeperCount, String moreClusters)
      throws IOException, InterruptedException {
    this.moreClusters = moreClusters;
    this.shards = shards;
    int count = shards * replicas + keeperCount;
    int port = freePorts(count * PORTS_PER_NODE);
    List<String> names = new ArrayList<>();
    List<List<Integer>> carried = new ArrayList<>();
    for (int i = 0; i < count; i++, port += PORTS_PER_NODE) {
      boolean keeper = i >= shards * replicas;
      String name =
          keeper
              ? "keeper" + (i - shards * replicas + 1)
              : "s" + (i / replicas + 1) + "r" + (i % replicas + 1);
      names.add(name);
      Path home = Files.createDirectories(folder.resolve(name));
      List<String> options =
          List.of(
              "-Xmx" + (keeper ? 128 : 256) + "m",
              "-Djdk.net.hosts.file=" + folder.resolve("hosts." + name));
      if (keeper) {
        keepers.add(new Node(name, home, "io.longhouse.server.KeeperMain", options));
        keeperPorts.add(port);
        carried.add(List.of(port, port + 1, port + 2));
      } else {
        Node node = new Node(name, home, "io.longhouse.server.Main", options);
        servers.add(new Server(node, i / replicas, i % replicas, port + 3, port, port + 1));
        carried.add(List.of(port, port + 1));
      }
    }
    network = new Network(folder, names, carried);
    mountDisks();
    for (Server s : servers) {
      Files.writeString(s.node().folder().resolve("config.xml"), serverConfig(s));
    }
    for (int k = 0; k < keeperCount; k++) {
      Files.writeString(keepers.get(k).folder().resolve("config.xml"), keeperConfig(k));
    }
  }

  /** One server of each shard has a disk that can be filled, where the system allows it. */
  private void mountDisks() throws IOException, InterruptedException {
    for (Server s : servers) {
      if (s.replica() == 0) {
        Disk disk = Disk.mount(s.node().folder().resolve("data"), DISK_MB);
        if (disk == null) {
          System.out.println("FaultTest: no disk is filled: mounting a tmpfs is not allowed here");
          return;
        }
        disks.put(s.name(), disk);
      }
    }
  }

  private String serverConfig(Server s) {
    var remote = new StringBuilder();
    for (int shard = 0; shard < shards; shard++) {
      remote.append("<shard><internal_replication>true</internal_replication>");
      for (Server r : of(shard)) {
        remote.append(
            "<replica><host>%s</host><port>%d</port></replica>".formatted(r.name(), r.tcpPort()));
      }
      remote.append("</shard>\n");
    }
    var keeper = new StringBuilder();
    for (int k = 0; k < keepers.size(); k++) {
      keeper.append(
          "<node><host>%s</host><port>%d</port></node>\n"
              .formatted(keepers.get(k).name(), keeperPorts.get(k)));
    }
    return """
    <clickhouse>
      <display_name>%1$s</display_name>
      <path>%2$s</path>
      <listen_host>127.0.0.1</listen_host>
      <http_port>%3$d</http_port>
      <tcp_port>%4$d</tcp_port>
      <interserver_http_host>%1$s</interserver_http_host>
      <interserver_http_port>%5$d</interserver_http_port>
      <macros><cluster>test_cluster</cluster><shard>%6$d</shard><replica>%1$s</replica></macros>
      <zookeeper>
        %7$s
        <session_timeout_ms>6000</session_timeout_ms>
        <operation_timeout_ms>4000</operation_timeout_ms>
      </zookeeper>
      <distributed_ddl><path>/clickhouse/task_queue/ddl</path></distributed_ddl>
      <remote_servers><test_cluster><secret>of the test</secret>
        %8$s
      </test_cluster>%9$s</remote_servers>
      <profiles><default>
        <receive_timeout>10</receive_timeout>
        <send_timeout>10</send_timeout>
        <max_execution_time>30</max_execution_time>
        <insert_quorum_timeout>8000</insert_quorum_timeout>
        <distributed_ddl_task_timeout>20</distributed_ddl_task_timeout>
      </default></profiles>
    </clickhouse>
    """
        .formatted(
            s.name(),
            s.node().folder().resolve("data"),
            s.httpPort(),
            s.tcpPort(),
            s.interserverPort(),
            s.shard() + 1,
            keeper,
            remote,
            moreClusters);
  }

  private String keeperConfig(int k) {
    var raft = new StringBuilder();
    if (keepers.size() > 1) {
      raft.append("<raft_configuration>");
      for (int i = 0; i < keepers.size(); i++) {
        raft.append(
            "<server><id>%d</id><hostname>%s</hostname><port>%d</port></server>"
                .formatted(i + 1, keepers.get(i).name(), keeperPorts.get(i) + 1));
      }
      raft.append("</raft_configuration>");
    }
    return """
    <clickhouse>
      <listen_host>127.0.0.1</listen_host>
      <keeper_server>
        <tcp_port>%d</tcp_port>
        <server_id>%d</server_id>
        <storage_path>%s</storage_path>
        <coordination_settings>
          <heart_beat_interval_ms>500</heart_beat_interval_ms>
          <min_session_timeout_ms>2000</min_session_timeout_ms>
        </coordination_settings>
        %s
      </keeper_server>
    </clickhouse>
    """
        .formatted(keeperPorts.get(k), k + 1, keepers.get(k).folder().resolve("data"), raft);
  }

  /**
   * The first of so many ports in a row on which nobody listens, below those of outgoing
   * connections.
   */
  private static int freePorts(int count) {
    for (int attempt = 0; attempt < 100; attempt++) {
      int from = ThreadLocalRandom.current().nextInt(PORTS_FROM, PORTS_TO - count);
      int port = from;
      while (port < from + count && isFree(port)) {
        port++;
      }
      if (port == from + count) {
        return from;
      }
    }
    throw new IllegalStateException("no " + count + " free ports in a row");
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  int shards() {
    return shards;
  }

  List<Server> servers() {
    return List.copyOf(servers);
  }

  /** The servers of a shard, counted from 0. */
  List<Server> of(int shard) {
    return servers.stream().filter(s -> s.shard() == shard).toList();
  }

  List<String> serverNames() {
    return servers.stream().map(Server::name).toList();
  }

  List<String> keeperNames() {
    return keepers.stream().map(Node::name).toList();
  }

  /** Servers whose disk can be filled. */
  List<String> withDisk() {
    return disks.keySet().stream().sorted().toList();
  }

  Disk disk(String server) {
    Disk disk = disks.get(server);
    if (disk == null) {
      throw new IllegalArgumentException(server + " has no disk of its own");
    }
    return disk;
  }

  List<Node> nodes() {
    return Stream.concat(keepers.stream(), servers.stream().map(Server::node)).toList();
  }

  Node node(String name) {
    return nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }

  Network network() {
    return network;
  }

  void start() throws IOException {
    Runtime.getRuntime().addShutdownHook(atExit);
    for (Node n : nodes()) {
      n.start();
    }
  }

  private void abandon() {
    try {
      for (Node n : nodes()) {
        n.kill();
      }
      for (Disk d : disks.values()) {
        d.close();
      }
    } catch (IOException e) {
      System.err.println("FaultTest: cannot clean up: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    Runtime.getRuntime().removeShutdownHook(atExit);
    for (Server s : servers) {
      s.node().close();
    }
    for (Node k : keepers) {
      k.close();
    }
    network.close();
    for (Disk d : disks.values()) {
      d.close();
    }
  }
}
