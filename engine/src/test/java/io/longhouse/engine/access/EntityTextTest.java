package io.longhouse.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entities on disk, as ClickHouse writes them. */
class EntityTextTest {
  private static final UUID ID = UUID.fromString("11111111-1111-4111-8111-111111111111");
  private static final String OTHER = "ID('22222222-2222-4222-8222-222222222222')";

  @Test
  void attachStatementsOfClickHouseAreReadAndWrittenAlike() {
    for (String text :
        List.of(
            "ATTACH USER u IDENTIFIED WITH sha256_hash BY '"
                + "A1".repeat(32)
                + "' SALT '"
                + "B2".repeat(32)
                + "' HOST LOCAL, IP '10.0.0.0/8' DEFAULT DATABASE db DEFAULT ROLE "
                + OTHER
                + " SETTINGS PROFILE "
                + OTHER
                + ", max_threads = 4 MIN 1 MAX 8 CONST;\n"
                + "ATTACH GRANT INSERT, SELECT(a, b) ON db.t TO u;\n"
                + "ATTACH GRANT SELECT ON x.* TO u;\n"
                + "ATTACH REVOKE SELECT ON x.secret FROM u;\n"
                + "ATTACH GRANT "
                + OTHER
                + " TO u;\n",
            "ATTACH USER `a b` IDENTIFIED WITH no_password;\n",
            "ATTACH USER d IDENTIFIED WITH double_sha1_hash BY '" + "C3".repeat(20) + "';\n",
            "ATTACH ROLE r;\nATTACH GRANT ALL ON *.* TO r WITH GRANT OPTION;\n",
            "ATTACH ROW POLICY p ON db.* AS RESTRICTIVE FOR SELECT USING a = 1 TO ALL EXCEPT "
                + OTHER
                + ";\n",
            "ATTACH QUOTA q KEYED BY user_name FOR INTERVAL 1 hour MAX queries = 10,"
                + " execution_time = 2.5 TO "
                + OTHER
                + ";\n",
            "ATTACH SETTINGS PROFILE `p` SETTINGS readonly = 1, INHERIT " + OTHER + " TO ALL;\n")) {
      assertThat(EntityText.attach(EntityText.parse(ID, text, "test"))).isEqualTo(text);
    }
  }

  @Test
  void usersSurviveARestartAndACrash(@TempDir Path folder) throws IOException {
    var config = EngineConfig.at(folder);
    var db = new Statements(config);
    db.run("CREATE TABLE t (a UInt8, b UInt8) ENGINE = MergeTree ORDER BY a");
    db.run("INSERT INTO t VALUES (1, 1), (2, 2)");
    db.run("CREATE ROLE r");
    db.run("GRANT SELECT ON t TO r");
    db.run("CREATE USER u IDENTIFIED BY 'p'");
    db.run("GRANT r TO u");
    db.run("CREATE ROW POLICY p ON t USING a = 1 TO r");
    List<String> access = db.run("SHOW ACCESS");
    Path lists = folder.resolve("access");
    assertThat(lists.resolve("need_rebuild_lists.mark")).exists();
    db.close();
    assertThat(lists.resolve("need_rebuild_lists.mark")).doesNotExist();

    db = new Statements(config);
    assertThat(db.run("SHOW ACCESS")).isEqualTo(access);
    assertThat(db.as("u", "p").run("SELECT * FROM t")).containsExactly("1\t1");
    db.run("ALTER USER u RENAME TO v");
    db.run("CREATE USER w");
    db.close();

    // as after a crash: the mark is there, a list is old, a file is half written, another is broken
    Files.createFile(lists.resolve("need_rebuild_lists.mark"));
    try (var out = new DataOutputStream(Files.newOutputStream(lists.resolve("users.list")))) {
      out.writeByte(0);
    }
    Files.writeString(lists.resolve(UUID.randomUUID() + ".tmp"), "ATTACH US");
    Path broken = lists.resolve(UUID.randomUUID() + ".sql");
    Files.writeString(broken, "ATTACH USER");
    db = new Statements(config);
    assertThat(db.run("SHOW USERS")).containsExactly("default", "v", "w");
    assertThat(db.as("v", "p").run("SELECT * FROM t")).containsExactly("1\t1");
    assertThat(broken).exists();
    db.close();
  }

  @Test
  void aTableWithAPolicyThatCannotBeReadIsClosed(@TempDir Path folder) throws IOException {
    var config = EngineConfig.at(folder);
    var db = new Statements(config);
    db.run("CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY a");
    db.run("INSERT INTO t VALUES (1)");
    db.run("CREATE USER u IDENTIFIED BY 'p'");
    db.run("GRANT SELECT ON t TO u");
    db.run("CREATE ROW POLICY p ON t USING 1 TO u");
    String id = db.run("SELECT id FROM system.row_policies").getFirst();
    assertThat(db.as("u", "p").run("SELECT * FROM t")).containsExactly("1");
    db.close();
    Files.writeString(folder.resolve("access").resolve(id + ".sql"), "ATTACH ROW");
    var again = new Statements(config);
    assertThat(again.as("u", "p").run("SELECT * FROM t")).isEmpty();
    assertThat(again.run("SELECT * FROM t")).containsExactly("1");
    again.close();
  }

  @Test
  void twoEntitiesInOneTextAreRefused() {
    assertThatThrownBy(() -> EntityText.parse(ID, "ATTACH GRANT SELECT ON *.* TO u;", "f.sql"))
        .hasMessageContaining("A user or role should be attached before grant in f.sql");
    assertThatThrownBy(() -> EntityText.parse(ID, "", "f.sql"))
        .hasMessageContaining("No access entities attached in f.sql");
  }
}
