package io.longhouse.engine.statement;

import io.longhouse.column.Block;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.engine.exec.PipelineText;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.plan.PlanText;
import io.longhouse.engine.session.SecretText;
import io.longhouse.engine.system.CellValues;
import io.longhouse.engine.table.Scan;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Explain;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.Use;
import io.longhouse.sql.format.AstDump;
import io.longhouse.sql.format.Formatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code EXPLAIN PLAN}, {@code PIPELINE}, {@code SYNTAX}, {@code AST} and {@code ESTIMATE}. */
@Register(kind = StatementRunner.class, name = "Explain")
final class ExplainRunner implements StatementRunner {
  private static final List<String> PLAN_SETTINGS =
      List.of(
          "compact",
          "column_structure",
          "distributed",
          "description",
          "json",
          "sorting",
          "input_headers",
          "projections",
          "keep_logical_steps",
          "indexes",
          "actions",
          "pretty",
          "indices",
          "optimize",
          "header");

  private static final List<String> PIPELINE_SETTINGS =
      List.of("compact_repeated_processor_chains", "compact", "distributed", "graph", "header");

  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var e = (Explain) statement;
    return switch (e.kind()) {
      case PLAN -> plan(e, context);
      case SYNTAX -> syntax(e);
      case ESTIMATE -> estimate(query(e, context), context);
      case AST -> ast(e);
      case PIPELINE -> pipeline(e, context);
      case CURRENT_TRANSACTION ->
          StatementResult.Rows.lines("explain", List.of("<no current transaction>"));
      case QUERY_TREE, TABLE_OVERRIDE, WHATIF, ANALYZE ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED, e.kind().sql() + " is not implemented");
    };
  }

  private static Plan query(Explain e, StatementContext context) {
    if (!(e.statement() instanceof Query q)) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_QUERY, "Only SELECT is supported for " + e.kind().sql() + " query");
    }
    return context.analyzer().analyze(q);
  }

  private static Map<String, String> settings(Explain e) {
    Map<String, String> settings = new HashMap<>();
    for (Setting s : e.settings()) {
      Expression value = s.value();
      settings.put(s.name(), value == null ? "" : SettingText.of(value));
    }
    return settings;
  }

  private static StatementResult plan(Explain e, StatementContext context) {
    Map<String, String> settings = settings(e);
    checkKnown(settings, PLAN_SETTINGS, "EXPLAIN PLAN");
    for (String name : List.of("json", "distributed", "input_headers", "column_structure")) {
      if ("1".equals(settings.get(name))) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED, "EXPLAIN PLAN " + name + " = 1 is not implemented");
      }
    }
    var options =
        new PlanText.Options(
            "1".equals(settings.get("header")),
            "1".equals(settings.get("indexes")) || "1".equals(settings.get("indices")));
    return StatementResult.Rows.lines(
        "explain", PlanText.of(query(e, context), options, context.query()));
  }

  private static StatementResult pipeline(Explain e, StatementContext context) {
    Map<String, String> settings = settings(e);
    checkKnown(settings, PIPELINE_SETTINGS, "EXPLAIN PIPELINE");
    for (String name : List.of("graph", "header", "distributed")) {
      if ("1".equals(settings.get(name))) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED, "EXPLAIN PIPELINE " + name + " = 1 is not implemented");
      }
    }
    return StatementResult.Rows.lines(
        "explain", PipelineText.of(query(e, context), context.query(), context.threads()));
  }

  private static void checkKnown(Map<String, String> given, List<String> known, String what) {
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        throw new LonghouseException(
            ErrorCode.UNKNOWN_SETTING,
            "Unknown setting \""
                + name
                + "\" for "
                + what
                + " query. Supported settings: "
                + String.join(", ", known));
      }
    }
  }

  private static StatementResult ast(Explain e) {
    Statement explained = e.statement();
    if (explained == null) {
      throw new LonghouseException(ErrorCode.INCORRECT_QUERY, "EXPLAIN AST needs a statement");
    }
    boolean shown =
        explained instanceof Query || explained instanceof Insert || explained instanceof Use;
    if (!shown || "1".equals(settings(e).get("graph"))) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "EXPLAIN AST is implemented for SELECT, INSERT and USE, as text");
    }
    return StatementResult.Rows.lines(
        "explain", List.of(AstDump.dump(explained).stripTrailing().split("\n")));
  }

  private static StatementResult syntax(Explain e) {
    Statement explained = e.statement();
    if (explained == null) {
      throw new LonghouseException(ErrorCode.INCORRECT_QUERY, "EXPLAIN SYNTAX needs a statement");
    }
    return StatementResult.Rows.lines(
        "explain",
        "1".equals(settings(e).get("oneline"))
            ? List.of(SecretText.masked(Formatter.formatOneLine(explained)))
            : List.of(SecretText.masked(Formatter.format(explained)).split("\n")));
  }

  private static StatementResult estimate(Plan plan, StatementContext context) {
    var header =
        new Header(
            List.of(
                new Header.Field("database", StringType.TYPE),
                new Header.Field("table", StringType.TYPE),
                new Header.Field("parts", IntegerType.UINT64),
                new Header.Field("rows", IntegerType.UINT64),
                new Header.Field("marks", IntegerType.UINT64)));
    List<ColumnBuilder> out = header.newBuilders(4);
    estimate(plan, header, out, context);
    int rows = out.getFirst().size();
    var block = new Block(out.stream().map(ColumnBuilder::build).toList(), rows);
    return new StatementResult.Rows(header, rows == 0 ? List.of() : List.of(block));
  }

  private static void estimate(
      Plan plan, Header header, List<ColumnBuilder> out, StatementContext context) {
    if (plan instanceof Plan.Scan s && !s.request().guarded()) {
      Scan.Estimate e = s.table().scan(s.request(), context.query()).estimate();
      if (e != null) {
        List<Object> cells =
            List.of(
                s.table().id().database(), s.table().id().name(), e.parts(), e.rows(), e.marks());
        for (int i = 0; i < cells.size(); i++) {
          CellValues.append(cells.get(i), header.type(i), out.get(i));
        }
      }
    }
    plan.inputs().forEach(p -> estimate(p, header, out, context));
  }
}
