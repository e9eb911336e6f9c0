package io.longhouse.engine.plan.shards;

import io.longhouse.engine.plan.Conditions;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.engine.plan.Optimizer;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.DistributedSource;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.TableId;
import io.longhouse.function.Argument;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.ArrayJoin;
import io.longhouse.sql.ast.Children;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.GroupBy;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Join;
import io.longhouse.sql.ast.Limit;
import io.longhouse.sql.ast.LimitBy;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.OrderItem;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.SetOperation;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.Subquery;
import io.longhouse.sql.ast.TableExpression;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Steps of a plan as a query for a shard. Columns of the query's answer are those of the last step,
 * in their order.
 */
final class SelectWriter {
  /** Longer texts are not made by putting expressions into others. */
  private static final int NODES_MAX = 2000;

  private final Plan.@Nullable Scan main;
  private final int shard;
  private final ExprWriter expressions;
  private final boolean joinUseNulls;
  private int names;

  /**
   * @param main the read of the table that stands for each shard's
   * @param shard the number of the one that is asked
   * @param joinUseNulls the setting that is sent along
   */
  SelectWriter(Plan.@Nullable Scan main, int shard, int shardCount, boolean joinUseNulls) {
    this.main = main;
    this.shard = shard;
    this.joinUseNulls = joinUseNulls;
    this.expressions = new ExprWriter(shard, shardCount, p -> query(Optimizer.allowed(p)));
  }

  /** Whether there is a query for these steps over tables that every server has. */
  static boolean canWrite(Plan plan) {
    return canWrite(plan, null);
  }

  /**
   * Whether there is a query for these steps.
   *
   * @param main the read of the table that stands for each shard's; null for none
   */
  static boolean canWrite(Plan plan, Plan.@Nullable Scan main) {
    try {
      new SelectWriter(main, 1, 1, false).query(plan);
      return true;
    } catch (NotWritten e) {
      return false;
    }
  }

  /**
   * A condition over columns.
   *
   * @throws LonghouseException NOT_IMPLEMENTED (48) when no query says it
   */
  static Expression condition(
      Expr condition, DistributedSource.ShardRef shard, List<Expression> columns) {
    try {
      return new SelectWriter(null, shard.number(), 1, false)
          .expressions.write(ShardSet.settled(condition), columns);
    } catch (NotWritten e) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "PREWHERE of a distributed table with FINAL cannot be sent to shards: " + e.getMessage(),
          e);
    }
  }

  /** The blocks that the query needs as tables. */
  Map<String, Plan.Values> sent() {
    return expressions.sent();
  }

  /**
   * The query.
   *
   * @throws NotWritten when there is none
   */
  Query query(Plan plan) {
    return level(plan).query();
  }

  private Level level(Plan plan) {
    return switch (plan) {
      case Plan.OneRow _ -> new Level(new From(named("system", "one"), List.of()), List.of());
      case Plan.Scan s -> scan(s);
      case Plan.Secured s -> level(s.input());
      case Plan.Filter f -> filter(level(f.input()), f.condition());
      case Plan.Project p -> project(level(p.input()), p);
      case Plan.ArrayJoin a -> arrayJoin(level(a.input()), a);
      case Plan.Aggregate a -> aggregate(level(a.input()), a);
      case Plan.Distinct d -> distinct(level(d.input()), d);
      case Plan.Sort s -> sort(level(s.input()), s);
      case Plan.Limit l -> limit(level(l.input()), l);
      case Plan.LimitBy l -> limitBy(level(l.input()), l);
      case Plan.Join j -> join(j);
      case Plan.Union u -> union(u);
      case Plan.Values _, Plan.Remote _, Plan.Guarded _, Plan.LateColumns _, Plan.Slice _ ->
          throw new NotWritten(plan.getClass().getSimpleName());
      case Plan.SetDifference _, Plan.Window _, Plan.Fill _, Plan.Scoped _ ->
          throw new NotWritten(plan.getClass().getSimpleName());
    };
  }

  private static TableExpression named(String database, String table) {
    return TableExpression.of(new TableExpression.NamedTable(Identifier.of(database, table)));
  }

  private Level scan(Plan.Scan s) {
    ScanRequest r = s.request();
    TableExpression.Ratio share = r.sample() == null ? null : r.sample().share();
    TableExpression.Ratio offset = r.sample() == null ? null : r.sample().offset();
    var table = new TableExpression(tableOf(s), null, null, r.isFinal(), null, share, offset);
    List<Expression> columns = new ArrayList<>();
    for (int i = 0; i < r.columns().size(); i++) {
      String name = r.columns().get(i);
      columns.add(
          s == main && name.equals(DistributedSource.SHARD_NUM)
              ? ConstantWriter.cast(Literal.of(shard), s.header().type(i))
              : Identifier.of(name));
    }
    var level = new Level(new From(table, List.of()), columns);
    if (r.prewhere() != null) {
      level.prewhere = expressions.write(r.prewhere(), columns);
    }
    return r.filter() == null ? level : filter(level, r.filter());
  }

  private TableExpression.TableSource tableOf(Plan.Scan s) {
    if (s == main && s.table() instanceof DistributedSource d) {
      return d.source();
    }
    TableId id = s.table().id();
    if (id.database().isEmpty() || id.database().startsWith("_t")) {
      throw new NotWritten("table " + id);
    }
    return new TableExpression.NamedTable(Identifier.of(id.database(), id.name()));
  }

  /** The same SELECT if none of its steps comes after those of a phase, else one around it. */
  private Level upTo(Level in, Level.Phase last) {
    return in.phase.compareTo(last) <= 0 ? in : around(in);
  }

  private Level around(Level in) {
    return in.around(names++);
  }

  private Level filter(Level in, Expr condition) {
    boolean groups = in.phase == Level.Phase.GROUPS;
    Level l = groups ? in : upTo(in, Level.Phase.ROWS);
    Level out = l.with(l.columns);
    for (Expr c : Conditions.conjunctsOf(condition)) {
      (groups ? out.having : out.where).add(expressions.write(c, l.columns));
    }
    return out;
  }

  private Level project(Level in, Plan.Project p) {
    Level l = in.phase == Level.Phase.DISTINCT || in.distinct ? around(in) : in;
    List<Expression> columns = expressions.writeAll(p.expressions(), l.columns);
    if (isLong(columns)) {
      l = around(l);
      columns = expressions.writeAll(p.expressions(), l.columns);
    }
    return l.with(columns);
  }

  private static boolean isLong(List<Expression> columns) {
    int[] left = {NODES_MAX};
    columns.forEach(c -> count(c, left));
    return left[0] <= 0;
  }

  private static void count(Expression e, int[] left) {
    if (--left[0] > 0) {
      Children.forEachChild(e, c -> count(c, left));
    }
  }

  private Level arrayJoin(Level in, Plan.ArrayJoin a) {
    Level l = upTo(in, Level.Phase.ROWS);
    List<Expression> columns = new ArrayList<>(l.columns);
    List<Expression> arrays = new ArrayList<>();
    for (int at : a.columns()) {
      String name = "__a" + names++;
      arrays.add(new Aliased(columns.get(at), name));
      columns.set(at, Identifier.of(name));
    }
    List<From.Step> steps = new ArrayList<>(l.from.steps());
    steps.add(new ArrayJoin(a.left(), arrays));
    return l.with(new From(l.from.first(), steps), columns);
  }

  private Level aggregate(Level in, Plan.Aggregate a) {
    if (a.hasGroupingSets() || a.totals() || a.keys().isEmpty() && a.aggregates().isEmpty()) {
      throw new NotWritten("grouping sets");
    }
    Level l = upTo(in, Level.Phase.ROWS);
    List<Expression> keys = expressions.writeAll(a.keys(), l.columns);
    if (keys.stream().anyMatch(SelectWriter::hasSubquery)) {
      return aggregate(computed(l, keys), withKeys(a));
    }
    List<Expression> columns = new ArrayList<>(keys);
    for (Plan.AggregateCall c : a.aggregates()) {
      columns.add(call(c, l.columns));
    }
    Level out = l.with(columns);
    out.phase = Level.Phase.GROUPS;
    out.groupBy =
        keys.isEmpty() ? null : new GroupBy(GroupBy.Kind.PLAIN, List.of(keys(a, keys)), false);
    return a.having() == null ? out : filter(out, a.having());
  }

  private static boolean hasSubquery(Expression e) {
    boolean[] found = {e instanceof Subquery};
    Children.forEachChild(e, c -> found[0] |= hasSubquery(c));
    return found[0];
  }

  /** A SELECT of the keys, then of the arguments' columns: a set is made once for each text. */
  private Level computed(Level l, List<Expression> keys) {
    List<Expression> all = new ArrayList<>(keys);
    all.addAll(l.columns);
    return around(l.with(all));
  }

  /** The aggregation where its keys stand before the columns. */
  private static Plan.Aggregate withKeys(Plan.Aggregate a) {
    List<Expr> keys = new ArrayList<>();
    for (int i = 0; i < a.keys().size(); i++) {
      keys.add(new Expr.Input(i, a.keys().get(i).type()));
    }
    int shift = keys.size();
    return new Plan.Aggregate(
        a.input(),
        keys,
        a.groupingSets(),
        a.aggregates().stream()
            .map(c -> c.of(c.arguments().stream().map(e -> Exprs.shift(e, shift)).toList()))
            .toList(),
        a.having(),
        a.totals(),
        a.header());
  }

  /** A number alone would be a place in the list of columns. */
  private static List<Expression> keys(Plan.Aggregate a, List<Expression> written) {
    List<Expression> keys = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      if (!(a.keys().get(i) instanceof Expr.Constant)) {
        keys.add(written.get(i));
      }
    }
    return keys.isEmpty()
        ? List.of(FunctionCall.call("materialize", NumberLiteral.unsigned(0)))
        : keys;
  }

  private Expression call(Plan.AggregateCall c, List<Expression> inputs) {
    List<Expression> parameters = new ArrayList<>();
    for (Argument p : c.parameters()) {
      parameters.add(ConstantWriter.of(java.util.Objects.requireNonNull(p.constant()), p.type()));
    }
    return new FunctionCall(
        c.functionName(),
        parameters.isEmpty() ? null : parameters,
        expressions.writeAll(c.arguments(), inputs),
        FunctionCall.Form.CALL,
        FunctionCall.NullsAction.DEFAULT,
        null);
  }

  private Level distinct(Level in, Plan.Distinct d) {
    Level l = upTo(in, Level.Phase.GROUPS);
    if (d.keys().size() != l.columns.size()) {
      throw new NotWritten("DISTINCT of some columns");
    }
    Level out = l.with(l.columns);
    out.distinct = true;
    out.phase = Level.Phase.DISTINCT;
    if (d.limit() > 0) {
      out.limit = new Limit(NumberLiteral.unsigned(d.limit()), null, false);
      out.phase = Level.Phase.LIMIT;
    }
    return out;
  }

  private Level sort(Level in, Plan.Sort s) {
    Level l = upTo(in, Level.Phase.DISTINCT);
    Level out = l.with(l.columns);
    out.orderBy = order(s.keys(), l.columns);
    out.phase = Level.Phase.ORDER;
    if (s.limit() > 0) {
      out.limit = new Limit(NumberLiteral.unsigned(s.limit()), null, false);
      out.phase = Level.Phase.LIMIT;
    }
    return out;
  }

  private static List<OrderItem> order(List<Plan.SortKey> keys, List<Expression> columns) {
    List<OrderItem> items = new ArrayList<>();
    for (Plan.SortKey k : keys) {
      Expression e = columns.get(k.column());
      if (!(e instanceof Literal)) {
        items.add(
            new OrderItem(
                e,
                k.descending() ? OrderItem.Direction.DESC : OrderItem.Direction.ASC,
                k.nullsFirst() ? OrderItem.Nulls.FIRST : OrderItem.Nulls.LAST,
                k.collation() == null ? null : Literal.of(k.collation()),
                null));
      }
    }
    return items;
  }

  private Level limit(Level in, Plan.Limit limit) {
    if (!limit.ties().isEmpty()) {
      throw new NotWritten("LIMIT WITH TIES");
    }
    boolean sorted = in.phase == Level.Phase.LIMIT && sortedFor(in, limit);
    Level l = sorted ? in : upTo(in, Level.Phase.LIMIT_BY);
    Level out = l.with(l.columns);
    Expression offset = limit.offset() == 0 ? null : NumberLiteral.unsigned(limit.offset());
    out.limit = new Limit(NumberLiteral.unsigned(limit.limit()), offset, false);
    out.phase = Level.Phase.LIMIT;
    return out;
  }

  /** Whether the limit there is is the sort's for this one. */
  private static boolean sortedFor(Level in, Plan.Limit limit) {
    return in.limit != null
        && in.limit.offset() == null
        && in.limit.limit() instanceof NumberLiteral n
        && n.bits() == limit.limit() + limit.offset()
        && in.limitBy == null;
  }

  private Level limitBy(Level in, Plan.LimitBy by) {
    if (by.limit() < 0 || by.offset() < 0) {
      throw new NotWritten("LIMIT BY from the end");
    }
    Level l = upTo(in, Level.Phase.ORDER);
    Level out = l.with(l.columns);
    Expression offset = by.offset() == 0 ? null : NumberLiteral.unsigned(by.offset());
    List<Expression> keys = new ArrayList<>();
    by.keys().forEach(k -> keys.add(l.columns.get(k)));
    keys.removeIf(Literal.class::isInstance);
    if (keys.isEmpty()) {
      throw new NotWritten("LIMIT BY of constants");
    }
    out.limitBy = new LimitBy(NumberLiteral.unsigned(by.limit()), offset, keys, false);
    out.phase = Level.Phase.LIMIT_BY;
    return out;
  }

  private Level union(Plan.Union u) {
    List<Query> queries = new ArrayList<>();
    int number = names++;
    for (Plan in : u.inputs()) {
      Level l = level(in);
      queries.add(((TableExpression.Derived) l.derived(number, null).source()).query());
    }
    Query all =
        new SetOperation(
            queries, Collections.nCopies(queries.size() - 1, SetOperation.Operator.UNION_ALL));
    var from = TableExpression.of(new TableExpression.Derived(all));
    return new Level(new From(from, List.of()), Level.names(u.header().size(), number, null));
  }

  private Level join(Plan.Join j) {
    if (j.kind() == Plan.JoinKind.PASTE || j.global()) {
      throw new NotWritten("a join that is not for shards");
    }
    int l = names++;
    int r = names++;
    String leftName = "__t" + l;
    String rightName = "__t" + r;
    Level left = level(j.left());
    Level right = withCopies(level(j.right()), j.rightKeys());
    List<Expression> keys = new ArrayList<>(Level.names(left.columns.size(), l, leftName));
    int leftSize = keys.size();
    keys.addAll(Level.names(right.columns.size(), r, rightName));
    int rightSize = right.columns.size() - j.rightKeys().size();
    List<Expression> columns = new ArrayList<>(keys.subList(0, leftSize + rightSize));
    for (int i = 0; i < j.rightKeys().size(); i++) {
      columns.set(leftSize + j.rightKeys().get(i), keys.get(leftSize + rightSize + i));
    }
    var step =
        new Join(
            Join.Locality.UNSPECIFIED,
            false,
            strictness(j),
            kind(j.kind()),
            right.derived(r, rightName),
            on(j, keys, columns, leftSize),
            null);
    var level = new Level(new From(left.derived(l, leftName), List.of(step)), columns);
    if (leavesUnmatched(j.kind()) && j.nulls() != joinUseNulls) {
      level.settings =
          List.of(new Setting("join_use_nulls", NumberLiteral.unsigned(j.nulls() ? 1 : 0)));
    }
    return level;
  }

  private static boolean leavesUnmatched(Plan.JoinKind kind) {
    return switch (kind) {
      case LEFT, RIGHT, FULL -> true;
      case INNER, CROSS, PASTE -> false;
    };
  }

  /**
   * Right keys once more behind the other columns: in 18.16 a key of the right side that is read
   * above the join makes rows of the left side come through that have no match.
   */
  private static Level withCopies(Level right, List<Integer> keys) {
    List<Expression> all = new ArrayList<>(right.columns);
    keys.forEach(k -> all.add(right.columns.get(k)));
    return right.with(all);
  }

  /**
   * @param keys what the keys are places in, the left ones and from {@code leftSize} on the right
   * @param columns what the residual is over
   */
  private @Nullable Expression on(
      Plan.Join j, List<Expression> keys, List<Expression> columns, int leftSize) {
    List<Expression> conditions = new ArrayList<>();
    for (int i = 0; i < j.leftKeys().size(); i++) {
      boolean last = i == j.leftKeys().size() - 1;
      String how = last && j.asof() != null ? j.asof() : "equals";
      conditions.add(
          FunctionCall.operator(
              how, keys.get(j.leftKeys().get(i)), keys.get(leftSize + j.rightKeys().get(i))));
    }
    if (j.residual() != null) {
      for (Expr c : Conditions.conjunctsOf(j.residual())) {
        conditions.add(expressions.write(c, columns));
      }
    }
    if (j.kind() == Plan.JoinKind.CROSS) {
      if (!conditions.isEmpty()) {
        throw new NotWritten("CROSS JOIN with a condition");
      }
      return null;
    }
    return conditions.size() == 1
        ? conditions.getFirst()
        : FunctionCall.operator("and", conditions);
  }

  private static Join.Strictness strictness(Plan.Join j) {
    if (j.kind() == Plan.JoinKind.CROSS) {
      return Join.Strictness.UNSPECIFIED;
    }
    return switch (j.strictness()) {
      case ALL -> Join.Strictness.ALL;
      case ANY -> Join.Strictness.ANY;
      case SEMI -> Join.Strictness.SEMI;
      case ANTI -> Join.Strictness.ANTI;
      case ASOF -> Join.Strictness.ASOF;
    };
  }

  private static Join.Kind kind(Plan.JoinKind kind) {
    return switch (kind) {
      case INNER -> Join.Kind.INNER;
      case LEFT -> Join.Kind.LEFT;
      case RIGHT -> Join.Kind.RIGHT;
      case FULL -> Join.Kind.FULL;
      case CROSS -> Join.Kind.CROSS;
      case PASTE -> throw new NotWritten("PASTE JOIN");
    };
  }
}
