package io.longhouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a data directory holds is there again when it is opened once more. */
class RestartTest {
  @TempDir Path folder;

  @Test
  void mutationsThatCouldNotEndAreReadAgain() {
    try (Longhouse db = Longhouse.open(folder)) {
      db.execute("CREATE TABLE t (a UInt8, s String) ENGINE = MergeTree ORDER BY a");
      db.execute("INSERT INTO t VALUES (1, 'x'), (2, 'y')");
      for (String change :
          List.of(
              "ALTER TABLE t UPDATE s = toString(throwIf(1, 'a \\\\ b\\n')) WHERE a > 0",
              "ALTER TABLE t DELETE WHERE throwIf(1)",
              "DELETE FROM t WHERE throwIf(1)")) {
        try {
          db.execute(change);
        } catch (LonghouseException e) {
          assertThat(e.name()).isEqualTo("UNFINISHED");
        }
      }
    }
    try (Longhouse db = Longhouse.open(folder)) {
      assertThat(db.query("SELECT groupArray(s) FROM t").toString()).isEqualTo("['x','y']\n");
    }
  }

  @Test
  void aCopyOfADirectoryKeepsToItself() throws IOException {
    Path copy = folder.resolve("copy");
    try (Longhouse db = Longhouse.open(folder.resolve("original"))) {
      db.execute("CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY a");
      db.execute("INSERT INTO t VALUES (1)");
    }
    try (Stream<Path> files = Files.walk(folder.resolve("original"))) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        assertThat(Files.readSymbolicLink(link)).isRelative();
      }
    }
    Files.move(folder.resolve("original"), copy);
    try (Longhouse db = Longhouse.open(copy)) {
      assertThat(db.query("SELECT a FROM t").toString()).isEqualTo("1\n");
      assertThat(copy.resolve("data/default/t")).isDirectory();
    }
  }

  @Test
  void anInterruptedExchangeIsFinishedOrTakenBack() throws IOException {
    try (Longhouse db = Longhouse.open(folder)) {
      db.execute("CREATE DATABASE other");
      db.execute("CREATE TABLE a (v UInt8) ENGINE = MergeTree ORDER BY v");
      db.execute("CREATE TABLE other.b (v UInt8) ENGINE = MergeTree ORDER BY v");
      db.execute("INSERT INTO a VALUES (1)");
      db.execute("INSERT INTO other.b VALUES (2)");
    }
    Path a = folder.resolve("metadata/default").toRealPath().resolve("a.sql");
    Path b = folder.resolve("metadata/other").toRealPath().resolve("b.sql");
    String otherUuid = b.getParent().getFileName().toString();
    Path between = a.resolveSibling("a.sql.exchange." + otherUuid + ".b");
    Files.move(a, between); // the crash came after the first step
    try (Longhouse db = Longhouse.open(folder)) {
      assertThat(db.query("SELECT (SELECT v FROM a), (SELECT v FROM other.b)").toString())
          .isEqualTo("1\t2\n");
    }
    Files.move(a, between);
    Files.move(b, a); // and after the second
    try (Longhouse db = Longhouse.open(folder)) {
      assertThat(db.query("SELECT (SELECT v FROM a), (SELECT v FROM other.b)").toString())
          .isEqualTo("2\t1\n");
    }
  }
}
