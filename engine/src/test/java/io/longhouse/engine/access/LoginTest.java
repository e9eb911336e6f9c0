package io.longhouse.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.tenancy.MemoryTenantStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LoginTest {
  private static Statements db;

  @BeforeAll
  static void open() {
    db = new Statements(EngineConfig.inMemory());
  }

  @AfterAll
  static void close() {
    db.close();
  }

  private static void refused(String user, String password) {
    assertThatThrownBy(() -> db.as(user, password))
        .hasMessage(
            user
                + ": Authentication failed: password is incorrect, or there is no user with such"
                + " name.");
  }

  private static String who(String user, String password) {
    return db.as(user, password).run("SELECT currentUser()").getFirst();
  }

  @Test
  void everyMethodLetsInWithItsPasswordOnly() {
    db.run("CREATE USER m1 IDENTIFIED BY '<password>'");
    db.run("CREATE USER m2 IDENTIFIED WITH plaintext_password BY 'p2'");
    db.run(
        "CREATE USER m3 IDENTIFIED WITH sha256_hash BY"
            + " '2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b'");
    db.run("CREATE USER m4 IDENTIFIED WITH double_sha1_password BY 'p4'");
    db.run("CREATE USER m5 IDENTIFIED WITH bcrypt_password BY 'p5'");
    db.run("CREATE USER m6 IDENTIFIED WITH sha256_password BY 'a', plaintext_password BY 'b'");
    db.run("CREATE USER m7 NOT IDENTIFIED");
    db.run("CREATE USER m8 IDENTIFIED WITH ssl_certificate CN 'm8'");
    assertThat(who("m1", "<password>")).isEqualTo("m1");
    assertThat(who("m2", "p2")).isEqualTo("m2");
    assertThat(who("m3", "secret")).isEqualTo("m3");
    assertThat(who("m4", "p4")).isEqualTo("m4");
    assertThat(who("m5", "p5")).isEqualTo("m5");
    assertThat(who("m5", "p5")).isEqualTo("m5");
    assertThat(who("m6", "a")).isEqualTo("m6");
    assertThat(who("m6", "b")).isEqualTo("m6");
    assertThat(who("m7", "anything")).isEqualTo("m7");
    for (String user : List.of("m1", "m2", "m3", "m4", "m5", "m6", "m8", "nobody")) {
      refused(user, "wrong");
      refused(user, "");
    }
  }

  @Test
  void expiredUsersAndForeignHostsAreRefusedAlike() {
    db.run("CREATE USER e1 IDENTIFIED BY 'p' VALID UNTIL '2020-01-01'");
    db.run("CREATE USER e2 IDENTIFIED BY 'p' VALID UNTIL '2100-01-01 00:00:00'");
    db.run("CREATE USER e3 IDENTIFIED BY 'p' HOST IP '10.0.0.0/8'");
    db.run("CREATE USER e4 IDENTIFIED BY 'p' HOST LOCAL");
    db.run("CREATE USER e5 IDENTIFIED BY 'p' HOST NONE");
    db.run("CREATE USER e6@'10.%' IDENTIFIED BY 'p'");
    refused("e1", "p");
    assertThat(who("e2", "p")).isEqualTo("e2");
    refused("e3", "p");
    assertThat(who("e4", "p")).isEqualTo("e4");
    refused("e5", "p");
    refused("e6@10.%", "p");
  }

  @Test
  void theEndOfAUserIsTimeOfTheSessionsZone() {
    var utc = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    String later = utc.format(Instant.now().plusSeconds(5 * 3600));
    String earlier = utc.format(Instant.now().minusSeconds(5 * 3600));
    db.run("SET session_timezone = 'Asia/Tokyo'");
    db.run("CREATE USER z1 IDENTIFIED BY 'p' VALID UNTIL '" + later + "'");
    db.run("CREATE USER z2 IDENTIFIED BY 'p' VALID UNTIL '" + later + " UTC'");
    assertThat(db.run("SHOW CREATE USER z1").toString()).contains(later);
    db.run("SET session_timezone = 'Pacific/Honolulu'");
    db.run("CREATE USER z3 IDENTIFIED BY 'p' VALID UNTIL '" + earlier + "'");
    refused("z1", "p");
    assertThat(who("z2", "p")).isEqualTo("z2");
    assertThat(who("z3", "p")).isEqualTo("z3");
    db.run("SET session_timezone = ''");
  }

  @Test
  void hostsAreMatchedByAddressSubnetAndPattern() {
    var hosts =
        new AllowedHosts(
            false,
            false,
            List.of("10.1.0.0/16", "192.168.1.0/255.255.255.0", "2001:db8::/32"),
            List.of(),
            List.of(),
            List.of("172.16.%"));
    for (String in : List.of("10.1.2.3", "192.168.1.77", "2001:db8:1::5", "172.16.4.4")) {
      assertThat(hosts.contains(in)).as(in).isTrue();
    }
    for (String out : List.of("10.2.0.1", "192.168.2.1", "2001:db9::1", "172.17.4.4", "")) {
      assertThat(hosts.contains(out)).as(out).isFalse();
    }
  }

  /** Moves when it is told to. */
  private static final class TestClock extends Clock {
    private long ms = 1_000_000_000_000L;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(ms);
    }

    @Override
    public long millis() {
      return ms;
    }
  }

  @Test
  void guessingGetsSlowerForThatUserAndAddressOnly() {
    var storage = new MemoryAccessStorage("memory");
    var user = User.named(UUID.randomUUID(), "g");
    storage.insert(
        new UserChange(
                (io.longhouse.sql.ast.CreateUser)
                    io.longhouse.sql.parser.Parser.parseStatement("CREATE USER g IDENTIFIED BY 'p'")
                        .statement(),
                References.kept())
            .apply(user));
    var clock = new TestClock();
    var control = new AccessControl(List.of(storage), Map.of(), new MemoryTenantStore());
    var login = new Login(control, clock, Login.Tokens.NONE);
    var right = Credentials.password("g", "p");
    var wrong = Credentials.password("g", "q");
    for (int i = 0; i < 5; i++) {
      assertThat(catchThrowable(() -> login.login(wrong, "1.1.1.1"))).isNotNull();
    }
    assertThat(catchThrowable(() -> login.login(right, "1.1.1.1"))).isNotNull();
    assertThat(login.login(right, "2.2.2.2").name()).isEqualTo("g");
    clock.ms += 501;
    assertThat(login.login(right, "1.1.1.1").name()).isEqualTo("g");
  }
}
