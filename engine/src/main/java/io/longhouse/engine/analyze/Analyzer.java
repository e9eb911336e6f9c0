package io.longhouse.engine.analyze;

import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Optimizer;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.plan.ShardQuery;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.statement.SettingText;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableLookup;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.SetOperation;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.TableExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a plan of a query. For one statement. */
public final class Analyzer {
  private QueryContext context;
  private final TableLookup tables;
  private final Function<String, @Nullable Lambda> userFunctions;
  private final Expressions expressions;
  private final SetOperations setOperations;
  private final QueriesByName named;
  private final SubqueryValues values;
  private final TableFunctionCalls tableFunctions;
  private SessionAccess access;

  /** SELECTs around the place. */
  private int depth;

  /** What of the outermost SELECT is asked for; null for its result. */
  private @Nullable ShardQuery shard;

  /** Whose rows the SELECT around the place is about. */
  private ShardsAround around = ShardsAround.NONE;

  /**
   * @param parameters values of query parameters
   * @param userFunctions functions that users have defined, by name
   */
  public Analyzer(
      QueryContext context,
      TableLookup tables,
      Map<String, String> parameters,
      Queries queries,
      Function<String, @Nullable Lambda> userFunctions) {
    this.context = context;
    this.tables = tables;
    this.userFunctions = userFunctions;
    this.expressions = new Expressions(this, parameters);
    this.setOperations = new SetOperations(this);
    this.named = new QueriesByName(this, queries);
    this.values = new SubqueryValues(this, queries);
    this.tableFunctions = new TableFunctionCalls(this);
    this.access = context.require(SessionAccess.class);
  }

  /** The same analyzer, from now on reading as somebody else. */
  public Analyzer readingAs(SessionAccess other) {
    access = other;
    return this;
  }

  /** A read of what a table function answers, perhaps a table of the catalog with policies. */
  Plan underPolicies(Plan read, Table table) {
    return access.isUnrestricted() ? read : RowPolicies.apply(read, table, access, this);
  }

  /**
   * A read of a table or view with what the reader may see: below everything that a query does, the
   * row policies' condition and the masks of columns; above it, if not the whole table was granted,
   * the question about the columns.
   */
  Plan secured(Plan read, Table table) {
    var id = table.id();
    if (access.isUnrestricted() || id.database().isEmpty()) {
      return read;
    }
    boolean isRead = read instanceof Plan.Scan s && s.table() == table;
    Plan visible = RowPolicies.apply(read, table, access, this);
    Plan plan = MaskedColumns.apply(visible, isRead, table, access, this);
    return access.isGranted(Privilege.SELECT, id.database(), id.name())
        ? plan
        : new Plan.Secured(plan, access, id.database(), id.name());
  }

  /** The plan of a whole query, optimised. */
  public Plan analyze(Query query) {
    return Optimizer.optimize(query(query, null, true), context);
  }

  /**
   * The plan of what is asked for of a query, optimised.
   *
   * @param asked null for its result
   * @throws LonghouseException NOT_IMPLEMENTED (48) for the share of a UNION and the like, which no
   *     server asks for
   */
  public Plan analyze(Query query, @Nullable ShardQuery asked) {
    if (asked == null) {
      return analyze(query);
    }
    if (!(query instanceof Select s)) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "A shard's share of a query with UNION is not implemented");
    }
    shard = asked;
    return Optimizer.optimize(select(s, null, true), context);
  }

  /**
   * The plan of a query as it is written, for a place in a plan that is being optimised: reads in
   * it are not allowed yet.
   */
  public Plan written(Query query) {
    return query(query, null, false);
  }

  /** Whose rows the SELECT around the place is about. */
  ShardsAround around() {
    return around;
  }

  /** Analyses the part of a SELECT behind its FROM. */
  Plan over(Plan from, Supplier<Plan> part) {
    return around(ShardsAround.of(from, context), part);
  }

  /** Analyses what stands by itself. */
  <T> T apart(Supplier<T> part) {
    return around(ShardsAround.NONE, part);
  }

  private <T> T around(ShardsAround inside, Supplier<T> part) {
    ShardsAround outside = around;
    around = inside;
    try {
      return part.get();
    } finally {
      around = outside;
    }
  }

  /** The settings in force at this place of the query. */
  QueryContext context() {
    return context;
  }

  TableLookup tables() {
    return tables;
  }

  Expressions expressions() {
    return expressions;
  }

  QueriesByName named() {
    return named;
  }

  SubqueryValues values() {
    return values;
  }

  /** Whether the SELECT that is being analysed stands in no other. */
  boolean isOutermost() {
    return depth == 1;
  }

  /** Who reads at this place of the query. */
  SessionAccess access() {
    return access;
  }

  @Nullable Lambda userFunction(String name) {
    return userFunctions.apply(name);
  }

  Plan subquery(Query query, @Nullable Frame outer) {
    return query(query, outer, false);
  }

  /**
   * @param isWhole whether its rows are the statement's: what settings say of the result is for it
   */
  Plan query(Query query, @Nullable Frame outer, boolean isWhole) {
    return switch (query) {
      case Select s -> select(s, outer, isWhole);
      case SetOperation o -> setOperations.plan(o, outer, isWhole);
    };
  }

  /** A SELECT under the settings that stand in it. */
  private Plan select(Select s, @Nullable Frame outer, boolean isWhole) {
    requireDepth();
    Settings own = context.settings().copy();
    SettingText.apply(s.settings(), own);
    boolean same = own.changed().equals(context.settings().changed());
    QueryContext outside = context;
    context = same ? outside : outside.with(own);
    depth++;
    try {
      ShardQuery asked = isWhole ? shard : null;
      Plan whole = new SelectAnalysis(s, this, outer, asked).plan();
      Plan plan = asked == null ? limited(s, whole, isWhole) : whole;
      return same ? plan : new Plan.Scoped(plan, own);
    } finally {
      depth--;
      context = outside;
    }
  }

  private void requireDepth() {
    long max = context.settings().number("max_subquery_depth");
    if (max > 0 && depth > max) {
      throw new LonghouseException(
          ErrorCode.TOO_DEEP_SUBQUERIES, "Too deep subqueries. Maximum: " + max);
    }
  }

  /** The settings {@code limit} and {@code offset} cut what the clauses have left. */
  private Plan limited(Select s, Plan plan, boolean isWhole) {
    Settings settings = context.settings();
    Set<String> written = s.settings().stream().map(Setting::name).collect(Collectors.toSet());
    long limit = isWhole || written.contains("limit") ? settings.number("limit") : 0;
    long offset = isWhole || written.contains("offset") ? settings.number("offset") : 0;
    Plan cut = plan;
    if (limit > 0 || offset > 0) {
      long rows = limit == 0 ? Long.MAX_VALUE : limit;
      cut = new Plan.Limit(plan, rows, offset, List.of(), settings.isOn("exact_rows_before_limit"));
    }
    String filter = isWhole ? settings.text("additional_result_filter") : "";
    return filter.isEmpty()
        ? cut
        : new Plan.Filter(cut, resolve(AdditionalFilters.parse(filter), cut.header()));
  }

  /** The columns of a plan, by their order, in other types and under other names. */
  public Plan converted(Plan plan, List<DataType> types, List<String> names) {
    if (plan.header().size() != types.size()) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_COLUMNS_DOESNT_MATCH,
          "Number of columns doesn't match (source: "
              + plan.header().size()
              + " and result: "
              + types.size()
              + ")");
    }
    List<Expr> columns = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      columns.add(cast(new Expr.Input(i, plan.header().type(i)), types.get(i)));
    }
    return new Plan.Project(plan, columns, Plan.headerOf(names, columns));
  }

  /** The value of an expression as another type. */
  public Expr castTo(Expr e, DataType type) {
    return cast(e, type);
  }

  Expr cast(Expr e, DataType type) {
    return e.type().equals(type)
        ? e
        : expressions.call("_CAST", e, Literals.constant(Literal.of(type.name())));
  }

  /** {@code SELECT * FROM name}. */
  Query selectAll(Identifier name) {
    return selectAll(new TableExpression.NamedTable(name));
  }

  Query selectAll(FunctionCall tableFunction) {
    return selectAll(new TableExpression.TableFunction(tableFunction, List.of()));
  }

  private static Query selectAll(TableExpression.TableSource source) {
    return new Select(
        null,
        false,
        List.of(new Matcher.Asterisk(List.of())),
        new From(TableExpression.of(source), List.of()),
        null,
        null,
        null,
        null,
        List.of(),
        null,
        List.of(),
        false,
        null,
        null,
        null,
        List.of());
  }

  Table tableFunction(FunctionCall call, Frame frame) {
    return tableFunctions.read(call, frame);
  }

  /** The table of a table function outside of any query: {@code INSERT INTO FUNCTION}. */
  public Table tableFunction(FunctionCall call) {
    return tableFunctions.written(call);
  }

  /** What a table of {@code CREATE TABLE t AS f(...)} is: who made it was asked for f. */
  public Table storedTableFunction(FunctionCall call) {
    return tableFunctions.stored(call);
  }

  List<Matchers.Expanded> expand(Matcher m, Frame frame) {
    if (frame instanceof SelectAnalysis s) {
      return s.expand(m);
    }
    throw new LonghouseException(
        ErrorCode.UNSUPPORTED_METHOD, "A matcher cannot stand here: " + frame.describe());
  }

  /**
   * The aggregate function that a call means, with what the settings say of {@code
   * count(DISTINCT)}.
   */
  String aggregateName(FunctionCall f) {
    String name = f.name();
    if (name.equalsIgnoreCase("countDistinct")) {
      name = context.settings().text("count_distinct_implementation");
    } else if (name.equalsIgnoreCase("countDistinctIf")) {
      name = context.settings().text("count_distinct_implementation") + "If";
    }
    return switch (f.nulls()) {
      case DEFAULT -> name;
      case RESPECT -> name + "_respect_nulls";
      case IGNORE -> name;
    };
  }

  /** Resolves an expression over given columns: defaults, keys and mutations of a table. */
  public Expr resolve(Expression e, Header columns) {
    return expressions.resolve(e, ColumnsFrame.of(columns));
  }

  /**
   * Resolves an expression in which names mean what {@code columns} answers, null for unknown ones.
   */
  public Expr resolve(Expression e, Function<String, @Nullable Expr> columns) {
    return expressions.resolve(e, new ColumnsFrame(columns));
  }

  /** A value with NULL replaced by the default of a type that has no NULL. */
  public Expr nullAsDefault(Expr e, DataType type) {
    return nullAsDefault(e, type, new Expr.Constant(type.defaultValue(), type));
  }

  /** A value of a type that has no NULL, with NULL replaced by another value of it. */
  public Expr nullAsDefault(Expr e, DataType type, Expr absent) {
    if (NullableType.strip(e.type()) instanceof NothingType) {
      return absent;
    }
    Expr value = cast(expressions.call("assumeNotNull", e), type);
    return expressions.call("if", expressions.call("isNull", e), absent, value);
  }

  /** The value of a constant expression. */
  public Expr.Constant constant(Expression e) {
    Expr value = expressions.resolve(e, new ConstantFrame());
    if (value instanceof Expr.Constant c) {
      return c;
    }
    throw new LonghouseException(
        ErrorCode.BAD_ARGUMENTS,
        "Expected a constant expression, found "
            + io.longhouse.sql.format.Formatter.formatOneLine(e));
  }
}
