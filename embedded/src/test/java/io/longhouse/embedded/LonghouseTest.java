package io.longhouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.connection.Answer;
import io.longhouse.wire.connection.ClientQuery;
import io.longhouse.wire.connection.Endpoint;
import io.longhouse.wire.connection.NativeClient;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LonghouseTest {
  @RegisterExtension
  static final LonghouseExtension EXTENSION =
      new LonghouseExtension(
          Longhouse.builder()
              .ports()
              .timeZone(ZoneId.of("Europe/Moscow"))
              .setting("max_threads", "2"));

  @Test
  void answersQueriesInThisProcess(Longhouse db) {
    db.execute("CREATE TABLE t (n UInt64, s Nullable(String)) ENGINE = Memory");
    db.execute("INSERT INTO t VALUES (1, 'one'), (2, NULL)");
    List<String> rows = new ArrayList<>();
    for (Row row : db.query("SELECT n, s FROM t ORDER BY n")) {
      rows.add(row.getLong("n") + " " + (row.isNull("s") ? "nothing" : row.getString("s")));
    }
    assertThat(rows).containsExactly("1 one", "2 nothing");
    assertThat(db.query("SELECT {x:UInt8} + 1.5 AS y", Map.of("x", "2")).first().getDouble("y"))
        .isEqualTo(3.5);
    assertThat(db.query("SELECT n FROM t ORDER BY n").format("JSONEachRow"))
        .isEqualTo("{\"n\":1}\n{\"n\":2}\n");
    assertThat(db.query("SELECT toDateTime(0)").first().getString(0))
        .isEqualTo("1970-01-01 03:00:00");
    assertThatThrownBy(() -> db.query("SELECT * FROM nowhere"))
        .isInstanceOf(LonghouseException.class)
        .extracting(e -> ((LonghouseException) e).code())
        .isEqualTo(60);
  }

  @Test
  void eachTestFindsAnEmptyDatabase(Longhouse db) {
    db.execute("CREATE TABLE t (a UInt8) ENGINE = Memory");
    try (Connection c = db.connect()) {
      c.insert(
          "INSERT INTO t FORMAT CSV",
          new ByteArrayInputStream("1\n2\n3\n".getBytes(StandardCharsets.UTF_8)));
      assertThat(c.query("SELECT sum(a) FROM t").first().getLong(0)).isEqualTo(6);
    }
  }

  @Test
  void portsServeTheSameDatabase(Longhouse db) throws Exception {
    db.execute("CREATE TABLE t (a UInt8) ENGINE = Memory");
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + db.httpPort() + "/"))
              .POST(HttpRequest.BodyPublishers.ofString("INSERT INTO t VALUES (7)"))
              .build();
      assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
    var endpoint =
        new Endpoint("127.0.0.1", db.tcpPort(), false, false, "default", "", "default", null);
    try (NativeClient client = NativeClient.connect(endpoint)) {
      assertThat(client.server().timeZone()).isEqualTo("Europe/Moscow");
      client.send(ClientQuery.of("SELECT a FROM t"));
      long rows = 0;
      Answer answer;
      do {
        answer = client.next();
        if (answer instanceof Answer.Data d) {
          rows += d.block().block().rows();
        }
      } while (!(answer instanceof Answer.End) && !(answer instanceof Answer.Failed));
      assertThat(rows).isEqualTo(1);
    }
    assertThat(EXTENSION.database()).isSameAs(db);
  }
}
