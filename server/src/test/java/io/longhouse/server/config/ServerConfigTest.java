package io.longhouse.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConfigTest {
  @TempDir Path folder;

  private ServerConfig read(String... arguments) {
    return new ConfigReader(Map.of("SECRET_PORT", "7777")).read(List.of(arguments));
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void defaultsNeedNoFile() {
    ServerConfig c = read();
    assertThat(c.ports()).isEqualTo(new ServerConfig.Ports(8123, -1, 9000, -1, -1, -1));
    assertThat(c.listenHosts()).startsWith("127.0.0.1");
    assertThat(c.path()).isEqualTo(Path.of("data").toAbsolutePath());
  }

  @Test
  void filesOfAFolderAreLaidOverTheMainFile() throws IOException {
    Path main =
        write(
            "config.xml",
            """
            <yandex>
              <!-- comment -->
              <http_port>8124</http_port>
              <tcp_port from_env="SECRET_PORT"/>
              <listen_host>127.0.0.1</listen_host>
              <listen_host>127.0.0.2</listen_host>
              <logger><level>trace</level><console>0</console></logger>
              <merge_tree><max_parts_in_total>5</max_parts_in_total></merge_tree>
              <include_from>more.xml</include_from>
              <http_options_response incl="cors"/>
              <users_config>users.xml</users_config>
              <display_name>old</display_name>
              <keep_alive_timeout>3</keep_alive_timeout>
            </yandex>
            """);
    write("config.d/a.yaml", "display_name: house\nlogger:\n  level: warning\n");
    write(
        "config.d/b.xml",
        "<clickhouse><keep_alive_timeout remove=\"1\"/><merge_tree"
            + " replace=\"1\"><x>1</x></merge_tree></clickhouse>");
    write(
        "more.xml",
        "<clickhouse><cors><header><name>A</name><value>b</value></header></cors></clickhouse>");
    write(
        "users.xml",
        "<clickhouse><users><default><password>p</password></default></users>"
            + "<profiles><default><max_threads>3</max_threads></default></profiles></clickhouse>");
    ServerConfig c = read("--config-file=" + main, "--http_port=1234", "--path", folder.toString());
    assertThat(c.ports()).isEqualTo(new ServerConfig.Ports(1234, -1, 7777, -1, -1, -1));
    assertThat(c.listenHosts()).containsExactly("127.0.0.1", "127.0.0.2");
    assertThat(c.displayName()).isEqualTo("house");
    assertThat(c.log().level()).isEqualTo("warning");
    assertThat(c.log().console()).isFalse();
    assertThat(c.http().keepAliveTimeoutMs()).isEqualTo(30_000);
    assertThat(c.http().optionsHeaders()).isEqualTo(Map.of("A", "b"));
    assertThat(c.engine().profile()).isEqualTo(Map.of("max_threads", "3"));
    assertThat(c.engine().mergeTree()).isEqualTo(Map.of("x", "1"));
    assertThat(c.keys()).containsEntry("listen_host[1]", "127.0.0.2");
  }

  @Test
  void yamlSaysTheSameAsXml() throws IOException {
    Path main =
        write(
            "config.yaml",
            """
            clickhouse:
              http_port: 8125
              listen_host: ['::1', 127.0.0.1]
              tcp_port: {'@from_env': SECRET_PORT}
              max_server_memory_usage: 2Gi
              users: {default: {password_sha256_hex: ab}}
            """);
    ServerConfig c = read("-C", main.toString());
    assertThat(c.ports()).isEqualTo(new ServerConfig.Ports(8125, -1, 7777, -1, -1, -1));
    assertThat(c.listenHosts()).containsExactly("::1", "127.0.0.1");
    assertThat(c.limits().memoryBytes()).isEqualTo(2L << 30);
  }

  @Test
  void everyProblemIsToldAtOnce() throws IOException {
    Path main =
        write(
            "config.xml",
            "<clickhouse><http_port>70000</http_port><tcp_port from_env=\"NOWHERE\"/>"
                + "<logger><level>loud</level></logger><timezone>Mars/Base</timezone>"
                + "<https_port>8443</https_port><profiles><default><max_treads>1</max_treads></default></profiles>"
                + "</clickhouse>");
    assertThatThrownBy(() -> read("--config-file=" + main, "--max_conections=3", "stray"))
        .isInstanceOf(ConfigException.class)
        .extracting(e -> ((ConfigException) e).problems())
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
        .containsExactlyInAnyOrder(
            "unexpected argument stray: expected --key=value",
            "tcp_port: the environment has no variable NOWHERE",
            "--max_conections is not a key of the server's configuration",
            "http_port: 70000 is not a number from 0 to 65535",
            "profiles.default.max_treads: there is no setting max_treads",
            "timezone: there is no time zone Mars/Base",
            "openSSL.server.certificateFile is needed for https_port, tcp_port_secure and"
                + " interserver_https_port",
            "openSSL.server.privateKeyFile is needed for https_port, tcp_port_secure and"
                + " interserver_https_port",
            "logger.level: loud is none of none, fatal, critical, error, warning, notice,"
                + " information, debug, trace, test");
    assertThatThrownBy(() -> read("--config-file=" + folder.resolve("nothing.xml")))
        .hasMessageContaining("cannot read the configuration file");
    Path broken = write("broken.xml", "<clickhouse><a></clickhouse>");
    assertThatThrownBy(() -> read("--config-file=" + broken))
        .hasMessageContaining("broken.xml is not a configuration");
  }
}
