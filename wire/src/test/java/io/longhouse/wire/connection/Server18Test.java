package io.longhouse.wire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.compress.Codec;
import io.longhouse.column.compress.Codecs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our client against a real ClickHouse 18.16, skipped where that is not installed. */
class Server18Test {
  private static Process server;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    Path script = Path.of("../compat/peers/ch18");
    boolean installed =
        Files.isExecutable(Path.of("/usr/bin/clickhouse-server"))
            || Files.isExecutable(Path.of("/usr/sbin/clickhouse-server"));
    Assumptions.assumeTrue(
        Files.isExecutable(script) && installed, "clickhouse-server 18.16 is not installed");
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort() - 10;
    }
    var command = new ProcessBuilder(script.toString(), "run", "1");
    command.environment().put("CH18_PORT", Integer.toString(port));
    server = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    port = 0;
    var lines =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null && port == 0; line = lines.readLine()) {
      if (line.startsWith("CH18_TCP=")) {
        port = Integer.parseInt(line.substring(9));
      }
    }
    Assumptions.assumeTrue(port > 0, "clickhouse-server 18.16 does not start");
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (server != null) {
      server.getOutputStream().close();
      server.waitFor();
    }
  }

  private static List<Answer> ask(NativeClient client, String sql, Map<String, String> settings) {
    client.send(
        new ClientQuery(sql.getBytes(StandardCharsets.UTF_8), "", settings, Map.of(), Map.of()));
    return rest(client);
  }

  private static List<Answer> rest(NativeClient client) {
    List<Answer> all = new ArrayList<>();
    do {
      all.add(client.next());
    } while (!(all.getLast() instanceof Answer.End) && !(all.getLast() instanceof Answer.Failed));
    return all;
  }

  private static String rows(List<Answer> answers) {
    var out = new StringBuilder();
    for (Answer a : answers) {
      if (a instanceof Answer.Data d) {
        var block = d.block();
        for (int row = 0; row < block.block().rows(); row++) {
          for (int i = 0; i < block.header().size(); i++) {
            out.append(i == 0 ? "" : "|");
            out.append(block.header().type(i).textOf(block.block().column(i), row));
          }
          out.append('\n');
        }
      }
    }
    return out.toString();
  }

  @Test
  void queriesInsertsErrorsAndCancellation() {
    for (String name : List.of("", "LZ4", "ZSTD(1)")) {
      Codec codec = name.isEmpty() ? null : Codecs.parse(name);
      var endpoint = new Endpoint("127.0.0.1", port, false, false, "default", "", "default", codec);
      try (NativeClient client = NativeClient.connect(endpoint)) {
        assertThat(client.server().major()).isEqualTo(18);
        assertThat(
                rows(
                    ask(
                        client,
                        "SELECT number, toString(number), [1, 2] FROM numbers(2)",
                        Map.of())))
            .isEqualTo("0|0|[1,2]\n1|1|[1,2]\n");
        assertThat(
                rows(
                    ask(
                        client,
                        "SELECT value FROM system.settings WHERE name = 'max_threads'",
                        Map.of("max_threads", "3"))))
            .isEqualTo("3\n");
        ask(client, "DROP TABLE IF EXISTS t", Map.of());
        ask(client, "CREATE TABLE t (a UInt64, b String) ENGINE = Memory", Map.of());
        client.send(ClientQuery.of("INSERT INTO t VALUES"));
        Answer.Data schema = (Answer.Data) client.next();
        Column texts = new StringColumn(new int[] {0, 1, 2}, new byte[] {'x', 'y'}, 2);
        client.sendData(
            schema.block().header(),
            new Block(List.of(new Int64Column(new long[] {7, 8}, 2), texts), 2));
        client.endData();
        assertThat(rest(client).getLast()).isInstanceOf(Answer.End.class);
        assertThat(rows(ask(client, "SELECT * FROM t ORDER BY a", Map.of())))
            .isEqualTo("7|x\n8|y\n");
        Answer last = ask(client, "SELECT * FROM nowhere", Map.of()).getLast();
        assertThat(((Answer.Failed) last).failure().code()).isEqualTo(60);
        client.send(ClientQuery.of("SELECT sum(number) FROM system.numbers"));
        client.next();
        client.cancel();
        assertThat(rest(client).getLast()).isInstanceOf(Answer.End.class);
        assertThat(client.ping()).isTrue();
      }
    }
  }
}
