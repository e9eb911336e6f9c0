package io.longhouse.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.Parenthesized;
import io.longhouse.sql.ast.ParsedStatement;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import io.longhouse.sql.parser.ParserLimits;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** What holds for every statement: parsed, printed and parsed again it is the same. */
public final class RoundTrip {
  private static final ParserLimits LIMITS = new ParserLimits(0, 1000, 0, 0);

  private RoundTrip() {}

  public static void check(ParsedStatement parsed) {
    String lines = Formatter.format(parsed);
    String oneLine = Formatter.formatOneLine(parsed);
    ParsedStatement again = Parser.parseStatement(lines, LIMITS);
    assertThat(Formatter.format(again)).isEqualTo(lines);
    assertThat(Formatter.formatOneLine(again)).isEqualTo(oneLine);
    assertThat(Formatter.formatOneLine(Parser.parseStatement(oneLine, LIMITS))).isEqualTo(oneLine);
    if (!(parsed.statement() instanceof Insert)) {
      assertThat(bare(again.statement())).isEqualTo(bare(parsed.statement()));
    }
  }

  /** The tree without parentheses, which say nothing. */
  private static Object bare(Object node) {
    return switch (node) {
      case Parenthesized p -> bare(p.expression());
      case List<?> list -> list.stream().map(RoundTrip::bare).toList();
      case Record r -> rebuild(r);
      case null -> "null";
      default -> node;
    };
  }

  /** A record as its class and its components. */
  private static Object rebuild(Record r) {
    RecordComponent[] components = r.getClass().getRecordComponents();
    Object[] values = new Object[components.length + 1];
    values[0] = r.getClass();
    try {
      for (int i = 0; i < components.length; i++) {
        values[i + 1] = bare(components[i].getAccessor().invoke(r));
      }
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    return Arrays.asList(values);
  }
}
