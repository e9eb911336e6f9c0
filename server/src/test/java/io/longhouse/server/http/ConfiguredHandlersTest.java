package io.longhouse.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.session.Engine;
import io.longhouse.server.Server;
import io.longhouse.server.config.ServerConfig;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredHandlersTest {
  private static final String CONFIG =
      """
      <clickhouse>
        <http_handlers>
          <rule>
            <url>/static</url><methods>GET</methods>
            <handler>
              <type>static</type><status>402</status><content_type>text/html</content_type>
              <response_content>Say Hi!</response_content>
              <http_response_headers><X-My>v</X-My></http_response_headers>
            </handler>
          </rule>
          <rule>
            <url>/file</url>
            <handler><type>static</type><response_content>file:///a.html</response_content></handler>
          </rule>
          <rule>
            <url><![CDATA[regex:/tenant/(?P<tenant>[^/]+)(/(?P<day>[^/]+))?]]></url>
            <headers><X-Key>k</X-Key><X-Name><![CDATA[regex:(?P<name>.*)]]></X-Name></headers>
            <handler>
              <type>predefined_query_handler</type>
              <query>SELECT {tenant:String}, {name:String}, {n:UInt8} FORMAT CSV</query>
            </handler>
          </rule>
          <rule>
            <url>/own</url>
            <handler><type>dynamic_query_handler</type><query_param_name>q</query_param_name></handler>
          </rule>
          <rule>
            <url>/insert</url><methods>POST</methods>
            <handler>
              <type>predefined_query_handler</type><query>INSERT INTO h FORMAT CSV</query>
            </handler>
          </rule>
          <rule>
            <url>/body</url>
            <handler>
              <type>predefined_query_handler</type><content_type>text/x-mine</content_type>
              <query>SELECT length({_request_body:String})</query>
            </handler>
          </rule>
          <rule>
            <url>/select</url>
            <handler><type>predefined_query_handler</type><query>SELECT 1 AS a</query></handler>
          </rule>
          <rule><url>/there</url><handler><type>redirect</type><location>/x</location></handler></rule>
          <defaults/>
        </http_handlers>
        <prometheus><tenants>2</tenants></prometheus>
      </clickhouse>
      """;

  private static Server server;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("config.xml"), CONFIG);
    Path data = folder.resolve("data");
    Files.createDirectories(data.resolve("user_files"));
    Files.writeString(data.resolve("user_files/a.html"), "<p>a");
    ServerConfig config =
        ServerConfig.of(
            List.of(
                "--config-file=" + file,
                "--path=" + data,
                "--http_port=0",
                "--tcp_port=0",
                "--listen_host=127.0.0.1"));
    server = new Server(Engine.open(config.engine()), config);
    server.start();
    ask("POST", "/", "CREATE TABLE h (a Int8, b String) ENGINE = Memory");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String ask(String method, String uri, String body, String... headers)
      throws IOException {
    var head = new StringBuilder(method + " " + uri + " HTTP/1.0\r\n");
    for (String h : headers) {
      head.append(h).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    try (Socket s = new Socket("127.0.0.1", server.port("http"))) {
      s.setSoTimeout(10_000);
      s.getOutputStream().write(head.toString().getBytes(ISO_8859_1));
      return new String(s.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  @Test
  void fixedAnswersHaveTheirStatusTypeAndHeaders() throws Exception {
    assertThat(ask("GET", "/static", ""))
        .startsWith("HTTP/1.0 402 ")
        .contains("Content-Type: text/html\r\n", "X-My: v\r\n")
        .endsWith("\r\n\r\nSay Hi!");
    assertThat(ask("POST", "/static", "")).startsWith("HTTP/1.0 404 ");
    assertThat(body(ask("GET", "/file", ""))).isEqualTo("<p>a");
    assertThat(ask("GET", "/there", "")).startsWith("HTTP/1.0 302 ").contains("Location: /x\r\n");
  }

  @Test
  void namedGroupsAreParametersOfTheQuery() throws Exception {
    assertThat(body(ask("GET", "/tenant/t1/mon?n=7&max_threads=1", "", "X-Key: k", "X-Name: me")))
        .isEqualTo("\"t1\",\"me\",7\n");
    assertThat(ask("GET", "/tenant/t1?n=7", "", "X-Name: me")).startsWith("HTTP/1.0 404 ");
    assertThat(body(ask("GET", "/tenant/'%20OR%20'?n=7", "", "X-Key: k", "X-Name: ')")))
        .isEqualTo("\"'%20OR%20'\",\"')\",7\n");
  }

  @Test
  void queriesComeInTheParameterThatIsConfigured() throws Exception {
    assertThat(body(ask("GET", "/own?q=SELECT+5", ""))).isEqualTo("5\n");
    assertThat(body(ask("POST", "/own", "SELECT 6"))).isEqualTo("6\n");
  }

  @Test
  void nothingCanBeAddedToAPredefinedQuery() throws Exception {
    assertThat(body(ask("POST", "/select", ", 2"))).isEqualTo("1\n");
    assertThat(body(ask("POST", "/select?query=SELECT+2", ""))).isEqualTo("1\n");
  }

  @Test
  void bodiesAreDataOrAParameter() throws Exception {
    assertThat(ask("POST", "/insert", "1,x\n2,\"y\n\"\n")).startsWith("HTTP/1.0 200 ");
    assertThat(body(ask("POST", "/", "SELECT a, length(b) FROM h ORDER BY a")))
        .isEqualTo("1\t1\n2\t2\n");
    assertThat(ask("POST", "/body", "a\tb\\\nc'"))
        .contains("Content-Type: text/x-mine\r\n")
        .endsWith("\r\n\r\n7\n");
  }

  @Test
  void theUsualHandlersAnswerTheRest() throws Exception {
    assertThat(body(ask("GET", "/ping", ""))).isEqualTo("Ok.\n");
    assertThat(body(ask("POST", "/", "SELECT 2"))).isEqualTo("2\n");
  }

  @Test
  void errorsBecomePartOfTheResultOnRequest() throws Exception {
    String uri = "/?http_write_exception_in_output_format=1";
    String sql = "SELECT number, throwIf(number > 1, 'a\"b<') AS r FROM numbers(10) FORMAT ";
    String message = "Code: 395. DB::Exception: a\"b<. (FUNCTION_THROW_IF_VALUE_IS_NON_ZERO)";
    assertThat(ask("POST", uri, sql + "JSONEachRow"))
        .startsWith("HTTP/1.0 500 ")
        .contains("X-ClickHouse-Exception-Code: 395\r\n")
        .contains("\r\n\r\n{\"exception\": \"" + message.replace("\"", "\\\""))
        .endsWith("\"}\n");
    assertThat(body(ask("POST", uri + "&wait_end_of_query=1", sql + "XML")))
        .contains("\t<exception>" + message.replace("<", "&lt;"))
        .endsWith("</exception>\n</result>\n");
    assertThat(body(ask("POST", uri, sql + "TSV"))).startsWith("Code: 395. ");
    assertThat(body(ask("POST", "/", sql + "JSON"))).startsWith("Code: 395. ");
  }

  @Test
  void metricsCountWhatHappened() throws Exception {
    ask("POST", "/", "SELECT * FROM there_is_none");
    assertThat(body(ask("GET", "/metrics", "")))
        .containsPattern("(?m)^ClickHouseErrorMetric_UNKNOWN_TABLE [1-9]")
        .containsPattern("(?m)^ClickHouseErrorMetric_ALL [1-9]")
        .containsPattern("(?m)^ClickHouseProfileEvents_FailedQuery [1-9]")
        .containsPattern("(?m)^ClickHouseMetrics_HTTPConnection [1-9]")
        .containsPattern("(?m)^ClickHouseAsyncMetrics_Uptime [0-9.]+$")
        .containsPattern("(?m)^ClickHouseAsyncMetrics_NumberOfTables [0-9.]+$");
  }

  @Test
  void metricsOfTenantsAreFewAndQuoted() throws Exception {
    for (String user : List.of("a", "b", "c\\\"d")) {
      ask("POST", "/", "CREATE USER `" + user + "` NOT IDENTIFIED");
      ask(
          "POST",
          "/",
          "SELECT sum(number) FROM numbers(" + (user.length() > 1 ? 200 : 1) + "000000)",
          "X-ClickHouse-User: " + user.replace("\\", ""));
    }
    ask("POST", "/", "SYSTEM FLUSH LOGS");
    String metrics = body(ask("GET", "/metrics", ""));
    assertThat(
            metrics
                .lines()
                .filter(l -> l.startsWith("ClickHouseTenantEvents_SelectQueries{"))
                .toList())
        .hasSize(3)
        .allMatch(l ->
            l.matches(
                "ClickHouseTenantEvents_SelectQueries\\{(other=\"1\"|tenant_space=\"\",tenant=\"(a|b|default|c\\\\\"d)\")}"
                    + " [0-9]+"))
        .anyMatch(l -> l.contains("tenant=\"c\\\"d\"} 1"))
        .last()
        .asString()
        .contains("other=");
    assertThat(metrics).contains("# TYPE ClickHouseTenantEvents_CpuMicroseconds counter\n");
  }

  @Test
  void aRuleThatCannotBeReadIsAProblemOfTheConfiguration(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("c.xml"),
            "<clickhouse><http_handlers><rule><url>regex:(</url><handler><type>tsatic</type>"
                + "</handler></rule></http_handlers></clickhouse>");
    assertThatThrownBy(() -> ServerConfig.of(List.of("--config-file=" + file, "--path=" + folder)))
        .hasMessageContaining("http_handlers.rule.url: ")
        .hasMessageContaining("http_handlers.rule.handler.type: expected static,");
  }
}
