package io.longhouse.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExecuteAsTest {
  private static Statements db;

  @BeforeAll
  static void open() {
    db =
        new Statements(
            new EngineConfig(
                null,
                0,
                0,
                null,
                Map.of(),
                Map.of(),
                Map.of("access_control_improvements.allow_impersonate_user", "1")));
    db.run("CREATE TABLE t (a UInt8) ENGINE = Memory");
    db.run("INSERT INTO t VALUES (1), (2)");
    db.run("CREATE USER helper");
    db.run("CREATE USER james SETTINGS max_threads = 2 MAX 4, max_block_size = 100 CONST");
    db.run("CREATE USER kate SETTINGS readonly = 1");
    db.run("GRANT SELECT ON default.t TO james, kate");
    db.run("CREATE ROW POLICY p ON t USING a = 1 TO james");
    db.run("CREATE ROW POLICY q ON t USING a = 2 TO kate");
    db.run("GRANT IMPERSONATE ON james TO helper");
  }

  @AfterAll
  static void close() {
    db.close();
  }

  private static void refused(Statements who, String sql, String message) {
    assertThatThrownBy(() -> who.run(sql)).hasMessageContaining(message);
  }

  @Test
  void offWhereNobodyHasSwitchedItOn() {
    try (Statements plain = new Statements(EngineConfig.inMemory())) {
      plain.run("CREATE USER u");
      for (String sql : List.of("EXECUTE AS u", "EXECUTE AS u SELECT 1", "EXECUTE AS nobody")) {
        refused(
            plain,
            sql,
            "IMPERSONATE feature is disabled, set"
                + " access_control_improvements.allow_impersonate_user to 1 to enable");
      }
    }
  }

  @Test
  void oneStatementIsRunAsSomebodyElse() {
    Statements helper = db.as("helper", "");
    assertThat(helper.run("EXECUTE AS james SELECT currentUser(), authenticatedUser(), a FROM t"))
        .containsExactly("james\thelper\t1");
    assertThat(helper.run("SELECT currentUser(), authenticatedUser()"))
        .containsExactly("helper\thelper");
    refused(helper, "SELECT a FROM t", "Not enough privileges");
    refused(
        helper,
        "EXECUTE AS kate SELECT 1",
        "helper: Not enough privileges. To execute this query, it's necessary to have the grant"
            + " IMPERSONATE ON kate");
    refused(helper, "EXECUTE AS james EXECUTE AS kate SELECT 1", "grant IMPERSONATE ON kate");
    refused(helper, "EXECUTE AS james CREATE USER x", "james: Not enough privileges");
    refused(db, "EXECUTE AS nobody SELECT 1", "There is no user `nobody`");
    assertThat(db.run("EXECUTE AS kate SELECT currentUser(), a FROM t")).containsExactly("kate\t2");
  }

  @Test
  void settingsComeAlongAsFarAsTheyMay() {
    String get =
        "SELECT getSetting('max_threads'), getSetting('max_block_size'),"
            + " getSetting('max_insert_threads')";
    Statements admin = db.as("default", "");
    assertThat(admin.run("EXECUTE AS james " + get)).containsExactly("2\t100\t0");
    admin.run("SET max_threads = 9, max_block_size = 7, max_insert_threads = 3");
    assertThat(admin.run("EXECUTE AS james " + get)).containsExactly("4\t100\t3");
    refused(admin, "EXECUTE AS james SET max_threads = 5", "shouldn't be greater than 4");
    refused(admin, "EXECUTE AS kate CREATE TABLE x (a Int8) ENGINE = Memory", "readonly mode");
  }

  @Test
  void aSessionActsAsSomebodyElse() {
    Statements session = db.as("default", "");
    session.run("EXECUTE AS helper");
    assertThat(session.run("SELECT currentUser(), authenticatedUser()"))
        .containsExactly("helper\tdefault");
    refused(session, "SELECT a FROM t", "Not enough privileges");
    refused(session, "EXECUTE AS default", "grant IMPERSONATE ON default");
    session.run("EXECUTE AS james");
    assertThat(session.run("SELECT a FROM t")).containsExactly("1");
    assertThat(session.run("SELECT getSetting('max_threads')")).containsExactly("2");
    refused(session, "SET max_threads = 5", "shouldn't be greater than 4");
  }
}
