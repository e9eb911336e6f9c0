package io.longhouse.engine.analyze;

import io.longhouse.column.Header;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.MapType;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.plan.ShardQuery;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Aggregates;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Join;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.Window;
import io.longhouse.sql.ast.With;
import io.longhouse.sql.format.ColumnNames;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One SELECT: what its names mean. Aggregates, array joins and window functions are noted here as
 * they are met and stand in expressions as inputs of the kinds of {@link Rewrite}; {@link
 * SelectPlanner} then puts the steps in their order.
 */
final class SelectAnalysis implements Frame {
  /**
   * A column of the result.
   *
   * @param written the expression behind SELECT; null for one of several columns that it stands for
   */
  record Output(Expr expr, String name, @Nullable Expression written) {}

  /** An aggregate function as it was called, and the same function giving its state. */
  record CalledAggregate(FunctionCall call, int at, AggregateFunction state) {}

  /** {@code arrayJoin(array)}, met in an expression. */
  record PendingArrayJoin(Expr array, DataType element) {}

  final Select select;
  final Analyzer analyzer;
  final Expressions expressions;
  private final @Nullable Frame outer;

  /** What of the query is asked for; null for its result. */
  final @Nullable ShardQuery shard;

  private final Map<String, NamedQuery> namedQueries = new HashMap<>();
  private final Map<String, Expression> aliases;
  private final Map<Expression, Expr> known = new HashMap<>();
  private final Set<String> resolving = new HashSet<>();
  private Relation relation = new Relation(new Plan.OneRow(), List.of());
  final List<Plan.AggregateCall> aggregates = new ArrayList<>();
  final List<CalledAggregate> called = new ArrayList<>();
  final List<PendingArrayJoin> arrayJoins = new ArrayList<>();
  final List<Subplan> subqueries = new ArrayList<>();
  final Grouping grouping = new Grouping(this);
  final WindowCalls windows;
  private boolean aggregatesAllowed;
  private boolean insideAggregate;

  SelectAnalysis(Select select, Analyzer analyzer, @Nullable Frame outer) {
    this(select, analyzer, outer, null);
  }

  SelectAnalysis(
      Select select, Analyzer analyzer, @Nullable Frame outer, @Nullable ShardQuery shard) {
    this.select = select;
    this.analyzer = analyzer;
    this.outer = outer;
    this.shard = shard;
    this.expressions = analyzer.expressions();
    this.aliases = Aliases.of(select);
    this.windows = new WindowCalls(this);
    With with = select.with();
    if (with != null) {
      for (With.Item item : with.items()) {
        if (item instanceof With.Table t) {
          namedQueries.put(
              t.name(), new NamedQuery(t.name(), t.query(), this, t.columns(), with.recursive()));
        }
      }
    }
  }

  /** The plan of this SELECT. */
  Plan plan() {
    relation = analyzer.apart(() -> new FromAnalysis(this).relation(select.from()));
    return analyzer.over(relation.plan(), () -> new SelectPlanner(this).plan());
  }

  Relation relation() {
    return relation;
  }

  void relation(Relation r) {
    relation = r;
  }

  /** Resolves an expression of this SELECT. */
  Expr resolve(Expression e) {
    Expr done = known.get(e);
    if (done == null) {
      done = expressions.resolve(e, this);
      if (resolving.isEmpty()) {
        known.put(e, done);
      }
    }
    return done;
  }

  /** Resolves a clause in which aggregate functions may or may not stand. */
  Expr resolve(Expression e, boolean withAggregates) {
    boolean before = aggregatesAllowed;
    aggregatesAllowed = withAggregates;
    try {
      return resolve(e);
    } finally {
      aggregatesAllowed = before;
    }
  }

  /** From here on expressions mean something else. */
  void forget() {
    known.clear();
  }

  @Override
  public Expr grouped(Expr e) {
    return insideAggregate ? e : grouping.behind(e);
  }

  /** The columns behind SELECT, matchers expanded. */
  List<Output> outputs() {
    List<Output> outputs = new ArrayList<>();
    aggregatesAllowed = true;
    for (Expression e : select.projection()) {
      if (e.bare() instanceof Matcher m && !(e instanceof Aliased)) {
        for (Matchers.Expanded x : expand(m)) {
          outputs.add(new Output(x.expr(), x.name(), null));
        }
      } else if (e.bare() instanceof FunctionCall f && f.name().equals("untuple")) {
        Untuple.expand(f, e, this, outputs);
      } else {
        String name = e instanceof Aliased a ? a.alias() : ColumnNames.of(e);
        outputs.add(new Output(resolve(e), name, e));
      }
    }
    if (outputs.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.EMPTY_LIST_OF_COLUMNS_QUERIED, "Empty list of columns in SELECT query");
    }
    return outputs;
  }

  List<Matchers.Expanded> expand(Matcher m) {
    List<Matchers.Expanded> out = new ArrayList<>();
    for (Matchers.Item i : Matchers.expand(m, relation, this::typeOf, describe())) {
      out.add(new Matchers.Expanded(resolve(i.expression()), i.name()));
    }
    return out;
  }

  private @Nullable DataType typeOf(Identifier name) {
    Expr e = find(name);
    return e == null ? null : e.type();
  }

  @Override
  public @Nullable Expr find(Identifier name) {
    List<String> parts = name.parts();
    String first = parts.getFirst();
    if (first.startsWith(Matchers.PLACE)) {
      int at = Integer.parseInt(first.substring(Matchers.PLACE.length()));
      return column(relation.columns().get(at));
    }
    boolean columnsFirst = analyzer.context().settings().isOn("prefer_column_name_to_alias");
    Expr e = columnsFirst ? findColumn(parts) : findAlias(parts);
    if (e == null) {
      e = columnsFirst ? findAlias(parts) : findColumn(parts);
    }
    return e == null ? findOutside(name) : e;
  }

  /**
   * What a name means around this query. An alias there whose expression has no meaning there is
   * one for this query's columns: {@code WITH x + 1 AS y}.
   */
  private @Nullable Expr findOutside(Identifier name) {
    Frame frame = outer;
    if (frame == null) {
      return null;
    }
    Expression alias = name.parts().size() == 1 ? frame.alias(name.name()) : null;
    if (alias == null) {
      return frame.find(name);
    }
    try {
      Expr found = frame.find(name);
      if (found != null) {
        return found;
      }
    } catch (LonghouseException e) {
      if (e.code() != ErrorCode.UNKNOWN_IDENTIFIER.code()) {
        throw e;
      }
    }
    return expressions.resolve(alias, this);
  }

  @Override
  public Expr correlated(Subplan subquery) {
    int at = subqueries.indexOf(subquery);
    if (at < 0) {
      at = subqueries.size();
      subqueries.add(subquery);
    }
    return new Expr.Input(Rewrite.SUBQUERY + at, subquery.type());
  }

  /** What a query in this one's FROM sees. */
  Frame forFrom() {
    return new DerivedFrame(this, outer);
  }

  /** Inside of an expression its own alias means a column. */
  @Override
  public Expr aliased(Aliased a) {
    Expression own = aliases.get(a.alias());
    boolean entered = a.expression().equals(own) && resolving.add(a.alias());
    try {
      return expressions.resolve(a.expression(), this);
    } finally {
      if (entered) {
        resolving.remove(a.alias());
      }
    }
  }

  private @Nullable Expr findAlias(List<String> parts) {
    String first = parts.getFirst();
    Expression alias = aliases.get(first);
    if (alias == null || resolving.contains(first)) {
      return null;
    }
    if (alias.bare() instanceof Identifier id && id.parts().equals(parts)) {
      return null;
    }
    resolving.add(first);
    try {
      Expr e = expressions.resolve(alias, this);
      return parts.size() == 1 ? e : Subcolumns.of(e, parts.subList(1, parts.size()));
    } finally {
      resolving.remove(first);
    }
  }

  /** The column of FROM that a name without aliases and subcolumns means; null for none. */
  @Nullable VisibleColumn visible(List<String> parts) {
    for (int qualifier = 0; qualifier < parts.size(); qualifier++) {
      String name = String.join(".", parts.subList(qualifier, parts.size()));
      List<VisibleColumn> found =
          qualifier == 0 ? relation.named(name) : relation.named(parts.subList(0, qualifier), name);
      if (!found.isEmpty()) {
        return found.getFirst();
      }
    }
    return null;
  }

  /** What stands behind OVER, written out. */
  Window.Definition definition(Window window) {
    return switch (window) {
      case Window.Definition d -> d;
      case Window.Reference r -> windows.named(r.name());
    };
  }

  private @Nullable Expr findColumn(List<String> parts) {
    Expr e = findParts(parts);
    if (e != null || parts.stream().noneMatch(p -> p.indexOf('.') > 0)) {
      return e;
    }
    return findParts(List.of(String.join(".", parts).split("\\."))); // a.`b.c` means a.b.c too
  }

  private @Nullable Expr findParts(List<String> parts) {
    for (int qualifier = 0; qualifier < parts.size(); qualifier++) {
      List<String> table = parts.subList(0, qualifier);
      for (int end = parts.size(); end > qualifier; end--) {
        String name = String.join(".", parts.subList(qualifier, end));
        List<VisibleColumn> found =
            qualifier == 0 ? relation.named(name) : relation.named(table, name);
        if (found.isEmpty()) {
          continue;
        }
        VisibleColumn c = single(found, parts);
        Expr e = column(c);
        Expr part = end == parts.size() ? e : Subcolumns.of(e, parts.subList(end, parts.size()));
        if (part != null) {
          return part;
        }
      }
    }
    return null;
  }

  private VisibleColumn single(List<VisibleColumn> found, List<String> parts) {
    if (found.size() > 1 && parts.size() == 1 && !firstWins(found)) {
      throw new LonghouseException(
          ErrorCode.AMBIGUOUS_IDENTIFIER,
          "Identifier '" + String.join(".", parts) + "' is ambiguous. In scope " + describe());
    }
    return found.getFirst();
  }

  /**
   * Equal names of one sub-query mean the same column for whoever reads it; of a single join, the
   * left side's comes first if the setting says so.
   */
  private boolean firstWins(List<VisibleColumn> found) {
    if (found.stream().map(VisibleColumn::qualifiers).distinct().count() == 1
        && !found.getFirst().qualifiers().isEmpty()) {
      return true;
    }
    From from = select.from();
    long joins = from == null ? 0 : from.steps().stream().filter(Join.class::isInstance).count();
    return joins == 0
        || joins == 1 && analyzer.context().settings().isOn("single_join_prefer_left_table");
  }

  /** A column of a relation that is not the current one yet: a side of a join. */
  Expr columnOf(Relation side, VisibleColumn c) {
    Relation before = relation;
    relation = side;
    try {
      return column(c);
    } finally {
      relation = before;
    }
  }

  /**
   * What the select list calls {@code name}, as a column of one side of a join; null unless {@code
   * analyzer_compatibility_join_using_top_level_identifier} lets USING mean it.
   */
  @Nullable VisibleColumn named(Relation side, String name) {
    Expression alias = aliases.get(name);
    if (alias == null
        || !analyzer
            .context()
            .settings()
            .isOn("analyzer_compatibility_join_using_top_level_identifier")) {
      return null;
    }
    Relation before = relation;
    relation = side;
    try {
      Expr e = expressions.resolve(alias, new TableFrame(this, List.of()));
      return new VisibleColumn(List.of(), name, -1, e.type(), alias, false, false);
    } finally {
      relation = before;
    }
  }

  private Expr column(VisibleColumn c) {
    Expression alias = c.alias();
    if (alias == null) {
      return new Expr.Input(c.index(), c.type());
    }
    Expr e = expressions.resolve(alias, new TableFrame(this, c.qualifiers()));
    return e.type().equals(c.type())
        ? e
        : expressions.call(
            "_CAST", e, Literals.constant(io.longhouse.sql.ast.Literal.of(c.type().name())));
  }

  @Override
  public Expr aggregate(FunctionCall f) {
    if (insideAggregate) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_AGGREGATION,
          "Aggregate function "
              + Formatter.formatOneLine(f)
              + " is found inside another aggregate function in query");
    }
    if (!aggregatesAllowed) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_AGGREGATION,
          "Aggregate function " + Formatter.formatOneLine(f) + " is found in WHERE in query");
    }
    if (f.name().equals("grouping")) {
      return grouping.call(f);
    }
    insideAggregate = true;
    try {
      Plan.AggregateCall call = aggregateCall(f);
      int at = indexOf(call);
      if (at < 0) {
        at = aggregates.size();
        aggregates.add(call);
      }
      if (shard != null && shard.isMergeable()) {
        called.add(new CalledAggregate(f, at, stateOf(f, call, shard)));
      }
      return new Expr.Input(Rewrite.AGGREGATE + at, call.type());
    } finally {
      insideAggregate = false;
    }
  }

  private AggregateFunction stateOf(FunctionCall f, Plan.AggregateCall call, ShardQuery asked) {
    List<DataType> types = call.arguments().stream().map(Expr::type).toList();
    List<DataType> named =
        asked.analyzed() ? null : call.arguments().stream().map(NormalizedNames::typeOf).toList();
    return Aggregates.state(analyzer.aggregateName(f), parameters(f), types, named);
  }

  private int indexOf(Plan.AggregateCall call) {
    for (int i = 0; i < aggregates.size(); i++) {
      Plan.AggregateCall a = aggregates.get(i);
      if (a.name().equals(call.name()) && a.arguments().equals(call.arguments())) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The call with its function resolved; its name tells parameters too, so that equal ones meet.
   */
  Plan.AggregateCall aggregateCall(FunctionCall f) {
    List<Argument> parameters = parameters(f);
    List<Expression> args = f.arguments();
    if (args.size() == 1
        && args.getFirst().bare() instanceof Matcher.Asterisk
        && f.name().toLowerCase(java.util.Locale.ROOT).startsWith("count")) {
      args = List.of();
    }
    List<Expr> arguments = expressions.arguments(args, this);
    String name = analyzer.aggregateName(f);
    AggregateFunction function =
        Aggregates.resolve(name, parameters, arguments.stream().map(Expr::type).toList());
    List<Expression> written = f.parameters() == null ? List.of() : f.parameters();
    String key = name + written.stream().map(Formatter::formatOneLine).toList();
    return new Plan.AggregateCall(key, function, parameters, arguments);
  }

  private List<Argument> parameters(FunctionCall f) {
    List<Argument> parameters = new ArrayList<>();
    List<Expression> written = f.parameters() == null ? List.of() : f.parameters();
    for (Expression p : written) {
      Expr e = expressions.resolve(p, this);
      if (!(e instanceof Expr.Constant)) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Parameters of aggregate function " + f.name() + " must be constant");
      }
      parameters.add(e.asArgument());
    }
    return parameters;
  }

  @Override
  public Expr window(FunctionCall call) {
    return windows.add(call);
  }

  @Override
  public Expr arrayJoin(Expr array) {
    DataType element =
        switch (array.type()) {
          case ArrayType a -> a.element();
          case MapType m -> m.entries().element();
          default ->
              throw new LonghouseException(
                  ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
                  "Argument for function arrayJoin must be Array, found " + array.type().name());
        };
    var pending = new PendingArrayJoin(array, element);
    int at = arrayJoins.indexOf(pending);
    if (at < 0) {
      at = arrayJoins.size();
      arrayJoins.add(pending);
    }
    return new Expr.Input(Rewrite.ARRAY + at, element);
  }

  @Override
  public @Nullable NamedQuery namedQuery(String name) {
    NamedQuery q = namedQueries.get(name);
    return q != null || outer == null ? q : outer.namedQuery(name);
  }

  @Override
  public @Nullable Expression alias(String name) {
    Expression own = aliases.get(name);
    return own != null || outer == null ? own : outer.alias(name);
  }

  @Override
  public String describe() {
    return Formatter.formatOneLine(select);
  }

  /** The name of a column of FROM, for messages. */
  String columnName(int index) {
    for (VisibleColumn c : relation.columns()) {
      if (c.index() == index) {
        return c.name();
      }
    }
    Header h = relation.plan().header();
    return index < h.size() ? h.name(index) : "arrayJoin";
  }

  /** The key that tells grouping sets apart, as an input of the aggregation's kind. */
  static Expr groupingSet() {
    return new Expr.Input(Rewrite.AGGREGATE - 1, IntegerType.UINT64);
  }
}
