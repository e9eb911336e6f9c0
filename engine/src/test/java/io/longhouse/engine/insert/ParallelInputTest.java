package io.longhouse.engine.insert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.sql.LonghouseException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParallelInputTest {
  private static final int ROWS = 60_000;

  /** Pieces of some rows, so that there are many; and parts of few pieces. */
  private static final Map<String, String> PIECES =
      Map.of(
          "min_chunk_bytes_for_parallel_parsing", "3000",
          "min_insert_block_size_rows", "10000",
          "min_insert_block_size_bytes", "0");

  private Statements db;

  @BeforeEach
  void open() {
    db = new Statements(EngineConfig.inMemory());
    db.run("CREATE TABLE t (n UInt32, s String, x UInt32 DEFAULT n + 1) ENGINE = Memory");
  }

  @AfterEach
  void close() {
    db.close();
  }

  private void insert(String sql, String text) {
    db.insert(sql, PIECES, new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String rows(String format) {
    var text = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      text.append(format.replace("#", Integer.toString(i)));
    }
    return text.toString();
  }

  private void assertInOrder(int rows) {
    assertThat(
            db.run(
                "SELECT count(), countIf(n != rowNumberInAllBlocks()), countIf(s != 's' ||"
                    + " toString(n)), countIf(x != n + 1) FROM t SETTINGS max_threads = 1"))
        .containsExactly(rows + "\t0\t0\t0");
  }

  @Test
  void blocksComeInTheOrderOfTheInput() {
    insert("INSERT INTO t (n, s) FORMAT TSV", rows("#\ts#\n"));
    assertInOrder(ROWS);
  }

  @Test
  void allPiecesKnowTheHeader() {
    insert("INSERT INTO t FORMAT CSVWithNames", "s,n\n" + rows("\"s#\",#\n"));
    assertInOrder(ROWS);
  }

  @Test
  void valuesThatAreMissingInAnyPieceGetTheirDefaults() {
    insert("INSERT INTO t FORMAT JSONEachRow", rows("{\"s\":\"s#\",\"n\":#},\n"));
    assertInOrder(ROWS);
  }

  @Test
  void anInputThatCannotBeCutIsReadAsOne() {
    insert(
        "INSERT INTO t FORMAT JSONEachRow",
        "[" + rows("{\"s\":\"s#\",\"n\":#},\n") + "{\"n\":" + ROWS + ",\"s\":\"s" + ROWS + "\"}]");
    assertInOrder(ROWS + 1);
  }

  @Test
  void aRowMayBeLongerThanAPiece() {
    insert(
        "INSERT INTO t (n, s) FORMAT TSV",
        rows("#\ts#\n") + ROWS + "\t" + "s".repeat(100_000) + "\n");
    assertThat(db.run("SELECT count(), sum(n), max(length(s)) FROM t"))
        .containsExactly(ROWS + 1 + "\t" + (long) ROWS * (ROWS + 1) / 2 + "\t100000");
  }

  @Test
  void aMessageNamesTheRowOfTheWholeInput() {
    String text = rows("#\ts#\n").replace("\n54321\t", "\nx54321\t");
    assertThatThrownBy(() -> insert("INSERT INTO t (n, s) FORMAT TSV", text))
        .isInstanceOf(LonghouseException.class)
        .hasMessageContaining("(at row 54322)");
  }

  @Test
  void afterAFailureOfWritingNothingMoreIsTaken() {
    db.run(
        "CREATE TABLE c (n UInt32, s String, CONSTRAINT small CHECK n < 30000) ENGINE ="
            + " MergeTree ORDER BY n");
    assertThatThrownBy(() -> insert("INSERT INTO c FORMAT TSV", rows("#\ts#\n")))
        .isInstanceOf(LonghouseException.class)
        .hasMessageContaining("small");
    assertThat(db.run("SELECT max(n) < 30000 FROM c")).containsExactly("1");
  }
}
