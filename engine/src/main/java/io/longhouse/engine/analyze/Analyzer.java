package io.longhouse.engine.analyze;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TupleType;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.exec.SizeLimit;
import io.longhouse.engine.plan.Optimizer;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.statement.SettingText;
import io.longhouse.engine.statement.Sources;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.engine.table.TableLookup;
import io.longhouse.engine.table.View;
import io.longhouse.function.CommonType;
import io.longhouse.function.expr.Expr;
import io.longhouse.registry.Registry;
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
import io.longhouse.sql.ast.With;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
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
  private final Queries queries;
  private final Function<String, @Nullable Lambda> userFunctions;
  private final Expressions expressions;
  private final RecursiveQueries recursions;
  private Map<Query, Expr> scalars = new HashMap<>();
  private final Deque<String> views = new ArrayDeque<>();
  private SessionAccess access;

  /** SELECTs around the place. */
  private int depth;

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
    this.queries = queries;
    this.userFunctions = userFunctions;
    this.expressions = new Expressions(this, parameters);
    this.recursions = new RecursiveQueries(this, queries);
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

  @Nullable Lambda userFunction(String name) {
    return userFunctions.apply(name);
  }

  Plan subquery(Query query, @Nullable Frame outer) {
    return query(query, outer, false);
  }

  /**
   * @param isWhole whether its rows are the statement's: what settings say of the result is for it
   */
  private Plan query(Query query, @Nullable Frame outer, boolean isWhole) {
    return switch (query) {
      case Select s -> select(s, outer, isWhole);
      case SetOperation o -> setOperation(o, outer, isWhole);
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
      Plan plan = limited(s, new SelectAnalysis(s, this, outer).plan(), isWhole);
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

  /**
   * A query of WITH is seen by itself only when it is recursive.
   *
   * @param scope what it sees; null for no columns of any query around
   */
  Plan namedQuery(Frame.NamedQuery q, @Nullable Frame scope) {
    Frame seen = scope != null ? scope : new DerivedFrame(q.scope(), null);
    if (RecursiveQueries.isRecursive(q)) {
      return recursions.plan(q, seen);
    }
    String mark = "with " + q.name();
    if (views.contains(mark)) {
      return subquery(selectAll(Identifier.of(q.name())), null);
    }
    views.push(mark);
    try {
      return subquery(q.query(), seen);
    } finally {
      views.pop();
    }
  }

  /** The view that a call in FROM means, {@code view(parameter = value)}; null for none. */
  @Nullable View parameterized(FunctionCall call) {
    boolean isFunction = Registry.of(TableFunction.class).entry(call.name()) != null;
    int dot = call.name().indexOf('.');
    Table t =
        isFunction
            ? null
            : dot < 0
                ? tables.find(null, call.name())
                : tables.find(call.name().substring(0, dot), call.name().substring(dot + 1));
    return t instanceof View v && v.columns().isEmpty() ? v : null;
  }

  /** The rows of a parameterized view for the values of its parameters. */
  Plan view(View v, FunctionCall call, Frame frame) {
    Map<String, String> values = new HashMap<>();
    for (Expression e : call.arguments()) {
      if (!(e.bare() instanceof FunctionCall f)
          || !f.name().equals("equals")
          || !(f.arguments().getFirst().bare() instanceof Identifier parameter)) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Arguments of a parameterized view have the form name = value");
      }
      var arguments = new TableFunctionArguments(this, frame);
      values.put(parameter.name(), arguments.text(f.arguments().get(1)));
    }
    Map<Query, Expr> before = scalars;
    scalars = new HashMap<>();
    try {
      return secured(inside(v, () -> expressions.with(values, () -> subquery(v.query(), null))), v);
    } finally {
      scalars = before;
    }
  }

  Plan view(View v) {
    if (v.columns().isEmpty()) {
      throw new LonghouseException(
          ErrorCode.EMPTY_LIST_OF_COLUMNS_QUERIED,
          "View " + v.id() + " has parameters and is read as a function of them");
    }
    Plan plan = inside(v, () -> subquery(v.query(), null));
    List<DataType> types = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (ColumnDefinition c : v.columns()) {
      if (c.isStored()) {
        types.add(c.type());
        names.add(c.name());
      }
    }
    for (ColumnDefinition c : v.virtualColumns()) {
      types.add(c.type());
      names.add(c.name());
    }
    return byName(plan, names, types);
  }

  /** A view's query is read as whom the view says. */
  private Plan inside(View v, Supplier<Plan> query) {
    String mark = "view " + v.id();
    if (views.contains(mark)) {
      throw new LonghouseException(
          ErrorCode.TOO_DEEP_RECURSION, "View " + v.id() + " depends on itself");
    }
    views.push(mark);
    SessionAccess outside = access;
    Map<Query, Expr> before = scalars;
    access = Definers.of(v, outside);
    // The same text means another value to somebody else.
    scalars = access == outside ? before : new HashMap<>();
    try {
      return query.get();
    } finally {
      access = outside;
      scalars = before;
      views.pop();
    }
  }

  /** A view's columns are found in its query by their names. */
  private Plan byName(Plan plan, List<String> names, List<DataType> types) {
    List<Expr> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int at = plan.header().indexOf(names.get(i));
      if (at < 0) {
        return converted(plan, types, names);
      }
      columns.add(cast(new Expr.Input(at, plan.header().type(at)), types.get(i)));
    }
    return new Plan.Project(plan, columns, Plan.headerOf(names, columns));
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

  /** INTERSECT binds tighter; the others go from left to right. */
  private Plan setOperation(SetOperation o, @Nullable Frame outer, boolean isWhole) {
    Frame scope = sharedWith(o, outer);
    List<Plan> plans = new ArrayList<>();
    List<SetOperation.Operator> operators = new ArrayList<>();
    plans.add(query(o.queries().getFirst(), outer, isWhole));
    for (int i = 1; i < o.queries().size(); i++) {
      Plan next = query(o.queries().get(i), scope, isWhole);
      SetOperation.Operator op = o.operators().get(i - 1);
      if (op.name().startsWith("INTERSECT")) {
        plans.set(plans.size() - 1, combine(plans.getLast(), next, op));
      } else {
        plans.add(next);
        operators.add(op);
      }
    }
    return combineAll(plans, operators);
  }

  /** A WITH before the first query of a union holds for the others too. */
  private @Nullable Frame sharedWith(SetOperation o, @Nullable Frame outer) {
    if (o.queries().getFirst() instanceof Select s) {
      With with = s.with();
      if (with != null) {
        return new SelectAnalysis(s, this, outer);
      }
    }
    return outer;
  }

  private Plan combineAll(List<Plan> plans, List<SetOperation.Operator> operators) {
    Plan result = plans.getFirst();
    for (int i = 0; i < operators.size(); ) {
      int end = i;
      while (end < operators.size() && isUnionAll(operators.get(end))) {
        end++;
      }
      if (end > i) {
        List<Plan> inputs = new ArrayList<>();
        inputs.add(result);
        inputs.addAll(plans.subList(i + 1, end + 1));
        result = union(inputs);
        i = end;
      } else {
        result = combine(result, plans.get(i + 1), operators.get(i));
        i++;
      }
    }
    return result;
  }

  private boolean isUnionAll(SetOperation.Operator op) {
    return switch (op) {
      case UNION_ALL -> true;
      case UNION -> unionMode().equals("ALL");
      default -> false;
    };
  }

  private String unionMode() {
    String mode = context.settings().text("union_default_mode");
    if (mode.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.EXPECTED_ALL_OR_DISTINCT,
          "Expected ALL or DISTINCT in SelectWithUnion query; setting: (union_default_mode)");
    }
    return mode;
  }

  private Plan combine(Plan left, Plan right, SetOperation.Operator op) {
    return switch (op) {
      case UNION_ALL, UNION_DISTINCT, UNION -> {
        Plan all = union(List.of(left, right));
        yield op == SetOperation.Operator.UNION_DISTINCT || !isUnionAll(op) ? distinct(all) : all;
      }
      case EXCEPT, EXCEPT_ALL -> difference(left, right, false, false);
      case EXCEPT_DISTINCT -> distinct(difference(left, right, false, true));
      case INTERSECT, INTERSECT_ALL -> difference(left, right, true, false);
      case INTERSECT_DISTINCT -> difference(left, right, true, true);
    };
  }

  private static Plan distinct(Plan plan) {
    List<Integer> keys = new ArrayList<>();
    for (int i = 0; i < plan.header().size(); i++) {
      keys.add(i);
    }
    return new Plan.Distinct(plan, keys, 0);
  }

  private Plan difference(Plan left, Plan right, boolean intersect, boolean distinct) {
    List<Plan> same = sameTypes(List.of(left, right));
    return new Plan.SetDifference(same.get(0), same.get(1), intersect, distinct);
  }

  private Plan union(List<Plan> plans) {
    List<Plan> same = sameTypes(plans);
    return new Plan.Union(same, same.getFirst().header());
  }

  private List<Plan> sameTypes(List<Plan> plans) {
    Header first = plans.getFirst().header();
    List<DataType> types = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      List<DataType> all = new ArrayList<>();
      for (Plan p : plans) {
        if (p.header().size() != first.size()) {
          throw new LonghouseException(
              ErrorCode.UNION_ALL_RESULT_STRUCTURES_MISMATCH,
              "Different number of columns in UNION elements: "
                  + first.size()
                  + " and "
                  + p.header().size());
        }
        all.add(p.header().type(i));
      }
      types.add(CommonType.of(all));
      names.add(first.name(i));
    }
    return plans.stream()
        .map(p ->
            p == plans.getFirst()
                    && p.header().fields().stream().map(Header.Field::type).toList().equals(types)
                ? p
                : converted(p, types, names))
        .toList();
  }

  /** A sub-query in the place of a value: its one row, NULL when there is none. */
  Expr scalar(Query query, Frame frame) {
    Expr known = scalars.get(query);
    if (known != null) {
      return known;
    }
    var around = new CorrelationFrame(frame);
    Plan written = subquery(query, around);
    if (!around.captures().isEmpty()) {
      if (written.header().size() != 1) {
        throw new LonghouseException(
            ErrorCode.UNSUPPORTED_METHOD,
            "A correlated scalar subquery has one column, but got " + written.header().size());
      }
      return frame.correlated(new Subplan(false, written, around.captures()));
    }
    Plan plan = Optimizer.optimize(written, context);
    Block rows = queries.run(plan, 2);
    if (rows.rows() > 1) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_RESULT_OF_SCALAR_SUBQUERY,
          "Scalar subquery returned more than one row");
    }
    Expr value = rows.rows() == 0 ? absent(plan.header()) : value(rows, plan.header());
    scalars.put(query, value);
    return value;
  }

  private static Expr absent(Header header) {
    DataType type =
        header.size() == 1
            ? NullableType.orSame(header.type(0))
            : new TupleType(
                header.fields().stream().map(f -> NullableType.orSame(f.type())).toList());
    var b = type.newBuilder(1);
    b.appendDefault(1);
    return new Expr.Constant(b.build(), type);
  }

  private static Expr value(Block rows, Header header) {
    if (header.size() == 1) {
      DataType type = header.type(0);
      DataType result = NullableType.orSame(type);
      var b = result.newBuilder(1);
      b.append(rows.column(0).full(), 0);
      return new Expr.Constant(b.build(), result);
    }
    List<Column> columns = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      columns.add(rows.column(i).full());
      types.add(header.type(i));
    }
    return new Expr.Constant(new TupleColumn(columns, 1), new TupleType(types));
  }

  Expr exists(Query query, Frame frame) {
    var around = new CorrelationFrame(frame);
    Plan plan = subquery(query, around);
    if (!around.captures().isEmpty()) {
      return isNeverEmpty(plan)
          ? Literals.integer(1, 1, false)
          : frame.correlated(new Subplan(true, plan, around.captures()));
    }
    Plan one = new Plan.Limit(plan, 1, 0, List.of(), false);
    Block rows = queries.run(Optimizer.optimize(one, context), 1);
    return Literals.integer(rows.rows() > 0 ? 1 : 0, 1, false);
  }

  /** An aggregation without keys has one row, whatever there is to aggregate. */
  private static boolean isNeverEmpty(Plan plan) {
    return plan instanceof Plan.Project p
        ? isNeverEmpty(p.input())
        : plan instanceof Plan.Aggregate a
            && a.keys().isEmpty()
            && a.groupingSets().isEmpty()
            && a.having() == null;
  }

  /** The rows of the right side of IN. */
  Block runSet(Plan plan) {
    Settings settings = context.settings();
    Plan limited = plan;
    if (SizeLimit.ofSet(settings).stops() && !SizeLimit.ofSet(settings).isNone()) {
      Settings own = settings.copy();
      own.set("max_rows_in_distinct", settings.text("max_rows_in_set"));
      own.set("max_bytes_in_distinct", settings.text("max_bytes_in_set"));
      own.set("distinct_overflow_mode", "break");
      limited = new Plan.Scoped(distinct(plan), own);
    }
    return queries.run(Optimizer.optimize(limited, context), Long.MAX_VALUE);
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

  boolean isTableFunction(FunctionCall call, Frame frame) {
    return Registry.of(TableFunction.class).entry(call.name()) != null
        && Registry.of(io.longhouse.function.FunctionFactory.class).entry(call.name()) == null;
  }

  Table tableFunction(FunctionCall call, Frame frame) {
    checkFunction(call);
    return tableFunction(call, new TableFunctionArguments(this, frame));
  }

  private void checkFunction(FunctionCall call) {
    String source = Sources.ofFunction(call.name());
    if (source != null) {
      access.check(Privilege.READ, source);
    }
  }

  /** The table of a table function outside of any query: {@code INSERT INTO FUNCTION}. */
  public Table tableFunction(FunctionCall call) {
    String source = Sources.ofFunction(call.name());
    if (source != null) {
      access.check(Privilege.WRITE, source);
    }
    return tableFunction(call, new TableFunctionArguments(this, new ConstantFrame()));
  }

  /** What a table of {@code CREATE TABLE t AS f(...)} is: who made it was asked for f. */
  public Table storedTableFunction(FunctionCall call) {
    return tableFunction(call, new TableFunctionArguments(this, new ConstantFrame()));
  }

  private static Table tableFunction(FunctionCall call, TableFunction.Arguments arguments) {
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
