package io.longhouse.engine.analyze;

import io.longhouse.column.Header;
import io.longhouse.engine.access.MaskingPolicy;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Assignment;
import io.longhouse.sql.ast.Expression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts what masking policies show in the place of columns, above the row policies and below
 * everything that a query does with a table: its conditions, keys and sub-queries have the masked
 * values.
 */
final class MaskedColumns {
  private static final List<String> PARTITIONS =
      List.of("_part", "_partition_id", "_partition_value");

  private final Table table;
  private final Header header;
  private final Analyzer analyzer;
  private final ComputedColumns computed;
  private List<Expr> values;

  private MaskedColumns(Table table, Header header, Analyzer analyzer) {
    this.table = table;
    this.header = header;
    this.analyzer = analyzer;
    this.computed = new ComputedColumns(analyzer, this::column);
    this.values = Plan.allColumns(header);
  }

  /** Where a table shows the rows of another one, that one's policies come first. */
  static Plan apply(
      Plan read, boolean isRead, Table table, SessionAccess access, Analyzer analyzer) {
    List<MaskingPolicy> policies = new ArrayList<>();
    collect(table, isRead, access, analyzer, policies);
    if (policies.isEmpty()) {
      return read;
    }
    var masked = new MaskedColumns(table, read.header(), analyzer);
    policies.forEach(masked::apply);
    masked.hidePartitions();
    return new Plan.Project(read, masked.values, read.header());
  }

  private static void collect(
      Table table,
      boolean isRead,
      SessionAccess access,
      Analyzer analyzer,
      List<MaskingPolicy> policies) {
    Table other = isRead ? table.showsRowsOf(analyzer.context()) : null;
    if (other != null && other != table) {
      collect(other, true, access, analyzer, policies);
    }
    policies.addAll(access.masks(table.id().database(), table.id().name()));
  }

  /** One policy's columns change together, as those of an UPDATE do. */
  private void apply(MaskingPolicy p) {
    Expression where = p.where();
    Expr condition = where == null ? null : analyzer.resolve(where, this::column);
    List<Expr> after = new ArrayList<>(values);
    for (Assignment a : p.assignments()) {
      int at = header.indexOf(a.column());
      if (at < 0) {
        throw new LonghouseException(
            ErrorCode.ACCESS_DENIED,
            "The masking policy "
                + p.name()
                + " cannot be applied, so that nothing is shown: "
                + table.id()
                + " stores no column `"
                + a.column()
                + "`");
      }
      Expr mask = analyzer.castTo(analyzer.resolve(a.expression(), this::column), header.type(at));
      after.set(
          at,
          condition == null
              ? mask
              : analyzer.castTo(
                  analyzer.expressions().call("if", condition, mask, values.get(at)),
                  header.type(at)));
    }
    values = after;
  }

  /** Names of partitions and parts are made of values, which may be masked ones. */
  private void hidePartitions() {
    List<Expr> after = new ArrayList<>(values);
    for (String name : PARTITIONS) {
      int at =
          table.columns().stream().anyMatch(c -> c.name().equals(name)) ? -1 : header.indexOf(name);
      if (at >= 0) {
        after.set(at, new Expr.Constant(header.type(at).defaultValue(), header.type(at)));
      }
    }
    values = after;
  }

  private @Nullable Expr column(String name) {
    int at = header.indexOf(name);
    if (at >= 0) {
      return values.get(at);
    }
    ColumnDefinition c = table.column(name);
    return c == null || c.isStored() ? null : computed.value(c);
  }
}
