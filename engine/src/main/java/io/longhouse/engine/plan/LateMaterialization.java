package io.longhouse.engine.plan;

import io.longhouse.column.Header;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.exec.TopThreshold;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.function.expr.Expr;
import io.longhouse.storage.mergetree.VirtualColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code ORDER BY key LIMIT n} over a large MergeTree table: the scan yields the columns of the key
 * and of the filter, and where each row is; the other columns are read of the last n rows alone.
 */
final class LateMaterialization {
  /** In a small table there is little to be saved. */
  private static final long TABLE_ROWS_MIN = 200_000;

  /** What a row costs whose columns are read late, in rows: a granule. */
  private static final long ROWS_PER_LATE_ROW = 8192;

  /** Where a policy hides rows, their number must not decide. */
  private static final long LIMIT_BEHIND_POLICY_MAX = 1000;

  private static final List<String> ADDRESS =
      List.of(VirtualColumn.PART_INDEX.columnName(), VirtualColumn.PART_OFFSET.columnName());

  private final long limitMax;

  private LateMaterialization(QueryContext context) {
    long max = context.settings().number("query_plan_max_limit_for_lazy_materialization");
    this.limitMax = max == 0 ? Long.MAX_VALUE : max;
  }

  static Plan apply(Plan plan, QueryContext context) {
    return context.settings().isOn("query_plan_optimize_lazy_materialization")
        ? new LateMaterialization(context).visit(plan)
        : plan;
  }

  private Plan visit(Plan plan) {
    if (plan instanceof Plan.Sort s && s.limit() > 0 && s.limit() <= limitMax) {
      Plan late =
          switch (s.input()) {
            case Plan.Scan scan -> late(s, scan, Plan.allColumns(scan.header()));
            case Plan.Project p
                when p.input() instanceof Plan.Scan scan
                    && p.expressions().stream().allMatch(Exprs::isDeterministic) -> {
              Plan in = late(s, scan, p.expressions());
              yield in == null ? null : new Plan.Project(in, p.expressions(), p.header());
            }
            default -> null;
          };
      if (late != null) {
        return late;
      }
    }
    return PlanRewriter.mapInputs(plan, this::visit);
  }

  private static boolean suits(Plan.Scan s, long limit) {
    ScanRequest r = s.request();
    return !r.isFinal()
        && !readsBestFirst(s)
        && r.prewhere() == null
        && r.sample() == null
        && r.limit() == 0
        && s.table().engine().endsWith("MergeTree")
        && s.table().columns().stream().noneMatch(c -> ADDRESS.contains(c.name()))
        && (r.guarded()
            ? limit <= LIMIT_BEHIND_POLICY_MAX
            : s.table().rowsAtMost().orElse(0)
                >= Math.max(TABLE_ROWS_MIN, limit * ROWS_PER_LATE_ROW));
  }

  /** A scan that finds the first rows by the index reads little else. */
  private static boolean readsBestFirst(Plan.Scan s) {
    Expr filter = s.request().filter();
    return filter != null
        && Conditions.conjunctsOf(filter).stream()
            .anyMatch(e ->
                e instanceof Expr.Call c
                    && c.function() instanceof TopThreshold
                    && c.arguments().getFirst() instanceof Expr.Input i
                    && s.table().isKey(s.request().columns().get(i.index())));
  }

  /**
   * The scan's rows sorted, with all its columns; null if none of them can be read late.
   *
   * @param expressions over the scan's columns, of which the sort's keys are places
   */
  private static @Nullable Plan late(Plan.Sort sort, Plan.Scan scan, List<Expr> expressions) {
    ScanRequest r = scan.request();
    Set<Integer> early = new TreeSet<>();
    sort.keys().forEach(k -> Exprs.collect(expressions.get(k.column()), early));
    if (r.filter() != null) {
      Exprs.collect(r.filter(), early);
    }
    if (early.size() == scan.header().size() || !suits(scan, sort.limit())) {
      return null;
    }
    List<Integer> places = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Header.Field> fields = new ArrayList<>();
    for (int i = 0; i < scan.header().size(); i++) {
      places.add(early.contains(i) ? names.size() : -1);
      if (early.contains(i)) {
        names.add(r.columns().get(i));
        fields.add(scan.header().fields().get(i));
      }
    }
    int address = names.size();
    for (String a : ADDRESS) {
      names.add(a);
      fields.add(new Header.Field(a, IntegerType.UINT64));
    }
    Expr filter = r.filter() == null ? null : Exprs.map(r.filter(), places::get);
    ScanRequest request = new ScanRequest(names, filter, null, false, null, 0, r.policyParts());
    var narrow = new Plan.Scan(scan.table(), request, new Header(fields));
    Plan sorted = sorted(sort, narrow, expressions, places);
    Header header = named(scan.header(), r.columns());
    return new Plan.LateColumns(sorted, places, address, header);
  }

  /** The header with the names by which the table knows its columns. */
  private static Header named(Header header, List<String> names) {
    List<Header.Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(new Header.Field(names.get(i), header.type(i)));
    }
    return new Header(fields);
  }

  /** Sorts the narrow scan; keys that are no columns are computed behind its columns. */
  private static Plan sorted(
      Plan.Sort sort, Plan.Scan narrow, List<Expr> expressions, List<Integer> places) {
    List<Expr> columns = new ArrayList<>(Plan.allColumns(narrow.header()));
    List<Header.Field> fields = new ArrayList<>(narrow.header().fields());
    List<Plan.SortKey> keys = new ArrayList<>();
    for (Plan.SortKey k : sort.keys()) {
      Expr key = Exprs.map(expressions.get(k.column()), places::get);
      int at = key instanceof Expr.Input i ? i.index() : columns.size();
      if (at == columns.size()) {
        columns.add(key);
        fields.add(new Header.Field(sort.header().name(k.column()), key.type()));
      }
      keys.add(new Plan.SortKey(at, k.descending(), k.nullsFirst(), k.collation()));
    }
    Plan input =
        columns.size() == narrow.header().size()
            ? narrow
            : new Plan.Project(narrow, columns, new Header(fields));
    return new Plan.Sort(input, keys, sort.limit());
  }
}
