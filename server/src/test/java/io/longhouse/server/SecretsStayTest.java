package io.longhouse.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.server.token.TestTokens;
import io.longhouse.wire.connection.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets are planted wherever somebody can write one, rightly or wrongly; then everything that
 * anybody can read is searched for them.
 */
class SecretsStayTest {
  /** No other text in the test has this in it. */
  private static final String MARK = "pl4nted";

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private final PrintStream usualError = System.err;
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();
  private final Handler handler =
      new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
          synchronized (said) {
            said.add("log: " + formatter.format(record));
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private int planted;

  private String secret() {
    return MARK + ++planted + "x";
  }

  @BeforeEach
  void listen() {
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    Logger.getLogger("io.longhouse").setLevel(Level.ALL);
    System.setErr(new PrintStream(error, true));
  }

  @AfterEach
  void listenNoMore() {
    Logger.getLogger("").removeHandler(handler);
    Logger.getLogger("io.longhouse").setLevel(null);
    System.setErr(usualError);
  }

  private void heard(String what, String answer) {
    synchronized (said) {
      said.add(what + ": " + answer);
    }
  }

  /** Statements with a secret each, right and wrong. */
  private List<String> statements() {
    List<String> all = new ArrayList<>();
    for (String method :
        List.of(
            "BY '%s'",
            "WITH plaintext_password BY '%s'",
            "WITH sha256_password BY '%s'",
            "WITH double_sha1_password BY '%s'",
            "WITH no_such_method BY '%s'",
            "WITH sha256_hash BY '%s'",
            "WITH plaintext_password BY '%s', sha256_password BY 'other' VALID UNTIL 'never'",
            "WITH plaintext_password BY '%s' HOST NOWHERE",
            "WITH plaintext_password '%s'",
            "WITH '%s'",
            "BY \"%s\"",
            "BY %s",
            "BY '%s",
            "BY '%s' SETTINGS no_such_setting = 1",
            "BY '%s' DEFAULT ROLE no_such_role",
            "BY '%s' ) garbage")) {
      all.add("CREATE USER u" + all.size() + " IDENTIFIED " + method.formatted(secret()));
      all.add("ALTER USER u0 IDENTIFIED " + method.formatted(secret()));
      all.add("ALTER USER u0 ADD IDENTIFIED " + method.formatted(secret()));
      all.add("CREATE USER IF NOT EXISTS u0 IDENTIFIED " + method.formatted(secret()));
      all.add("EXPLAIN AST CREATE USER ue IDENTIFIED " + method.formatted(secret()));
      all.add("EXPLAIN SYNTAX CREATE USER ue IDENTIFIED " + method.formatted(secret()));
      all.add("EXECUTE AS u0 CREATE USER ux IDENTIFIED " + method.formatted(secret()));
      all.add("EXECUTE AS default CREATE USER uy IDENTIFIED " + method.formatted(secret()));
      all.add("CREAT USER u IDENTIFIED " + method.formatted(secret()));
      all.add("CREATE USERS u IDENTIFIED " + method.formatted(secret()));
      all.add("SELECT 1; CREATE USER u IDENTIFIED " + method.formatted(secret()));
      all.add("/* " + secret() + " */ ALTER USER u0 IDENTIFIED " + method.formatted(secret()));
    }
    all.add(
        "CREATE USER p1 IDENTIFIED BY '"
            + secret()
            + "' PARALLEL WITH CREATE USER p2 IDENTIFIED"
            + " BY '"
            + secret()
            + "'");
    for (String s :
        List.of(
            "SELECT * FROM remote('127.0.0.1:1', 'system', 'one', 'u', '%s')",
            "SELECT * FROM remote('127.0.0.1:1', system.one, 'u', '%s') WHERE",
            "SELECT * FROM s3('http://127.0.0.1:1/b', 'key', '%s', 'CSV') WHERE",
            "SELECT encrypt('aes-128-ecb', 'x', '%s') FROM",
            "CREATE USER u IDENTIFED BY '%s'",
            "ALTER USER u0 IDENTIFIDE WITH sha256_password BY'%s'",
            "CREATE OR REPLACE USER u SECRET '%s'",
            "SELECT * FROM url('http://user:%s@127.0.0.1:1/x', 'CSV', 'a Int8')",
            "SELECT * FROM mysql('h:1', 'd', 't', 'u', '%s')",
            "SELECT * FROM s3('http://127.0.0.1:1/b', 'key', '%s', 'CSV')",
            "INSERT INTO FUNCTION remote('127.0.0.1:1', 'a', 'b', 'u', '%s') VALUES (1)",
            "SELECT encrypt('aes-128-ecb', 'x', '%s')",
            "CREATE DICTIONARY d (k UInt64, v String) PRIMARY KEY k SOURCE(CLICKHOUSE(HOST"
                + " '127.0.0.1' PORT 1 USER 'u' PASSWORD '%s' DB 'default' TABLE 't'))"
                + " LIFETIME(0) LAYOUT(FLAT())",
            "SELECT dictGet('d', 'v', toUInt64(1)), '1' AS password /* password '%s' */")) {
      all.add(s.formatted(secret()));
      all.add("EXPLAIN SYNTAX " + s.formatted(secret()));
      all.add(s.formatted(secret()).replace("FROM", "FORM"));
      all.add("CREATE VIEW v" + all.size() + " AS " + s.formatted(secret()));
    }
    all.add("SHOW CREATE DICTIONARY d");
    all.add(
        "CREATE TABLE hidden (a String, b String DEFAULT encrypt('aes-128-ecb', a, '"
            + secret()
            + "')) ENGINE = MergeTree ORDER BY a");
    all.add("DESCRIBE TABLE hidden");
    all.add("SHOW CREATE TABLE hidden");
    all.add("SHOW FULL COLUMNS FROM hidden");
    all.add("CREATE USER slow IDENTIFIED WITH bcrypt_password BY '" + secret() + "'");
    return all;
  }

  private static String raw(LiveServer db, String request) throws IOException {
    try (Socket s = new Socket("127.0.0.1", db.server.port("http"))) {
      s.setSoTimeout(10_000);
      s.getOutputStream().write(request.getBytes(ISO_8859_1));
      s.shutdownOutput();
      return new String(s.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private void requests(LiveServer db, TestTokens issuer) throws IOException {
    String get = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    String query = "/?query=SELECT+1";
    List<String> all = new ArrayList<>();
    for (String path :
        List.of("/?query=SELECT+1&", "/?query=SELEC&", "/nowhere?", "/?query=%zz&")) {
      all.add("GET " + path + "user=u0&password=" + secret() + get + "\r\n");
      all.add("POST " + path + "user=u0&password=" + secret() + get + "\r\n");
      all.add("PUT " + path + "user=u0&password=" + secret() + get + "\r\n");
      all.add("BREW " + path + "user=u0&password=" + secret() + get + "\r\n");
      all.add("GET " + path + "password=" + secret() + "&password=" + secret() + get + "\r\n");
      all.add("GET " + path + "session_id=a&session_timeout=x&password=" + secret() + get + "\r\n");
      all.add("GET " + path + "password=" + secret() + " HTTP/9.9\r\n\r\n");
      all.add("GET " + path + "password=" + secret() + "\u0000" + get + "\r\n");
    }
    for (String header :
        List.of(
            "X-ClickHouse-User: u0\r\nX-ClickHouse-Key: %s",
            "X-ClickHouse-Key: %s",
            "X-ClickHouse-Key %s",
            "Authorization: Bearer %s",
            "Authorization: Bearer",
            "Authorization: %s",
            "Authorization: %s %s",
            "Authorization: Basic %s",
            "Authorization: Digest %s",
            "Authorization: Negotiate %s",
            "Authorization: Bearer %s\r\nX-ClickHouse-User: u0")) {
      all.add("GET " + query + get + header.replace("%s", secret()) + "\r\n\r\n");
    }
    String basic =
        Base64.getEncoder().encodeToString(("u0:" + secret()).getBytes(StandardCharsets.UTF_8));
    all.add("GET " + query + get + "Authorization: Basic " + basic + "\r\n\r\n");
    String genuine = issuer.sign(TestTokens.claims("jane").claim("note", MARK));
    all.add("GET " + query + get + "Authorization: Bearer " + genuine + "\r\n\r\n");
    for (String request : all) {
      heard("http", raw(db, request));
    }
    for (String token : List.of(secret(), genuine, genuine + "x")) {
      for (String user : List.of(Endpoint.TOKEN_USER, "u0", " INTERSERVER SECRET ")) {
        try (var c = db.connect(user, token)) {
          heard("native", LiveServer.ask(c, "SELECT 1"));
        } catch (RuntimeException e) {
          heard("native", e.toString());
        }
      }
    }
    // What would be found of a token.
    for (String part : genuine.split("\\.")) {
      assertThat(String.join("\n", said)).doesNotContain(part.substring(0, 30));
    }
  }

  @Test
  void nothingThatCanBeReadHasASecretInIt() throws Exception {
    var issuer = new TestTokens();
    Path data = folder.resolve("data");
    String configured = secret();
    try (LiveServer db =
        new LiveServer(
            data,
            "--token_processors.p.static_jwks=" + issuer.keySet(),
            "--token_processors.h.algo=HS256",
            "--token_processors.h.static_key=" + configured + "0123456789abcdef0123456789abcdef",
            "--users.default.access_management=1",
            "--users.default.networks.ip=127.0.0.1",
            "--users.fixed.password=" + secret(),
            "--access_control_improvements.allow_impersonate_user=1")) {
      db.run("CREATE USER u0 IDENTIFIED BY 'fine'", "CREATE USER jane IDENTIFIED WITH jwt");
      requests(db, issuer);
      List<String> statements = statements();
      for (String s : statements) {
        heard("answer", db.ask(s));
      }
      try (var c = db.connect("default", "")) {
        for (String s : statements.subList(0, 60)) {
          heard("native", LiveServer.ask(c, s));
        }
      }
      for (String s : statements.subList(0, 40)) {
        String encoded = URLEncoder.encode(s, StandardCharsets.UTF_8);
        heard("get", raw(db, "GET /?query=" + encoded + " HTTP/1.1\r\nConnection: close\r\n\r\n"));
      }
      db.run("SYSTEM FLUSH LOGS");
      int tables = 0;
      for (String table :
          db.ask("SELECT name FROM system.tables WHERE database = 'system' ORDER BY name")
              .split("\n")) {
        tables++;
        heard(
            "system." + table, db.ask("SELECT * FROM system." + table + " LIMIT 20000 FORMAT TSV"));
      }
      assertThat(tables).isGreaterThan(80);
      heard("users", db.ask("SHOW CREATE USERS"));
      heard("access", db.ask("SHOW ACCESS"));
      heard("processes", db.ask("SHOW PROCESSLIST"));
      heard("metrics", raw(db, "GET /metrics HTTP/1.1\r\nConnection: close\r\n\r\n"));
      assertThat(db.ask("SELECT count() > 200 FROM system.query_log")).isEqualTo("1");
      assertThat(db.ask("SELECT count() > 100 FROM system.session_log")).isEqualTo("1");
    }
    heard("standard error", error.toString(StandardCharsets.UTF_8));
    assertThat(planted).isGreaterThan(200);
    List<String> found =
        said.stream()
            .filter(s -> s.contains(MARK))
            .map(SecretsStayTest::around)
            .distinct()
            .toList();
    assertThat(found).isEmpty();
    assertThat(said).anyMatch(s -> s.startsWith("log: "));
    inFiles(data);
  }

  private static String around(String text) {
    int at = text.indexOf(MARK);
    int colon = text.indexOf(':');
    return text.substring(0, Math.min(60, colon))
        + " ... "
        + text.substring(Math.max(0, at - 150), Math.min(text.length(), at + 60));
  }

  /** Plain passwords are kept as they are, by their nature; nothing else is. */
  private static void inFiles(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path f : files.filter(Files::isRegularFile).toList()) {
        // The definition of a dictionary or table must have the password that it is read with.
        if (!f.startsWith(data.resolve("access")) && !f.toString().endsWith(".sql")) {
          assertThat(new String(Files.readAllBytes(f), ISO_8859_1).contains(MARK))
              .as(f.toString())
              .isFalse();
        }
      }
    }
    try (Stream<Path> files = Files.walk(data.resolve("access"))) {
      for (Path f : files.filter(Files::isRegularFile).toList()) {
        for (String line : Files.readAllLines(f)) {
          if (line.contains(MARK)) {
            assertThat(line).contains("plaintext_password");
          }
        }
      }
    }
  }
}
