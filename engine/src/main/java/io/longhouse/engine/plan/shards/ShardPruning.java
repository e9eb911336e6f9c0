package io.longhouse.engine.plan.shards;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Conditions;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.table.DistributedSource;
import io.longhouse.engine.table.DistributedSource.ShardRef;
import io.longhouse.function.Functions;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code optimize_skip_unused_shards}: shards that can have none of the rows that a condition
 * leaves are not asked. What counts is which values the sharding key's columns can have: those that
 * equalities and IN of the condition allow, through AND and OR.
 */
final class ShardPruning {
  private final Plan.Scan scan;
  private final DistributedSource.Routing routing;
  private final QueryContext context;
  private final long valuesMax;

  /** Values of columns of the scan, by their place. */
  private record Row(Map<Integer, Expr.Constant> values) {}

  private ShardPruning(Plan.Scan scan, DistributedSource.Routing routing, QueryContext context) {
    this.scan = scan;
    this.routing = routing;
    this.context = context;
    this.valuesMax = context.settings().number("optimize_skip_unused_shards_limit");
  }

  /**
   * The shards to ask.
   *
   * @param depth how many distributed tables are around, this one included
   * @throws LonghouseException UNABLE_TO_SKIP_UNUSED_SHARDS (507)
   */
  static List<ShardRef> left(
      Plan.Scan scan, DistributedSource source, int depth, QueryContext context) {
    List<ShardRef> all = source.shards(context);
    Settings settings = context.settings();
    if (!isOn("optimize_skip_unused_shards", "optimize_skip_unused_shards_nesting", depth, settings)
        || all.size() <= 1) {
      return all;
    }
    DistributedSource.Routing routing = source.routing(context);
    boolean usable =
        routing != null
            && (Exprs.isStable(routing.key())
                || settings.isOn("allow_nondeterministic_optimize_skip_unused_shards"));
    Set<Integer> left =
        routing != null && usable && scan.request().filter() != null
            ? new ShardPruning(scan, routing, context).shards(scan.request().filter())
            : null;
    if (left != null) {
      return all.stream().filter(s -> left.contains(s.number())).toList();
    }
    long force = settings.number("force_optimize_skip_unused_shards");
    boolean forced =
        isOn(
            "force_optimize_skip_unused_shards",
            "force_optimize_skip_unused_shards_nesting",
            depth,
            settings);
    if (forced && (force > 1 || routing != null)) {
      throw new LonghouseException(
          ErrorCode.UNABLE_TO_SKIP_UNUSED_SHARDS,
          routing == null
              ? "No sharding key"
              : usable
                  ? "Sharding key of table " + source.id() + " is not used"
                  : "Sharding key of table " + source.id() + " is not deterministic");
    }
    return all;
  }

  private static boolean isOn(String name, String nesting, int depth, Settings settings) {
    long levels = settings.number(nesting);
    return !settings.text(name).equals("0") && (levels == 0 || depth <= levels);
  }

  /** Null when the condition does not say. */
  private @Nullable Set<Integer> shards(Expr condition) {
    List<Row> rows = rows(condition);
    if (rows == null) {
      return null;
    }
    if (rows.isEmpty()) {
      return Set.of();
    }
    Set<Integer> inputs = Exprs.inputs(routing.key());
    Column[] columns = new Column[routing.columns().size()];
    for (int i : inputs) {
      int place = scan.request().columns().indexOf(routing.columns().get(i));
      if (place < 0) {
        return null;
      }
      ColumnBuilder b = scan.header().type(place).newBuilder(rows.size());
      for (Row r : rows) {
        Expr.Constant value = r.values.get(place);
        if (value == null) {
          return null;
        }
        b.append(value.value().full(), 0);
      }
      columns[i] = b.build();
    }
    int[] used = inputs.stream().mapToInt(Integer::intValue).toArray();
    Column[] given = new Column[used.length];
    Map<Integer, Integer> places = new HashMap<>();
    for (int i = 0; i < used.length; i++) {
      given[i] = columns[used[i]];
      places.put(used[i], i);
    }
    Expr key = Exprs.map(routing.key(), places::get);
    Column keys = new Program(List.of(key)).evaluate(new Block(given, rows.size()))[0];
    return routing.shardsOf(keys, rows.size());
  }

  /** The combinations of values that rows can have for which the condition holds; null for any. */
  private @Nullable List<Row> rows(Expr e) {
    return switch (e) {
      case Expr.Call c when c.name().equals("and") -> both(c.arguments());
      case Expr.Call c when c.name().equals("or") -> either(c.arguments());
      case Expr.Call c when c.name().equals("equals") ->
          equal(c.arguments().get(0), c.arguments().get(1));
      case Expr.Call c when Functions.unwrap(c.function()) instanceof KnownSet set ->
          set.isNegated() || set.hasNulls() ? null : among(c.arguments().getFirst(), set);
      case Expr.Call _, Expr.Constant _, Expr.HigherOrder _, Expr.Input _ -> null;
    };
  }

  private @Nullable List<Row> both(List<Expr> operands) {
    List<Row> all = null;
    for (Expr operand : operands) {
      List<Row> own = rows(operand);
      if (own == null) {
        continue;
      }
      List<Row> joined = all == null ? own : joined(all, own);
      // Any of the conditions alone rules out shards too.
      all = joined == null ? all : joined;
    }
    return all;
  }

  private @Nullable List<Row> joined(List<Row> a, List<Row> b) {
    if ((long) a.size() * b.size() > valuesMax) {
      return null;
    }
    List<Row> joined = new ArrayList<>();
    for (Row x : a) {
      for (Row y : b) {
        Map<Integer, Expr.Constant> values = new HashMap<>(x.values);
        boolean agree =
            y.values.entrySet().stream()
                .allMatch(v -> {
                  Expr.Constant known = values.putIfAbsent(v.getKey(), v.getValue());
                  return known == null || known.equals(v.getValue());
                });
        if (agree) {
          joined.add(new Row(values));
        }
      }
    }
    return joined;
  }

  private @Nullable List<Row> either(List<Expr> operands) {
    List<Row> all = new ArrayList<>();
    for (Expr operand : operands) {
      List<Row> own = rows(operand);
      if (own == null || all.size() + own.size() > valuesMax) {
        return null;
      }
      all.addAll(own);
    }
    return all;
  }

  private @Nullable List<Row> equal(Expr a, Expr b) {
    if (a instanceof Expr.Input i && b instanceof Expr.Constant c) {
      return rows(i, c);
    }
    return b instanceof Expr.Input i && a instanceof Expr.Constant c ? rows(i, c) : null;
  }

  private @Nullable List<Row> rows(Expr.Input column, Expr.Constant value) {
    Expr.Constant own = converted(value, column.type());
    return own == null ? List.of() : List.of(new Row(Map.of(column.index(), own)));
  }

  private @Nullable List<Row> among(Expr left, KnownSet set) {
    List<Expr> parts =
        left instanceof Expr.Call c && c.name().equals("tuple") ? c.arguments() : List.of(left);
    Column[] elements = set.allElements();
    int size = elements[0].size();
    if (size > valuesMax
        || parts.size() != elements.length
        || !parts.stream().allMatch(Expr.Input.class::isInstance)) {
      return null;
    }
    List<Row> all = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      Map<Integer, Expr.Constant> values = new HashMap<>();
      for (int k = 0; k < elements.length; k++) {
        var value = new Expr.Constant(elements[k].slice(row, 1), set.elementTypes().get(k));
        Expr.Constant own = converted(value, parts.get(k).type());
        if (own != null) {
          values.put(((Expr.Input) parts.get(k)).index(), own);
        }
      }
      if (values.size() == elements.length) {
        all.add(new Row(values));
      }
    }
    return all;
  }

  /** The value as one of the column; null when the column cannot have it. */
  private Expr.@Nullable Constant converted(Expr.Constant value, DataType type) {
    if (value.value().full().isNullAt(0)) {
      return null;
    }
    if (value.type().equals(type)) {
      return value;
    }
    DataType bare = NullableType.strip(LowCardinalityType.strip(type));
    Expr exact =
        bare.canBeInsideNullable()
            ? Conditions.converted("accurateCastOrNull", value, bare, context)
            : Conditions.converted("_CAST", value, bare, context);
    Column v = Program.constant(exact);
    return v.full().isNullAt(0)
        ? null
        : new Expr.Constant(
            Program.constant(
                Conditions.converted("_CAST", new Expr.Constant(v, exact.type()), type, context)),
            type);
  }
}
