package io.longhouse.engine.statement;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.Int8Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.engine.table.Table;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CheckTable;
import io.longhouse.sql.ast.Statement;
import io.longhouse.storage.mergetree.PartCheck;
import java.util.List;

/**
 * {@code CHECK TABLE}: a row for each part, or one number for all when the old setting asks for it.
 */
@Register(kind = StatementRunner.class, name = "CheckTable")
final class CheckTableRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var check = (CheckTable) statement;
    if (check.database()) {
      throw new LonghouseException(ErrorCode.NOT_IMPLEMENTED, "CHECK DATABASE is not implemented");
    }
    Table table = context.tables().require(check.name());
    List<PartCheck.Result> results = table.check(check, context);
    if (context.query().settings().isOn("check_query_single_value_result")) {
      boolean all = results.stream().allMatch(PartCheck.Result::ok);
      Column value = Int8Column.of((byte) (all ? 1 : 0));
      return new StatementResult.Rows(
          Header.of("result", IntegerType.UINT8), List.of(new Block(new Column[] {value}, 1)));
    }
    return rows(results);
  }

  private static StatementResult rows(List<PartCheck.Result> results) {
    var part = new StringColumn.Builder(results.size());
    var ok = new Int8Column.Builder(results.size());
    var message = new StringColumn.Builder(results.size());
    for (PartCheck.Result r : results) {
      part.add(ByteText.encode(r.part()));
      ok.add((byte) (r.ok() ? 1 : 0));
      message.add(ByteText.encode(r.message()));
    }
    var header =
        new Header(
            List.of(
                new Header.Field("part_path", StringType.TYPE),
                new Header.Field("is_passed", IntegerType.UINT8),
                new Header.Field("message", StringType.TYPE)));
    return new StatementResult.Rows(
        header,
        List.of(
            new Block(new Column[] {part.build(), ok.build(), message.build()}, results.size())));
  }
}
