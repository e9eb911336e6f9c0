package io.longhouse.server.cluster;

import io.longhouse.cluster.config.Clusters;
import io.longhouse.cluster.config.Shard;
import io.longhouse.cluster.connection.Connections;
import io.longhouse.cluster.connection.RemoteQuery;
import io.longhouse.cluster.connection.RemoteRequest;
import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.server.LiveServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Servers with a configuration file each, which is written once their ports are known. */
final class ServerGroup implements AutoCloseable {
  static final String USERS =
      "<users><default><password></password><access_management>1</access_management>"
          + "<networks><ip>::/0</ip></networks></default></users>"
          + "<profiles><default/></profiles>";

  private final Path folder;
  private final List<LiveServer> servers = new ArrayList<>();

  ServerGroup(Path folder, int count) throws IOException {
    this(folder, count, "");
  }

  /**
   * @param xml what all are configured with from the start
   */
  ServerGroup(Path folder, int count, String xml) throws IOException {
    this.folder = folder;
    for (int i = 0; i < count; i++) {
      write(i, xml);
      servers.add(
          new LiveServer(
              folder.resolve("data" + i),
              "--config-file=" + config(i),
              "--handshake_timeout_milliseconds=2000"));
    }
  }

  private Path config(int server) {
    return folder.resolve("server" + server).resolve("config.xml");
  }

  private void write(int server, String more) throws IOException {
    Files.createDirectories(config(server).getParent());
    Files.writeString(config(server), "<clickhouse>" + USERS + more + "</clickhouse>");
  }

  LiveServer server(int i) {
    return servers.get(i);
  }

  LocalEngine engine(int i) {
    return (LocalEngine) servers.get(i).engine;
  }

  int port(int i) {
    return servers.get(i).server.port("tcp");
  }

  /** A replica element. */
  String replica(int i, String more) {
    return replicaAt("127.0.0.1", port(i), more);
  }

  static String replicaAt(String host, int port, String more) {
    return "<replica><host>" + host + "</host><port>" + port + "</port>" + more + "</replica>";
  }

  /** Gives a server a configuration of its own and has it read again. */
  void configure(int i, String xml) throws IOException, InterruptedException {
    write(i, xml);
    String said = servers.get(i).ask("SYSTEM RELOAD CONFIG");
    if (!said.isEmpty()) {
      throw new IllegalStateException(said);
    }
  }

  /** Does something with a query of a user on a server. */
  void as(String user, int i, Map<String, String> settings, Consumer<QueryContext> work) {
    engine(i)
        .internally(
            user,
            s -> {
              QueryContext c = s.query();
              settings.forEach(c.settings()::set);
              work.accept(c);
            });
  }

  /** Opens a query on a shard of a cluster. */
  static RemoteQuery remote(QueryContext context, String cluster, int shard, String sql) {
    Shard s = context.require(Clusters.class).require(cluster).shards().get(shard - 1);
    return new RemoteQuery(context.require(Connections.class), s, RemoteRequest.of(sql), context);
  }

  /** All values of a query's first column, as text. */
  static List<String> read(RemoteQuery query) {
    List<String> out = new ArrayList<>();
    for (Block b = query.next(); b != null; b = query.next()) {
      Header h = java.util.Objects.requireNonNull(query.header());
      for (int i = 0; i < b.rows(); i++) {
        out.add(h.type(0).textOf(b.column(0).full(), i));
      }
    }
    return out;
  }

  /** Ends a server. */
  void stop(int i) {
    servers.get(i).close();
  }

  @Override
  public void close() {
    servers.forEach(LiveServer::close);
  }
}
