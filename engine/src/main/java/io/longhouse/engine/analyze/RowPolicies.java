package io.longhouse.engine.analyze;

import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the conditions of row policies below everything that a query does with a table. */
final class RowPolicies {
  private static final List<String> COMBINING =
      List.of("Summing", "Aggregating", "Coalescing", "Graphite");

  private final Table table;
  private final Plan read;
  private final ComputedColumns computed;

  private RowPolicies(Table table, Plan read, Analyzer analyzer) {
    this.table = table;
    this.read = read;
    this.computed = new ComputedColumns(analyzer, this::column);
  }

  /** What is below a plan that reads other tables has their policies already. */
  static Plan apply(Plan read, Table table, SessionAccess access, Analyzer analyzer) {
    boolean isRead = read instanceof Plan.Scan s && s.table() == table;
    Expression filter =
        isRead
            ? filter(table, access, analyzer.context())
            : access.rowFilter(table.id().database(), table.id().name());
    if (filter == null) {
      return read;
    }
    Expr condition = analyzer.resolve(filter, new RowPolicies(table, read, analyzer)::column);
    return read instanceof Plan.Scan s
        ? new Plan.Scan(s.table(), guarded(s, condition, analyzer), s.header())
        : new Plan.Guarded(read, condition, table.id());
  }

  /**
   * With FINAL a row is what merges make of all rows of its key, unless {@code
   * apply_row_policy_after_final} is off. A row whose values come of several must not have hidden
   * ones among them.
   */
  private static ScanRequest guarded(Plan.Scan s, Expr condition, Analyzer analyzer) {
    ScanRequest r = s.request();
    Expr known = r.filter();
    Expr policy = known == null ? condition : analyzer.expressions().call("and", known, condition);
    boolean first =
        !analyzer.context().settings().isOn("apply_row_policy_after_final")
            || COMBINING.stream().anyMatch(s.table().engine()::startsWith);
    return (r.isFinal() && first ? r.withPrewhere(policy) : r).guardedBy(policy);
  }

  /** A table that shows another one's rows has that one's policies besides its own. */
  private static @Nullable Expression filter(
      Table table, SessionAccess access, QueryContext context) {
    TableId id = table.id();
    Expression own = access.rowFilter(id.database(), id.name());
    Table other = table.showsRowsOf(context);
    if (other == null || other == table) {
      return own;
    }
    Expression below = filter(other, access, context);
    return own == null || below == null
        ? (own == null ? below : own)
        : FunctionCall.call("and", own, below);
  }

  /** A column of the table by its name; an ALIAS column as its expression. */
  private @Nullable Expr column(String name) {
    int at = read.header().indexOf(name);
    if (at >= 0) {
      return new Expr.Input(at, read.header().type(at));
    }
    ColumnDefinition c = table.column(name);
    return c == null || c.isStored() ? null : computed.value(c);
  }
}
