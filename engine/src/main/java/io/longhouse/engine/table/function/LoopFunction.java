package io.longhouse.engine.table.function;

import io.longhouse.column.Block;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.BlocksLane;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.View;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code loop(table)}: the rows of a table, a query or a table function, again and again. */
@Register(kind = TableFunction.class, name = "loop", doc = "A table's rows again and again.")
final class LoopFunction implements TableFunction {
  @Override
  public Table create(FunctionCall call, Arguments arguments) {
    Expression first = call.arguments().isEmpty() ? null : call.arguments().getFirst().bare();
    Table table = table(call.arguments(), arguments);
    if (first instanceof FunctionCall f) {
      return new Loop(table, arguments.plan(everything(table, Formatter.formatOneLine(f))));
    }
    SessionAccess access = arguments.context().require(SessionAccess.class);
    boolean whole = table.id().database().isEmpty() || access.isUnrestricted();
    return new Loop(
        table,
        whole && !(table instanceof View)
            ? null
            : arguments.plan(everything(table, table.id().toString())));
  }

  /** Read like any query would read it: with the user's grants and policies. */
  private static Query everything(Table table, String from) {
    String columns =
        table.columns().stream()
            .map(c -> Quoting.identifier(c.name()))
            .collect(Collectors.joining(", "));
    return (Query) Parser.parseStatement("SELECT " + columns + " FROM " + from).statement();
  }

  private static Table table(List<Expression> args, Arguments arguments) {
    return switch (args.size()) {
      case 1 ->
          switch (args.getFirst().bare()) {
            case FunctionCall f -> arguments.tableFunction(f);
            case Identifier id -> arguments.tables().require(id);
            case Expression e -> arguments.tables().require(Identifier.of(arguments.text(e)));
          };
      case 2 ->
          arguments
              .tables()
              .require(Identifier.of(arguments.text(args.get(0)), arguments.text(args.get(1))));
      default ->
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS, "Table function 'loop' must have 1 or 2 arguments.");
    };
  }

  private record Loop(Table table, @Nullable Plan view) implements Table {
    @Override
    public TableId id() {
      return TableId.of("_table_function", "loop");
    }

    @Override
    public String engine() {
      return "Loop";
    }

    @Override
    public List<ColumnDefinition> columns() {
      return table.columns();
    }

    @Override
    public Scan scan(ScanRequest request, QueryContext context) {
      Plan plan = view;
      if (plan == null) {
        return _ -> List.of(new Again(() -> table.scan(request, context).lanes(1).iterator()));
      }
      List<String> names = table.columns().stream().map(ColumnDefinition::name).toList();
      int[] places = request.columns().stream().mapToInt(names::indexOf).toArray();
      Block rows =
          context.require(StatementContext.class).collect(plan, Long.MAX_VALUE).project(places);
      List<Block> blocks = BlocksLane.split(rows);
      return _ -> List.of(new Again(() -> List.<Lane>of(new BlocksLane(blocks)).iterator()));
    }
  }

  /** Starts anew at the end, unless there was nothing. */
  private static final class Again implements Lane {
    private final Iterable<Lane> pass;
    private java.util.Iterator<Lane> lanes;
    private @Nullable Lane current;
    private boolean found;

    Again(Iterable<Lane> pass) {
      this.pass = pass;
      this.lanes = pass.iterator();
    }

    @Override
    public @Nullable Block next() {
      while (true) {
        Lane l = current;
        Block b = l == null ? null : l.next();
        if (b != null) {
          found |= b.rows() > 0;
          return b;
        }
        close();
        if (lanes.hasNext()) {
          current = lanes.next();
        } else if (found) {
          found = false;
          lanes = pass.iterator();
        } else {
          return null;
        }
      }
    }

    @Override
    public void close() {
      Lane l = current;
      current = null;
      if (l != null) {
        l.close();
      }
    }
  }
}
