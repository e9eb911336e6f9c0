package io.longhouse.sql.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.sql.Corpus;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.RoundTrip;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.ParsedStatement;
import io.longhouse.sql.parser.Parser;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class FormatterTest {
  @Test
  void printsWhatClickHousePrints() {
    var softly = new SoftAssertions();
    for (Corpus.Entry entry : Corpus.statements()) {
      ParsedStatement parsed = Parser.parseStatement(entry.statement());
      softly.assertThat(Formatter.formatOneLine(parsed)).isEqualTo(entry.oneLine());
      softly.assertThat(Formatter.format(parsed)).isEqualTo(entry.lines());
    }
    softly.assertAll();
  }

  @Test
  void whatIsPrintedParsesToTheSame() {
    for (Corpus.Entry entry : Corpus.statements()) {
      RoundTrip.check(Parser.parseStatement(entry.statement()));
    }
  }

  @Test
  void numbersAreAsShortAsTheyCanBe() {
    assertThat(number(1.0)).isEqualTo("1.");
    assertThat(number(0.1)).isEqualTo("0.1");
    assertThat(number(1e20)).isEqualTo("100000000000000000000.");
    assertThat(number(1e21)).isEqualTo("1e21");
    assertThat(number(1.5e300)).isEqualTo("1.5e300");
    assertThat(number(1e-6)).isEqualTo("0.000001");
    assertThat(number(1e-7)).isEqualTo("1e-7");
    assertThat(number(-0.0)).isEqualTo("-0.");
    assertThat(number(Double.NaN)).isEqualTo("nan");
    assertThat(number(Double.NEGATIVE_INFINITY)).isEqualTo("-inf");
    assertThat(Formatter.format(NumberLiteral.unsigned(-1))).isEqualTo("18446744073709551615");
  }

  @Test
  void stringsAndNamesAreQuoted() {
    assertThat(Formatter.format(Literal.of("a'b\\c\n\0"))).isEqualTo("'a\\'b\\\\c\\n\\0'");
    assertThat(Quoting.identifier("a_1")).isEqualTo("a_1");
    assertThat(Quoting.identifier("1a")).isEqualTo("`1a`");
    assertThat(Quoting.identifier("a`b")).isEqualTo("`a\\`b`");
    assertThat(Quoting.identifier("Select")).isEqualTo("`Select`");
  }

  private static String number(double value) {
    return Formatter.format(NumberLiteral.of(value));
  }
}
