package io.longhouse.sql.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.sql.Corpus;
import io.longhouse.sql.ast.Subquery;
import io.longhouse.sql.parser.Parser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnNamesTest {
  @Test
  void columnsAreCalledAsClickHouseCallsThem() {
    for (String line : Corpus.lines("column_names.txt")) {
      String[] parts = line.split("\t");
      assertThat(ColumnNames.of(Parser.parseExpression(parts[0]))).as(parts[0]).isEqualTo(parts[1]);
    }
  }

  @Test
  void subqueriesAreNumberedByTheCaller() {
    List<Subquery> seen = new ArrayList<>();
    String name =
        ColumnNames.of(
            Parser.parseExpression("(select 1) + (select 2)"),
            s -> {
              seen.add(s);
              return 10 + seen.size();
            });
    assertThat(name).isEqualTo("plus(_subquery_11, _subquery_12)");
  }
}
