package io.longhouse.engine.table.mergetree;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Conditions;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.function.Functions;
import io.longhouse.function.expr.Expr;
import io.longhouse.storage.mergetree.MergeTreeMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The parts of a scan's condition, which is over the columns that the scan was asked for. */
final class ScanConditions {
  private final List<String> columns;
  private final MergeTreeMetadata metadata;
  private final QueryContext context;

  ScanConditions(List<String> columns, MergeTreeMetadata metadata, QueryContext context) {
    this.columns = columns;
    this.metadata = metadata;
    this.context = context;
  }

  /** What of a condition is about stored columns alone, over all of them; null for nothing. */
  @Nullable Expr overStored(Expr condition) {
    Expr about = about(condition, _ -> true);
    return about == null ? null : Exprs.map(about, i -> metadata.place(columns.get(i)));
  }

  /** What of a condition is only about such stored columns, by their place in the table. */
  @Nullable Expr about(Expr condition, IntPredicate wanted) {
    List<Expr> usable = new ArrayList<>();
    for (Expr c : Conditions.conjunctsOf(condition)) {
      boolean fits =
          Exprs.inputs(c).stream()
              .mapToInt(i -> metadata.place(columns.get(i)))
              .allMatch(place -> place >= 0 && wanted.test(place));
      if (fits) {
        usable.add(c);
      }
    }
    return all(usable);
  }

  /** All of them together; null for none. */
  @Nullable Expr all(List<Expr> conditions) {
    if (conditions.size() < 2) {
      return conditions.isEmpty() ? null : conditions.getFirst();
    }
    return new Expr.Call(
        "and",
        Functions.resolve("and", conditions.stream().map(Expr::asArgument).toList(), context),
        conditions);
  }
}
