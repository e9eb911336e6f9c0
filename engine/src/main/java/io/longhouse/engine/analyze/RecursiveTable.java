package io.longhouse.engine.analyze;

import io.longhouse.column.Block;
import io.longhouse.engine.exec.BlocksLane;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Optimizer;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query of WITH RECURSIVE. Its own name means, inside, the rows of the step before; the steps are
 * taken when it is first read from outside, until one yields no rows.
 */
final class RecursiveTable implements Table {
  private final String name;
  private final List<ColumnDefinition> columns;
  private final Queries queries;
  private @Nullable Plan first;
  private @Nullable Plan step;
  private @Nullable List<Block> all;
  private @Nullable LonghouseException failure;
  private @Nullable Block current;

  RecursiveTable(String name, List<ColumnDefinition> columns, Queries queries) {
    this.name = name;
    this.columns = List.copyOf(columns);
    this.queries = queries;
  }

  /** Sets what to do; both plans have this table's columns, the step reads this table. */
  void define(Plan beginning, Plan next) {
    first = beginning;
    step = next;
  }

  @Override
  public TableId id() {
    return TableId.of("", name);
  }

  @Override
  public String engine() {
    return "RecursiveCTE";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return columns;
  }

  @Override
  public Scan scan(ScanRequest request, QueryContext context) {
    List<String> names = columns.stream().map(ColumnDefinition::name).toList();
    int[] places = request.columns().stream().mapToInt(names::indexOf).toArray();
    Block own = current;
    if (own != null) {
      return parallelism -> List.of(new BlocksLane(List.of(own.project(places))));
    }
    List<Block> blocks = evaluated(context);
    LonghouseException error = failure;
    return parallelism -> {
      List<Block> projected = new ArrayList<>();
      blocks.forEach(b -> projected.add(b.project(places)));
      Lane rows = new BlocksLane(projected);
      return List.of(error == null ? rows : new ThenError(rows, error));
    };
  }

  private synchronized List<Block> evaluated(QueryContext context) {
    List<Block> known = all;
    if (known != null) {
      return known;
    }
    Plan beginning = first;
    Plan next = step;
    if (beginning == null || next == null) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "A subquery in an expression of recursive CTE " + name + " cannot read it");
    }
    long depthMax = context.settings().number("max_recursive_cte_evaluation_depth");
    List<Block> blocks = new ArrayList<>();
    Block rows = queries.run(Optimizer.optimize(beginning, context), Long.MAX_VALUE);
    try {
      for (long depth = 0; rows.rows() > 0; depth++) {
        blocks.add(rows);
        context.checkStopped();
        if (depthMax > 0 && depth == depthMax) {
          failure = tooDeep(depthMax);
          break;
        }
        current = rows;
        rows = queries.run(Optimizer.optimize(next, context), Long.MAX_VALUE);
      }
    } finally {
      current = null;
    }
    all = blocks;
    return blocks;
  }

  private LonghouseException tooDeep(long depthMax) {
    return new LonghouseException(
        ErrorCode.TOO_DEEP_RECURSION,
        "Maximum recursive CTE evaluation depth ("
            + depthMax
            + ") exceeded, during evaluation of "
            + name
            + ". Consider raising max_recursive_cte_evaluation_depth setting");
  }

  /** The rows so far are good for a LIMIT; who wants more gets the error. */
  private record ThenError(Lane rows, LonghouseException error) implements Lane {
    @Override
    public @Nullable Block next() {
      Block b = rows.next();
      if (b == null) {
        throw error;
      }
      return b;
    }
  }
}
