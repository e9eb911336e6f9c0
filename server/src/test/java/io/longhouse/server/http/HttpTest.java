package io.longhouse.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import io.longhouse.column.compress.CompressedInput;
import io.longhouse.column.compress.CompressedOutput;
import io.longhouse.column.compress.Lz4Codec;
import io.longhouse.column.compress.Lz4Frames;
import io.longhouse.server.FakeEngine;
import io.longhouse.server.Server;
import io.longhouse.server.config.ServerConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTest {
  private static final FakeEngine ENGINE = new FakeEngine();
  private static Server server;
  private static HttpClient client;

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
                    "--listen_host=127.0.0.1")));
    server.start();
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static HttpResponse<byte[]> send(String uri, String body, String... headers)
      throws IOException, InterruptedException {
    return send(uri, body == null ? null : body.getBytes(UTF_8), headers);
  }

  private static HttpResponse<byte[]> send(String uri, byte[] body, String... headers)
      throws IOException, InterruptedException {
    var b =
        java.net.http.HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.port("http") + uri));
    if (headers.length > 0) {
      b.headers(headers);
    }
    if (body == null) {
      b.GET();
    } else {
      b.POST(BodyPublishers.ofByteArray(body));
    }
    return client.send(b.build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> r) {
    return new String(r.body(), UTF_8);
  }

  private static String raw(String request) throws IOException {
    try (Socket s = new Socket("127.0.0.1", server.port("http"))) {
      s.setSoTimeout(10_000);
      s.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(s.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Test
  void answersQueriesByUrlAndBody() throws Exception {
    assertThat(text(send("/?query=TEXT%20a%2Bb+c", (String) null))).isEqualTo("a+b c\n");
    assertThat(text(send("/", "TEXT x"))).isEqualTo("x\n");
    assertThat(text(send("/?query=TEXT", "from the body"))).isEqualTo("from the body\n");
    var r = send("/?query=NUMBERS+3&query_id=q7", "");
    assertThat(text(r)).isEqualTo("0\n1\n2\n");
    assertThat(r.headers().firstValue("X-ClickHouse-Query-Id")).contains("q7");
    assertThat(r.headers().firstValue("X-ClickHouse-Format")).contains("TabSeparated");
    assertThat(r.headers().firstValue("X-ClickHouse-Summary").orElseThrow())
        .startsWith("{\"read_rows\":\"3\",\"read_bytes\":\"24\",\"written_rows\":\"0\"");
    assertThat(r.headers().firstValue("X-ClickHouse-Timezone")).isPresent();
  }

  @Test
  void healthChecksAnswerOk() throws Exception {
    assertThat(text(send("/", (String) null))).isEqualTo("Ok.\n");
    assertThat(text(send("/ping", (String) null))).isEqualTo("Ok.\n");
    assertThat(text(send("/replicas_status", (String) null))).isEqualTo("Ok.\n");
    assertThat(text(send("/metrics", (String) null))).contains("ClickHouseMetrics_HTTPConnection ");
    assertThat(send("/nowhere", (String) null).statusCode()).isEqualTo(404);
    assertThat(text(send("/play", (String) null))).contains("<html");
  }

  @Test
  void errorsHaveTheirStatusCodeAndText() throws Exception {
    var r = send("/", "FAIL 60 Table default.t does not exist");
    assertThat(r.statusCode()).isEqualTo(404);
    assertThat(r.headers().firstValue("X-ClickHouse-Exception-Code")).contains("60");
    assertThat(text(r))
        .startsWith(
            "Code: 60. DB::Exception: Table default.t does not exist. (UNKNOWN_TABLE) (version"
                + " 26.");
    assertThat(send("/", "nonsense").statusCode()).isEqualTo(400);
    assertThat(send("/", "FAIL 159 x").statusCode()).isEqualTo(408);
    assertThat(send("/", "FAIL 241 x").statusCode()).isEqualTo(500);
    assertThat(send("/?no_such_setting=1", "TEXT x").statusCode()).isEqualTo(404);
    assertThat(send("/?database=nope", "TEXT x").statusCode()).isEqualTo(404);
    assertThat(raw("POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 11\r\n\r\nFAIL 62 abc"))
        .startsWith("HTTP/1.1 400 Bad Request\r\n");
  }

  @Test
  void anErrorInTheMiddleOfAHeldResultIsAnAnswerOfItsOwn() throws Exception {
    var r = send("/", "NUMBERS 10 1 5");
    assertThat(r.statusCode()).isEqualTo(500);
    assertThat(text(r)).startsWith("Code: 395. DB::Exception: Value passed");
  }

  @Test
  void anErrorAfterTheFirstBytesFollowsThemAndBreaksTheBody() throws Exception {
    String all = raw("POST / HTTP/1.1\r\nContent-Length: 27\r\n\r\nNUMBERS 1000000 1000 999999");
    String tag = all.replaceAll("(?s).*X-ClickHouse-Exception-Tag: (\\w+)\r\n.*", "$1");
    assertThat(tag).hasSize(16);
    assertThat(all).startsWith("HTTP/1.1 200 OK\r\n");
    int at = all.indexOf("\r\n__exception__\r\n" + tag + "\r\nCode: 395. ");
    assertThat(at).isPositive();
    String message = all.substring(at + 35).split("\n")[0] + "\n";
    assertThat(all.substring(at))
        .contains(message + message.length() + " " + tag + "\r\n__exception__\r\n")
        .doesNotEndWith("0\r\n\r\n");
  }

  @Test
  void waitEndOfQueryMakesEveryErrorAnAnswer() throws Exception {
    var r = send("/?wait_end_of_query=1", "NUMBERS 1000000 1000 999999");
    assertThat(r.statusCode()).isEqualTo(500);
    var good = send("/?wait_end_of_query=1&buffer_size=10", "NUMBERS 300000");
    assertThat(text(good).lines().count()).isEqualTo(300_000);
    assertThat(good.headers().firstValue("X-ClickHouse-Summary").orElseThrow())
        .contains("\"read_rows\":\"300000\"");
  }

  @Test
  void usersComeInByHeaderBasicAndParameter() throws Exception {
    assertThat(text(send("/", "USER", "X-ClickHouse-User", "alice", "X-ClickHouse-Key", "secret")))
        .isEqualTo("alice\n");
    assertThat(text(send("/", "USER", "Authorization", "Basic YWxpY2U6c2VjcmV0")))
        .isEqualTo("alice\n");
    assertThat(text(send("/?user=alice&password=secret", "USER"))).isEqualTo("alice\n");
    var wrong = send("/?user=alice&password=x", "USER");
    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(text(wrong)).startsWith("Code: 516. ");
    assertThat(send("/?user=alice", "USER", "Authorization", "Basic YWxpY2U6c2VjcmV0").statusCode())
        .isEqualTo(403);
  }

  @Test
  void sessionsKeepSettingsAndDatabase() throws Exception {
    send("/?session_id=s1", "SET max_threads 7");
    send("/?session_id=s1", "USE other");
    assertThat(text(send("/?session_id=s1", "SETTING max_threads"))).isEqualTo("7\n");
    assertThat(text(send("/?session_id=s1", "DATABASE"))).isEqualTo("other\n");
    assertThat(text(send("/?session_id=s1&database=third", "DATABASE"))).isEqualTo("third\n");
    assertThat(text(send("/?session_id=s1&max_threads=3", "SETTING max_threads"))).isEqualTo("3\n");
    assertThat(text(send("/?session_id=s1", "DATABASE"))).isEqualTo("other\n");
    assertThat(text(send("/", "DATABASE"))).isEqualTo("default\n");
    assertThat(text(send("/?session_id=s2&session_check=1", "DATABASE"))).startsWith("Code: 372. ");
    assertThat(text(send("/?session_id=s2&session_timeout=4000", "DATABASE")))
        .startsWith("Code: 374. ");
    try (Socket s = new Socket("127.0.0.1", server.port("http"))) {
      s.getOutputStream()
          .write(
              "POST /?session_id=s1&cancel_http_readonly_queries_on_client_close=1 HTTP/1.1\r\nContent-Length: 7\r\n\r\nFOREVER"
                  .getBytes(ISO_8859_1));
      long deadline = System.nanoTime() + 5_000_000_000L;
      String answer;
      do {
        answer = text(send("/?session_id=s1", "DATABASE"));
      } while (!answer.startsWith("Code: 373. ") && System.nanoTime() < deadline);
      assertThat(answer).startsWith("Code: 373. DB::Exception: Session s1 is locked");
    }
  }

  @Test
  void aSessionEndsWhenNobodyUsesIt() throws Exception {
    send("/?session_id=short&session_timeout=1", "USE other");
    Thread.sleep(2300);
    assertThat(text(send("/?session_id=short&session_check=1", "DATABASE")))
        .startsWith("Code: 372. ");
  }

  @Test
  void getIsReadOnly() throws Exception {
    assertThat(text(send("/?query=SETTING+readonly", (String) null))).isEqualTo("2\n");
    assertThat(text(send("/", "SETTING readonly"))).isEqualTo("0\n");
  }

  @Test
  void parametersOfQueriesComeThrough() throws Exception {
    assertThat(text(send("/?param_x=%D0%B6", "PARAM x"))).isEqualTo("ж\n");
  }

  @Test
  void insertsReadTheirDataFromTheBody() throws Exception {
    ENGINE.table.clear();
    assertThat(send("/?query=INSERT", "one\ntwo").statusCode()).isEqualTo(200);
    assertThat(ENGINE.table).containsExactly("one", "two");
    ENGINE.table.clear();
    String chunked =
        raw(
            "POST / HTTP/1.1\r\n"
                + "Connection: close\r\n"
                + "Transfer-Encoding: chunked\r\n"
                + "Expect: 100-continue\r\n\r\n"
                + "7\r\n"
                + "INSERT\n\r\n"
                + "4;x=y\r\n"
                + "a\n"
                + "b\n\r\n"
                + "0\r\n\r\n");
    assertThat(chunked).startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n");
    assertThat(ENGINE.table).containsExactly("a", "b");
  }

  @Test
  void tablesComeAsFilesOfAForm() throws Exception {
    String form =
        "--x\r\nContent-Disposition: form-data; name=\"query\"\r\n\r\nEXTERNAL t\r\n"
            + "--x\r\nContent-Disposition: form-data; name=\"t\"; filename=\"a.tsv\"\r\n\r\n"
            + "1\tone\n2\ttwo\n\r\n--x--\r\n";
    String[] type = {"Content-Type", "multipart/form-data; boundary=x"};
    assertThat(text(send("/?t_structure=a+UInt8,+b+String", form, type)))
        .isEqualTo("1\tone\n2\ttwo\n");
    assertThat(text(send("/?t_types=UInt8,Nullable(String)", form, type)))
        .isEqualTo("1\tone\n2\ttwo\n");
    assertThat(send("/", form, type).statusCode()).isEqualTo(400);
    assertThat(send("/?t_types=String", "no form", type).statusCode()).isEqualTo(400);
  }

  @Test
  void bodiesMayBeCompressedBothWays() throws Exception {
    var zipped = new ByteArrayOutputStream();
    try (var gz = new GZIPOutputStream(zipped)) {
      gz.write("TEXT packed".getBytes(UTF_8));
    }
    assertThat(text(send("/", zipped.toByteArray(), "Content-Encoding", "gzip")))
        .isEqualTo("packed\n");
    byte[] z = Zstd.compress("TEXT packed".getBytes(UTF_8));
    assertThat(text(send("/", z, "Content-Encoding", "zstd"))).isEqualTo("packed\n");
    var lz4 = new ByteArrayOutputStream();
    try (var out = new Lz4Frames.Output(lz4)) {
      out.write("TEXT packed".getBytes(UTF_8));
    }
    assertThat(text(send("/", lz4.toByteArray(), "Content-Encoding", "lz4"))).isEqualTo("packed\n");
    var frames = new ByteArrayOutputStream();
    try (var out = new CompressedOutput(frames, Lz4Codec.INSTANCE)) {
      out.write("TEXT packed".getBytes(UTF_8));
    }
    assertThat(text(send("/?decompress=1", frames.toByteArray()))).isEqualTo("packed\n");
    // brotliCompressSync of Node.js of the same text.
    byte[] br = HexFormat.of().parseHex("0b058054455854207061636b656403");
    assertThat(text(send("/", br, "Content-Encoding", "br"))).isEqualTo("packed\n");
    assertThat(text(send("/", z, "Content-Encoding", "br")))
        .startsWith("Code: 448. DB::Exception: brotli decode error");
    assertThat(send("/", z, "Content-Encoding", "xz").statusCode()).isEqualTo(501);

    String expected = text(send("/", "NUMBERS 200000"));
    for (String e : List.of("gzip", "deflate", "zstd", "lz4", "br")) {
      var r = send("/?enable_http_compression=1", "NUMBERS 200000", "Accept-Encoding", "xz, " + e);
      assertThat(r.headers().firstValue("Content-Encoding")).contains(e);
      InputStream packed = new ByteArrayInputStream(r.body());
      InputStream in =
          switch (e) {
            case "gzip" -> new GZIPInputStream(packed);
            case "deflate" -> new InflaterInputStream(packed);
            case "zstd" -> new ZstdInputStream(packed);
            case "br" -> new BrotliInputStream(packed);
            default -> new Lz4Frames.Input(packed);
          };
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(expected);
    }
    var r = send("/?compress=1", "NUMBERS 200000");
    var in = new BlocksInput(new CompressedInput(new ByteArrayInputStream(r.body()), "test"));
    assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(expected);
  }

  @Test
  void progressComesInHeadersWhileTheQueryRuns() throws Exception {
    String all =
        raw(
            "POST /?send_progress_in_http_headers=1&http_headers_progress_interval_ms=10"
                + " HTTP/1.1\r\n"
                + "Connection: close\r\n"
                + "Content-Length: 18\r\n\r\n"
                + "NUMBERS 5 1 -1 40 ");
    assertThat(all.split("X-ClickHouse-Progress: \\{\"read_rows\":").length).isGreaterThan(3);
    assertThat(all).contains("\r\nX-ClickHouse-Summary: {").contains("0\n1\n2\n3\n4\n");
  }

  @Test
  void aVanishedClientEndsItsReadOnlyQuery() throws Exception {
    int before = ENGINE.cancelled.get();
    try (Socket s = new Socket("127.0.0.1", server.port("http"))) {
      s.getOutputStream()
          .write(
              "POST /?cancel_http_readonly_queries_on_client_close=1 HTTP/1.1\r\nContent-Length: 7\r\n\r\nFOREVER"
                  .getBytes(ISO_8859_1));
      Thread.sleep(200);
    }
    long deadline = System.nanoTime() + 5_000_000_000L;
    while (ENGINE.cancelled.get() == before && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    assertThat(ENGINE.cancelled.get()).isEqualTo(before + 1);
  }

  @Test
  void keepsConnectionsAndEndsThoseThatAskForIt() throws IOException {
    String two =
        raw(
            "POST / HTTP/1.1\r\nContent-Length: 6\r\n\r\nTEXT 1"
                + "POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 6\r\n\r\nTEXT 2");
    assertThat(two)
        .containsSubsequence("Connection: Keep-Alive", "\r\n1\n", "Connection: Close", "\r\n2\n");
    String old = raw("GET /?query=TEXT+1 HTTP/1.0\r\n\r\n");
    assertThat(old)
        .startsWith("HTTP/1.0 200 OK\r\n")
        .endsWith("\r\n\r\n1\n")
        .doesNotContain("chunked");
  }

  @Test
  void optionsAnswerForOtherOrigins() throws IOException {
    assertThat(raw("OPTIONS / HTTP/1.1\r\nOrigin: http://x\r\n\r\n"))
        .startsWith("HTTP/1.1 204 No Content\r\n")
        .contains("Access-Control-Allow-Methods: POST, GET, OPTIONS");
  }

  @Test
  void limitsAreKept() throws IOException {
    assertThat(raw("GET /?query=" + "x".repeat(1 << 21) + " HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.1 414 ");
    assertThat(raw("GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(1001) + "\r\n"))
        .startsWith("HTTP/1.1 431 ");
    assertThat(raw("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(raw("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(raw("DELETE / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 501 ");
  }

  @Test
  void randomBytesAreRefusedAndTheServerGoesOn() throws Exception {
    long seed = Long.getLong("longhouse.seed", System.nanoTime());
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[random.nextInt(400) + 1];
      random.nextBytes(bytes);
      bytes[0] = (byte) (bytes[0] & 0x3F | 0x80);
      try (Socket s = new Socket("127.0.0.1", server.port("http"))) {
        s.setSoTimeout(5000);
        s.getOutputStream().write(bytes);
        s.shutdownOutput();
        String answer = new String(s.getInputStream().readAllBytes(), ISO_8859_1);
        assertThat(answer).as("seed %d, round %d", seed, i).startsWith("HTTP/1.1 400 ");
      }
    }
    String good =
        "POST /?query=TEXT+1&param_x=%41 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
    for (int i = 0; i < 300; i++) {
      byte[] bytes = good.getBytes(ISO_8859_1);
      for (int k = random.nextInt(4); k >= 0; k--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try (Socket s = new Socket("127.0.0.1", server.port("http"))) {
        s.setSoTimeout(5000);
        s.getOutputStream().write(bytes);
        s.shutdownOutput();
        s.getInputStream().readAllBytes();
      } catch (java.net.SocketException e) {
        assertThat(e).as("seed %d", seed).hasMessageContaining("reset");
      }
    }
    assertThat(text(send("/", "TEXT alive"))).isEqualTo("alive\n");
  }
}
