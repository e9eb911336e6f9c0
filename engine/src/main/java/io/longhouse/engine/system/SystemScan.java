package io.longhouse.engine.system;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.engine.exec.FilterLane;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ByteText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A read of a system table. The columns that the filter names are made first; of the other columns
 * only the rows that it keeps.
 */
final class SystemScan<R> implements Scan {
  private static final int ROWS_PER_BLOCK = 8192;

  private final SystemTable<R> table;
  private final SystemColumns<R> columns;
  private final QueryContext context;
  private final int[] places;
  private final @Nullable Program filter;
  private final Set<Integer> filtered;
  private final boolean databaseOnly;
  private final long rowsPerBlock;
  private final WantedNames names;

  SystemScan(
      SystemTable<R> table, SystemColumns<R> columns, ScanRequest request, QueryContext context) {
    this.table = table;
    this.columns = columns;
    this.context = context;
    this.places = request.columns().stream().mapToInt(columns::place).toArray();
    Expr condition = request.filter();
    boolean few = request.limit() > 0 && condition == null;
    this.rowsPerBlock = few ? Math.min(ROWS_PER_BLOCK, request.limit()) : ROWS_PER_BLOCK;
    this.filter = condition == null ? null : new Program(List.of(condition));
    List<String> read = request.columns();
    this.databaseOnly = read.stream().allMatch(table.databaseColumn()::equals);
    this.names =
        WantedNames.of(
            condition,
            input(read.indexOf(table.databaseColumn())),
            input(read.indexOf(table.tableColumn())));
    this.filtered = condition == null ? Set.of() : Set.copyOf(Exprs.inputs(condition));
  }

  private Expr.@Nullable Input input(int place) {
    return place < 0 ? null : new Expr.Input(place, columns.type(places[place]));
  }

  @Override
  public boolean appliesFilter() {
    return true;
  }

  @Override
  public List<Lane> lanes(int parallelism) {
    Map<String, Long> counts = databaseOnly ? table.counts(context) : null;
    if (counts != null) {
      return List.of(new CountedLane(counts.entrySet().iterator()));
    }
    Iterator<R> rows = table.rows(context, names).iterator();
    return List.of(() -> block(rows));
  }

  /** Rows of which only the database is wanted. */
  private final class CountedLane implements Lane {
    private final Iterator<Map.Entry<String, Long>> counts;
    private Column name = StringColumn.of(new byte[0]);
    private long left;

    CountedLane(Iterator<Map.Entry<String, Long>> counts) {
      this.counts = counts;
    }

    @Override
    public @Nullable Block next() {
      while (left == 0 && counts.hasNext()) {
        Map.Entry<String, Long> of = counts.next();
        name = StringColumn.of(ByteText.encode(of.getKey()));
        left = isKept() ? of.getValue() : 0;
      }
      if (left == 0) {
        return null;
      }
      int some = (int) Math.min(rowsPerBlock, left);
      left -= some;
      context.progress().readRows.add(some);
      return new Block(row(some), some);
    }

    private Column[] row(int times) {
      Column[] row = new Column[places.length];
      Arrays.fill(row, new ConstColumn(name, times));
      return row;
    }

    private boolean isKept() {
      return filter == null
          || FilterLane.select(filter.evaluate(new Block(row(1), 1))[0], 1, new int[1]) == 1;
    }
  }

  private @Nullable Block block(Iterator<R> rows) {
    if (!rows.hasNext()) {
      return null;
    }
    List<R> some = new ArrayList<>();
    while (some.size() < rowsPerBlock && rows.hasNext()) {
      some.add(rows.next());
    }
    context.progress().readRows.add(some.size());
    Program condition = filter;
    Column[] made = new Column[places.length];
    Block block;
    if (condition != null) {
      some = kept(some, condition, made);
    }
    for (int i = 0; i < made.length; i++) {
      if (made[i] == null || !filtered.contains(i)) {
        made[i] = columns.build(places[i], some);
      }
    }
    block = new Block(made, some.size());
    context.progress().readBytes.add(block.retainedBytes());
    return block;
  }

  /**
   * The rows that the filter keeps; leaves the columns it names, for these rows, in {@code out}.
   */
  private List<R> kept(List<R> rows, Program condition, Column[] out) {
    Column[] all = new Column[places.length];
    for (int i = 0; i < all.length; i++) {
      all[i] =
          filtered.contains(i)
              ? columns.build(places[i], rows)
              : new ConstColumn(columns.type(places[i]).defaultValue(), rows.size());
    }
    Column result = condition.evaluate(new Block(all, rows.size()))[0];
    int[] selected = new int[rows.size()];
    int count = FilterLane.select(result, rows.size(), selected);
    List<R> kept = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      kept.add(rows.get(selected[i]));
    }
    for (int i : filtered) {
      out[i] = all[i].gather(selected, count);
    }
    return kept;
  }
}
