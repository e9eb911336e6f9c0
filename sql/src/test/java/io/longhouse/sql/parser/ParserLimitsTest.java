package io.longhouse.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParserLimitsTest {
  private static final ParserLimits NO_SIZE = new ParserLimits(0, 1000, 1000, 50_000);

  @Test
  void nestingIsBoundedWhateverNests() {
    int n = 1_000_000;
    for (String sql :
        List.of(
            "SELECT " + "(".repeat(n),
            "SELECT " + "(".repeat(n) + "1" + ")".repeat(n),
            "SELECT " + "[".repeat(n) + "]".repeat(n),
            "SELECT " + "[".repeat(n),
            "SELECT " + "NOT ".repeat(n) + "1",
            "SELECT " + "- ".repeat(n) + "1",
            "SELECT " + "f(".repeat(n) + ")".repeat(n),
            "SELECT " + "(SELECT ".repeat(n),
            "SELECT * FROM " + "(SELECT * FROM ".repeat(n),
            "SELECT " + "CASE WHEN ".repeat(n),
            "SELECT " + "INTERVAL ".repeat(n),
            "SELECT " + "cast(".repeat(n),
            "SELECT " + "x -> (".repeat(n),
            "SELECT " + "a ? ".repeat(n),
            "SELECT 1::" + "Array(".repeat(n),
            "SELECT 1 FROM t SETTINGS a = " + "[".repeat(n),
            "EXPLAIN ".repeat(n) + "SELECT 1",
            "(".repeat(n) + "SELECT 1",
            "CREATE DICTIONARY d (a UInt8) SOURCE(x(" + "a (".repeat(n))) {
      assertThatThrownBy(() -> Parser.parseStatement(sql, NO_SIZE))
          .as(sql.substring(0, 30))
          .isInstanceOfSatisfying(
              LonghouseException.class,
              e ->
                  assertThat(e.errorCode())
                      .isIn(
                          ErrorCode.TOO_DEEP_RECURSION,
                          ErrorCode.TOO_DEEP_AST,
                          ErrorCode.SYNTAX_ERROR));
    }
  }

  @Test
  void chainsOfOperatorsAreDeepTrees() {
    assertCode("SELECT 1" + " + 1".repeat(1_000_000), ErrorCode.TOO_DEEP_AST);
    assertCode("SELECT a" + "[1]".repeat(100_000), ErrorCode.TOO_DEEP_AST);
    assertCode("SELECT a" + "::Int8".repeat(100_000), ErrorCode.TOO_DEEP_AST);
    assertCode("SELECT a" + " IS NULL".repeat(100_000), ErrorCode.TOO_DEEP_AST);
    assertCode("SELECT 1" + ", 1".repeat(60_000), ErrorCode.TOO_BIG_AST);
    assertCode("SELECT 1" + " UNION ALL SELECT 1".repeat(60_000), ErrorCode.TOO_BIG_AST);
    Parser.parseStatement("SELECT 1" + " AND 1".repeat(30_000), NO_SIZE);
    Parser.parseStatement("SELECT [1" + ", 1".repeat(200_000) + "]", NO_SIZE);
  }

  @Test
  void whatIsWithinTheLimitsParses() {
    int n = 240;
    Parser.parseStatement("SELECT " + "(".repeat(n) + "a" + ")".repeat(n), NO_SIZE);
    Parser.parseStatement("SELECT " + "f(".repeat(n) + "a" + ")".repeat(n), NO_SIZE);
    Parser.parseStatement("SELECT " + "(SELECT ".repeat(n) + "a" + ")".repeat(n), NO_SIZE);
  }

  @Test
  void attemptsWithinAttemptsDoNotMultiply() {
    int n = 100;
    String deep = "SELECT " + "((SELECT ".repeat(n) + "1" + ") + 1)".repeat(n);
    Parser.parseStatement(deep, NO_SIZE);
    String interval = "SELECT " + "interval(".repeat(n) + "1" + ")".repeat(n);
    Parser.parseStatement(interval, NO_SIZE);
    String with = "WITH x AS (".repeat(n) + "1" + ")".repeat(n) + " SELECT 1";
    assertThatThrownBy(() -> Parser.parseStatement(with, NO_SIZE))
        .isInstanceOf(LonghouseException.class);
  }

  @Test
  void longQueriesNameTheSetting() {
    var limits = new ParserLimits(20, 1000, 1000, 50_000);
    assertThatThrownBy(() -> Parser.parseStatement("SELECT 1, 2, 3, 4, 5, 6", limits))
        .hasMessageContaining("max_query_size");
    String insert = "INSERT INTO t VALUES " + "(1),".repeat(1000);
    assertThat(Parser.parseStatement(insert, limits).end()).isEqualTo(insert.length());
  }

  private static void assertCode(String sql, ErrorCode code) {
    assertThatThrownBy(() -> Parser.parseStatement(sql, NO_SIZE))
        .as(sql.substring(0, 20))
        .isInstanceOfSatisfying(
            LonghouseException.class, e -> assertThat(e.errorCode()).isEqualTo(code));
  }
}
