package io.longhouse.function.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.longhouse.column.Column;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Expressions with the types and values that ClickHouse 26.7 gives them; {@code
 * src/test/generate_tables.js} fills the tables.
 */
class FunctionTablesTest {
  private static final TestContext CONTEXT = new TestContext();

  @ParameterizedTest
  @ValueSource(strings = {"arrays", "lambdas", "search", "strings"})
  void valuesAreThoseOfClickHouse(String table) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String line : lines(table)) {
      String[] f = line.split("\t", 3);
      String got = outcome(f[0], false);
      if (got.startsWith("MISSING")) {
        System.out.println(got + " in " + f[0]);
        continue;
      }
      if (!got.equals(f[1] + "\t" + f[2])) {
        wrong.add(f[0] + "\n  expected " + f[1] + "\t" + f[2] + "\n  found    " + got);
        continue;
      }
      if (!f[1].equals("EXCEPTION")) {
        String overColumns = outcome(f[0], true);
        if (!overColumns.equals(got) && !overColumns.startsWith("NOT CONSTANT")) {
          wrong.add(f[0] + " over columns\n  expected " + got + "\n  found    " + overColumns);
        }
      }
    }
    if (!wrong.isEmpty()) {
      fail(wrong.size() + " differ:\n" + String.join("\n", wrong));
    }
  }

  private static List<String> lines(String table) throws IOException {
    try (var in = FunctionTablesTest.class.getResourceAsStream(table + ".tsv")) {
      assertThat(in).as(table).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(l -> !l.isEmpty() && !l.startsWith("#"))
          .toList();
    }
  }

  private static String outcome(String text, boolean columns) {
    try {
      var reader = new ExpressionReader(text, CONTEXT, columns);
      Expr e = reader.read();
      int rows = columns ? 3 : 1;
      Column c = ExpressionReader.evaluate(e, reader, rows);
      String first = ValueText.of(e.type(), c, 0);
      for (int r = 1; r < rows; r++) {
        String next = ValueText.of(e.type(), c, r);
        if (!next.equals(first)) {
          return "row " + r + " is " + next + " but row 0 is " + first;
        }
      }
      assertThat(c.size()).isEqualTo(rows);
      return e.type().name() + "\t" + first;
    } catch (LonghouseException x) {
      if (x.errorCode() == ErrorCode.UNKNOWN_FUNCTION) {
        return "MISSING " + x.getMessage();
      }
      if (columns && x.errorCode() == ErrorCode.ILLEGAL_COLUMN) {
        return "NOT CONSTANT";
      }
      return "EXCEPTION\t" + x.code() + (columns ? " " + x.getMessage() : "");
    } catch (RuntimeException x) {
      var trace = new java.io.StringWriter();
      x.printStackTrace(new java.io.PrintWriter(trace));
      return "THROWN " + trace.toString().lines().limit(6).toList();
    }
  }
}
