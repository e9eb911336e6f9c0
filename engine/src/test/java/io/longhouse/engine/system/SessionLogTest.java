package io.longhouse.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionLogTest {
  @Test
  void loginsAndTheirEndsAreNoted(@TempDir Path folder) {
    try (Statements db = new Statements(EngineConfig.at(folder))) {
      db.run("CREATE SETTINGS PROFILE small SETTINGS max_threads = 2");
      db.run("CREATE ROLE r");
      db.run("CREATE USER ann IDENTIFIED WITH plaintext_password BY 'p' SETTINGS PROFILE small");
      db.run("CREATE USER bob");
      db.run("GRANT r TO ann");
      Statements ann = db.as("ann", "p");
      assertThatThrownBy(() -> db.as("ann", "other")).isNotNull();
      db.as("bob", "").closeSession();
      db.run("SYSTEM FLUSH LOGS");
      String select =
          "SELECT type, user, auth_type, profiles, roles, settings, interface,"
              + " failure_reason FROM system.session_log ";
      assertThat(db.run(select + "WHERE user IN ('ann', 'bob') ORDER BY event_time_microseconds"))
          .containsExactly(
              "LoginSuccess\tann\tPLAINTEXT_PASSWORD\t['default','small']\t['r']"
                  + "\t[('max_threads','2')]\tLocal\t",
              "LoginFailure\tann\tNO_PASSWORD\t[]\t[]\t[]\tLocal\tann: Authentication failed:"
                  + " password is incorrect, or there is no user with such name.",
              "LoginSuccess\tbob\tNO_PASSWORD\t['default']\t[]\t[]\tLocal\t",
              "Logout\tbob\tNO_PASSWORD\t[]\t[]\t[]\tLocal\t");
      assertThat(db.run("SELECT count(), uniq(auth_id) FROM system.session_log WHERE user = 'bob'"))
          .containsExactly("2\t1");
      assertThat(ann.run("SELECT DISTINCT user FROM system.session_log")).containsExactly("ann");
      db.run("GRANT SELECT ON system.session_log TO ann");
      assertThat(ann.run("SELECT uniq(user) > 1 FROM system.session_log")).containsExactly("1");
      assertThat(
              db.run(
                  "SELECT groupArray(name) FROM (SELECT name FROM system.columns WHERE database ="
                      + " 'system' AND table = 'session_log' ORDER BY position LIMIT 22)"))
          .containsExactly(
              "['hostname','type','auth_id','session_id','event_date','event_time',"
                  + "'event_time_microseconds','user','auth_type','profiles','roles','settings',"
                  + "'client_address','client_port','interface','client_hostname','client_name',"
                  + "'client_revision','client_version_major','client_version_minor',"
                  + "'client_version_patch','failure_reason']");
    }
  }
}
