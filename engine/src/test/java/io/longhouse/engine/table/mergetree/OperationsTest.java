package io.longhouse.engine.table.mergetree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with tables, over starts of the server. */
class OperationsTest {
  @TempDir Path root;

  private Statements start() {
    return new Statements(EngineConfig.at(root));
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve("store"))) {
      return all.filter(p -> p.toString().endsWith(ending)).toList();
    }
  }

  @Test
  void aDroppedTableComesBack() {
    try (Statements s = start()) {
      s.run("CREATE TABLE t (a Int32) ENGINE = MergeTree ORDER BY a");
      s.run("INSERT INTO t VALUES (1), (2)");
      s.run("DROP TABLE t");
      assertThat(s.run("SELECT database, table, engine FROM system.dropped_tables"))
          .containsExactly("default\tt\tMergeTree");
      s.run("CREATE TABLE t (b String) ENGINE = Log");
      assertThatThrownBy(() -> s.run("UNDROP TABLE t")).hasMessageContaining("already exists");
      s.run("DROP TABLE t SYNC");
      s.run("UNDROP TABLE t");
      assertThat(s.run("SELECT a FROM t ORDER BY a")).containsExactly("1", "2");
      s.run("DROP TABLE t");
    }
    try (Statements s = start()) {
      s.run("UNDROP TABLE t");
      s.run("INSERT INTO t VALUES (3)");
      assertThat(s.run("SELECT sum(a) FROM t")).containsExactly("6");
      s.run("DROP TABLE t SYNC");
      assertThatThrownBy(() -> s.run("UNDROP TABLE t")).hasMessageContaining("default.t");
      assertThat(s.run("SELECT count() FROM system.dropped_tables")).containsExactly("0");
    }
  }

  @Test
  void aTableThatIsDetachedPermanentlyStaysSo() {
    try (Statements s = start()) {
      s.run("CREATE TABLE t (a Int32) ENGINE = MergeTree ORDER BY a");
      s.run("CREATE TABLE u (a Int32) ENGINE = MergeTree ORDER BY a");
      s.run("INSERT INTO t VALUES (1)");
      s.run("DETACH TABLE t PERMANENTLY");
      s.run("DETACH TABLE u");
    }
    try (Statements s = start()) {
      assertThat(s.run("SHOW TABLES")).containsExactly("u");
      assertThatThrownBy(() -> s.run("CREATE TABLE t (a Int32) ENGINE = Log"))
          .hasMessageContaining("already exists (detached permanently)");
      s.run("ATTACH TABLE t");
      assertThat(s.run("SELECT a FROM t")).containsExactly("1");
    }
    try (Statements s = start()) {
      assertThat(s.run("SHOW TABLES")).containsExactly("t", "u");
    }
  }

  @Test
  void oneTableThatCannotBeLoadedKeepsTheOthersNotDown() throws IOException {
    try (Statements s = start()) {
      s.run(
          "CREATE TABLE bad (a Int32) ENGINE = MergeTree ORDER BY a SETTINGS"
              + " max_suspicious_broken_parts = 0");
      s.run("INSERT INTO bad VALUES (1)");
      s.run("CREATE TABLE good (a Int32) ENGINE = MergeTree ORDER BY a");
      s.run("INSERT INTO good VALUES (2)");
    }
    for (Path p : files("/primary.cidx")) {
      if (p.toString().contains(uuid("bad"))) {
        Files.delete(p);
      }
    }
    try (Statements s = start()) {
      assertThat(s.run("SELECT a FROM good")).containsExactly("2");
      assertThatThrownBy(() -> s.run("SELECT a FROM bad"))
          .hasMessageContaining("Suspiciously many (1 parts, 1 in total) broken parts")
          .hasMessageContaining("primary.cidx");
      assertThat(s.run("SHOW TABLES")).containsExactly("bad", "good");
      assertThat(s.run("SHOW CREATE TABLE bad").getFirst()).contains("max_suspicious_broken_parts");
      s.run("DROP TABLE bad SYNC");
    }
    try (Statements s = start()) {
      assertThat(s.run("SHOW TABLES")).containsExactly("good");
    }
  }

  private String uuid(String table) throws IOException {
    for (Path p : files("/" + table + ".sql")) {
      String text = Files.readString(p);
      int at = text.indexOf("UUID '") + 6;
      return text.substring(at, at + 36);
    }
    throw new IllegalArgumentException(table);
  }

  @Test
  void aFailingMutationIsKeptOverAStartAndCanBeKilled() {
    String failing =
        "SELECT command, parts_to_do, is_done, latest_fail_error_code_name FROM system.mutations"
            + " WHERE NOT is_done";
    try (Statements s = start()) {
      s.run("CREATE TABLE t (a Int32, v UInt64) ENGINE = MergeTree ORDER BY a");
      s.run("INSERT INTO t VALUES (1, 1), (2, 2)");
      assertThatThrownBy(() ->
              s.run("ALTER TABLE t UPDATE v = throwIf(a = 2) WHERE 1 SETTINGS mutations_sync = 1"))
          .hasMessageContaining("KILL MUTATION");
      s.run("ALTER TABLE t UPDATE v = v + 10 WHERE a = 1 SETTINGS mutations_sync = 0");
      assertThat(s.run(failing).getFirst())
          .isEqualTo(
              "(UPDATE v = throwIf(a = 2) WHERE 1)\t1\t0\t"
                  + "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO");
      assertThatThrownBy(() -> s.run("ALTER TABLE t DROP COLUMN v"))
          .hasMessageContaining("affected by mutation");
      // A column in front moves the places of those that the mutations are about.
      s.run("ALTER TABLE t ADD COLUMN x Int32 DEFAULT 7 FIRST");
      assertThat(s.run("SELECT * FROM t ORDER BY a")).containsExactly("7\t1\t1", "7\t2\t2");
    }
    try (Statements s = start()) {
      assertThat(s.run("SELECT * FROM t ORDER BY a")).containsExactly("7\t1\t1", "7\t2\t2");
      assertThat(s.run("SELECT count() FROM system.mutations WHERE NOT is_done"))
          .containsExactly("2");
      assertThat(s.run("KILL MUTATION WHERE command LIKE '%throwIf%'").getFirst())
          .startsWith("waiting\tdefault\tt\tmutation_2.txt\t");
      s.run("ALTER TABLE t DELETE WHERE a = 2 SETTINGS mutations_sync = 1");
      assertThat(s.run("SELECT * FROM t")).containsExactly("7\t1\t11");
      assertThat(s.run(failing)).isEmpty();
    }
  }

  @Test
  void partLogTellsWhatBecameOfParts() {
    try (Statements s = start()) {
      s.run("CREATE TABLE t (a Int32) ENGINE = MergeTree ORDER BY a");
      s.run("INSERT INTO t VALUES (1)");
      s.run("INSERT INTO t VALUES (2)");
      s.run("OPTIMIZE TABLE t FINAL");
      s.run("ALTER TABLE t DELETE WHERE a = 1 SETTINGS mutations_sync = 1");
      s.run("TRUNCATE TABLE t");
      s.run("SYSTEM FLUSH LOGS");
      assertThat(
              s.run(
                  "SELECT event_type, part_name, rows, merged_from, error FROM system.part_log"
                      + " WHERE table = 't' AND (event_type != 'RemovePart' OR rows = 1 AND"
                      + " part_name LIKE '%_3') ORDER BY event_time_microseconds"))
          .containsExactly(
              "NewPart\tall_1_1_0\t1\t[]\t0",
              "NewPart\tall_2_2_0\t1\t[]\t0",
              "MergePartsStart\tall_1_2_1\t0\t['all_1_1_0','all_2_2_0']\t0",
              "MergeParts\tall_1_2_1\t2\t['all_1_1_0','all_2_2_0']\t0",
              "MutatePartStart\tall_1_2_1_3\t0\t['all_1_2_1']\t0",
              "MutatePart\tall_1_2_1_3\t1\t['all_1_2_1']\t0",
              "RemovePart\tall_1_2_1_3\t1\t[]\t0");
    }
  }
}
