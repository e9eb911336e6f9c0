package io.longhouse.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TextForm;
import io.longhouse.column.type.TimeZones;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.parser.Parser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Expressions with the types and values that ClickHouse 26.7 gives them in Europe/Moscow; {@code
 * src/test/generate_tables.js} fills the tables.
 */
class ScalarTablesTest {
  private static final FunctionContext CONTEXT = new PlainContext();

  /** Errors of functions that want a constant where a column came. */
  private static final Set<ErrorCode> NOT_CONSTANT =
      EnumSet.of(
          ErrorCode.ILLEGAL_COLUMN,
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          ErrorCode.NO_COMMON_TYPE,
          ErrorCode.TYPE_MISMATCH,
          ErrorCode.BAD_ARGUMENTS);

  @BeforeAll
  static void zone() {
    TimeZones.server(ZoneId.of("Europe/Moscow"));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void valuesAreThoseOfClickHouse(String table) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String line : lines(table)) {
      String[] f = line.split("\t", 3);
      String expected = f[1] + "\t" + f[2];
      String got = outcome(f[0], false);
      if (!got.equals(expected)) {
        wrong.add(f[0] + "\n    expected " + expected + "\n    found    " + got);
      } else if (!f[1].equals("EXCEPTION") && !aboutColumns(f[0])) {
        String overColumns = outcome(f[0], true);
        if (!plain(overColumns).equals(plain(got)) && !overColumns.startsWith("NOT CONSTANT")) {
          wrong.add(f[0] + " OVER COLUMNS\n    expected " + got + "\n    found    " + overColumns);
        }
      }
    }
    if (!wrong.isEmpty()) {
      fail(wrong.size() + " differ:\n" + String.join("\n", wrong));
    }
  }

  /** Every file beside this class's tables is one. */
  static List<String> tables() throws IOException, URISyntaxException {
    var directory = Path.of(ScalarTablesTest.class.getResource("tables").toURI());
    try (var files = Files.list(directory)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> n.endsWith(".tsv"))
          .map(n -> n.substring(0, n.length() - 4))
          .sorted()
          .toList();
    }
  }

  private static boolean aboutColumns(String call) {
    return call.startsWith("toColumnTypeName")
        || call.startsWith("dumpColumnStructure")
        || call.startsWith("isConstant");
  }

  /** Beside a full column a dictionary is expanded, so a result's type is without it. */
  private static String plain(String outcome) {
    return outcome.replaceAll("LowCardinality\\((\\w+)\\)", "$1");
  }

  private static List<String> lines(String table) throws IOException {
    try (var in = ScalarTablesTest.class.getResourceAsStream("tables/" + table + ".tsv")) {
      assertThat(in).as(table).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(l -> !l.isEmpty() && !l.startsWith("#"))
          .toList();
    }
  }

  private static String text(Expr e, Column c, int row) {
    var out = new ByteWriter(32);
    e.type().writeText(c, row, TextForm.ESCAPED, FormatSettings.DEFAULT, out);
    return ByteText.decode(out.toByteArray());
  }

  private static String outcome(String sql, boolean columns) {
    try {
      var expressions = new SqlExpressions(CONTEXT, columns);
      Expr e = expressions.resolve(Parser.parseExpression(sql));
      int rows = columns ? 3 : 1;
      Column c = expressions.evaluate(e, rows);
      assertThat(c.size()).isEqualTo(rows);
      String first = text(e, c, 0);
      for (int r = 1; r < rows; r++) {
        String next = text(e, c, r);
        if (!next.equals(first)) {
          return "row " + r + " is " + next + " but row 0 is " + first;
        }
      }
      return e.type().name().replace("'", "\\'") + "\t" + first;
    } catch (LonghouseException x) {
      if (columns && NOT_CONSTANT.contains(x.errorCode())) {
        return "NOT CONSTANT";
      }
      return "EXCEPTION\t" + x.code() + (columns ? " " + x.getMessage() : "");
    } catch (RuntimeException x) {
      var trace = new StringWriter();
      x.printStackTrace(new PrintWriter(trace));
      return "THROWN " + trace.toString().lines().limit(8).toList();
    }
  }
}
