package io.longhouse.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.LocalEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a start, tables are names until somebody asks for them. */
class ClosedTablesTest {
  @TempDir Path folder;

  private static String open(Statements db, String database) {
    Catalog catalog = ((LocalEngine) db.engine()).catalog();
    catalog.awaitWork();
    return catalog.require(database).openTables().stream()
        .map(t -> t.id().name())
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private Statements started() {
    return new Statements(EngineConfig.at(folder));
  }

  private void make() {
    try (var db = started()) {
      db.run("CREATE DATABASE a");
      for (String t : List.of("t", "u", "v", "gone", "off")) {
        db.run("CREATE TABLE a." + t + " (x Int32, s DateTime) ENGINE = MergeTree ORDER BY x");
        db.run("INSERT INTO a." + t + " VALUES (1, 0)");
      }
      db.run("CREATE TABLE a.m (x Int32) ENGINE = Memory");
      db.run("CREATE MATERIALIZED VIEW a.mv (x Int32) ENGINE = Log AS SELECT x FROM a.u");
      db.run("DETACH TABLE a.off PERMANENTLY");
    }
  }

  @Test
  void namesAreKnownAndOneTableIsOpenedAtATime() {
    make();
    try (var db = started()) {
      String atStart = open(db, "a");
      assertThat(atStart.split(" ")).contains("m", "mv").doesNotContain("t", "u", "v", "gone");
      assertThat(db.run("SHOW TABLES FROM a LIKE '_'")).containsExactly("m", "t", "u", "v");
      assertThat(
              db.run(
                  "SELECT name, engine, uuid != toUUID('00000000-0000-0000-0000-000000000000') FROM"
                      + " system.tables WHERE database = 'a' AND name IN ('t', 'gone') ORDER BY 1"))
          .containsExactly("gone\tMergeTree\t1", "t\tMergeTree\t1");
      assertThat(db.run("SELECT count() FROM system.parts WHERE database = 'b'"))
          .containsExactly("0");
      assertThatThrownBy(() -> db.run("SELECT * FROM a.T")).hasMessageContaining("a.t");
      assertThat(open(db, "a")).isEqualTo(atStart);
      assertThat(db.run("SELECT rows FROM system.parts WHERE table = 't' AND active"))
          .containsExactly("1");
      assertThat(db.run("SELECT x FROM a.v")).containsExactly("1");
      assertThat(open(db, "a").split(" ")).contains("t", "v").doesNotContain("u", "gone");
      db.run("INSERT INTO a.u VALUES (7, 0)");
      assertThat(db.run("SELECT x FROM a.mv ORDER BY x")).containsExactly("7");
    }
  }

  @Test
  void closedTablesAreMovedSwappedAndDropped() {
    make();
    try (var db = started()) {
      db.run("RENAME DATABASE a TO b");
      assertThat(db.run("SELECT x FROM b.t")).containsExactly("1");
      assertThat(db.run("SELECT name FROM system.tables WHERE database = 'b' AND name = 'u'"))
          .containsExactly("u");
      db.run("RENAME TABLE b.v TO b.w");
      db.run("INSERT INTO b.u VALUES (2, 0)");
      db.run("EXCHANGE TABLES b.u AND b.w");
      assertThat(db.run("SELECT x FROM b.w ORDER BY x")).containsExactly("1", "2");
      db.run("DROP TABLE b.gone SYNC");
      assertThatThrownBy(() -> db.run("SELECT 1 FROM b.gone")).hasMessageContaining("gone");
      db.run("ATTACH TABLE b.off");
      assertThat(db.run("SELECT x FROM b.off")).containsExactly("1");
    }
    try (var db = started()) {
      assertThat(db.run("SHOW TABLES FROM b LIKE '_'")).containsExactly("m", "t", "u", "w");
      assertThat(db.run("SELECT count() FROM b.w")).containsExactly("2");
      db.run("DROP DATABASE b SYNC");
      assertThat(db.run("SELECT count() FROM system.tables WHERE database = 'b'"))
          .containsExactly("0");
    }
  }

  @Test
  void thoseWithWorkAreOpenedByThemselves() throws Exception {
    make();
    String uuid;
    try (var db = started()) {
      db.run("SYSTEM STOP MERGES a.t");
      db.run("INSERT INTO a.t VALUES (2, 0)");
      uuid =
          db.run("SELECT uuid FROM system.tables WHERE database = 'a' AND name = 'u'").getFirst();
    }
    Path leftover = folder.resolve("store/" + uuid.substring(0, 3) + "/" + uuid + "/tmp_insert_x");
    Files.createDirectories(leftover);
    try (var db = started()) {
      assertThat(open(db, "a").split(" ")).contains("t", "u").doesNotContain("v", "gone");
      assertThat(leftover).doesNotExist();
    }
  }

  @Test
  void aTableRestsWithOnePartForEachPartition() {
    assertThat(ClosedTables.hasWork(List.of("format_version.txt", "detached"))).isFalse();
    assertThat(ClosedTables.hasWork(List.of("a_1_1_0", "b_2_2_0", "detached"))).isFalse();
    assertThat(ClosedTables.hasWork(List.of("a_1_1_0", "a_2_2_0"))).isTrue();
    assertThat(ClosedTables.hasWork(List.of("mutation_3.txt"))).isTrue();
    assertThat(ClosedTables.hasWork(List.of("delete_tmp_a_1_1_0"))).isTrue();
  }

  @Test
  void whatCannotBeOpenedSaysWhyAndCanBeDropped() throws Exception {
    make();
    Path file;
    try (var db = started()) {
      file =
          folder.resolve(
              db.run("SELECT metadata_path FROM system.tables WHERE database = 'a' AND name = 't'")
                  .getFirst());
    }
    Files.writeString(file, Files.readString(file).replace("`x` Int32", "`x` Int33"));
    try (var db = started()) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> db.run("SELECT * FROM a.t")).hasMessageContaining("Int33");
      }
      assertThat(db.run("SELECT x FROM a.u")).containsExactly("1");
      db.run("DROP TABLE a.t SYNC");
      assertThat(db.run("SHOW TABLES FROM a LIKE 't'")).isEmpty();
    }
  }
}
