package io.longhouse.server.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.server.LiveServer;
import io.longhouse.server.tls.TestAuthority.Identity;
import io.longhouse.wire.connection.Endpoint;
import io.longhouse.wire.connection.NativeClient;
import io.longhouse.wire.connection.PemFiles;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateLoginTest {
  private static final String REFUSED =
      "Authentication failed: password is incorrect, or there is no user with such name.";
  private static TestAuthority authority;
  private static Identity server;
  private static Identity ann;
  private static Identity spiffe;
  private static Identity expired;
  private static Identity revoked;
  private static Identity foreign;
  private static LiveServer relaxed;
  private static LiveServer strict;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    authority = new TestAuthority(folder, "authority");
    server =
        authority.issue(
            "server", "CN=localhost", 1, new GeneralName(GeneralName.dNSName, "localhost"));
    ann = authority.issue("ann", "CN=ann.example.com,O=x", 1);
    spiffe =
        authority.issue(
            "spiffe",
            "O=nobody",
            1,
            new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://app/team1/job"),
            new GeneralName(GeneralName.dNSName, "job.example.com"));
    expired = authority.issue("expired", "CN=ann.example.com", -1);
    revoked = authority.issue("revoked", "CN=ann.example.com", 1);
    foreign = new TestAuthority(folder, "other").issue("foreign", "CN=ann.example.com", 1);
    Path list = authority.revoke(List.of(revoked));
    relaxed = open(folder.resolve("relaxed"), "relaxed", list);
    strict = open(folder.resolve("strict"), "strict", list);
  }

  private static LiveServer open(Path data, String mode, Path list) throws IOException {
    var db =
        new LiveServer(
            data,
            "--https_port=0",
            "--tcp_port_secure=0",
            "--openSSL.server.certificateFile=" + server.certificate(),
            "--openSSL.server.privateKeyFile=" + server.key(),
            "--openSSL.server.caConfig=" + authority.certificate,
            "--openSSL.server.crlFile=" + list,
            "--openSSL.server.verificationMode=" + mode);
    db.run(
        "CREATE USER ann IDENTIFIED WITH ssl_certificate CN 'other', 'ann.example.com'",
        "CREATE USER both IDENTIFIED WITH ssl_certificate CN 'ann.example.com',"
            + " plaintext_password BY 'p'",
        "CREATE USER late IDENTIFIED WITH ssl_certificate CN 'ann.example.com'"
            + " VALID UNTIL '2020-01-01'",
        "CREATE USER uri IDENTIFIED WITH ssl_certificate SAN 'URI:spiffe://app/*/job'",
        "CREATE USER uri2 IDENTIFIED WITH ssl_certificate SAN 'URI:spiffe://*/job'",
        "CREATE USER dns IDENTIFIED WITH ssl_certificate SAN 'DNS:*.example.com'",
        "CREATE USER dns2 IDENTIFIED WITH ssl_certificate SAN 'DNS:example.com'");
    return db;
  }

  @AfterAll
  static void stop() {
    relaxed.close();
    strict.close();
  }

  private static String ask(LiveServer db, String user, String password, Identity who) {
    var endpoint =
        new Endpoint(
            "localhost",
            db.server.port("tcp_secure"),
            true,
            true,
            user,
            password,
            "",
            null,
            who == null ? null : who.certificate(),
            who == null ? null : who.key());
    try (NativeClient c = NativeClient.connect(endpoint)) {
      return LiveServer.ask(c, "SELECT currentUser()");
    }
  }

  private static void refused(LiveServer db, String user, Identity who) {
    assertThatThrownBy(() -> ask(db, user, "", who)).hasMessageContaining(REFUSED);
  }

  private static void noHandshake(LiveServer db, String user, Identity who) {
    assertThatThrownBy(() -> ask(db, user, "", who))
        .as(user)
        .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain(REFUSED));
  }

  @Test
  void namesOfTheCertificateLetIn() {
    assertThat(ask(relaxed, "ann", "", ann)).isEqualTo("ann");
    assertThat(ask(strict, "ann", "", ann)).isEqualTo("ann");
    assertThat(ask(relaxed, "both", "", ann)).isEqualTo("both");
    assertThat(ask(relaxed, "both", "p", null)).isEqualTo("both");
    assertThat(ask(relaxed, "default", "", ann)).isEqualTo("default");
    assertThat(ask(relaxed, "uri", "", spiffe)).isEqualTo("uri");
    assertThat(ask(relaxed, "dns", "", spiffe)).isEqualTo("dns");
    refused(relaxed, "uri2", spiffe);
    refused(relaxed, "dns2", spiffe);
    refused(relaxed, "ann", spiffe);
    refused(relaxed, "uri", ann);
    refused(relaxed, "late", ann);
    refused(relaxed, "ann", null);
    refused(relaxed, "both", null);
    assertThat(relaxed.run1("SHOW CREATE USER ann"))
        .isEqualTo("CREATE USER ann IDENTIFIED WITH ssl_certificate CN 'other', 'ann.example.com'");
    assertThat(relaxed.run1("SELECT auth_params FROM system.users WHERE name = 'dns'"))
        .isEqualTo("['{\"subject_alt_names\":[\"DNS:*.example.com\"]}']");
  }

  @Test
  void certificatesThatAreNotValidEndTheHandshake() {
    for (LiveServer db : List.of(relaxed, strict)) {
      for (Identity bad : List.of(expired, revoked)) {
        noHandshake(db, "ann", bad);
        noHandshake(db, "default", bad);
      }
      // The JDK's client does not even show one that the server will not believe.
      assertThatThrownBy(() -> ask(db, "ann", "", foreign)).isInstanceOf(RuntimeException.class);
    }
    noHandshake(strict, "default", foreign);
    noHandshake(strict, "default", null);
    assertThat(ask(relaxed, "default", "", null)).isEqualTo("default");
  }

  private static String https(LiveServer db, Identity who, String... headers) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "ca", PemFiles.certificates(authority.certificate).iterator().next());
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    context.init(
        who == null ? null : PemFiles.identity(who.certificate(), who.key()),
        trust.getTrustManagers(),
        null);
    try (Socket s = context.getSocketFactory().createSocket("127.0.0.1", db.server.port("https"))) {
      String head = String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList());
      s.getOutputStream()
          .write(
              ("GET /?query=SELECT+currentUser() HTTP/1.1\r\nConnection: close\r\n" + head + "\r\n")
                  .getBytes(ISO_8859_1));
      return new String(s.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Test
  void httpsAsksForTheHeader() throws Exception {
    String on = "X-ClickHouse-SSL-Certificate-Auth: on";
    String user = "X-ClickHouse-User: ann";
    assertThat(https(relaxed, ann, on, user)).startsWith("HTTP/1.1 200").contains("\r\nann\n");
    assertThat(https(relaxed, ann, user)).contains(REFUSED);
    assertThat(https(relaxed, ann, on)).contains("Got an empty user name");
    assertThat(https(relaxed, ann, on, user, "X-ClickHouse-Key: p"))
        .contains(
            "not allowed to use SSL certificate authentication and authentication via password");
    assertThat(https(relaxed, null, on, user)).contains("requires nonempty certificate's");
    assertThat(https(relaxed, spiffe, on, user)).contains(REFUSED);
    // default has no password, which is not what a certificate is compared with
    assertThat(https(relaxed, ann, on, "X-ClickHouse-User: default")).contains(REFUSED);
    assertThat(https(relaxed, null)).contains("\r\ndefault\n");
    assertThatThrownBy(() -> https(strict, null)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> https(strict, revoked, on, user)).isInstanceOf(IOException.class);
  }
}
