package io.longhouse.server;

import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.server.config.ServerConfig;
import io.longhouse.server.token.TokenProcessors;
import io.longhouse.wire.Failure;
import io.longhouse.wire.connection.Answer;
import io.longhouse.wire.connection.ClientQuery;
import io.longhouse.wire.connection.Endpoint;
import io.longhouse.wire.connection.NativeClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The real engine with a server in front of it; {@code default} may do everything. */
public final class LiveServer implements AutoCloseable {
  public final Server server;
  public final Engine engine;
  private final TokenProcessors tokens;
  private final ConfigWatch watch;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param path the data directory
   * @param more arguments of the server
   */
  public LiveServer(java.nio.file.Path path, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("--path=" + path, "--http_port=0", "--tcp_port=0", "--listen_host=127.0.0.1"));
    arguments.addAll(List.of(more));
    ServerConfig config = ServerConfig.of(arguments);
    tokens = config.tokens();
    engine = Engine.open(config.engine(), tokens);
    server = new Server(engine, config);
    server.start();
    watch = new ConfigWatch(arguments, config, server);
    engine.reloader(watch::reload);
  }

  /** Runs statements as {@code default}. */
  public void run(String... statements) {
    try (var session = engine.login("default", "", ClientInfo.local())) {
      for (String s : statements) {
        try (var q = session.start(QueryRequest.of(s))) {
          while (!q.isFinished()) {
            q.next(100);
          }
        }
      }
    }
  }

  /** The first value of a statement's result as {@code default}. */
  public String run1(String sql) {
    try (var session = engine.login("default", "", ClientInfo.local());
        var q = session.start(QueryRequest.of(sql))) {
      while (!q.isFinished()) {
        var b = q.next(100);
        if (b != null && b.rows() > 0) {
          return q.header().type(0).textOf(b.column(0).full(), 0);
        }
      }
      return "";
    }
  }

  /** The answer's text to a statement over HTTP. */
  public String ask(String sql, String... headers) throws IOException, InterruptedException {
    return askAt("/?", sql, headers);
  }

  public String askAt(String at, String sql, String... headers)
      throws IOException, InterruptedException {
    var b =
        HttpRequest.newBuilder(
            URI.create(
                "http://127.0.0.1:"
                    + server.port("http")
                    + at
                    + "query="
                    + URLEncoder.encode(sql, StandardCharsets.UTF_8)));
    if (headers.length > 0) {
      b.headers(headers);
    }
    b.POST(HttpRequest.BodyPublishers.noBody());
    return http.send(b.build(), BodyHandlers.ofString()).body().strip();
  }

  public NativeClient connect(String user, String password) {
    return NativeClient.connect(
        new Endpoint("127.0.0.1", server.port("tcp"), false, false, user, password, "", null));
  }

  /** The first value of the result, or the failure. */
  public static String ask(NativeClient client, String sql) {
    client.send(ClientQuery.of(sql));
    String value = "";
    while (true) {
      switch (client.next()) {
        case Answer.Data d when d.block().block().rows() > 0 ->
            value = d.block().header().type(0).textOf(d.block().block().column(0).full(), 0);
        case Answer.Failed f -> {
          Failure failure = f.failure();
          return failure.code() + " " + failure.message();
        }
        case Answer.End _ -> {
          return value;
        }
        default -> {}
      }
    }
  }

  @Override
  public void close() {
    http.close();
    watch.close();
    server.close();
    tokens.close();
  }
}
