package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.embedded.Longhouse;
import io.longhouse.embedded.LonghouseExtension;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The examples of ClickHouse's page on multi-tenancy, word for word, through every kind of client,
 * with the tables that the page prints. Each example is a resource: statements with lines of four
 * dashes between; its last statement is the query whose answer is printed.
 */
class MultiTenancyExamplesTest {
  private static final List<String> EXAMPLES =
      List.of("shared-table", "separate-tables", "separate-databases", "separate-service");
  private static final Pattern ACCESS =
      Pattern.compile("(?m)^(GRANT|CREATE (USER|ROLE|ROW POLICY))\\b");
  private static final String PASSWORD = "<password>";

  @RegisterExtension
  static final LonghouseExtension EXTENSION =
      new LonghouseExtension(Longhouse.builder().ports().timeZone(ZoneId.of("UTC")));

  /** Runs statements as somebody and gives the last one's answer in some form. */
  private interface Client {
    String run(String user, String password, List<String> statements) throws Exception;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        MultiTenancyExamplesTest.class.getResourceAsStream("/multi-tenancy/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> statements(String example) throws IOException {
    return List.of(resource(example + ".sql").strip().split("\n----\n"));
  }

  private static String picture(String example) throws IOException {
    return resource(example.equals("shared-table") ? "shared-table.txt" : "separate.txt");
  }

  /** The rows of a picture, tab separated. */
  private static String rows(String example) throws IOException {
    var rows = new StringBuilder();
    for (String line : picture(example).lines().filter(l -> l.contains(". │ ")).toList()) {
      List<String> cells = Arrays.asList(line.split("│"));
      rows.append(
              String.join(
                  "\t", cells.subList(1, cells.size()).stream().map(String::strip).toList()))
          .append('\n');
    }
    return rows.toString();
  }

  private static void emptyAgain(Longhouse db) {
    for (String database : List.of("default", "tenant_1", "tenant_2")) {
      db.execute("DROP DATABASE IF EXISTS " + database + " SYNC");
    }
    db.execute("CREATE DATABASE default");
    db.execute("DROP USER IF EXISTS user_1, user_2");
    db.execute("DROP ROLE IF EXISTS user_role");
    db.execute("DROP ROW POLICY IF EXISTS user_filter_1, user_filter_2 ON default.events");
  }

  private static void pictures(Longhouse db, Client client) throws Exception {
    for (String example : EXAMPLES) {
      assertThat(asUser1(db, example, client)).as(example).isEqualTo(picture(example));
      refusals(example, client);
    }
  }

  private static void rows(Longhouse db, Client client) throws Exception {
    for (String example : EXAMPLES) {
      assertThat(asUser1(db, example, client)).as(example).isEqualTo(rows(example));
      refusals(example, client);
    }
  }

  /** All statements as the page has them, the last one "logged as user_1". */
  private static String asUser1(Longhouse db, String example, Client client) throws Exception {
    emptyAgain(db);
    List<String> all = statements(example);
    client.run("default", "", all.subList(0, all.size() - 1));
    return client.run("user_1", PASSWORD, all.subList(all.size() - 1, all.size()));
  }

  /** What the page promises of the others: a tenant sees its own rows or nothing. */
  private static void refusals(String example, Client client) throws Exception {
    List<String> query = List.of(statements(example).getLast());
    refused(() -> client.run("user_1", "wrong", query), "516");
    refused(() -> client.run("nobody", PASSWORD, query), "516");
    String table = query.getFirst().replaceFirst("(?s).*FROM ", "").strip();
    refused(
        () -> client.run("user_1", PASSWORD, List.of("DROP TABLE " + table)), "497|ACCESS_DENIED");
    if (example.equals("shared-table")) {
      String sum = "SELECT groupUniqArray(tenant_id), count() FROM " + table;
      assertThat(client.run("user_2", PASSWORD, List.of(sum)).replaceAll("\\s", ""))
          .containsPattern("\\[2][│,]?5");
    } else if (!example.equals("separate-service")) {
      refused(() -> client.run("user_2", PASSWORD, query), "497|ACCESS_DENIED");
    }
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String code) {
    assertThatThrownBy(call).hasMessageFindingMatch(code);
  }

  @Test
  void http(Longhouse db) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      pictures(
          db,
          (user, password, statements) -> {
            String answer = "";
            for (String s : statements) {
              answer = post(http, db, user, password, s);
            }
            return answer;
          });
    }
  }

  private static String post(
      HttpClient http, Longhouse db, String user, String password, String statement)
      throws Exception {
    HttpResponse<String> r =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:" + db.httpPort() + "/?default_format=PrettyCompact"))
                .header("X-ClickHouse-User", user)
                .header("X-ClickHouse-Key", password)
                .POST(HttpRequest.BodyPublishers.ofString(statement))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(r.statusCode()).as(r.body()).isEqualTo(200);
    return r.body();
  }

  @Test
  void ownShell(Longhouse db) throws Exception {
    pictures(
        db,
        (user, password, statements) -> {
          List<String> command =
              new ArrayList<>(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-XX:TieredStopAtLevel=1",
                      "--enable-native-access=ALL-UNNAMED",
                      "-cp",
                      System.getProperty(
                          "surefire.test.class.path", System.getProperty("java.class.path")),
                      "io.longhouse.client.Main",
                      "client",
                      "--port=" + db.tcpPort(),
                      "--user=" + user,
                      "--password=" + password,
                      "--format=PrettyCompact"));
          statements.forEach(s -> command.addAll(List.of("--query", s)));
          return answer(Program.run("", command.toArray(String[]::new)));
        });
  }

  private static String answer(Program.Outcome o) {
    assertThat(o.err()).isEmpty();
    assertThat(o.status()).isZero();
    return o.out();
  }

  @Test
  void jdbc(Longhouse db) throws Exception {
    rows(
        db,
        (user, password, statements) -> {
          Properties who = new Properties();
          who.put("user", user);
          who.put("password", password);
          try (Connection c = DriverManager.getConnection(db.jdbcUrl() + "/default", who);
              Statement s = c.createStatement()) {
            for (String statement : statements.subList(0, statements.size() - 1)) {
              s.execute(statement);
            }
            var answer = new StringBuilder();
            if (!s.execute(statements.getLast())) {
              return "";
            }
            try (ResultSet r = s.getResultSet()) {
              int columns = r.getMetaData().getColumnCount();
              while (r.next()) {
                for (int i = 1; i <= columns; i++) {
                  answer.append(r.getString(i)).append(i < columns ? '\t' : '\n');
                }
              }
            }
            return answer.toString();
          }
        });
  }

  @Test
  void node(Longhouse db) throws Exception {
    String program =
        """
        const {createClient} = require('@clickhouse/client');
        (async () => {
          const [url, username, password, ...statements] = process.argv.slice(2);
          const c = createClient({url, username, password});
          const last = statements.pop();
          for (const query of statements) await c.command({query});
          if (/^\\s*(--.*\\s)*\\s*SELECT/.test(last)) {
            const r = await c.query({query: last, format: 'PrettyCompact'});
            process.stdout.write(await r.text());
          } else {
            await c.command({query: last});
          }
          await c.close();
        })();
        """;
    pictures(
        db,
        (user, password, statements) -> {
          String url = "http://127.0.0.1:" + db.httpPort();
          List<String> arguments = new ArrayList<>(List.of(url, user, password));
          arguments.addAll(statements);
          return answer(Program.node(program, arguments.toArray(String[]::new)));
        });
  }

  @Test
  void pythonDriver(Longhouse db) throws Exception {
    String program =
        """
        import sys
        from clickhouse_driver import Client
        c = Client('127.0.0.1', port=int(sys.argv[1]), user=sys.argv[2], password=sys.argv[3])
        for statement in sys.argv[4:-1]:
            c.execute(statement)
        for row in c.execute(sys.argv[-1]):
            print('\\t'.join(str(v) for v in row))
        """;
    rows(
        db,
        (user, password, statements) -> {
          List<String> arguments =
              new ArrayList<>(List.of(Integer.toString(db.tcpPort()), user, password));
          arguments.addAll(statements);
          return answer(Program.python(program, arguments.toArray(String[]::new)));
        });
  }

  /**
   * Its parser, which runs in the client, wants an ENGINE clause and no comma at the end, and knows
   * nothing of access control.
   */
  @Test
  void clickhouseClient18(Longhouse db) throws Exception {
    Program.assumeRuns("clickhouse-client", "--version");
    rows(
        db,
        (user, password, statements) -> {
          String answer = "";
          for (String s : statements) {
            if (s.contains("CREATE TABLE") || ACCESS.matcher(s).find()) {
              db.execute(s);
            } else {
              List<String> command =
                  new ArrayList<>(
                      List.of("clickhouse-client", "--port=" + db.tcpPort(), "--user=" + user));
              if (!password.isEmpty()) {
                command.add("--password=" + password);
              }
              command.addAll(List.of("--query", s.replaceFirst(",\\s*$", "")));
              answer = answer(Program.run("", command.toArray(String[]::new)));
            }
          }
          return answer;
        });
  }

  @Test
  void clickHouse26AsAnInitiator(Longhouse db) throws Exception {
    Program.assumeRuns("node", "../compat/peers/chdb.mjs", "SELECT 1");
    rows(
        db,
        (user, password, statements) -> {
          List<String> command = new ArrayList<>(List.of("node", "../compat/peers/chdb.mjs"));
          for (String s : statements) {
            if (s.contains("INSERT INTO") || s.contains("SELECT ") && !ACCESS.matcher(s).find()) {
              command.add(remote(s, "127.0.0.1:" + db.tcpPort(), user, password));
            } else if (s.startsWith("DROP")) {
              throw new IllegalArgumentException("497: remote() cannot DROP");
            } else {
              db.execute(s);
            }
          }
          return command.size() == 2 ? "" : answer(Program.run("", command.toArray(String[]::new)));
        });
  }

  private static String remote(String statement, String address, String user, String password) {
    return statement
        .replaceAll(
            "(INSERT INTO|FROM) (?:(\\w+)\\.)?(\\w+)",
            "$1 remote('" + address + "', '$2', '$3', '" + user + "', '" + password + "')")
        .replace("', '', '", "', 'default', '")
        .replace("INSERT INTO remote", "INSERT INTO FUNCTION remote");
  }
}
