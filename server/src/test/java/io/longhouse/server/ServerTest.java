package io.longhouse.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.server.config.ServerConfig;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.connection.Answer;
import io.longhouse.wire.connection.ClientQuery;
import io.longhouse.wire.connection.Endpoint;
import io.longhouse.wire.connection.NativeClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {
  @TempDir Path folder;
  private final FakeEngine engine = new FakeEngine();

  private Server start(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--path=" + folder, "--http_port=0", "--tcp_port=0", "--listen_host=127.0.0.1"));
    arguments.addAll(List.of(more));
    Server server = new Server(engine, ServerConfig.of(arguments));
    server.start();
    return server;
  }

  private static void await(java.util.function.BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void aClientThatTakesNothingLosesItsQueryOnly() throws Exception {
    try (Server server = start("--profiles.default.send_timeout=1");
        Socket slow = new Socket()) {
      slow.setReceiveBufferSize(4096);
      slow.connect(new java.net.InetSocketAddress("127.0.0.1", server.port("http")));
      slow.getOutputStream()
          .write(
              "POST / HTTP/1.1\r\nContent-Length: 20\r\n\r\nNUMBERS 100000000   "
                  .getBytes(ISO_8859_1));
      await(() -> engine.running.get() == 1);
      try (Socket good = new Socket("127.0.0.1", server.port("http"))) {
        good.getOutputStream()
            .write("GET /ping HTTP/1.1\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
        assertThat(new String(good.getInputStream().readAllBytes(), ISO_8859_1)).endsWith("Ok.\n");
      }
      await(() -> engine.running.get() == 0);
    }
  }

  @Test
  void headsThatDripAreNotWaitedForForEver() throws Exception {
    try (Server server = start("--profiles.default.http_headers_read_timeout=1");
        Socket slow = new Socket("127.0.0.1", server.port("http"))) {
      slow.setSoTimeout(200);
      slow.getOutputStream().write("GET / HTTP/1.1\r\nX: ".getBytes(ISO_8859_1));
      long begin = System.nanoTime();
      var answer = new StringBuilder();
      while (answer.isEmpty() && System.nanoTime() - begin < 8_000_000_000L) {
        try {
          slow.getOutputStream().write('x');
          byte[] piece = new byte[100];
          int n = slow.getInputStream().read(piece);
          answer.append(n < 0 ? "closed" : new String(piece, 0, n, ISO_8859_1));
        } catch (java.net.SocketTimeoutException e) {
          continue;
        }
      }
      assertThat(answer.toString()).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void oneConnectionTooManyIsClosed() throws Exception {
    try (Server server = start("--max_connections=1");
        Socket first = new Socket("127.0.0.1", server.port("http"))) {
      first.getOutputStream().write("GET /ping HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(first.getInputStream().read()).isEqualTo('H');
      try (Socket second = new Socket("127.0.0.1", server.port("http"))) {
        second.setSoTimeout(5000);
        assertThat(second.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void stoppingLetsRunningQueriesEnd() throws Exception {
    Server server = start();
    try (Socket s = new Socket("127.0.0.1", server.port("http"))) {
      s.getOutputStream()
          .write(
              "POST / HTTP/1.1\r\nContent-Length: 18\r\n\r\nNUMBERS 5 1 -1 100"
                  .getBytes(ISO_8859_1));
      await(() -> engine.running.get() == 1);
      Thread closing = Thread.ofVirtual().start(server::close);
      assertThat(new String(s.getInputStream().readAllBytes(), ISO_8859_1))
          .contains("0\n1\n2\n3\n4\n");
      closing.join();
    }
    int port = server.port("http");
    assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(IOException.class);
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      Server server =
          new Server(
              engine,
              ServerConfig.of(
                  List.of(
                      "--path=" + folder,
                      "--listen_host=127.0.0.1",
                      "--tcp_port=0",
                      "--http_port=" + taken.getLocalPort())));
      assertThatThrownBy(server::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort() + " for http");
      server.close();
    }
  }

  @Test
  void oneServerToADirectory() throws Exception {
    try (StatusFile first = StatusFile.take(folder)) {
      assertThat(Files.readString(folder.resolve("status")))
          .startsWith("PID: " + ProcessHandle.current().pid() + "\nStarted at: ");
      assertThatThrownBy(() -> StatusFile.take(folder))
          .isInstanceOf(LonghouseException.class)
          .hasMessageContaining("Another server instance in same directory is already running");
      first.close();
    }
    assertThat(folder.resolve("status")).doesNotExist();
  }

  @Test
  void bothProtocolsSpeakTls() throws Exception {
    Path key = folder.resolve("key.pem");
    Path certificate = folder.resolve("certificate.pem");
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
    for (String kind : List.of("rsa:2048", "ec")) {
      List<String> command =
          new ArrayList<>(
              List.of("openssl", "req", "-x509", "-nodes", "-days", "1", "-subj", "/CN=localhost"));
      command.addAll(
          kind.equals("ec")
              ? List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
              : List.of("-newkey", kind));
      command.addAll(List.of("-keyout", key.toString(), "-out", certificate.toString()));
      assertThat(
              new ProcessBuilder(command)
                  .redirectErrorStream(true)
                  .redirectOutput(folder.resolve("log").toFile())
                  .start()
                  .waitFor())
          .isZero();
      try (Server server =
          start(
              "--https_port=0",
              "--tcp_port_secure=0",
              "--openSSL.server.certificateFile=" + certificate,
              "--openSSL.server.privateKeyFile=" + key)) {
        try (Socket s =
            trusting().getSocketFactory().createSocket("127.0.0.1", server.port("https"))) {
          s.getOutputStream()
              .write(
                  "POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 6\r\n\r\nTEXT x"
                      .getBytes(ISO_8859_1));
          assertThat(new String(s.getInputStream().readAllBytes(), ISO_8859_1)).contains("\r\nx\n");
        }
        var endpoint =
            new Endpoint(
                "127.0.0.1", server.port("tcp_secure"), true, true, "default", "", "", null);
        try (NativeClient client = NativeClient.connect(endpoint)) {
          client.send(ClientQuery.of("FOREVER"));
          client.next();
          client.cancel();
          Answer last = client.next();
          while (!(last instanceof Answer.End)) {
            last = client.next();
          }
          assertThat(client.ping()).isTrue();
        }
        var careful =
            new Endpoint(
                "127.0.0.1", server.port("tcp_secure"), true, false, "default", "", "", null);
        assertThatThrownBy(() -> NativeClient.connect(careful))
            .isInstanceOf(LonghouseException.class);
      }
    }
  }

  private static SSLContext trusting() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    X509TrustManager all =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    context.init(null, new TrustManager[] {all}, null);
    return context;
  }
}
