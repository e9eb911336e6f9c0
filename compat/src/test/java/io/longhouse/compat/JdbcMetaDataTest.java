package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.embedded.Longhouse;
import io.longhouse.embedded.LonghouseExtension;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What DBeaver and other tools ask through ClickHouse's own JDBC driver. */
class JdbcMetaDataTest {
  @RegisterExtension
  static final LonghouseExtension EXTENSION = new LonghouseExtension(Longhouse.builder().ports());

  private static List<String> rows(ResultSet result, String... columns) throws SQLException {
    List<String> out = new ArrayList<>();
    try (result) {
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (String c : columns) {
          cells.add(result.getString(c));
        }
        out.add(String.join(" ", cells));
      }
    }
    return out;
  }

  @Test
  void describesTablesColumnsKeysAndTypes(Longhouse db) throws SQLException {
    db.execute(
        "CREATE TABLE jt (id UInt64, s Nullable(String) COMMENT 'c', d Decimal(10, 2), a"
            + " Array(UInt8)) ENGINE = MergeTree ORDER BY (id, d) COMMENT 'remark'");
    db.execute("CREATE VIEW jv AS SELECT id FROM jt");
    String url = "jdbc:clickhouse://127.0.0.1:" + db.httpPort() + "/default";
    try (Connection c = DriverManager.getConnection(url, "default", "")) {
      DatabaseMetaData m = c.getMetaData();
      assertThat(m.getDatabaseProductName()).isEqualTo("ClickHouse");
      assertThat(
              rows(m.getTables(null, "default", "j%", null), "TABLE_NAME", "TABLE_TYPE", "REMARKS"))
          .containsExactly("jt TABLE remark", "jv VIEW ");
      assertThat(
              rows(
                  m.getTables(null, "default", "%", new String[] {"VIEW"}),
                  "TABLE_SCHEM",
                  "TABLE_NAME"))
          .containsExactly("default jv");
      assertThat(
              rows(
                  m.getColumns(null, "default", "jt", "%"),
                  "COLUMN_NAME",
                  "TYPE_NAME",
                  "COLUMN_SIZE",
                  "IS_NULLABLE",
                  "ORDINAL_POSITION"))
          .containsExactly(
              "id UInt64 8 NO 1",
              "s Nullable(String) 0 YES 2",
              "d Decimal(10, 2) 10 NO 3",
              "a Array(UInt8) 0 NO 4");
      assertThat(rows(m.getSchemas(), "TABLE_SCHEM"))
          .containsExactly("INFORMATION_SCHEMA", "default", "information_schema", "system");
      assertThat(rows(m.getPrimaryKeys(null, "default", "jt"), "COLUMN_NAME", "KEY_SEQ"))
          .containsExactly("d 2", "id 1");
      assertThat(rows(m.getTypeInfo(), "TYPE_NAME"))
          .contains("UInt64", "String", "DateTime64", "Decimal", "Array", "Map", "UUID");
      assertThat(rows(m.getFunctions(null, null, "sum"), "FUNCTION_NAME")).contains("sum");
      assertThat(rows(m.getTableTypes(), "TABLE_TYPE")).contains("TABLE", "VIEW", "SYSTEM TABLE");
      assertThat(rows(m.getIndexInfo(null, "default", "jt", false, false), "INDEX_NAME")).isEmpty();
      assertThat(rows(m.getColumns(null, null, null, null), "COLUMN_NAME")).hasSizeGreaterThan(500);
    }
  }
}
