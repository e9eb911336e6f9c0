package io.longhouse.engine.insert;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MissingDefaultsTest {
  /** Expected values from ClickHouse 26.7. */
  @Test
  void aDefaultSeesTheDefaultsOfItsRow() {
    try (var db = new Statements(EngineConfig.inMemory())) {
      db.run(
          "CREATE TABLE t (c String DEFAULT concat('x', toString(b)), a UInt8, b UInt16 DEFAULT a *"
              + " 2, e String DEFAULT concat(c, '!')) ENGINE = Memory");
      String rows =
          "{\"a\":1}\n{\"a\":2,\"b\":7}\n{\"a\":3,\"c\":\"z\"}\n{\"a\":4,\"b\":1,\"c\":\"q\"}";
      insert(db, "INSERT INTO t FORMAT JSONEachRow", rows);
      assertThat(db.run("SELECT a, b, c, e FROM t ORDER BY a"))
          .containsExactly("1\t2\tx2\tx2!", "2\t7\tx7\tx7!", "3\t6\tz\tz!", "4\t1\tq\tq!");
      insert(db, "INSERT INTO t (a, c) FORMAT JSONEachRow", "{\"a\":33}");
      assertThat(db.run("SELECT b, c, e FROM t WHERE a = 33")).containsExactly("66\tx66\tx66!");
    }
  }

  private static void insert(Statements db, String sql, String rows) {
    db.insert(sql, Map.of(), new ByteArrayInputStream(rows.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void columnsAreReadAsTheyAreWritten() {
    String text =
        "columns format version: 1\n"
            + "3 columns:\n"
            + "`a` UInt8\n"
            + "`b\\`\\\\` Array(String)\tDEFAULT\t['\\\\t']\n"
            + "`c` String\tMATERIALIZED\ttoString(a)\n";
    assertThat(ColumnsText.of(ColumnsText.parse(text))).isEqualTo(text);
  }
}
