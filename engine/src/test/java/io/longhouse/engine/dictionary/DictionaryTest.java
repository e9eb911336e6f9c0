package io.longhouse.engine.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.sql.LonghouseException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DictionaryTest {
  @TempDir Path folder;

  private static final String CREATE =
      "CREATE DICTIONARY d (id UInt64, v String DEFAULT '?') PRIMARY KEY id"
          + " SOURCE(CLICKHOUSE(TABLE 's')) LAYOUT(HASHED()) LIFETIME(";

  @Test
  void aDictionaryIsThereAfterARestartAndLoadedAnew() {
    try (var db = new Statements(EngineConfig.at(folder))) {
      db.run("CREATE TABLE s (id UInt64, v String) ENGINE = MergeTree ORDER BY id");
      db.run("INSERT INTO s VALUES (1, 'a')");
      db.run(CREATE + "0)");
      db.run("CREATE TABLE of (id UInt64, v String) ENGINE = Dictionary(d)");
      assertThat(db.run("SELECT dictGet('d', 'v', 1), dictGet('d', 'v', 2)"))
          .containsExactly("a\t?");
      db.run("INSERT INTO s VALUES (2, 'b')");
      assertThat(db.run("SELECT dictGet('d', 'v', 2)")).containsExactly("?");
    }
    try (var db = new Statements(EngineConfig.at(folder))) {
      assertThat(db.run("SELECT status FROM system.dictionaries")).containsExactly("NOT_LOADED");
      assertThat(db.run("SELECT dictGet('d', 'v', 2)")).containsExactly("b");
      assertThat(db.run("SELECT * FROM of ORDER BY id")).containsExactly("1\ta", "2\tb");
      assertThat(db.run("SHOW CREATE TABLE of").getFirst()).endsWith("ENGINE = Dictionary('d')");
    }
  }

  @Test
  void oldRowsAreReplacedBehindTheScenes() throws InterruptedException {
    try (var db = new Statements(EngineConfig.inMemory())) {
      db.run("CREATE TABLE s (id UInt64, v String) ENGINE = Memory");
      db.run(CREATE + "1)");
      assertThat(db.run("SELECT dictGet('d', 'v', 1)")).containsExactly("?");
      db.run("INSERT INTO s VALUES (1, 'new')");
      long end = System.nanoTime() + 20_000_000_000L;
      while (!db.run("SELECT dictGet('d', 'v', 1)").equals(java.util.List.of("new"))) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.sleep(50);
      }
    }
  }

  @Test
  void whoMayNotReadTheDictionaryIsRefused() {
    try (Engine engine = Engine.open(EngineConfig.inMemory());
        var admin = engine.login("default", "", ClientInfo.local())) {
      for (String sql :
          new String[] {
            "CREATE TABLE s (id UInt64, v String) ENGINE = Memory",
            CREATE + "0)",
            "CREATE USER u",
            "GRANT SELECT ON default.s TO u"
          }) {
        admin.start(QueryRequest.of(sql)).close();
      }
      try (var session = engine.login("u", "", ClientInfo.local())) {
        for (String sql :
            new String[] {
              "SELECT dictGet('default.d', 'v', 1)",
              "SELECT dictHas('default.d', 1)",
              "SELECT * FROM dictionary('default.d')",
              "SELECT * FROM default.d"
            }) {
          assertThatThrownBy(() -> session.start(QueryRequest.of(sql)).close())
              .isInstanceOfSatisfying(
                  LonghouseException.class, e -> assertThat(e.code()).isEqualTo(497));
        }
      }
    }
  }
}
