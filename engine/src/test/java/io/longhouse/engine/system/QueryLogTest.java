package io.longhouse.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryLogTest {
  @Test
  void aTextThatIsNoStatementIsThere(@TempDir Path folder) {
    try (var db = new Statements(EngineConfig.at(folder))) {
      db.run("CREATE USER ann");
      Statements ann = db.as("ann", "");
      for (String sql :
          new String[] {"SELECT nonsense FROM", "", "CREATE USER x IDENTIFED BY 'secret'"}) {
        assertThatThrownBy(() -> ann.run(sql)).hasMessageMatching("(?s)Syntax error.*|Empty query");
      }
      ann.run("SET log_queries = 0");
      assertThatThrownBy(() -> ann.run("SELEC quiet")).hasMessageContaining("Syntax error");
      db.run("SYSTEM FLUSH LOGS");
      assertThat(
              ann.run(
                  "SELECT type, query_kind, query, exception_code, exception LIKE '%Syntax error%',"
                      + " normalized_query_hash != 0, user, initial_user, current_database,"
                      + " is_initial_query, initial_query_id = query_id, length(query_id),"
                      + " read_rows, tenant FROM system.query_log WHERE exception_code = 62 ORDER"
                      + " BY event_time_microseconds"))
          .containsExactly(
              "ExceptionBeforeStart\tNone\tSELECT nonsense"
                  + " FROM\t62\t1\t1\tann\tann\tdefault\t1\t1\t36\t0\tann",
              "ExceptionBeforeStart\tNone\t\t62\t0\t1\tann\tann\tdefault\t1\t1\t36\t0\tann",
              "ExceptionBeforeStart\tNone\t(not a statement, and may hold a"
                  + " password)\t62\t1\t1\tann\tann\tdefault\t1\t1\t36\t0\tann");
    }
  }
}
