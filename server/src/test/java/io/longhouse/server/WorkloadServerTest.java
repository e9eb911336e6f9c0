package io.longhouse.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.server.config.ServerConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients see who find no slot for their query. */
@Timeout(60)
class WorkloadServerTest {
  @TempDir Path folder;
  private Engine engine;
  private Server server;
  private HttpClient client;

  @BeforeEach
  void start() throws Exception {
    engine = Engine.open(new EngineConfig(null, 2, 0, null, Map.of(), Map.of(), Map.of()));
    server =
        new Server(
            engine,
            ServerConfig.of(
                List.of(
                    "--path=" + folder,
                    "--http_port=0",
                    "--tcp_port=0",
                    "--listen_host=127.0.0.1")));
    server.start();
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    post("", "CREATE WORKLOAD all SETTINGS max_concurrent_queries = 1, max_waiting_queries = 1");
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    engine.close();
  }

  private HttpResponse<String> post(String parameters, String sql) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port("http") + "/?" + parameters);
    return client.send(
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(sql, UTF_8)).build(),
        HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  /** Sends a query and leaves its answer alone. */
  private Socket query(String parameters, String sql) throws IOException {
    var s = new Socket("127.0.0.1", server.port("http"));
    s.setSoTimeout(20_000);
    s.getOutputStream()
        .write(
            ("POST /?"
                    + parameters
                    + " HTTP/1.1\r\nConnection: close\r\nContent-Length: "
                    + sql.length()
                    + "\r\n\r\n"
                    + sql)
                .getBytes(ISO_8859_1));
    return s;
  }

  private void await(String gauge, long value) throws InterruptedException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (engine.metrics().gauges().getOrDefault(gauge, -1L) != value) {
      assertThat(System.nanoTime()).as(gauge).isLessThan(end);
      Thread.sleep(5);
    }
  }

  @Test
  void whoFindsNoRoomIsToldWhenToComeBackAndWhoLeavesMakesRoom() throws Exception {
    Socket runs =
        query(
            "workload=all",
            "SELECT sleepEachRow(0.05) FROM system.numbers SETTINGS max_block_size = 1");
    await("ConcurrentQueryAcquired", 1);
    Socket waits = query("workload=all", "SELECT 7");
    await("ConcurrentQueryScheduled", 1);

    HttpResponse<String> refused = post("workload=all", "SELECT 1");
    assertThat(refused.statusCode()).isEqualTo(500);
    assertThat(refused.headers().firstValue("X-ClickHouse-Exception-Code")).contains("202");
    assertThat(refused.headers().firstValueAsLong("Retry-After")).isPresent();
    assertThat(refused.body())
        .contains("of workload 'all'. Current: 1, maximum: 1, waiting: 1, maximum waiting: 1")
        .contains("(TOO_MANY_SIMULTANEOUS_QUERIES)");

    Socket gone = query("workload=all", "SELECT 8");
    gone.close();
    waits.close();
    await("ConcurrentQueryScheduled", 0);

    Socket patient = query("workload=all", "SELECT 9");
    await("ConcurrentQueryScheduled", 1);
    runs.close();
    post("", "KILL QUERY WHERE query LIKE '%sleepEachRow%' AND query NOT LIKE 'KILL%' ASYNC");
    assertThat(new String(patient.getInputStream().readAllBytes(), UTF_8))
        .endsWith("9\n\r\n0\r\n\r\n");
    await("ConcurrentQueryAcquired", 0);
  }
}
