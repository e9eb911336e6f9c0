package io.longhouse.engine.insert;

import io.longhouse.column.Block;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.analyze.Definers;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableLookup;
import io.longhouse.engine.table.memory.MemoryTable;
import io.longhouse.engine.table.view.MaterializedView;
import io.longhouse.sql.ast.Identifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A materialized view as a place for rows: each block is run through its query, the result
 * inserted.
 */
public final class ViewTarget implements InsertPipeline.Target {
  private final MaterializedView view;
  private final Table source;
  private final StatementContext context;
  private final InsertPipeline target;

  public ViewTarget(MaterializedView view, Table source, StatementContext context) {
    this.view = view;
    this.source = source;
    this.context = context;
    List<String> columns = view.columns().stream().map(ColumnDefinition::name).toList();
    this.target = InsertPlanner.pipeline(view.target(), columns, context);
  }

  @Override
  public void write(Block block) {
    List<ColumnDefinition> stored =
        source.columns().stream().filter(ColumnDefinition::isStored).toList();
    var rows = new MemoryTable(source.id(), source.columns(), null);
    rows.add(List.of(block));
    if (stored.size() != block.columnCount()) {
      throw new IllegalStateException("columns of " + source.id());
    }
    TableLookup only = new InsteadOf(context.tables(), source, rows);
    SessionAccess reader =
        Definers.ofInsert(view.definition(), context.query().require(SessionAccess.class));
    Plan plan = context.analyzer(only).readingAs(reader).analyze(view.query());
    List<String> names = target.header().fields().stream().map(f -> f.name()).toList();
    InsertPlanner.insertRows(target, byName(plan, names), context);
  }

  /** The view's columns are found in the query's result by name, in whatever order they are. */
  private Plan byName(Plan plan, List<String> names) {
    boolean all = names.stream().allMatch(n -> plan.header().indexOf(n) >= 0);
    if (!all) {
      return plan;
    }
    List<io.longhouse.function.expr.Expr> columns =
        names.stream()
            .<io.longhouse.function.expr.Expr>map(n -> {
              int at = plan.header().indexOf(n);
              return new io.longhouse.function.expr.Expr.Input(at, plan.header().type(at));
            })
            .toList();
    return new Plan.Project(plan, columns, Plan.headerOf(names, columns));
  }

  @Override
  public void finish() {
    target.finish();
  }

  @Override
  public void abort() {
    target.abort();
  }

  /** The block under way in the place of the source table. */
  private record InsteadOf(TableLookup tables, Table source, Table rows) implements TableLookup {
    @Override
    public @Nullable Table find(@Nullable String database, String name) {
      Table t = tables.find(database, name);
      return t == source ? rows : t;
    }

    @Override
    public Table require(Identifier name) {
      Table t = tables.require(name);
      return t == source ? rows : t;
    }
  }
}
