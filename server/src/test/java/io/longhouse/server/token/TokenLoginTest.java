package io.longhouse.server.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import io.longhouse.server.LiveServer;
import io.longhouse.wire.connection.Endpoint;
import io.longhouse.wire.connection.NativeClient;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenLoginTest {
  private static final TestTokens ISSUER = new TestTokens();
  private static final String REFUSED =
      ": Authentication failed: password is incorrect, or there is no user with such name.";
  private static LiveServer db;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    db =
        new LiveServer(
            folder,
            "--token_processors.main.static_jwks=" + ISSUER.keySet(),
            "--token_processors.main.roles_filter=r_.*",
            "--token_processors.main.settings.SQL_tenant_id=tid",
            "--token_processors.orgs.static_jwks=" + ISSUER.keySet(),
            "--token_processors.orgs.tenant_claim=org",
            "--user_directories.token.processor=main",
            "--user_directories.token.common_roles.r_common=",
            "--user_directories.token.default_profile=guests");
    db.run(
        "CREATE SETTINGS PROFILE guests SETTINGS max_threads = 1 CONST",
        "CREATE ROLE r_common",
        "CREATE ROLE r_reader",
        "CREATE ROLE secret_role",
        "CREATE TABLE default.events (tenant UInt32, name String) ENGINE = MergeTree"
            + " ORDER BY tenant",
        "INSERT INTO default.events VALUES (42, 'ours'), (43, 'theirs')",
        "GRANT SELECT ON default.events TO r_reader, secret_role",
        "CREATE ROW POLICY p ON default.events USING tenant = getSetting('SQL_tenant_id')"
            + " TO r_reader",
        "CREATE TENANT SPACE app (TABLE default.events KEY tenant)",
        "CREATE TENANT acme IN app ID 42",
        "CREATE USER dora IDENTIFIED WITH jwt",
        "CREATE USER emil IDENTIFIED WITH jwt CLAIMS '{\"aud\": [\"longhouse\"], \"x\": {\"y\":"
            + " 1}}'",
        "CREATE USER far IDENTIFIED WITH jwt HOST IP '10.0.0.0/8'",
        "CREATE USER old IDENTIFIED WITH jwt VALID UNTIL '2020-01-01'",
        "CREATE USER pass IDENTIFIED BY 'p'");
  }

  @AfterAll
  static void stop() {
    db.close();
  }

  private static JWTClaimsSet.Builder claims(String user) {
    return TestTokens.claims(user).claim("tid", 42).claim("clickhouse:roles", List.of("r_reader"));
  }

  private static String ask(String token, String sql) throws Exception {
    return db.ask(sql, "Authorization", "Bearer " + token);
  }

  @Test
  void definedUsersComeInWithTheirTokens() throws Exception {
    assertThat(ask(ISSUER.sign(claims("dora")), "SELECT currentUser(), authenticatedUser()"))
        .isEqualTo("dora\tdora");
    assertThat(ask(ISSUER.sign(claims("emil")), "SELECT 1")).contains("516", "emil" + REFUSED);
    assertThat(ask(ISSUER.sign(claims("emil").claim("x", Map.of("y", 1))), "SELECT 1"))
        .isEqualTo("1");
    for (String user : List.of("far", "old", "pass", "default")) {
      assertThat(ask(ISSUER.sign(claims(user)), "SELECT 1")).contains("516", user + REFUSED);
    }
    assertThat(db.ask("SELECT 1", "Authorization", "Bearer nonsense")).contains("token" + REFUSED);
    assertThat(db.ask("SELECT 1", "X-ClickHouse-User", "dora", "X-ClickHouse-Key", "x"))
        .contains("516", "dora" + REFUSED);
    assertThat(db.ask("SELECT 1", "X-ClickHouse-User", "dora")).contains("516");
    assertThat(db.ask("SHOW CREATE USER emil"))
        .isEqualTo(
            "CREATE USER emil IDENTIFIED WITH jwt CLAIMS \\'{\"aud\": [\"longhouse\"], \"x\":"
                + " {\"y\": 1}}\\'");
  }

  @Test
  void aClaimIsASettingThatCannotBeChanged() throws Exception {
    String token = ISSUER.sign(claims("dora"));
    assertThat(ask(token, "SELECT name FROM events")).isEqualTo("ours");
    assertThat(ask(token, "SELECT name FROM events SETTINGS SQL_tenant_id = 43")).contains("452");
    assertThat(
            db.askAt(
                "/?SQL_tenant_id=43&",
                "SELECT name FROM events",
                "Authorization",
                "Bearer " + token))
        .contains("452");
    assertThat(ask(token, "SET SQL_tenant_id = 43")).contains("452");
    String theirs = ISSUER.sign(claims("dora").claim("tid", 43));
    assertThat(ask(theirs, "SELECT name FROM events")).isEqualTo("theirs");
    try (NativeClient c = db.connect(Endpoint.TOKEN_USER, token)) {
      assertThat(LiveServer.ask(c, "SET SQL_tenant_id = 43")).startsWith("452 ");
      assertThat(LiveServer.ask(c, "SET SQL_tenant_id = DEFAULT")).startsWith("452 ");
      assertThat(LiveServer.ask(c, "SELECT groupArray(name) FROM events")).isEqualTo("['ours']");
      assertThat(LiveServer.ask(c, "SET ROLE NONE")).isEmpty();
      assertThat(LiveServer.ask(c, "SELECT groupArray(name) FROM events")).isEqualTo("['ours']");
    }
  }

  @Test
  void aSessionIsNotSharedBetweenTenants() throws Exception {
    String ours = ISSUER.sign(claims("dora"));
    String theirs = ISSUER.sign(claims("dora").claim("tid", 43));
    String again = ISSUER.sign(claims("dora").jwtID("2"));
    String at = "/?session_id=shared&";
    db.askAt(at, "SET max_threads = 3", "Authorization", "Bearer " + ours);
    assertThat(db.askAt(at, "SELECT name FROM events", "Authorization", "Bearer " + theirs))
        .isEqualTo("theirs");
    assertThat(db.askAt(at, "SELECT getSetting('max_threads')", "Authorization", "Bearer " + again))
        .isEqualTo("3");
  }

  @Test
  void whoIsNoUserIsOneAsLongAsItsTokenLasts() throws Exception {
    String token = ISSUER.sign(claims("guest"));
    assertThat(ask(token, "SELECT currentUser()")).isEqualTo("guest");
    assertThat(ask(token, "SELECT arraySort(groupArray(role_name)) FROM system.current_roles"))
        .isEqualTo("['r_common','r_reader']");
    assertThat(ask(token, "SELECT name FROM events")).isEqualTo("ours");
    assertThat(ask(token, "SET max_threads = 2")).contains("452");
    assertThat(db.ask("SELECT storage, auth_type FROM system.users WHERE name = 'guest'"))
        .isEqualTo("token\t['jwt']");
    assertThat(db.ask("DROP USER guest")).contains("495");
    assertThat(db.ask("SELECT params FROM system.user_directories WHERE name = 'token'"))
        .isEqualTo("{\"processor\":\"main\"}");
    var more = claims("guest").claim("clickhouse:roles", List.of("secret_role", "tenant:app.acme"));
    assertThat(ask(ISSUER.sign(more), "SELECT name FROM events")).contains("497");
    // Another processor lets in those only who are users.
    var tenant = TestTokens.claims("guest2").claim("org", "app.acme");
    assertThat(ask(ISSUER.sign(tenant), "SELECT 1")).contains("516");
  }

  @Test
  void aTenantClaimIsARole() throws Exception {
    var acme = TestTokens.claims("dora").claim("org", "app.acme");
    assertThat(ask(ISSUER.sign(acme), "SELECT name FROM events")).isEqualTo("ours");
    var none = TestTokens.claims("dora").claim("org", "app.nobody");
    assertThat(ask(ISSUER.sign(none), "SELECT 1")).contains("516", "dora" + REFUSED);
  }

  @Test
  void anExpiredTokenBeginsNothingNew() throws Exception {
    Date soon = new Date((System.currentTimeMillis() / 1000 + 2) * 1000);
    String token = ISSUER.sign(claims("dora").expirationTime(soon));
    try (NativeClient c = db.connect(Endpoint.TOKEN_USER, token)) {
      assertThat(LiveServer.ask(c, "SELECT currentUser()")).isEqualTo("dora");
      Thread.sleep(Math.max(0, soon.getTime() - System.currentTimeMillis()) + 20);
      assertThat(LiveServer.ask(c, "SELECT 1"))
          .isEqualTo("720 Authentication method used has expired");
    }
    assertThat(ask(token, "SELECT 1")).contains("516");
    assertThatThrownBy(() -> db.connect(Endpoint.TOKEN_USER, token))
        .hasMessageContaining("token" + REFUSED);
  }

  @Test
  void waysToComeInAreNotMixed() throws Exception {
    String token = ISSUER.sign(claims("dora"));
    assertThat(
            db.ask("SELECT 1", "Authorization", "Bearer " + token, "X-ClickHouse-User", "default"))
        .contains("516")
        .doesNotContain(token);
    assertThat(db.ask("SELECT 1", "Authorization", token)).contains("516").doesNotContain(token);
    assertThat(db.ask("SELECT 1", "Authorization", token + " x")).doesNotContain(token);
  }
}
