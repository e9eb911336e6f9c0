package io.longhouse.sql.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.sql.Corpus;
import io.longhouse.sql.parser.Parser;
import java.util.List;
import org.junit.jupiter.api.Test;

class AstDumpTest {
  @Test
  void queriesAreShownAsClickHouseShowsThem() {
    List<String> lines = Corpus.lines("ast.txt");
    String expected = String.join("\n", lines.subList(1, lines.size())) + "\n";
    assertThat(AstDump.dump(Parser.parseStatement(lines.getFirst()).statement()))
        .isEqualTo(expected);
  }
}
