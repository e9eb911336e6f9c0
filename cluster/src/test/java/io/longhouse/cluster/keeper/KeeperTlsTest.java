package io.longhouse.cluster.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keeper behind TLS. */
@Timeout(60)
class KeeperTlsTest {
  @TempDir Path folder;

  private Path certificate(String name) throws IOException, InterruptedException {
    Path store = folder.resolve(name + ".p12");
    keytool(
        "-genkeypair",
        "-alias",
        "own",
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-ext",
        "SAN=ip:127.0.0.1,dns:localhost",
        "-keystore",
        store.toString(),
        "-storetype",
        "PKCS12",
        "-storepass",
        "changeit",
        "-validity",
        "2");
    Path pem = folder.resolve(name + ".pem");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "own",
        "-keystore",
        store.toString(),
        "-storepass",
        "changeit",
        "-file",
        pem.toString());
    return pem;
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(p.getInputStream().readAllBytes());
    assertThat(p.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(p.exitValue()).as(said).isZero();
  }

  private SSLServerSocket listen(String name, int target) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      keys.load(in, "changeit".toCharArray());
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    var listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(listener, target));
    return listener;
  }

  private static void accept(SSLServerSocket listener, int target) {
    while (!listener.isClosed()) {
      try {
        Socket in = listener.accept();
        var out = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.ofVirtual().start(() -> pass(in, out));
        Thread.ofVirtual().start(() -> pass(out, in));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side is gone, and so goes the other.
    }
  }

  private static Map<String, String> keys(int port, Path authority) {
    return Map.of(
        "zookeeper.node.host", "127.0.0.1",
        "zookeeper.node.port", String.valueOf(port),
        "zookeeper.node.secure", "1",
        "zookeeper.operation_timeout_ms", "8000",
        "openSSL.client.caConfig", authority.toString());
  }

  @Test
  void onlyAServerWhoseAuthorityIsBelievedIsSpokenTo() throws Exception {
    Path believed = certificate("keeper");
    Path other = certificate("other");
    try (var server = EmbeddedKeeper.start(folder.resolve("data"), 0);
        var listener = listen("keeper", server.port())) {
      try (var keeper = Keeper.open(KeeperConfig.read(keys(listener.getLocalPort(), believed)))) {
        keeper.create("/secret", "x");
        assertThat(keeper.text("/secret")).isEqualTo("x");
      }
      try (var keeper = Keeper.open(KeeperConfig.read(keys(listener.getLocalPort(), other)))) {
        assertThatThrownBy(() -> keeper.text("/secret")).isInstanceOf(KeeperError.class);
      }
    }
    var anybody = new KeeperTls(null, null, null, true);
    assertThatThrownBy(() -> ZooKeeperTls.configure(anybody, (_, _) -> {}))
        .isInstanceOf(LonghouseException.class)
        .hasMessageContaining("always verified");
  }
}
