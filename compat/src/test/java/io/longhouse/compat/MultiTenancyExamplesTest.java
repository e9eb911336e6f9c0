package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;

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

  @RegisterExtension
  static final LonghouseExtension EXTENSION =
      new LonghouseExtension(Longhouse.builder().ports().timeZone(ZoneId.of("UTC")));

  /** Runs statements, the last a query, and gives the query's answer in some form. */
  private interface Client {
    String run(List<String> statements) throws Exception;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        MultiTenancyExamplesTest.class.getResourceAsStream("/multi-tenancy/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** An example's statements. Its users come with access control: until then the filter is ours. */
  private static List<String> statements(String example) throws IOException {
    List<String> found =
        new ArrayList<>(List.of(resource(example + ".sql").strip().split("\n----\n")));
    found.removeIf(s -> ACCESS.matcher(s).find());
    if (example.equals("shared-table")) {
      found.add(found.removeLast() + " WHERE tenant_id = 1");
    }
    return found;
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
  }

  private static void pictures(Longhouse db, Client client) throws Exception {
    for (String example : EXAMPLES) {
      emptyAgain(db);
      assertThat(client.run(statements(example))).as(example).isEqualTo(picture(example));
    }
  }

  private static void rows(Longhouse db, Client client) throws Exception {
    for (String example : EXAMPLES) {
      emptyAgain(db);
      assertThat(client.run(statements(example))).as(example).isEqualTo(rows(example));
    }
  }

  @Test
  void http(Longhouse db) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      pictures(
          db,
          statements -> {
            String answer = "";
            for (String s : statements) {
              answer = post(http, db, s);
            }
            return answer;
          });
    }
  }

  private static String post(HttpClient http, Longhouse db, String statement) throws Exception {
    HttpResponse<String> r =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:" + db.httpPort() + "/?default_format=PrettyCompact"))
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
        statements -> {
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
    Properties who = new Properties();
    who.put("user", "default");
    who.put("password", "");
    rows(
        db,
        statements -> {
          try (Connection c = DriverManager.getConnection(db.jdbcUrl() + "/default", who);
              Statement s = c.createStatement()) {
            for (String statement : statements.subList(0, statements.size() - 1)) {
              s.execute(statement);
            }
            var answer = new StringBuilder();
            try (ResultSet r = s.executeQuery(statements.getLast())) {
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
          const c = createClient({url: 'http://127.0.0.1:' + process.argv[2]});
          const statements = process.argv.slice(3);
          const last = statements.pop();
          for (const query of statements) await c.command({query});
          const r = await c.query({query: last, format: 'PrettyCompact'});
          process.stdout.write(await r.text());
          await c.close();
        })();
        """;
    pictures(
        db,
        statements -> {
          List<String> arguments = new ArrayList<>(List.of(Integer.toString(db.httpPort())));
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
        c = Client('127.0.0.1', port=int(sys.argv[1]))
        for statement in sys.argv[2:-1]:
            c.execute(statement)
        for row in c.execute(sys.argv[-1]):
            print('\\t'.join(str(v) for v in row))
        """;
    rows(
        db,
        statements -> {
          List<String> arguments = new ArrayList<>(List.of(Integer.toString(db.tcpPort())));
          arguments.addAll(statements);
          return answer(Program.python(program, arguments.toArray(String[]::new)));
        });
  }

  /** Its parser, which runs in the client, wants an ENGINE clause and no comma at the end. */
  @Test
  void clickhouseClient18(Longhouse db) throws Exception {
    Program.assumeRuns("clickhouse-client", "--version");
    rows(
        db,
        statements -> {
          String answer = "";
          for (String s : statements) {
            if (s.contains("CREATE TABLE")) {
              db.execute(s);
            } else {
              answer =
                  answer(
                      Program.run(
                          "",
                          "clickhouse-client",
                          "--port=" + db.tcpPort(),
                          "--query",
                          s.replaceFirst(",\\s*$", "")));
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
        statements -> {
          List<String> command = new ArrayList<>(List.of("node", "../compat/peers/chdb.mjs"));
          for (String s : statements) {
            if (s.contains("INSERT INTO") || s == statements.getLast()) {
              command.add(remote(s, "127.0.0.1:" + db.tcpPort()));
            } else {
              db.execute(s);
            }
          }
          return answer(Program.run("", command.toArray(String[]::new)));
        });
  }

  private static String remote(String statement, String address) {
    return statement
        .replaceAll(
            "(INSERT INTO|FROM) (?:(\\w+)\\.)?(\\w+)", "$1 remote('" + address + "', '$2', '$3')")
        .replace("'', ", "'default', ")
        .replace("INSERT INTO remote", "INSERT INTO FUNCTION remote");
  }
}
