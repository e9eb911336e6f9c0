package io.longhouse.engine.table.log;

import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.FunctionCall;

/** {@code ENGINE = Log}, {@code TinyLog} and {@code StripeLog}. */
@Register(
    kind = TableEngine.class,
    name = "Log",
    doc = "Appends each column to files of its own; marks let several threads read.")
@Register(
    kind = TableEngine.class,
    name = "TinyLog",
    doc = "Appends each column to files of its own; read by one thread.")
@Register(kind = TableEngine.class, name = "StripeLog", doc = "Appends all columns to one file.")
final class LogEngine implements TableEngine {
  private final String name;

  LogEngine(String name) {
    this.name = name;
  }

  @Override
  public Table create(Definition d) {
    FunctionCall engine = d.statement().storage() == null ? null : d.statement().storage().engine();
    if (engine != null && !engine.arguments().isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Engine "
              + name
              + " doesn't support any arguments ("
              + engine.arguments().size()
              + " given)");
    }
    return name.equals("StripeLog") ? new StripeLogTable(d) : new LogTable(d, name.equals("Log"));
  }

  @Override
  public boolean supportsSettings() {
    return true;
  }
}
