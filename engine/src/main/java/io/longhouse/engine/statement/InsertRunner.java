package io.longhouse.engine.statement;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.insert.InsertData;
import io.longhouse.engine.insert.InsertPipeline;
import io.longhouse.engine.insert.InsertPlanner;
import io.longhouse.engine.insert.InsertSource;
import io.longhouse.engine.insert.InsertedColumns;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.ColumnTransformer;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code INSERT} of a query's rows, of data in the request, or of blocks that the client will send.
 */
@Register(kind = StatementRunner.class, name = "Insert")
final class InsertRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var insert = (Insert) statement;
    if (insert.infile() != null) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_TYPE_OF_QUERY, "Query has infile and was send directly to server");
    }
    Table table =
        switch (insert.target()) {
          case Insert.Table t -> context.tables().require(t.name());
          case Insert.Function f -> function(f, insert, context);
        };
    List<String> columns = columns(insert, table);
    if (insert.target() instanceof Insert.Table && !table.id().database().isEmpty()) {
      context
          .query()
          .require(SessionAccess.class)
          .check(Privilege.INSERT, table.id().database(), table.id().name(), columns);
    }
    InsertPipeline pipeline = InsertPlanner.pipeline(table, columns, insert.partitionBy(), context);
    Query select = insert.select();
    if (select != null) {
      return select(insert, select, pipeline, context);
    }
    if (InsertData.comesAsBlocks(insert, context)) {
      return new StatementResult.AwaitingRows(pipeline);
    }
    new InsertData(insert, context).read(pipeline);
    return StatementResult.DONE;
  }

  /** A table function that is told no columns takes those of the query. */
  private static Table function(Insert.Function f, Insert insert, StatementContext context) {
    Query select = insert.select();
    if (select != null) {
      context.query().provide(InsertSource.class, new InsertSource(insert, context));
      var header = context.analyzer().analyze(select).header();
      context.query().provide(InsertedColumns.class, new InsertedColumns(header));
    }
    return context.analyzer().tableFunction(f.call());
  }

  /** The query may read, with {@code input}, the rows that come with the INSERT. */
  private static StatementResult select(
      Insert insert, Query select, InsertPipeline pipeline, StatementContext context) {
    var input = new InsertSource(insert, context);
    context.query().provide(InsertSource.class, input);
    Plan plan = context.analyzer().analyze(select);
    if (input.awaitsBlocks()) {
      return new StatementResult.AwaitingRows(input.pipeline(plan, pipeline));
    }
    InsertPlanner.insert(pipeline, plan, context);
    return StatementResult.DONE;
  }

  private static List<String> columns(Insert insert, Table table) {
    List<Expression> written = insert.columns();
    if (written == null || written.isEmpty()) {
      return InsertPlanner.allColumns(table);
    }
    List<String> names = new ArrayList<>();
    for (Expression e : written) {
      switch (e.bare()) {
        case Identifier id -> names.addAll(named(id.name(), table));
        case Matcher m -> names.addAll(matched(m, table));
        default ->
            throw new LonghouseException(
                ErrorCode.BAD_ARGUMENTS,
                "Expected the name of a column, found "
                    + io.longhouse.sql.format.Formatter.formatOneLine(e));
      }
    }
    return names;
  }

  /** A Nested column's name stands for all its parts. */
  private static List<String> named(String name, Table table) {
    if (table.column(name) != null) {
      return List.of(name);
    }
    List<String> parts =
        table.columns().stream()
            .map(ColumnDefinition::name)
            .filter(n -> n.startsWith(name + "."))
            .toList();
    return parts.isEmpty() ? List.of(name) : parts;
  }

  private static List<String> matched(Matcher m, Table table) {
    List<String> names = new ArrayList<>(InsertPlanner.allColumns(table));
    for (ColumnTransformer t : m.transformers()) {
      if (t instanceof ColumnTransformer.Except x) {
        x.columns().forEach(c -> names.remove(c.name()));
      } else {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED, "Only EXCEPT can follow a matcher of INSERT's columns");
      }
    }
    return names;
  }
}
