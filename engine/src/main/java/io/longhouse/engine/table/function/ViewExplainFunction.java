package io.longhouse.engine.table.function;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.memory.MemoryTable;
import io.longhouse.registry.Register;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Explain;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.Subquery;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import io.longhouse.sql.parser.ParserLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code viewExplain('EXPLAIN ...', 'settings', (SELECT ...))}: what EXPLAIN says, as a table. This
 * is what {@code FROM (EXPLAIN ...)} stands for.
 */
@Register(
    kind = TableFunction.class,
    name = "viewExplain",
    caseInsensitive = true,
    doc = "What EXPLAIN says of a query, as a table.")
final class ViewExplainFunction implements TableFunction {
  @Override
  public Table create(FunctionCall call, Arguments arguments) {
    List<Expression> args = call.arguments();
    if (args.size() < 2 || args.size() > 3) {
      throw bad("requires two or three arguments");
    }
    String settings = arguments.text(args.get(1));
    Subquery query = args.size() == 3 ? query(args.get(2)) : null;
    Statement explain = explain(arguments.text(args.get(0)), settings, query);
    StatementRunner runner =
        Registry.of(StatementRunner.class).find(explain.getClass().getSimpleName());
    if (runner == null
        || !(runner.run(explain, arguments.context().require(StatementContext.class))
            instanceof StatementResult.Rows rows)) {
      throw new IllegalStateException("EXPLAIN has rows");
    }
    var table =
        new MemoryTable(
            TableId.of("_table_function", call.name()),
            rows.header().fields().stream()
                .map(f -> ColumnDefinition.of(f.name(), f.type()))
                .toList(),
            null);
    table.add(rows.blocks());
    return table;
  }

  private static Subquery query(Expression e) {
    if (e.bare() instanceof Subquery s) {
      return s;
    }
    throw bad("requires a query as its third argument");
  }

  /** Whatever the texts say, it is an EXPLAIN, which carries nothing out. */
  private static Statement explain(String kind, String settings, @Nullable Subquery query) {
    String sql =
        kind + " " + settings + (query == null ? "" : " " + Formatter.formatOneLine(query.query()));
    Statement statement = Parser.parseStatement(sql, ParserLimits.TRUSTED).statement();
    if (!(statement instanceof Explain)) {
      throw bad("requires a kind of EXPLAIN as its first argument");
    }
    return statement;
  }

  private static LonghouseException bad(String what) {
    return new LonghouseException(ErrorCode.BAD_ARGUMENTS, "Table function 'viewExplain' " + what);
  }
}
