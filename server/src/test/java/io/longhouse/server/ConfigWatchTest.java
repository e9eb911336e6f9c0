package io.longhouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {
  @TempDir Path folder;

  private void write(String file, String inner) throws IOException {
    Path to = folder.resolve(file);
    Files.createDirectories(to.getParent());
    Files.writeString(to, "<clickhouse>" + inner + "</clickhouse>");
  }

  private void usual() throws IOException {
    write("config.xml", "<users_config>users.xml</users_config>");
    write(
        "users.xml",
        "<users><default><password></password><access_management>1</access_management>"
            + "<networks><ip>::1</ip><ip>127.0.0.1</ip></networks></default>"
            + "<ann><password>one</password></ann></users>"
            + "<profiles><default/></profiles>");
  }

  private static String as(LiveServer db, String user, String password) throws Exception {
    return db.ask(
        "SELECT currentUser(), getSetting('max_threads') > 0",
        "X-ClickHouse-User",
        user,
        "X-ClickHouse-Key",
        password);
  }

  @Test
  void usersAreReadAgainWhenSomebodyAsks() throws Exception {
    usual();
    try (LiveServer db =
        new LiveServer(folder.resolve("data"), "--config-file=" + folder.resolve("config.xml"))) {
      assertThat(as(db, "ann", "one")).isEqualTo("ann\t1");
      try (var open = db.connect("ann", "one")) {
        assertThat(LiveServer.ask(open, "SELECT currentUser()")).isEqualTo("ann");
        write("users.d/more.xml", "<users><bob><password>two</password></bob></users>");
        write("users.d/less.xml", "<users><ann remove=\"1\"/></users>");
        assertThat(db.ask("SYSTEM RELOAD CONFIG")).isEmpty();
        assertThat(as(db, "bob", "two")).isEqualTo("bob\t1");
        assertThat(as(db, "ann", "one")).contains("516");
        assertThat(LiveServer.ask(open, "SELECT 1")).startsWith("192 ");
      }
      write(
          "users.d/less.xml",
          "<profiles><default><no_such_setting>1</no_such_setting></default></profiles>");
      assertThat(db.ask("SYSTEM RELOAD USERS")).contains("there is no setting no_such_setting");
      assertThat(as(db, "bob", "two")).isEqualTo("bob\t1");
      db.run("CREATE USER carl");
      assertThat(db.ask("SYSTEM RELOAD USERS", "X-ClickHouse-User", "carl")).contains("497");
    }
  }

  @Test
  void changedFilesAreNoticed() throws Exception {
    usual();
    try (LiveServer db =
        new LiveServer(folder.resolve("data"), "--config-file=" + folder.resolve("config.xml"))) {
      assertThat(as(db, "dora", "x")).contains("516");
      write("users.d/new.yaml.tmp", "");
      Files.writeString(folder.resolve("users.d/new.yaml"), "users:\n  dora:\n    password: x\n");
      long deadline = System.nanoTime() + 10_000_000_000L;
      while (as(db, "dora", "x").contains("516") && System.nanoTime() < deadline) {
        Thread.sleep(100);
      }
      assertThat(as(db, "dora", "x")).isEqualTo("dora\t1");
    }
  }

  @Test
  void anOpenDefaultUserIsWarnedOf() throws Exception {
    usual();
    String config = "--config-file=" + folder.resolve("config.xml");
    String warnings = "SELECT count() FROM system.warnings WHERE message LIKE '%default%'";
    try (LiveServer db = new LiveServer(folder.resolve("data"), config, "--listen_host=0.0.0.0")) {
      assertThat(db.run1(warnings)).isEqualTo("0");
      write(
          "users.d/open.xml",
          "<users><default><networks replace=\"1\"><ip>::/0</ip></networks></default></users>");
      assertThat(db.ask("SYSTEM RELOAD CONFIG")).isEmpty();
      assertThat(db.run1(warnings)).isEqualTo("1");
      write(
          "users.d/open.xml",
          "<users><default><password>secret</password>"
              + "<networks replace=\"1\"><ip>::/0</ip></networks></default></users>");
      assertThat(db.ask("SYSTEM RELOAD CONFIG")).isEmpty();
      assertThat(db.ask(warnings, "X-ClickHouse-User", "default", "X-ClickHouse-Key", "secret"))
          .isEqualTo("0");
    }
    try (LiveServer db =
        new LiveServer(
            folder.resolve("data2"),
            config,
            "--users.default.networks.ip=::/0",
            "--users.default.password=")) {
      assertThat(db.run1(warnings)).as("on loopback only").isEqualTo("0");
    }
  }
}
