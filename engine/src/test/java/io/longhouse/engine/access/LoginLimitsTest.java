package io.longhouse.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Quotas of logins and of queries by their form; bounds of who writes profiles. */
class LoginLimitsTest {
  private static Statements db;

  @BeforeAll
  static void open() {
    db = new Statements(EngineConfig.inMemory());
  }

  @AfterAll
  static void close() {
    db.close();
  }

  private static void fails(Statements who, String sql, String message) {
    assertThatThrownBy(() -> who.run(sql)).hasMessageContaining(message);
  }

  @Test
  void failedLoginsInARowAreCounted() {
    db.run("CREATE USER careless IDENTIFIED BY 'right'");
    db.run(
        "CREATE QUOTA careful FOR INTERVAL 1 hour MAX failed_sequential_authentications = 2"
            + " TO careless");
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 1; i++) {
        assertThatThrownBy(() -> db.as("careless", "wrong")).hasMessageContaining("failed");
      }
      assertThat(db.as("careless", "right").run("SELECT 1")).containsExactly("1");
    }
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> db.as("careless", "wrong"))
          .hasMessageContaining("Authentication failed");
    }
    for (String password : new String[] {"wrong", "right"}) {
      assertThatThrownBy(() -> db.as("careless", password))
          .hasMessageContaining(
              "Quota for user `careless` for 3600s has been exceeded:"
                  + " failed_sequential_authentications = ");
    }
    assertThatThrownBy(() -> db.as("nobody", "x")).hasMessageContaining("Authentication failed");
  }

  @Test
  void queriesAreCountedByTheirForm() {
    db.run("CREATE USER counted");
    db.run(
        "CREATE QUOTA form KEYED BY normalized_query_hash FOR INTERVAL 1 hour MAX queries = 2"
            + " TO counted");
    Statements user = db.as("counted", "");
    user.run("SELECT 1");
    user.run("SELECT 22");
    fails(user, "SELECT 333", "queries = 3/2");
    user.run("SELECT 'another', 1");
    db.run("CREATE USER counted2");
    db.run(
        "CREATE QUOTA form2 FOR INTERVAL 1 hour MAX queries_per_normalized_hash = 2 TO counted2");
    user = db.as("counted2", "");
    user.run("SELECT 1");
    user.run("SELECT 22");
    fails(user, "SELECT 333", "queries_per_normalized_hash = 3/2");
    user.run("SELECT 'another', 1");
    assertThat(db.run("SHOW CREATE QUOTA form"))
        .containsExactly(
            "CREATE QUOTA form KEYED BY normalized_query_hash FOR INTERVAL 1 hour MAX queries = 2"
                + " TO counted");
  }

  @Test
  void whoWritesProfilesIsBoundItself() {
    db.run(
        "CREATE USER writer SETTINGS max_threads = 2 MAX 4, max_memory_usage = 1000000000 CONST");
    db.run("GRANT CREATE USER, ALTER USER, CREATE ROLE, ALTER ROLE ON * TO writer");
    db.run("GRANT CREATE SETTINGS PROFILE, ALTER SETTINGS PROFILE ON *.* TO writer");
    Statements writer = db.as("writer", "");
    writer.run("CREATE SETTINGS PROFILE wp SETTINGS max_threads = 3");
    String beyond = "Setting max_threads shouldn't be greater than 4";
    fails(writer, "CREATE SETTINGS PROFILE wq SETTINGS max_threads = 5", beyond);
    fails(writer, "CREATE SETTINGS PROFILE wq SETTINGS max_threads = 3 MAX 5", beyond);
    fails(writer, "ALTER SETTINGS PROFILE wp ADD SETTINGS max_threads = 5", beyond);
    fails(writer, "CREATE ROLE wr SETTINGS max_threads = 5", beyond);
    fails(writer, "CREATE USER wu SETTINGS max_threads = 5", beyond);
    fails(
        writer,
        "ALTER USER writer SETTINGS max_memory_usage = 2000000000",
        "Setting max_memory_usage should not be changed");
    fails(
        writer,
        "CREATE ROLE wr SETTINGS max_memory_usage = 1000000000",
        "Setting max_memory_usage should not be changed");
    db.run("CREATE SETTINGS PROFILE wq SETTINGS max_threads = 5");
  }

  @Test
  void scramPasswordsLetIn() {
    db.run("CREATE USER scram IDENTIFIED WITH scram_sha256_password BY 'p'");
    assertThat(db.as("scram", "p").run("SELECT 1")).containsExactly("1");
    assertThat(db.as("scram", "p").run("SELECT 2")).containsExactly("2");
    assertThatThrownBy(() -> db.as("scram", "q")).hasMessageContaining("Authentication failed");
    // RFC 7677: user "user", password "pencil", salt W22ZaJ0SNY7soEsUEjb6gQ==, 4096 rounds.
    db.run(
        "CREATE USER pencil IDENTIFIED WITH scram_sha256_hash BY"
            + " 'C4A49510323AB4F952CAC1FA99441939E78EA74D6BE81DDF7096E87513DC615D'"
            + " SALT 'W22ZaJ0SNY7soEsUEjb6gQ=='");
    assertThat(db.as("pencil", "pencil").run("SELECT 1")).containsExactly("1");
    assertThatThrownBy(() -> db.as("pencil", "pen")).hasMessageContaining("failed");
  }

  @Test
  void aServerElsewhereKnowsPasswords() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String given = exchange.getRequestHeaders().getFirst("Authorization");
          String right =
              Base64.getEncoder().encodeToString("web:p".getBytes(StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(("Basic " + right).equals(given) ? 200 : 401, -1);
          exchange.close();
        });
    server.start();
    String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/auth";
    try (Statements with =
        new Statements(
            new EngineConfig(
                null,
                0,
                0,
                null,
                Map.of(),
                Map.of(),
                Map.of(
                    "http_authentication_servers.main.uri",
                    uri,
                    "http_authentication_servers.main.max_tries",
                    "1")))) {
      with.run("CREATE USER web IDENTIFIED WITH http SERVER 'main' SCHEME 'BASIC'");
      with.run("CREATE USER other IDENTIFIED WITH http SERVER 'nowhere'");
      assertThat(with.run("SHOW CREATE USER web"))
          .containsExactly("CREATE USER web IDENTIFIED WITH http SERVER 'main' SCHEME 'BASIC'");
      assertThat(with.as("web", "p").run("SELECT currentUser()")).containsExactly("web");
      for (String[] wrong : new String[][] {{"web", "q"}, {"web", ""}, {"other", "p"}}) {
        assertThatThrownBy(() -> with.as(wrong[0], wrong[1]))
            .hasMessageContaining("Authentication failed");
      }
      server.stop(0);
      assertThatThrownBy(() -> with.as("web", "p")).hasMessageContaining("Authentication failed");
    }
  }

  @Test
  void enginesMayNeedAGrant() {
    String create = "CREATE TABLE t1 (a Int8) ENGINE = Memory";
    for (boolean needed : new boolean[] {false, true}) {
      String key = "access_control_improvements.table_engines_require_grant";
      try (Statements with =
          new Statements(
              new EngineConfig(
                  null, 0, 0, null, Map.of(), Map.of(), Map.of(key, needed ? "1" : "0")))) {
        with.run("CREATE USER maker");
        with.run("GRANT CREATE TABLE ON *.* TO maker");
        Statements maker = with.as("maker", "");
        if (needed) {
          fails(maker, create, "necessary to have the grant TABLE ENGINE ON Memory");
          with.run("GRANT TABLE ENGINE ON Memory TO maker");
        }
        maker.run(create);
      }
    }
  }

  @Test
  void whoHasNoAuthenticationDoesNotComeIn() {
    db.run("CREATE USER definer IDENTIFIED WITH no_authentication");
    assertThatThrownBy(() -> db.as("definer", "")).hasMessageContaining("Authentication failed");
  }
}
