package io.longhouse.cluster;

import io.longhouse.column.Block;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.sql.ByteText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** An engine of a cluster that listens nowhere: what servers do through Keeper needs no ports. */
public final class TestServer implements AutoCloseable {
  private final EngineConfig config;
  private Engine engine;

  private TestServer(EngineConfig config) {
    this.config = config;
    this.engine = Engine.open(config);
  }

  /** A server that is called by a port and knows a Keeper, and more configuration. */
  public static TestServer open(Path folder, int port, int keeper, Map<String, String> more) {
    Map<String, String> keys = new LinkedHashMap<>(more);
    keys.put("tcp_port", String.valueOf(port));
    keys.put("zookeeper.node.host", "127.0.0.1");
    keys.put("zookeeper.node.port", String.valueOf(keeper));
    keys.put("zookeeper.session_timeout_ms", "3000");
    keys.put("zookeeper.operation_timeout_ms", "6000");
    return new TestServer(new EngineConfig(folder, 2, 0, null, Map.of(), Map.of(), keys));
  }

  /** Keys of a cluster with shards of one replica each. */
  public static Map<String, String> shards(String cluster, List<Integer> ports) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (int i = 0; i < ports.size(); i++) {
      String at = "remote_servers." + cluster + ".shard" + (i == 0 ? "" : "[" + i + "]");
      keys.put(at + ".replica.host", "127.0.0.1");
      keys.put(at + ".replica.port", String.valueOf(ports.get(i)));
    }
    return keys;
  }

  public Engine engine() {
    return engine;
  }

  /** Rows of a statement of the default user, values separated by a bar. */
  public List<String> run(String sql) {
    return runAs("default", sql);
  }

  public List<String> runAs(String user, String sql) {
    try (Session session = engine.login(user, "", ClientInfo.local())) {
      return run(session, sql, Map.of());
    }
  }

  public List<String> run(String sql, Map<String, String> settings) {
    try (Session session = engine.login("default", "", ClientInfo.local())) {
      return run(session, sql, settings);
    }
  }

  public static List<String> run(Session session, String sql, Map<String, String> settings) {
    var request =
        new QueryRequest(
            ByteText.encode(sql), "", settings, Map.of(), null, "TabSeparated", List.of());
    List<String> rows = new ArrayList<>();
    try (RunningQuery query = session.start(request)) {
      while (!query.isFinished()) {
        Block b = query.next(1000);
        for (int row = 0; b != null && row < b.rows(); row++) {
          List<String> cells = new ArrayList<>();
          for (int c = 0; c < b.columnCount(); c++) {
            cells.add(query.header().type(c).textOf(b.column(c).full(), row));
          }
          rows.add(String.join("|", cells));
        }
      }
    }
    return rows;
  }

  /** Ends the server; its data stay. */
  public void stop() {
    engine.close();
  }

  public void startAgain() {
    engine = Engine.open(config);
  }

  /** Waits at most ten seconds for something to become so. */
  public static boolean eventually(BooleanSupplier holds) throws InterruptedException {
    for (int i = 0; i < 500; i++) {
      if (holds.getAsBoolean()) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }

  @Override
  public void close() {
    engine.close();
  }
}
