package io.longhouse.client;

import io.longhouse.column.Block;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.exec.Blocks;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.QueryRequest.ExternalTable;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.format.ExpressionEvaluator;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Computes expressions that stand among the values of an INSERT, {@code now()} for example: on the
 * client's side, as ClickHouse's client does, by an engine that is opened at the first one.
 */
final class LocalExpressions implements ExpressionEvaluator, AutoCloseable {
  private static final long NEXT_TIMEOUT_MS = 1000;

  private @Nullable Engine engine;
  private @Nullable Session session;

  private Session session() {
    if (session == null) {
      Engine opened = Engine.open(EngineConfig.inMemory());
      engine = opened;
      session = opened.login("default", "", ClientInfo.local());
    }
    return session;
  }

  @Override
  public void evaluate(String expression, DataType type, ColumnBuilder out) {
    String sql = "SELECT CAST((" + expression + "), " + Quoting.string(type.name()) + ")";
    out.append(rows(sql, List.of(), 1).column(0).full(), 0);
  }

  /** The rows of a query over a table that is given along; as many as that table has. */
  Block rows(String sql, ExternalTable table, int count) {
    return rows(sql, List.of(table), count);
  }

  private Block rows(String sql, List<ExternalTable> tables, int count) {
    var request =
        new QueryRequest(
            ByteText.encode(sql),
            "",
            Map.of("session_timezone", TimeZones.current().getId(), "max_threads", "1"),
            Map.of(),
            null,
            "Null",
            tables);
    try (RunningQuery q = session().start(request)) {
      List<Block> blocks = new ArrayList<>();
      while (!q.isFinished()) {
        Block b = q.next(NEXT_TIMEOUT_MS);
        if (b != null && b.rows() > 0) {
          blocks.add(b);
        }
      }
      if (blocks.stream().mapToInt(Block::rows).sum() != count) {
        throw new LonghouseException(
            ErrorCode.CANNOT_PARSE_INPUT_ASSERTION_FAILED,
            "An expression is not one value for each row: " + sql);
      }
      return Blocks.concat(blocks, q.header());
    }
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
    if (engine != null) {
      engine.close();
    }
  }
}
