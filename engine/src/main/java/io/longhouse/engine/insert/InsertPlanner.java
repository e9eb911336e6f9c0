package io.longhouse.engine.insert;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.engine.analyze.WritePolicies;
import io.longhouse.engine.exec.Scheduler;
import io.longhouse.engine.exec.Sink;
import io.longhouse.engine.meter.InsertGate;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.combine.AliasTable;
import io.longhouse.engine.table.view.MaterializedView;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.ConstraintDeclaration;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Prepares an INSERT into a table: which columns come, how the others get their values. */
public final class InsertPlanner {
  private InsertPlanner() {}

  /** The pipeline for rows that have these columns of the table, in this order. */
  public static InsertPipeline pipeline(Table table, List<String> names, StatementContext context) {
    return pipeline(table, names, null, context);
  }

  /** The same with the INSERT's {@code PARTITION BY}. */
  public static InsertPipeline pipeline(
      Table table, List<String> names, @Nullable Expression partitionBy, StatementContext context) {
    var writer = context.query().require(SessionAccess.class);
    LocalEngine engine = context.query().service(LocalEngine.class);
    InsertGate gate = engine == null ? null : engine.meter().gate(writer.account());
    return pipeline(table, names, partitionBy, writer, context).through(gate);
  }

  /**
   * The same for rows that somebody else writes than who runs the statement.
   *
   * @param writer under whose row policies
   */
  static InsertPipeline pipeline(
      Table table,
      List<String> names,
      @Nullable Expression partitionBy,
      SessionAccess writer,
      StatementContext context) {
    List<Table> named = new ArrayList<>();
    Table place = place(table, named, context);
    while (true) {
      long columns = place.columnsVersion();
      Header input = header(place, names, context);
      WritePolicies policies = WritePolicies.of(place, named, writer, context.analyzer());
      InsertPipeline pipeline =
          pipeline(place, named, input, partitionBy, policies, writer.userName(), context);
      if (place.columnsVersion() == columns) {
        return pipeline;
      }
      pipeline.abort(); // planned while an ALTER changed the columns
    }
  }

  /** The table that keeps the rows; {@code named} gets the other names that lead to it. */
  private static Table place(Table table, List<Table> named, StatementContext context) {
    Table next =
        switch (table) {
          case MaterializedView m -> m.target();
          case AliasTable a -> a.target(Privilege.INSERT, context.query());
          default -> table;
        };
    if (next == table) {
      return table;
    }
    named.add(table);
    return place(next, named, context);
  }

  private static List<InsertPipeline.Target> dependents(
      List<Table> named, Table place, StatementContext context) {
    List<InsertPipeline.Target> all = new ArrayList<>(context.dependents(place));
    for (Table t : named) {
      if (t instanceof AliasTable) {
        all.addAll(context.dependents(t));
      }
    }
    return all;
  }

  private static Header header(Table table, List<String> names, StatementContext context) {
    List<Header.Field> fields = new ArrayList<>();
    for (String n : names) {
      ColumnDefinition c = table.column(n);
      if (c == null) {
        throw new LonghouseException(
            ErrorCode.NO_SUCH_COLUMN_IN_TABLE, "No such column " + n + " in table " + table.id());
      }
      if (!c.isInsertable()
          && !context.query().settings().isOn("insert_allow_materialized_columns")) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_COLUMN,
            "Cannot insert column " + n + ", because it is " + c.defaultKind() + " column");
      }
      if (fields.stream().anyMatch(f -> f.name().equals(n))) {
        throw new LonghouseException(
            ErrorCode.DUPLICATE_COLUMN,
            "Column " + n + " in table " + table.id() + " specified more than once");
      }
      fields.add(new Header.Field(n, c.type()));
    }
    return new Header(fields);
  }

  private static InsertPipeline pipeline(
      Table table,
      List<Table> named,
      Header input,
      @Nullable Expression partitionBy,
      WritePolicies policies,
      String writer,
      StatementContext context) {
    var values = new ColumnValues(policies.columns(), input, context.analyzer());
    List<Expr> toTable = new ArrayList<>();
    List<Header.Field> stored = new ArrayList<>();
    for (ColumnDefinition c : policies.columns()) {
      if (c.isStored()) {
        toTable.add(values.of(c));
        stored.add(new Header.Field(c.name(), c.type()));
      }
    }
    var header = new Header(stored);
    return new InsertPipeline(
        input,
        header,
        toTable,
        new RowChecks(policies.rules(), constraints(table, header, context.analyzer()), writer),
        partitionBy == null
            ? table.writer(context.query())
            : table.partitionedWriter(
                context.analyzer().resolve(partitionBy, header), context.query()),
        dependents(named, table, context),
        policies.columns(),
        context.query());
  }

  private static List<RowChecks.Constraint> constraints(
      Table table, Header stored, Analyzer analyzer) {
    List<RowChecks.Constraint> out = new ArrayList<>();
    if (table.definition() instanceof CreateTable c && c.schema() != null) {
      for (ConstraintDeclaration d : c.schema().constraints()) {
        if (d.kind() == ConstraintDeclaration.Kind.CHECK) {
          Expr e = analyzer.resolve(d.expression(), stored);
          DataType type = NullableType.strip(LowCardinalityType.strip(e.type()));
          boolean isCondition =
              type.equals(IntegerType.UINT8)
                  || type instanceof BoolType
                  || type instanceof NothingType;
          if (!isCondition) {
            throw new LonghouseException(
                ErrorCode.UNSUPPORTED_METHOD,
                "Constraint "
                    + d.name()
                    + " does not return a value of type UInt8, but of type "
                    + e.type().name());
          }
          out.add(
              new RowChecks.Constraint(
                  d.name(), Formatter.formatOneLine(d.expression()), new Program(List.of(e))));
        }
      }
    }
    return out;
  }

  /** The columns that an INSERT without a list means. */
  public static List<String> allColumns(Table table) {
    return table.columns().stream()
        .filter(c ->
            c.isInsertable()
                && c.defaultKind() != io.longhouse.sql.ast.ColumnDeclaration.DefaultKind.EPHEMERAL)
        .map(ColumnDefinition::name)
        .toList();
  }

  /** Inserts the rows of a plan, whose columns are those of the table in their order. */
  public static void insertAll(Table table, Plan plan, StatementContext context) {
    insert(pipeline(table, allColumns(table), context), plan, context);
  }

  /** Inserts the rows of a plan, converted to what the pipeline expects. */
  public static void insert(InsertPipeline pipeline, Plan plan, StatementContext context) {
    try {
      insertRows(pipeline, plan, context);
      pipeline.finish();
    } catch (RuntimeException e) {
      pipeline.abort();
      throw e;
    }
  }

  /** The same without ending the insert. */
  static void insertRows(InsertPipeline pipeline, Plan plan, StatementContext context) {
    boolean nullAsDefault = context.query().settings().isOn("insert_null_as_default");
    List<DataType> types = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Header.Field f : pipeline.header().fields()) {
      types.add(f.type());
      names.add(f.name());
    }
    Plan converted =
        nullAsDefault
            ? new NullAsDefault(context.analyzer(), pipeline.columns()).apply(plan, types, names)
            : context.analyzer().converted(plan, types, names);
    context.run(converted, new PipelineSink(pipeline, new ReentrantLock()));
  }

  /** NULLs of a source whose target is not Nullable become the column's or its type's default. */
  private record NullAsDefault(Analyzer analyzer, List<ColumnDefinition> definitions) {
    Plan apply(Plan plan, List<DataType> types, List<String> names) {
      Header h = plan.header();
      if (h.size() != types.size()) {
        return analyzer.converted(plan, types, names);
      }
      List<Expr> columns = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        Expr in = new Expr.Input(i, h.type(i));
        boolean may =
            h.type(i) instanceof NullableType
                && !(types.get(i) instanceof NullableType)
                && !(types.get(i) instanceof io.longhouse.column.type.LowCardinalityType l
                    && l.nested() instanceof NullableType);
        columns.add(
            may
                ? analyzer.nullAsDefault(in, types.get(i), absent(names.get(i), types.get(i)))
                : analyzer.castTo(in, types.get(i)));
      }
      return new Plan.Project(plan, columns, Plan.headerOf(names, columns));
    }

    /** A default that reads other columns is not known here. */
    private Expr absent(String name, DataType type) {
      for (ColumnDefinition c : definitions) {
        Expression value = c.defaultExpression();
        if (c.name().equals(name) && value != null && isConstant(value)) {
          return analyzer.castTo(analyzer.constant(value), type);
        }
      }
      return new Expr.Constant(type.defaultValue(), type);
    }

    private static boolean isConstant(Expression e) {
      return switch (e.bare()) {
        case Literal _ -> true;
        case FunctionCall f when f.name().equals("CAST") || f.name().equals("negate") ->
            f.arguments().stream().allMatch(NullAsDefault::isConstant);
        default -> false;
      };
    }
  }

  /** All lanes write to the one pipeline, one at a time. */
  private record PipelineSink(InsertPipeline pipeline, ReentrantLock one) implements Sink {
    @Override
    public Local newLocal() {
      return new Writer(pipeline, one);
    }
  }

  /** A lane's way to the pipeline; a block waits without a thread until the rate lets it pass. */
  private static final class Writer implements Sink.Local {
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final InsertPipeline pipeline;
    private final ReentrantLock one;
    private @Nullable Block held;

    Writer(InsertPipeline pipeline, ReentrantLock one) {
      this.pipeline = pipeline;
      this.one = one;
    }

    @Override
    public void consume(Block block) {
      held = block;
      writeHeld();
    }

    /** Answers how long the block has to wait, in nanoseconds. */
    private long writeHeld() {
      Block block = held;
      long wait = block == null ? 0 : pipeline.passNow(block);
      if (block != null && wait == 0) {
        held = null;
        if (!one.tryLock()) {
          Scheduler.blocking(one::lock);
        }
        try {
          pipeline.writePassed(block);
        } finally {
          one.unlock();
        }
      }
      return wait;
    }

    /** Asked before the lane's end as well: nothing is held then. */
    @Override
    public boolean isReady(Runnable wakeUp) {
      long wait = held == null ? 0 : pipeline.within(this::writeHeld);
      if (wait > 0) {
        // Not for long: the query may be told to stop meanwhile.
        CompletableFuture.delayedExecutor(
                Math.min(wait, LOOK_AGAIN_NS), TimeUnit.NANOSECONDS, Runnable::run)
            .execute(wakeUp);
      }
      return wait == 0;
    }
  }
}
