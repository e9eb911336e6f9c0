package io.longhouse.engine.table.mergetree;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Conditions;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.function.Functions;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.index.KeyCondition;
import io.longhouse.storage.mergetree.MergeTreeMetadata;
import io.longhouse.storage.mergetree.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /**
   * A condition whose first {@code indexed} operands are the row policies' and those that the
   * indexes know something about.
   */
  record Ordered(@Nullable Expr filter, int indexed) {}

  /** The request's filter, which has the row policies first, with what the indexes use next. */
  Ordered ordered(ScanRequest request) {
    Expr filter = request.filter();
    if (filter == null || !request.guarded()) {
      return new Ordered(filter, 0);
    }
    List<Expr> all = Conditions.conjunctsOf(filter);
    List<Expr> first = new ArrayList<>(all.subList(0, request.policyParts()));
    List<Expr> rest = new ArrayList<>();
    for (Expr e : all.subList(request.policyParts(), all.size())) {
      (isIndexed(e) ? first : rest).add(e);
    }
    int indexed = first.size();
    first.addAll(rest);
    return new Ordered(all(first), indexed);
  }

  /** Whether an index has something to say of a condition. */
  boolean isIndexed(Expr condition) {
    Expr stored = overStored(condition);
    if (stored == null) {
      return false;
    }
    List<Expr> minMax = new ArrayList<>();
    for (int i : metadata.minMaxColumns()) {
      minMax.add(new Expr.Input(i, metadata.columns().get(i).type()));
    }
    return Stream.of(metadata.primaryKey(), metadata.partitionKey(), minMax)
        .anyMatch(key -> !key.isEmpty() && !KeyCondition.of(stored, key).isUseless());
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

  /**
   * {@code force_primary_key} and {@code force_index_by_date}: no full scan by mistake.
   *
   * @param close gives the scan up
   */
  static void requireIndexes(
      Selection selection, Runnable close, MergeTreeMetadata metadata, QueryContext context) {
    String problem = null;
    if (context.settings().isOn("force_index_by_date")
        && !metadata.partitionKey().isEmpty()
        && !selection.usesPartitions()) {
      problem =
          "Neither MinMax index by columns ("
              + metadata.minMaxColumns().stream()
                  .map(i -> metadata.columns().get(i).name())
                  .collect(Collectors.joining(", "))
              + ") nor partition expr is used and setting 'force_index_by_date' is set";
    } else if (context.settings().isOn("force_primary_key") && !selection.usesPrimaryKey()) {
      problem = "Primary key is not used and setting 'force_primary_key' is set";
    }
    if (problem != null) {
      close.run();
      throw new LonghouseException(ErrorCode.INDEX_NOT_USED, problem);
    }
  }
}
