package io.longhouse.engine.table.combine;

import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import java.util.List;

/**
 * {@code ENGINE = Buffer(database, table, num_layers, min_time, max_time, min_rows, max_rows,
 * min_bytes, max_bytes [, flush_time [, flush_rows [, flush_bytes]]])}. There is one layer whatever
 * their number.
 */
@Register(
    kind = TableEngine.class,
    name = "Buffer",
    doc = "Collects rows in memory and passes them on to another table.")
final class BufferEngine implements TableEngine {
  @Override
  public Table create(Definition d) {
    FunctionCall engine = d.statement().storage() == null ? null : d.statement().storage().engine();
    List<Expression> args = engine == null ? List.of() : engine.arguments();
    if (args.size() < 9 || args.size() > 12) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Storage Buffer requires from 9 to 12 parameters: destination_database,"
              + " destination_table, num_buckets, min_time, max_time, min_rows, max_rows,"
              + " min_bytes, max_bytes[, flush_time, flush_rows, flush_bytes].");
    }
    String database = name(args.get(0), d);
    String table = name(args.get(1), d);
    var limits =
        new BufferTable.Limits(
            number(args.get(3), d),
            number(args.get(4), d),
            number(args.get(5), d),
            number(args.get(6), d),
            number(args.get(7), d),
            number(args.get(8), d));
    boolean toCurrent = database.isEmpty() && !table.isEmpty();
    return new BufferTable(d, toCurrent ? d.context().currentDatabase() : database, table, limits);
  }

  private static String name(Expression e, Definition d) {
    return e.bare() instanceof Identifier i ? i.name() : text(e, d);
  }

  private static String text(Expression e, Definition d) {
    var c = d.analyzer().constant(e);
    return c.type().textOf(c.value(), 0);
  }

  private static long number(Expression e, Definition d) {
    return (long) Double.parseDouble(text(e, d));
  }
}
