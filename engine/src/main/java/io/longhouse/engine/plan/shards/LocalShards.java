package io.longhouse.engine.plan.shards;

import io.longhouse.column.Int32Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Conditions;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.plan.PlanRewriter;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.DistributedSource;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.TableExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Shards of which this server is a replica are read in its own process: their table, with its
 * grants and policies, takes the place of the distributed one.
 */
public final class LocalShards {
  /** Tables that stand for one another, seen from the outermost one. */
  private static final ScopedValue<Integer> DEPTH = ScopedValue.newInstance();

  private final QueryContext context;
  private final Analyzer analyzer;

  LocalShards(QueryContext context) {
    this.context = context;
    this.analyzer = context.require(StatementContext.class).analyzer();
  }

  /**
   * The plan with the tables of this server in it wherever no other server is asked: what remains
   * to be optimised is then a plan like any other.
   */
  public static Plan apply(Plan plan, QueryContext context) {
    return !Shards.areReadBy(plan) || Shards.callsShardNum(plan)
        ? plan
        : new LocalShards(context).inPlace(plan);
  }

  private Plan inPlace(Plan plan) {
    if (plan instanceof Plan.Scoped s) {
      var inside = new LocalShards(context.with(s.settings()));
      return new Plan.Scoped(inside.inPlace(s.input()), s.settings());
    }
    if (!(plan instanceof Plan.Scan s
        && s.table() instanceof DistributedSource d
        && context.settings().number("distributed_group_by_no_merge") == 0
        && !context.settings().isOn("optimize_skip_unused_shards"))) {
      return PlanRewriter.mapInputs(plan, this::inPlace);
    }
    List<DistributedSource.ShardRef> shards = d.shards(context);
    if (shards.isEmpty() || shards.stream().anyMatch(x -> !x.isLocal())) {
      return s;
    }
    List<Plan> all = new ArrayList<>();
    for (DistributedSource.ShardRef shard : shards) {
      all.add(deeper(d, () -> inPlace(rows(s, d, shard))));
    }
    return all.size() == 1 ? all.getFirst() : new Plan.Union(all, s.header());
  }

  /** The steps of a shard over this server's table, not optimised. */
  Plan steps(ShardRows rows, DistributedSource.ShardRef shard) {
    Plan mine = replaced(rows.plan(), rows.scan(), rows(rows.scan(), rows.source(), shard));
    return PlanRewriter.mapExpressions(
        mine, e -> numbered(e, shard.number(), rows.shards().size()));
  }

  private static Plan replaced(Plan plan, Plan.Scan scan, Plan by) {
    return plan == scan ? by : PlanRewriter.mapInputs(plan, in -> replaced(in, scan, by));
  }

  private static Expr numbered(Expr e, int shard, int count) {
    if (e instanceof Expr.Call c && c.arguments().isEmpty()) {
      return switch (c.name()) {
        case "shardNum" -> new Expr.Constant(Int32Column.of(shard), IntegerType.UINT32);
        case "shardCount" -> new Expr.Constant(Int32Column.of(count), IntegerType.UINT32);
        default -> c;
      };
    }
    return e.mapChildren(c -> numbered(c, shard, count));
  }

  /**
   * What is done one table deeper.
   *
   * @throws LonghouseException TOO_LARGE_DISTRIBUTED_DEPTH (581)
   */
  Plan deeper(DistributedSource source, Supplier<Plan> inside) {
    int depth = depth();
    long max = context.settings().number("max_distributed_depth");
    if (max > 0 && depth > max) {
      throw new LonghouseException(
          ErrorCode.TOO_LARGE_DISTRIBUTED_DEPTH,
          "Maximum distributed depth exceeded: table " + source.id() + " leads back to itself");
    }
    return ScopedValue.where(DEPTH, depth).call(inside::get);
  }

  /** How many distributed tables there are around, the next one included. */
  static int depth() {
    return DEPTH.isBound() ? DEPTH.get() + 1 : 1;
  }

  /** The rows of a scan as this server has them. */
  private Plan rows(Plan.Scan s, DistributedSource source, DistributedSource.ShardRef shard) {
    return policed(s, read(s, source, shard));
  }

  private Plan read(Plan.Scan s, DistributedSource source, DistributedSource.ShardRef shard) {
    ScanRequest r = s.request();
    List<Expression> columns = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < r.columns().size(); i++) {
      String name = r.columns().get(i);
      boolean number = name.equals(DistributedSource.SHARD_NUM);
      columns.add(number ? Literal.of(shard.number()) : Identifier.of(name));
      types.add(s.header().type(i));
      names.add(s.header().name(i));
    }
    var sample = r.sample();
    var table =
        new TableExpression(
            source.source(),
            null,
            null,
            r.isFinal(),
            null,
            sample == null ? null : sample.share(),
            sample == null ? null : sample.offset());
    Expression before =
        r.prewhere() == null ? null : SelectWriter.condition(r.prewhere(), shard, columns);
    Select all =
        Select.of(columns.isEmpty() ? List.of(Literal.of(1)) : columns, new From(table, List.of()))
            .withPrewhere(before);
    Plan read = analyzerOf(source).written(all);
    return columns.isEmpty()
        ? new Plan.Project(read, List.of(), s.header())
        : analyzer.converted(read, types, names);
  }

  /** A view's definer reads what stands behind a distributed table too. */
  private Analyzer analyzerOf(DistributedSource source) {
    return source instanceof SourceReadAs s
        ? context.require(StatementContext.class).analyzer().readingAs(s.access())
        : analyzer;
  }

  /** The rows that the policies of the distributed table and the conditions put to it leave. */
  private static Plan policed(Plan.Scan s, Plan all) {
    ScanRequest r = s.request();
    if (r.filter() == null) {
      return all;
    }
    Plan left = all;
    List<Expr> conditions = Conditions.conjunctsOf(r.filter());
    for (Expr c : conditions.subList(0, r.policyParts())) {
      left = new Plan.Guarded(left, c, s.table().id());
    }
    for (Expr c : conditions.subList(r.policyParts(), conditions.size())) {
      left = new Plan.Filter(left, c);
    }
    return left;
  }
}
