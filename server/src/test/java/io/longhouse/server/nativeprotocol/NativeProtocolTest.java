package io.longhouse.server.nativeprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.Int64Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.compress.Codec;
import io.longhouse.column.compress.Codecs;
import io.longhouse.column.type.DataTypes;
import io.longhouse.server.FakeEngine;
import io.longhouse.server.Server;
import io.longhouse.server.config.ServerConfig;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.connection.Answer;
import io.longhouse.wire.connection.ClientQuery;
import io.longhouse.wire.connection.Endpoint;
import io.longhouse.wire.connection.NativeClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeProtocolTest {
  private static final FakeEngine ENGINE = new FakeEngine();
  private static Server server;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    server =
        new Server(
            ENGINE,
            ServerConfig.of(
                List.of(
                    "--path=" + folder,
                    "--http_port=0",
                    "--tcp_port=0",
                    "--listen_host=127.0.0.1",
                    "--handshake_timeout_milliseconds=500")));
    server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static NativeClient connect(String codec) {
    Codec c = codec.isEmpty() ? null : Codecs.parse(codec);
    return NativeClient.connect(
        new Endpoint("127.0.0.1", server.port("tcp"), false, false, "default", "", "", c));
  }

  private static List<Answer> ask(NativeClient client, ClientQuery query) {
    client.send(query);
    return rest(client);
  }

  private static List<Answer> rest(NativeClient client) {
    List<Answer> all = new ArrayList<>();
    do {
      all.add(client.next());
    } while (!(all.getLast() instanceof Answer.End) && !(all.getLast() instanceof Answer.Failed));
    return all;
  }

  private static long sum(List<Answer> answers) {
    long sum = 0;
    for (Answer a : answers) {
      if (a instanceof Answer.Data d && d.block().block().rows() > 0) {
        Int64Column c = (Int64Column) d.block().block().column(0);
        for (int i = 0; i < c.size(); i++) {
          sum += c.values()[i];
        }
      }
    }
    return sum;
  }

  private static Column strings(String... values) {
    var b = new StringColumn.Builder(4);
    for (String v : values) {
      b.add(v.getBytes(StandardCharsets.UTF_8));
    }
    return b.build();
  }

  @Test
  void resultsComeWithEveryCompression() {
    for (String codec : List.of("", "LZ4", "ZSTD(1)", "NONE")) {
      try (NativeClient client = connect(codec)) {
        var settings = Map.of("network_compression_method", codec.startsWith("Z") ? "ZSTD" : "LZ4");
        List<Answer> all =
            ask(
                client,
                new ClientQuery(
                    "NUMBERS 200000".getBytes(StandardCharsets.UTF_8),
                    "q",
                    settings,
                    Map.of(),
                    Map.of()));
        assertThat(sum(all)).isEqualTo(200_000L * 199_999 / 2);
        assertThat(all.getFirst()).isInstanceOf(Answer.Data.class);
        assertThat(all.getLast()).isInstanceOf(Answer.End.class);
        long rows = 0;
        for (Answer a : all) {
          rows += a instanceof Answer.Progress p ? p.packet().rows() : 0;
        }
        assertThat(rows).isEqualTo(200_000);
        assertThat(all)
            .anyMatch(a -> a instanceof Answer.Profile p && p.packet().rows() == 200_000)
            .anyMatch(a -> a instanceof Answer.ProfileEvents);
        assertThat(client.ping()).isTrue();
      }
    }
  }

  @Test
  void anErrorLeavesTheConnectionUsable() {
    try (NativeClient client = connect("LZ4")) {
      for (int i = 0; i < 3; i++) {
        Answer last = ask(client, ClientQuery.of("FAIL 60 no such table")).getLast();
        assertThat(((Answer.Failed) last).failure().code()).isEqualTo(60);
        assertThat(((Answer.Failed) last).failure().message()).isEqualTo("no such table");
        assertThat(sum(ask(client, ClientQuery.of("NUMBERS 10")))).isEqualTo(45);
        last = ask(client, ClientQuery.of("NUMBERS 100 10 50")).getLast();
        assertThat(((Answer.Failed) last).failure().code()).isEqualTo(395);
      }
    }
  }

  @Test
  void insertsTakeBlocksUntilTheEmptyOne() {
    ENGINE.table.clear();
    try (NativeClient client = connect("LZ4")) {
      client.send(ClientQuery.of("INSERT"));
      Answer.Data schema = (Answer.Data) client.next();
      assertThat(schema.block().header()).isEqualTo(Header.of("line", DataTypes.parse("String")));
      client.sendData(schema.block().header(), new Block(List.of(strings("a", "b")), 2));
      client.sendData(schema.block().header(), new Block(List.of(strings("c")), 1));
      client.endData();
      List<Answer> all = rest(client);
      assertThat(ENGINE.table).containsExactly("a", "b", "c");
      assertThat(all)
          .anyMatch(a -> a instanceof Answer.Progress p && p.packet().writtenRows() == 3);
      client.send(ClientQuery.of("INSERT"));
      client.next();
      client.sendData(
          Header.of("other", DataTypes.parse("String")), new Block(List.of(strings("x")), 1));
      client.sendData(
          Header.of("other", DataTypes.parse("String")), new Block(List.of(strings("y")), 1));
      client.endData();
      assertThat(((Answer.Failed) rest(client).getLast()).failure().code()).isEqualTo(10);
      assertThat(sum(ask(client, ClientQuery.of("NUMBERS 10")))).isEqualTo(45);
    }
  }

  @Test
  void externalTablesSettingsAndParametersArrive() {
    try (NativeClient client = connect("LZ4")) {
      var table =
          new NamedBlock(
              Header.of("s", DataTypes.parse("String")), new Block(List.of(strings("p", "q")), 2));
      var q =
          new ClientQuery(
              "EXTERNAL".getBytes(StandardCharsets.UTF_8),
              "",
              Map.of(),
              Map.of(),
              Map.of("t", table));
      var rows =
          (Answer.Data)
              ask(client, q).stream()
                  .filter(a -> a instanceof Answer.Data d && d.block().block().rows() == 2)
                  .findFirst()
                  .orElseThrow();
      assertThat(((StringColumn) rows.block().block().column(0)).get(1))
          .isEqualTo("q".getBytes(StandardCharsets.UTF_8));
      assertThat(text(client, "SETTING max_threads", Map.of("max_threads", "5"), Map.of()))
          .isEqualTo("5");
      assertThat(text(client, "PARAM x", Map.of(), Map.of("x", "it's\n"))).isEqualTo("it's\n");
    }
  }

  private static String text(
      NativeClient client,
      String sql,
      Map<String, String> settings,
      Map<String, String> parameters) {
    var q =
        new ClientQuery(sql.getBytes(StandardCharsets.UTF_8), "", settings, parameters, Map.of());
    for (Answer a : ask(client, q)) {
      if (a instanceof Answer.Data d && d.block().block().rows() == 1) {
        return new String(
            ((StringColumn) d.block().block().column(0)).get(0), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  @Test
  void cancellationAndAVanishedClientEndTheQuery() throws Exception {
    int before = ENGINE.cancelled.get();
    try (NativeClient client = connect("LZ4")) {
      client.send(ClientQuery.of("FOREVER"));
      client.next();
      long asked = System.nanoTime();
      client.cancel();
      assertThat(rest(client).getLast()).isInstanceOf(Answer.End.class);
      assertThat((System.nanoTime() - asked) / 1_000_000).isLessThan(1000);
      assertThat(sum(ask(client, ClientQuery.of("NUMBERS 10")))).isEqualTo(45);
      client.send(ClientQuery.of("FOREVER"));
      client.next();
    }
    long deadline = System.nanoTime() + 5_000_000_000L;
    while (ENGINE.cancelled.get() < before + 2 && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    assertThat(ENGINE.cancelled.get()).isEqualTo(before + 2);
  }

  @Test
  void whoMayNotComeInIsTold() {
    var endpoint =
        new Endpoint("127.0.0.1", server.port("tcp"), false, false, "alice", "wrong", "", null);
    assertThatThrownBy(() -> NativeClient.connect(endpoint))
        .isInstanceOf(LonghouseException.class)
        .hasMessageContaining("Received from 127.0.0.1:")
        .hasMessageContaining("Authentication failed")
        .extracting(e -> ((LonghouseException) e).code())
        .isEqualTo(516);
  }

  @Test
  void aBrowserOnThisPortIsSentAway() throws IOException {
    try (Socket s = new Socket("127.0.0.1", server.port("tcp"))) {
      s.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(s.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.0 400 Bad Request\r\n")
          .contains("You must use port");
    }
  }

  /** The bytes of a connection of ours that asks for one query. */
  private static byte[] conversation() throws IOException {
    var seen = new ByteArrayOutputStream();
    try (var tap = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
        Socket up = new Socket("127.0.0.1", server.port("tcp"))) {
      Thread forward =
          Thread.ofVirtual()
              .start(() -> {
                try (Socket down = tap.accept()) {
                  Thread.ofVirtual()
                      .start(() -> {
                        try {
                          up.getInputStream().transferTo(down.getOutputStream());
                        } catch (IOException e) {
                          seen.size();
                        }
                      });
                  byte[] piece = new byte[4096];
                  for (int n = down.getInputStream().read(piece);
                      n > 0;
                      n = down.getInputStream().read(piece)) {
                    seen.write(piece, 0, n);
                    up.getOutputStream().write(piece, 0, n);
                  }
                } catch (IOException e) {
                  seen.size();
                }
              });
      var endpoint =
          new Endpoint(
              "127.0.0.1",
              tap.getLocalPort(),
              false,
              false,
              "default",
              "",
              "",
              Codecs.parse("LZ4"));
      try (NativeClient client = NativeClient.connect(endpoint)) {
        var table =
            new NamedBlock(
                Header.of("s", DataTypes.parse("Array(LowCardinality(String))")),
                new Block(
                    List.of(
                        new io.longhouse.column.ArrayColumn(
                            new int[] {0, 0},
                            DataTypes.parse("LowCardinality(String)").newBuilder(0).build(),
                            1)),
                    1));
        ask(
            client,
            new ClientQuery(
                "NUMBERS 3".getBytes(StandardCharsets.UTF_8),
                "id",
                Map.of("max_threads", "2"),
                Map.of("p", "1"),
                Map.of("t", table)));
      }
      try {
        forward.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return seen.toByteArray();
  }

  @Test
  void malformedBytesEndOnlyTheirOwnConnection() throws Exception {
    long seed = Long.getLong("longhouse.seed", System.nanoTime());
    var random = new Random(seed);
    byte[] good = conversation();
    assertThat(good.length).isGreaterThan(100);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = good.clone();
      for (int k = random.nextInt(5); k >= 0; k--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int cut = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
      try (Socket s = new Socket("127.0.0.1", server.port("tcp"))) {
        s.setSoTimeout(5000);
        s.getOutputStream().write(bytes, 0, cut);
        s.shutdownOutput();
        s.getInputStream().readAllBytes();
      } catch (SocketTimeoutException e) {
        throw new AssertionError("the server hangs, seed " + seed + ", round " + i, e);
      } catch (SocketException e) {
        assertThat(e)
            .as("seed %d, round %d", seed, i)
            .hasMessageMatching(".*(reset|Broken pipe).*");
      }
    }
    try (NativeClient client = connect("LZ4")) {
      assertThat(sum(ask(client, ClientQuery.of("NUMBERS 10")))).as("seed %d", seed).isEqualTo(45);
    }
  }
}
