package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.embedded.Connection;
import io.longhouse.embedded.Longhouse;
import io.longhouse.embedded.LonghouseExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of tenants, over HTTP and inside the program, in every model of isolation. */
class TenantModelsTest {
  @RegisterExtension
  static final LonghouseExtension EXTENSION = new LonghouseExtension(Longhouse.builder().ports());

  /** Somebody who runs a statement and reads the answer as tab separated text. */
  private interface Member {
    String run(String sql) throws Exception;
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHARED TABLE", "TABLE", "DATABASE"})
  void oneNameEverywhere(String model) throws Exception {
    Longhouse db = EXTENSION.database();
    db.execute("CREATE TABLE events (org String, id UInt64, v String) ORDER BY (org, id)");
    db.execute("CREATE TENANT SPACE app (TABLE default.events KEY org) ISOLATION " + model);
    db.execute("CREATE USER ann IDENTIFIED BY 'a'");
    db.execute("CREATE USER bob IDENTIFIED BY 'b'");
    db.execute("CREATE TENANT acme IN app ID 'acme inc'");
    db.execute("CREATE TENANT globex IN app ID 'globex'");
    db.execute("GRANT TENANT acme TO ann");
    db.execute("GRANT TENANT globex TO bob");
    try (HttpClient http = HttpClient.newHttpClient();
        Connection inside = db.connect("bob", "b")) {
      Member ann = sql -> post(http, db, "ann", "a", "", sql);
      Member annNamesDefault = sql -> post(http, db, "ann", "a", "&database=default", sql);
      Member bob = sql -> inside.query(sql).format("TabSeparated");
      ann.run("INSERT INTO events (id, v) VALUES (1, 'x'), (2, 'y')");
      bob.run("INSERT INTO events (id, v) VALUES (3, 'z')");
      assertThat(ann.run("SELECT * FROM events ORDER BY id"))
          .isEqualTo("acme inc\t1\tx\nacme inc\t2\ty\n");
      assertThat(annNamesDefault.run("SELECT count() FROM events")).isEqualTo("2\n");
      assertThat(bob.run("SELECT * FROM events ORDER BY id")).isEqualTo("globex\t3\tz\n");
      refused(ann, "INSERT INTO events VALUES ('globex', 9, 'forged')");
      refused(bob, "INSERT INTO events VALUES ('acme inc', 9, 'forged')");
      refused(ann, "DROP TABLE events");
      refused(ann, "TRUNCATE TABLE events");
      refused(bob, "ALTER TENANT globex LIMITS NONE");
      ann.run("ALTER TABLE events DELETE WHERE 1 SETTINGS mutations_sync = 2");
      assertThat(ann.run("SELECT count() FROM events")).isEqualTo("0\n");
      assertThat(bob.run("SELECT count(), max(v) FROM events")).isEqualTo("1\tz\n");
      assertThat(post(http, db, "ann", "a", "&SQL_tenant_app=globex", "SELECT 1"))
          .contains("Code: 452");
      assertThat(bob.run("SELECT name FROM system.tenants")).isEqualTo("globex\n");
    } finally {
      db.execute("DROP TENANT acme WITH DATA");
      db.execute("DROP TENANT globex WITH DATA");
      assertThat(db.query("SELECT count() FROM events").first().getLong(0)).isZero();
      db.execute("DROP TENANT SPACE app");
      db.execute("DROP TABLE events SYNC");
      db.execute("DROP USER ann, bob");
      assertThat(db.query("SHOW DATABASES LIKE 'app%'").rowCount()).isZero();
    }
  }

  private static void refused(Member who, String sql) throws Exception {
    String answer;
    try {
      answer = who.run(sql);
    } catch (io.longhouse.sql.LonghouseException e) {
      answer = "Code: " + e.code();
    }
    assertThat(answer).as(sql).startsWith("Code: ");
  }

  private static String post(
      HttpClient http, Longhouse db, String user, String password, String more, String sql)
      throws Exception {
    URI uri =
        URI.create(
            "http://localhost:"
                + db.httpPort()
                + "/?user="
                + user
                + "&password="
                + password
                + more);
    HttpRequest request =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(sql)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
