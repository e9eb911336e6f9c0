package io.longhouse.engine.statement;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.StringType;
import io.longhouse.engine.insert.InsertPipeline;
import io.longhouse.engine.plan.Plan;
import io.longhouse.sql.ByteText;
import java.util.List;

/** What a statement comes to. */
public sealed interface StatementResult {
  /** It is done and has no rows to show. */
  record Done() implements StatementResult {}

  /** It is done and shows these rows. */
  record Rows(Header header, List<Block> blocks) implements StatementResult {
    /** One column of text, a row for each line. */
    public static Rows lines(String column, List<String> lines) {
      var b = new StringColumn.Builder(lines.size());
      lines.forEach(l -> b.add(ByteText.encode(l)));
      Column c = b.build();
      return new Rows(
          Header.of(column, StringType.TYPE), List.of(new Block(new Column[] {c}, lines.size())));
    }
  }

  /** It is a query, to be run. */
  record Planned(Plan plan) implements StatementResult {}

  /** It waits for rows that the client sends as blocks. */
  record AwaitingRows(InsertPipeline insert) implements StatementResult {}

  Done DONE = new Done();
}
