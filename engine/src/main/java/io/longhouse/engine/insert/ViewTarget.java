package io.longhouse.engine.insert;

import io.longhouse.column.Block;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.analyze.Definers;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableLookup;
import io.longhouse.engine.table.TableWriter;
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
  private final SessionAccess access;
  private final InsertPipeline target;

  /** The query's plan over the rows of one block after another; null where each needs its own. */
  private @Nullable Plan plan;

  private @Nullable InsertedRows rows;

  public ViewTarget(MaterializedView view, Table source, StatementContext context) {
    this.view = view;
    this.source = source;
    this.context = context;
    Table place = view.target();
    List<String> columns =
        view.columns().stream()
            .map(ColumnDefinition::name)
            .filter(n -> place.column(n) instanceof ColumnDefinition c && c.isInsertable())
            .toList();
    this.access =
        Definers.ofInsert(view.definition(), context.query().require(SessionAccess.class));
    TableId to = place.id();
    if (!view.ownsTarget()) {
      access.check(Privilege.INSERT, to.database(), to.name(), columns);
    }
    this.target = InsertPlanner.pipeline(place, columns, null, access, context);
  }

  @Override
  public void write(Block block, TableWriter.Written written) {
    boolean follows =
        context.query().settings().isOn("deduplicate_blocks_in_dependent_materialized_views");
    if (!follows && !written.isNew()) {
      return;
    }
    String token = follows ? written.token() : null;
    target.madeOf(token == null ? null : token + ":" + view.id().uuid());
    InsertedRows known = rows;
    Plan made = plan;
    if (known == null || made == null) {
      known = new InsertedRows(source, block);
      var only = new InsteadOf(context.tables(), source, known);
      made = context.analyzer(only).readingAs(access).analyze(view.query());
      // What a query reads twice may have been worked out already, of this block alone.
      if (only.uses == 1) {
        rows = known;
        plan = made;
      }
    }
    known.next(block);
    List<String> names = target.header().fields().stream().map(f -> f.name()).toList();
    InsertPlanner.insertRows(target, byName(made, names), context);
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
  private static final class InsteadOf implements TableLookup {
    private final TableLookup tables;
    private final Table source;
    private final Table rows;
    private int uses;

    InsteadOf(TableLookup tables, Table source, Table rows) {
      this.tables = tables;
      this.source = source;
      this.rows = rows;
    }

    @Override
    public @Nullable Table find(@Nullable String database, String name) {
      return instead(tables.find(database, name));
    }

    @Override
    public Table require(Identifier name) {
      return java.util.Objects.requireNonNull(instead(tables.require(name)));
    }

    private @Nullable Table instead(@Nullable Table t) {
      if (t != source) {
        return t;
      }
      uses++;
      return rows;
    }
  }
}
