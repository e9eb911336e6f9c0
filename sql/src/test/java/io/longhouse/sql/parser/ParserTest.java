package io.longhouse.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.sql.ByteText;
import io.longhouse.sql.Corpus;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.RoundTrip;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.ParsedStatement;
import io.longhouse.sql.ast.Select;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

class ParserTest {
  @Test
  void operatorsBindAsInClickHouse() {
    assertThat(Parser.parseExpression("a + b * c"))
        .isEqualTo(
            FunctionCall.operator(
                "plus",
                Identifier.of("a"),
                FunctionCall.operator("multiply", Identifier.of("b"), Identifier.of("c"))));
    assertThat(Parser.parseExpression("a and b and c"))
        .isEqualTo(
            FunctionCall.operator(
                "and", Identifier.of("a"), Identifier.of("b"), Identifier.of("c")));
  }

  @Test
  void parenthesesThatTheFormatterPrintsAnywayAreNotKept() {
    assertThat(Parser.parseExpression("a + (b * c)")).isEqualTo(Parser.parseExpression("a + b*c"));
  }

  @Test
  void collectionsOfConstantsAreConstants() {
    assertThat(Parser.parseExpression("[1, -2]"))
        .isEqualTo(
            new Literal.ArrayLiteral(List.of(NumberLiteral.unsigned(1), NumberLiteral.signed(-2))));
    assertThat(Parser.parseExpression("(1, 'a')"))
        .isEqualTo(new Literal.TupleLiteral(List.of(Literal.of(1), Literal.of("a"))));
  }

  @Test
  void bytesOfStringsAreKept() {
    assertThat(string("'\\xFF\\xe4\\xb8\\xad'")).isEqualTo("\uDCFF中");
    assertThat(ByteText.encode(string("'\\xe4\\xb8'"))).containsExactly(0xE4, 0xB8);
    assertThat(string("'a''b\\'c\\n\\q'")).isEqualTo("a'b'c\n\\q");
    assertThat(string("$x$a'b$$c$x$")).isEqualTo("a'b$$c");
  }

  private static String string(String sql) {
    return ((Literal.StringLiteral) Parser.parseExpression(sql)).value();
  }

  @Test
  void whatClickHouseRejectsIsRejected() {
    for (String sql : Corpus.lines("rejected.txt")) {
      assertThatThrownBy(() -> Parser.parseStatement(sql))
          .as(sql)
          .isInstanceOfSatisfying(
              LonghouseException.class, e -> assertThat(e.code()).isEqualTo(62));
    }
  }

  @Test
  void syntaxErrorsSayWhereAndWhatWasExpected() {
    assertThatThrownBy(() -> Parser.parseStatement("SELECT\n1 FROM\n"))
        .hasMessageStartingWith(
            "Syntax error: failed at position 15 (end of query) (line 3, col 1): . Expected one of:"
                + " identifier, table, table function, subquery");
    assertThatThrownBy(() -> Parser.parseStatement("SELECT a b c"))
        .hasMessageStartingWith("Syntax error: failed at position 12 (c): c. Expected one of: ")
        .hasMessageContaining("WHERE")
        .hasMessageContaining("end of query");
    assertThatThrownBy(() -> Parser.parseStatement("SELECT (1"))
        .hasMessage("Syntax error: failed at position 8 ((): (1. Unmatched parentheses: (");
    assertThatThrownBy(() -> Parser.parseStatement("SELECT 'a"))
        .hasMessageContaining("Single quoted string is not closed");
    assertThatThrownBy(() -> Parser.parseStatement("SELECT 1; SELECT 2"))
        .hasMessageContaining("Multi-statements are not allowed");
  }

  @Test
  void inlineDataBeginBehindTheFormat() {
    assertThat(data("INSERT INTO t VALUES (1)")).isEqualTo(" (1)");
    assertThat(data("INSERT INTO t FORMAT CSV\n1,2\n")).isEqualTo("1,2\n");
    assertThat(data("INSERT INTO t FORMAT CSV 1,2")).isEqualTo("1,2");
    assertThat(data("INSERT INTO t FORMAT TSV\r\n;x")).isEqualTo(";x");
    assertThat(data("INSERT INTO t SELECT * FROM input('a Int8') FORMAT CSV\n1")).isEqualTo("1");
  }

  private static String data(String sql) {
    ParsedStatement parsed = Parser.parseStatement(sql);
    assertThat(parsed.end()).isEqualTo(sql.length());
    return sql.substring(((Insert) parsed.statement()).dataOffset());
  }

  @Test
  void scriptsAreCutAsTheClientCutsThem() {
    String script =
        """
        -- first
        SELECT ';' AS x; ;
        INSERT INTO t VALUES (1, ';'), (2, 'a''b'); SELECT 2;
        INSERT INTO t FORMAT CSV
        1,2;
        3,4

        SELECT 3 /* ; */
        """;
    List<ParsedStatement> list = Parser.parseMany(script, ParserLimits.DEFAULT);
    assertThat(list).hasSize(5);
    assertThat(list.get(4).statement()).isInstanceOf(Select.class);
    assertThat(script.substring(0, list.get(0).end())).endsWith("AS x;");
    assertThat(script.substring(0, list.get(1).end())).endsWith("'a''b');");
    assertThat(script.substring(0, list.get(3).end())).endsWith("3,4\n\n");
  }

  @Test
  void positionOfTheStatementDoesNotMatter() {
    String sql = "  /* a */ SELECT 1 ; ";
    assertThat(Parser.parseNext("SELECT 0;" + sql, 9, ParserLimits.DEFAULT).statement())
        .isEqualTo(Parser.parseStatement(sql).statement());
  }

  @Test
  void typesParseAlone() {
    assertThat(Parser.parseType("Array(Tuple(a UInt8, b Nullable(String)))").args()).hasSize(1);
    assertThatThrownBy(() -> Parser.parseType("Array(")).isInstanceOf(LonghouseException.class);
  }

  @Test
  void aliasesAreOutsideOfParentheses() {
    Expression alias = Parser.parseExpression("(a + 1) AS b");
    assertThat(alias.bare()).isEqualTo(Parser.parseExpression("a + 1"));
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "LONGHOUSE_GOLDEN", matches = ".+")
  void theGoldenCorpusSurvivesPrinting() throws IOException {
    int statements = 0;
    int files = 0;
    int refused = 0;
    try (Stream<Path> paths = Files.walk(Path.of(System.getenv("LONGHOUSE_GOLDEN")))) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".sql")).sorted().toList()) {
        files++;
        List<ParsedStatement> parsed;
        try {
          var limits = new ParserLimits(0, 1000, 1000, 0);
          parsed = Parser.parseMany(ByteText.decode(Files.readAllBytes(path)), limits);
        } catch (LonghouseException _) {
          refused++;
          continue;
        }
        for (ParsedStatement one : parsed) {
          RoundTrip.check(one);
          statements++;
        }
      }
    }
    System.out.println(files + " files, " + refused + " refused, " + statements + " statements");
    assertThat(refused).isLessThan(files / 50);
  }
}
