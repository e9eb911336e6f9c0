package io.longhouse.engine.analyze;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.statement.Sources;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.function.FunctionFactory;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.FunctionCall;
import java.util.List;

/** Tables that calls of table functions make, for who may read or write where they reach. */
final class TableFunctionCalls {
  private final Analyzer analyzer;

  TableFunctionCalls(Analyzer analyzer) {
    this.analyzer = analyzer;
  }

  /** Whether a call can mean a table function only. */
  static boolean isTableFunction(FunctionCall call) {
    return Registry.of(TableFunction.class).entry(call.name()) != null
        && Registry.of(FunctionFactory.class).entry(call.name()) == null;
  }

  /** In FROM: a table to read. */
  Table read(FunctionCall call, Frame frame) {
    checkRead(call);
    return create(call, new TableFunctionArguments(analyzer, frame));
  }

  private void checkRead(FunctionCall call) {
    String source = Sources.ofFunction(call.name());
    if (source != null) {
      analyzer.access().check(Privilege.READ, source);
    }
  }

  /** The table of a table function outside of any query: {@code INSERT INTO FUNCTION}. */
  Table written(FunctionCall call) {
    String source = Sources.ofFunction(call.name());
    if (source != null) {
      analyzer.access().check(Privilege.WRITE, source);
    }
    return create(call, new TableFunctionArguments(analyzer, new ConstantFrame()));
  }

  /** What a table of {@code CREATE TABLE t AS f(...)} is: who made it was asked for f. */
  Table stored(FunctionCall call) {
    return create(call, new TableFunctionArguments(analyzer, new ConstantFrame()));
  }

  private static Table create(FunctionCall call, TableFunction.Arguments arguments) {
    var registry = Registry.of(TableFunction.class);
    TableFunction f = registry.find(call.name());
    if (f == null) {
      List<String> similar = registry.similar(call.name());
      throw new LonghouseException(
          ErrorCode.UNKNOWN_FUNCTION,
          "Unknown table function "
              + call.name()
              + (similar.isEmpty() ? "" : ". Maybe you meant: " + similar));
    }
    return f.create(call, arguments);
  }
}
