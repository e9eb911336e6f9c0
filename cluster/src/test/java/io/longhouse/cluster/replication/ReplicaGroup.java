package io.longhouse.cluster.replication;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.longhouse.cluster.TestServer;
import io.longhouse.cluster.interserver.Interserver;
import io.longhouse.cluster.interserver.InterserverAnswer;
import io.longhouse.cluster.keeper.EmbeddedKeeper;
import io.longhouse.cluster.keeper.FreePorts;
import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.engine.session.LocalEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;

/**
 * A Keeper and some engines with the macros of replicas of one shard, which give each other parts.
 */
final class ReplicaGroup implements AutoCloseable {
  private final Path folder;
  private EmbeddedKeeper keeper;
  private final List<Member> members = new ArrayList<>();

  /** An engine and what listens for it. */
  static final class Member implements AutoCloseable {
    private final HttpServer http;
    private final TestServer server;

    private Member(Path folder, int number, int keeper) throws IOException {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.start();
      Map<String, String> keys = new LinkedHashMap<>();
      keys.put("macros.shard", "01");
      keys.put("macros.replica", "r" + number);
      keys.put("interserver_http_host", "127.0.0.1");
      keys.put("interserver_http_port", String.valueOf(http.getAddress().getPort()));
      server = TestServer.open(folder.resolve("r" + number), 9000 + number, keeper, keys);
      listen();
    }

    private void listen() {
      Interserver interserver = service(Interserver.class);
      http.createContext("/", x -> answer(x, interserver));
    }

    private static void answer(HttpExchange x, Interserver interserver) throws IOException {
      Map<String, String> parameters = new HashMap<>();
      for (String p : Objects.requireNonNullElse(x.getRequestURI().getRawQuery(), "").split("&")) {
        String[] both = p.split("=", 2);
        parameters.put(
            both[0], both.length > 1 ? URLDecoder.decode(both[1], StandardCharsets.UTF_8) : "");
      }
      try (x) {
        interserver.answer(
            parameters, x.getRequestHeaders().getFirst("Authorization"), new Answer(x));
      }
    }

    <T> T service(Class<T> type) {
      Object[] found = new Object[1];
      ((LocalEngine) server.engine())
          .internally(c -> found[0] = Objects.requireNonNull(c.query().service(type)));
      return type.cast(found[0]);
    }

    List<String> run(String sql) {
      return server.run(sql);
    }

    List<String> run(String sql, Map<String, String> settings) {
      return server.run(sql, settings);
    }

    KeeperSession session() {
      return service(Keeper.class).session();
    }

    Replica replica(String path) {
      return Objects.requireNonNull(service(ReplicatedTables.class).find(path));
    }

    void stop() {
      server.stop();
      http.removeContext("/");
    }

    void startAgain() {
      server.startAgain();
      listen();
    }

    @Override
    public void close() {
      server.close();
      http.stop(0);
    }
  }

  /** What an exchange of the JDK's server sends. */
  private static final class Answer implements InterserverAnswer {
    private final HttpExchange exchange;
    private int status = 200;
    private boolean started;

    Answer(HttpExchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public void status(int code) {
      status = code;
    }

    @Override
    public void header(String name, String value) {
      exchange.getResponseHeaders().set(name, value);
    }

    @Override
    public OutputStream body() {
      try {
        if (!started) {
          started = true;
          exchange.sendResponseHeaders(status, 0);
        }
        return exchange.getResponseBody();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public boolean isStarted() {
      return started;
    }
  }

  ReplicaGroup(Path folder) throws IOException {
    this.folder = folder;
    this.keeper = EmbeddedKeeper.start(folder.resolve("keeper"), FreePorts.of(1).getFirst());
  }

  Member add() throws IOException {
    return add(keeper.port());
  }

  /**
   * @param keeperPort where the engine finds Keeper
   */
  Member add(int keeperPort) throws IOException {
    var m = new Member(folder, members.size() + 1, keeperPort);
    members.add(m);
    return m;
  }

  EmbeddedKeeper keeper() {
    return keeper;
  }

  List<Member> members() {
    return members;
  }

  @Override
  public void close() {
    members.forEach(Member::close);
    keeper.close();
  }
}
