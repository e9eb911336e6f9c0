package io.longhouse.engine.plan;

import io.longhouse.column.Header;
import io.longhouse.function.expr.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The order in which tables written with commas are joined: the largest is read through, the others
 * are looked up in it one after the other, next the one after which the fewest rows are expected.
 * So no product is formed of tables that a third one connects.
 *
 * <p>A guess at rows: of columns that are equal in the end, no more different values than the
 * smallest of their tables has rows; a comparison keeps a fixed share. Few rows in all keep the
 * written order, unless that order has a product which another has not.
 */
final class JoinOrder {
  private static final long ROWS_WORTH_IT = 100_000;

  /** How many rows there are in a table of which a policy hides some must not be seen. */
  private static final long ROWS_BEHIND_POLICY = 1_000_000;

  private static final double EQUALITY_SHARE = 0.05;
  private static final double OTHER_SHARE = 0.4;

  private record Equality(int a, int b) {}

  private final List<Plan> leaves;
  private final int[] begins;
  private final int[] leafOf;
  private final double[] tableRows;
  private final double[] rows;
  private final List<Equality> equalities = new ArrayList<>();
  private final int[] classOf;

  private JoinOrder(List<Plan> leaves, List<Expr> conjuncts, double[] tableRows) {
    this.leaves = leaves;
    this.tableRows = tableRows;
    this.rows = tableRows.clone();
    this.begins = new int[leaves.size()];
    int columns = leaves.stream().mapToInt(p -> p.header().size()).sum();
    this.leafOf = new int[columns];
    int at = 0;
    for (int i = 0; i < begins.length; i++) {
      begins[i] = at;
      at += leaves.get(i).header().size();
      Arrays.fill(leafOf, begins[i], at, i);
    }
    this.classOf = IntStream.range(0, columns).toArray();
    conjuncts.forEach(this::learn);
  }

  private void learn(Expr condition) {
    int[] about = Exprs.inputs(condition).stream().mapToInt(i -> leafOf[i]).distinct().toArray();
    boolean equality = condition instanceof Expr.Call c && c.name().equals("equals");
    if (about.length == 1) {
      rows[about[0]] = Math.max(1, rows[about[0]] * (equality ? EQUALITY_SHARE : OTHER_SHARE));
    } else if (about.length == 2
        && condition instanceof Expr.Call c
        && equality
        && c.arguments().get(0) instanceof Expr.Input a
        && c.arguments().get(1) instanceof Expr.Input b
        && a.type().equals(b.type())) {
      equalities.add(new Equality(a.index(), b.index()));
      int from = classOf[b.index()];
      int to = classOf[a.index()];
      for (int i = 0; i < classOf.length; i++) {
        classOf[i] = classOf[i] == from ? to : classOf[i];
      }
    }
  }

  /**
   * The same columns by joins in a better order; null when the written order is to stay.
   *
   * @param conjuncts over the join's header
   */
  static Plan.@Nullable Project better(Plan.Join join, List<Expr> conjuncts) {
    List<Plan> leaves = new ArrayList<>();
    flatten(join, leaves);
    double[] rows = new double[leaves.size()];
    for (int i = 0; i < rows.length; i++) {
      OptionalLong known = rows(leaves.get(i));
      if (known.isEmpty()) {
        return null;
      }
      rows[i] = known.getAsLong();
    }
    var order = new JoinOrder(leaves, conjuncts, rows);
    int[] best = order.order();
    boolean worthIt =
        Arrays.stream(rows).sum() >= ROWS_WORTH_IT
            || order.products(IntStream.range(0, rows.length).toArray()) > order.products(best);
    boolean same = IntStream.range(0, best.length).allMatch(i -> best[i] == i);
    return worthIt && !same ? order.plan(best, join) : null;
  }

  private static boolean isProduct(Plan.Join j) {
    return j.kind() == Plan.JoinKind.CROSS
        && j.strictness() == Plan.JoinStrictness.ALL
        && j.leftKeys().isEmpty()
        && j.residual() == null;
  }

  private static void flatten(Plan plan, List<Plan> into) {
    if (plan instanceof Plan.Join j && isProduct(j)) {
      flatten(j.left(), into);
      flatten(j.right(), into);
    } else {
      into.add(plan);
    }
  }

  /** At most so many rows; empty where the plan does not tell. */
  private static OptionalLong rows(Plan plan) {
    return switch (plan) {
      case Plan.OneRow _ -> OptionalLong.of(1);
      case Plan.Values v -> OptionalLong.of(v.blocks().stream().mapToLong(b -> b.rows()).sum());
      case Plan.Scan s when s.request().guarded() -> OptionalLong.of(ROWS_BEHIND_POLICY);
      case Plan.Scan s -> s.table().totalRows();
      case Plan.Guarded _ -> OptionalLong.of(ROWS_BEHIND_POLICY);
      case Plan.Secured p -> rows(p.input());
      case Plan.Filter p -> rows(p.input());
      case Plan.Project p -> rows(p.input());
      case Plan.Aggregate p -> rows(p.input());
      case Plan.Sort p -> rows(p.input());
      case Plan.Distinct p -> rows(p.input());
      case Plan.LateColumns p -> rows(p.input());
      case Plan.Limit p -> rows(p.input());
      case Plan.LimitBy p -> rows(p.input());
      case Plan.Slice p -> rows(p.input());
      case Plan.Window p -> rows(p.input());
      case Plan.Scoped p -> rows(p.input());
      case Plan.ArrayJoin _, Plan.Union _, Plan.SetDifference _, Plan.Join _ ->
          OptionalLong.empty();
      case Plan.Fill _, Plan.Remote _ -> OptionalLong.empty();
    };
  }

  private int[] order() {
    int count = leaves.size();
    int[] order = new int[count];
    boolean[] used = new boolean[count];
    for (int i = 1; i < count; i++) {
      order[0] = rows[i] > rows[order[0]] ? i : order[0];
    }
    used[order[0]] = true;
    double joined = rows[order[0]];
    for (int n = 1; n < count; n++) {
      int best = -1;
      double fewest = 0;
      for (int i = 0; i < count; i++) {
        double expected = used[i] ? 0 : joined * rows[i] / keyValues(used, i);
        if (!used[i] && (best < 0 || expected < fewest)) {
          best = i;
          fewest = expected;
        }
      }
      order[n] = best;
      used[best] = true;
      joined = Math.max(1, fewest);
    }
    return order;
  }

  /** How many different keys the leaf may be looked up by; 1 when nothing connects it. */
  private double keyValues(boolean[] joined, int leaf) {
    double values = 1;
    for (int c : connecting(joined, leaf)) {
      double smallest = Double.MAX_VALUE;
      for (int i = 0; i < classOf.length; i++) {
        smallest = classOf[i] == c ? Math.min(smallest, tableRows[leafOf[i]]) : smallest;
      }
      values *= Math.max(1, smallest);
    }
    return Math.min(values, Math.max(1, tableRows[leaf]));
  }

  private int[] connecting(boolean[] joined, int leaf) {
    return equalities.stream()
        .filter(e ->
            leafOf[e.a] == leaf && joined[leafOf[e.b]]
                || leafOf[e.b] == leaf && joined[leafOf[e.a]])
        .mapToInt(e -> classOf[e.a])
        .distinct()
        .toArray();
  }

  private int products(int[] order) {
    boolean[] joined = new boolean[order.length];
    joined[order[0]] = true;
    int products = 0;
    for (int i = 1; i < order.length; i++) {
      products += connecting(joined, order[i]).length == 0 ? 1 : 0;
      joined[order[i]] = true;
    }
    return products;
  }

  /** Joins in that order, then the columns at their old places. */
  private Plan.Project plan(int[] order, Plan.Join written) {
    int[] places = new int[leafOf.length];
    Plan plan = leaves.get(order[0]);
    place(order[0], 0, places);
    for (int i = 1; i < order.length; i++) {
      Plan right = leaves.get(order[i]);
      place(order[i], plan.header().size(), places);
      List<Header.Field> fields = new ArrayList<>(plan.header().fields());
      fields.addAll(right.header().fields());
      plan =
          new Plan.Join(
              plan,
              right,
              Plan.JoinKind.CROSS,
              Plan.JoinStrictness.ALL,
              List.of(),
              List.of(),
              null,
              null,
              written.nulls(),
              new Header(fields));
    }
    List<Expr> columns = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      columns.add(new Expr.Input(places[i], written.header().type(i)));
    }
    return new Plan.Project(plan, columns, written.header());
  }

  private void place(int leaf, int at, int[] places) {
    for (int i = 0; i < leaves.get(leaf).header().size(); i++) {
      places[begins[leaf] + i] = at + i;
    }
  }
}
