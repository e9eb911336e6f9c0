package io.longhouse.engine.plan;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.function.expr.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Drops columns nobody needs, from the result down to the scans. */
final class ColumnPruning {
  /** A step with fewer columns, and for each old column its new place or -1. */
  private record Pruned(Plan plan, int[] places) {
    int place(int old) {
      return places[old];
    }

    Expr move(Expr e) {
      return Exprs.map(e, this::place);
    }

    List<Expr> moveAll(List<Expr> es) {
      return es.stream().map(this::move).toList();
    }

    List<Integer> placesOf(List<Integer> old) {
      return old.stream().map(this::place).toList();
    }
  }

  private ColumnPruning() {}

  static Plan apply(Plan plan) {
    Set<Integer> all = new TreeSet<>();
    for (int i = 0; i < plan.header().size(); i++) {
      all.add(i);
    }
    return prune(plan, all).plan;
  }

  private static int[] identity(int size) {
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      places[i] = i;
    }
    return places;
  }

  private static int[] placesOf(Set<Integer> needed, int size) {
    int[] places = new int[size];
    Arrays.fill(places, -1);
    int next = 0;
    for (int i : needed) {
      places[i] = next++;
    }
    return places;
  }

  private static Header headerOf(Header header, Set<Integer> needed) {
    List<Header.Field> fields = new ArrayList<>();
    for (int i : needed) {
      fields.add(header.fields().get(i));
    }
    return new Header(fields);
  }

  private static Set<Integer> all(Plan p) {
    Set<Integer> all = new TreeSet<>();
    for (int i = 0; i < p.header().size(); i++) {
      all.add(i);
    }
    return all;
  }

  private static Pruned prune(Plan plan, Set<Integer> needed) {
    return switch (plan) {
      case Plan.OneRow p -> new Pruned(p, new int[0]);
      case Plan.Values p -> values(p, needed);
      case Plan.Scan p -> scan(p, needed);
      case Plan.Secured p -> {
        p.check(needed);
        yield prune(p.input(), needed);
      }
      case Plan.Filter p -> {
        Set<Integer> below = new TreeSet<>(needed);
        Exprs.collect(p.condition(), below);
        Pruned in = prune(p.input(), below);
        yield new Pruned(new Plan.Filter(in.plan, in.move(p.condition())), in.places);
      }
      case Plan.Guarded p -> {
        Set<Integer> below = new TreeSet<>(needed);
        Exprs.collect(p.condition(), below);
        Pruned in = prune(p.input(), below);
        yield new Pruned(new Plan.Guarded(in.plan, in.move(p.condition()), p.name()), in.places);
      }
      case Plan.Project p -> project(p, needed);
      case Plan.ArrayJoin p -> arrayJoin(p, needed);
      case Plan.Aggregate p -> aggregate(p, needed);
      case Plan.Sort p -> {
        Pruned in = prune(p.input(), with(needed, p.keys()));
        yield new Pruned(new Plan.Sort(in.plan, moved(p.keys(), in), p.limit()), in.places);
      }
      case Plan.Limit p -> {
        Pruned in = prune(p.input(), with(needed, p.ties()));
        yield new Pruned(
            new Plan.Limit(in.plan, p.limit(), p.offset(), moved(p.ties(), in), p.countAll()),
            in.places);
      }
      case Plan.Slice p -> {
        Pruned in = prune(p.input(), with(needed, p.ties()));
        yield new Pruned(
            new Plan.Slice(in.plan, p.limit(), p.offset(), moved(p.ties(), in)), in.places);
      }
      case Plan.LimitBy p -> {
        Set<Integer> below = new TreeSet<>(needed);
        below.addAll(p.keys());
        Pruned in = prune(p.input(), below);
        yield new Pruned(
            new Plan.LimitBy(in.plan, p.limit(), p.offset(), in.placesOf(p.keys())), in.places);
      }
      case Plan.Distinct p -> {
        Set<Integer> below = new TreeSet<>(needed);
        below.addAll(p.keys());
        Pruned in = prune(p.input(), below);
        yield new Pruned(new Plan.Distinct(in.plan, in.placesOf(p.keys()), p.limit()), in.places);
      }
      case Plan.Union p -> union(p, needed);
      case Plan.Scoped p -> {
        Pruned in = prune(p.input(), needed);
        yield new Pruned(new Plan.Scoped(in.plan, p.settings()), in.places);
      }
      case Plan.SetDifference p ->
          new Pruned(
              new Plan.SetDifference(
                  prune(p.left(), all(p.left())).plan,
                  prune(p.right(), all(p.right())).plan,
                  p.intersect(),
                  p.distinct()),
              identity(p.header().size()));
      case Plan.Join p -> join(p, needed);
      case Plan.LateColumns _, Plan.Window _, Plan.Fill _, Plan.Remote _ -> whole(plan);
    };
  }

  /** A step that keeps all its columns. */
  private static Pruned whole(Plan plan) {
    return new Pruned(
        PlanRewriter.mapInputs(plan, in -> prune(in, all(in)).plan),
        identity(plan.header().size()));
  }

  private static Set<Integer> with(Set<Integer> needed, List<Plan.SortKey> keys) {
    Set<Integer> out = new TreeSet<>(needed);
    keys.forEach(k -> out.add(k.column()));
    return out;
  }

  private static List<Plan.SortKey> moved(List<Plan.SortKey> keys, Pruned in) {
    return keys.stream()
        .map(k ->
            new Plan.SortKey(in.place(k.column()), k.descending(), k.nullsFirst(), k.collation()))
        .toList();
  }

  private static Pruned values(Plan.Values p, Set<Integer> needed) {
    int[] kept = needed.stream().mapToInt(Integer::intValue).toArray();
    List<Block> blocks = p.blocks().stream().map(b -> b.project(kept)).toList();
    return new Pruned(
        new Plan.Values(headerOf(p.header(), needed), blocks), placesOf(needed, p.header().size()));
  }

  private static Pruned scan(Plan.Scan p, Set<Integer> needed) {
    ScanRequest r = p.request();
    Set<Integer> kept = new TreeSet<>(needed);
    if (r.filter() != null) {
      Exprs.collect(r.filter(), kept);
    }
    if (r.prewhere() != null) {
      Exprs.collect(r.prewhere(), kept);
    }
    int[] places = placesOf(kept, p.header().size());
    List<String> columns = kept.stream().map(r.columns()::get).toList();
    Expr filter = r.filter() == null ? null : Exprs.map(r.filter(), i -> places[i]);
    Expr prewhere = r.prewhere() == null ? null : Exprs.map(r.prewhere(), i -> places[i]);
    var request =
        new ScanRequest(
                columns, filter, prewhere, r.isFinal(), r.sample(), r.limit(), r.policyParts())
            .withFilterOnly(
                kept.stream()
                    .filter(i -> !needed.contains(i))
                    .map(i -> places[i])
                    .collect(Collectors.toSet()));
    return new Pruned(new Plan.Scan(p.table(), request, headerOf(p.header(), kept)), places);
  }

  private static Pruned project(Plan.Project p, Set<Integer> needed) {
    Set<Integer> below = new TreeSet<>();
    for (int i : needed) {
      Exprs.collect(p.expressions().get(i), below);
    }
    Pruned in = prune(p.input(), below);
    List<Expr> kept = new ArrayList<>();
    for (int i : needed) {
      kept.add(in.move(p.expressions().get(i)));
    }
    return new Pruned(
        new Plan.Project(in.plan, kept, headerOf(p.header(), needed)),
        placesOf(needed, p.header().size()));
  }

  private static Pruned arrayJoin(Plan.ArrayJoin p, Set<Integer> needed) {
    Set<Integer> below = new TreeSet<>(needed);
    below.addAll(p.columns());
    Pruned in = prune(p.input(), below);
    Header header = in.plan.header();
    List<Header.Field> fields = new ArrayList<>(header.fields());
    for (int i = 0; i < p.header().size(); i++) {
      if (in.place(i) >= 0) {
        fields.set(in.place(i), p.header().fields().get(i));
      }
    }
    return new Pruned(
        new Plan.ArrayJoin(in.plan, in.placesOf(p.columns()), p.left(), new Header(fields)),
        in.places);
  }

  private static Pruned aggregate(Plan.Aggregate p, Set<Integer> needed) {
    int first = p.header().size() - p.aggregates().size();
    Set<Integer> kept = new TreeSet<>(needed);
    if (p.having() != null) {
      Exprs.collect(p.having(), kept);
    }
    for (int k = 0; k < first; k++) {
      kept.add(k);
    }
    Set<Integer> below = new TreeSet<>();
    p.keys().forEach(k -> Exprs.collect(k, below));
    List<Plan.AggregateCall> calls = new ArrayList<>();
    for (int i = 0; i < p.aggregates().size(); i++) {
      if (kept.contains(first + i)) {
        p.aggregates().get(i).arguments().forEach(a -> Exprs.collect(a, below));
        calls.add(p.aggregates().get(i));
      }
    }
    Pruned in = prune(p.input(), below);
    int[] places = placesOf(kept, p.header().size());
    return new Pruned(
        new Plan.Aggregate(
            in.plan,
            in.moveAll(p.keys()),
            p.groupingSets(),
            calls.stream().map(c -> c.of(in.moveAll(c.arguments()))).toList(),
            p.having() == null ? null : Exprs.map(p.having(), i -> places[i]),
            p.totals(),
            headerOf(p.header(), kept)),
        places);
  }

  private static Pruned union(Plan.Union p, Set<Integer> needed) {
    List<Plan> inputs = new ArrayList<>();
    for (Plan in : p.inputs()) {
      Pruned x = prune(in, needed);
      List<Expr> exact = new ArrayList<>();
      for (int i : needed) {
        exact.add(new Expr.Input(x.place(i), in.header().type(i)));
      }
      boolean asIs = x.plan.header().size() == exact.size() && isIdentity(exact);
      inputs.add(asIs ? x.plan : new Plan.Project(x.plan, exact, headerOf(p.header(), needed)));
    }
    return new Pruned(
        new Plan.Union(inputs, headerOf(p.header(), needed)), placesOf(needed, p.header().size()));
  }

  private static boolean isIdentity(List<Expr> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      if (((Expr.Input) inputs.get(i)).index() != i) {
        return false;
      }
    }
    return true;
  }

  private static Pruned join(Plan.Join p, Set<Integer> needed) {
    int leftSize = p.left().header().size();
    Set<Integer> wanted = new TreeSet<>(needed);
    if (p.residual() != null) {
      Exprs.collect(p.residual(), wanted);
    }
    Set<Integer> below = new TreeSet<>(p.leftKeys());
    Set<Integer> right = new TreeSet<>(p.rightKeys());
    for (int i : wanted) {
      if (i < leftSize) {
        below.add(i);
      } else {
        right.add(i - leftSize);
      }
    }
    Pruned l = prune(p.left(), below);
    Pruned r = prune(p.right(), right);
    int newLeft = l.plan.header().size();
    int[] places = new int[p.header().size()];
    Header.Field[] fields = new Header.Field[newLeft + r.plan.header().size()];
    for (int i = 0; i < places.length; i++) {
      int at = i < leftSize ? l.place(i) : r.place(i - leftSize);
      places[i] = at < 0 ? -1 : i < leftSize ? at : newLeft + at;
      if (places[i] >= 0) {
        fields[places[i]] = p.header().fields().get(i);
      }
    }
    return new Pruned(
        new Plan.Join(
            l.plan,
            r.plan,
            p.kind(),
            p.strictness(),
            l.placesOf(p.leftKeys()),
            r.placesOf(p.rightKeys()),
            p.residual() == null ? null : Exprs.map(p.residual(), i -> places[i]),
            p.asof(),
            p.nulls(),
            p.global(),
            new Header(List.of(fields))),
        places);
  }
}
