package io.longhouse.engine.plan;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.engine.exec.QueryContext;
import java.util.List;
import java.util.OptionalLong;

/** {@code count()} of a whole table is what the table knows. */
final class MetadataCount {
  private MetadataCount() {}

  static Plan apply(Plan plan, QueryContext context) {
    if (!context.settings().isOn("optimize_trivial_count_query")
        || context.settings().number("select_sequential_consistency") > 0) {
      return plan;
    }
    return visit(plan);
  }

  private static Plan visit(Plan plan) {
    if (plan instanceof Plan.Aggregate a
        && a.keys().isEmpty()
        && a.groupingSets().isEmpty()
        && a.having() == null
        && !a.totals()
        && a.aggregates().size() == 1
        && a.aggregates().getFirst().name().equals("count[]")
        && a.aggregates().getFirst().arguments().isEmpty()
        && rows(a.input()) instanceof OptionalLong rows
        && rows.isPresent()) {
      Column count = Int64Column.of(rows.getAsLong());
      return new Plan.Values(a.header(), List.of(new Block(new Column[] {count}, 1)));
    }
    return PlanRewriter.mapInputs(plan, MetadataCount::visit);
  }

  private static OptionalLong rows(Plan plan) {
    return switch (plan) {
      case Plan.Project p -> rows(p.input());
      case Plan.Scoped p -> rows(p.input());
      case Plan.Scan s
          when s.request().filter() == null
              && !s.request().isFinal()
              && s.request().sample() == null ->
          s.table().totalRows();
      case Plan.Union u -> {
        long sum = 0;
        for (Plan in : u.inputs()) {
          OptionalLong own = rows(in);
          if (own.isEmpty()) {
            yield own;
          }
          sum += own.getAsLong();
        }
        yield OptionalLong.of(sum);
      }
      default -> OptionalLong.empty();
    };
  }
}
