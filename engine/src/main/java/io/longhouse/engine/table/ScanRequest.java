package io.longhouse.engine.table;

import io.longhouse.engine.plan.Conditions;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ast.TableExpression;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a query wants of a table.
 *
 * @param columns names, in the order the scan's blocks have them; may be none, when only rows count
 * @param filter rows for which it is not true are not wanted; its inputs are places in {@code
 *     columns}
 * @param prewhere the same, but asked before rows of equal keys are merged; only with {@code
 *     isFinal}, else it is part of the filter
 * @param isFinal whether rows of equal keys are to be merged, {@code FINAL}
 * @param sample the share of rows wanted, null for all
 * @param limit how many rows suffice; 0 for all
 * @param policyParts how many of the filter's operands of AND, the first ones, are of row policies:
 *     only conditions that cannot fail and tell nothing may be put behind them
 * @param filterOnly places in {@code columns} of which nobody but the filter looks at the values: a
 *     scan that applies the filter may yield anything there
 */
public record ScanRequest(
    List<String> columns,
    @Nullable Expr filter,
    @Nullable Expr prewhere,
    boolean isFinal,
    @Nullable Sample sample,
    long limit,
    int policyParts,
    Set<Integer> filterOnly) {
  public ScanRequest {
    columns = List.copyOf(columns);
    filterOnly = Set.copyOf(filterOnly);
  }

  public ScanRequest(
      List<String> columns,
      @Nullable Expr filter,
      @Nullable Expr prewhere,
      boolean isFinal,
      @Nullable Sample sample,
      long limit,
      int policyParts) {
    this(columns, filter, prewhere, isFinal, sample, limit, policyParts, Set.of());
  }

  public static ScanRequest of(List<String> columns) {
    return new ScanRequest(columns, null, null, false, null, 0, 0);
  }

  /** The same with another filter. */
  public ScanRequest withFilter(@Nullable Expr other) {
    return new ScanRequest(
        columns, other, prewhere, isFinal, sample, limit, policyParts, filterOnly);
  }

  /** The same with another condition before rows are merged. */
  public ScanRequest withPrewhere(@Nullable Expr other) {
    return new ScanRequest(columns, filter, other, isFinal, sample, limit, policyParts, filterOnly);
  }

  /** The same of a share of the rows. */
  public ScanRequest withSample(Sample other) {
    return new ScanRequest(columns, filter, prewhere, isFinal, other, limit, policyParts);
  }

  /** The same for no more than some rows. */
  public ScanRequest withLimit(long other) {
    return new ScanRequest(
        columns, filter, prewhere, isFinal, sample, other, policyParts, filterOnly);
  }

  /** The same where nobody but the filter looks at some columns. */
  public ScanRequest withFilterOnly(Set<Integer> places) {
    return new ScanRequest(columns, filter, prewhere, isFinal, sample, limit, policyParts, places);
  }

  /** Whether a row policy hides rows: nothing that was wanted may run on those. */
  public boolean guarded() {
    return policyParts > 0;
  }

  /** The same for the rows that a row policy lets through. */
  public ScanRequest guardedBy(Expr policy) {
    return new ScanRequest(
        columns,
        policy,
        prewhere,
        isFinal,
        sample,
        limit,
        Conditions.conjunctsOf(policy).size(),
        filterOnly);
  }

  /**
   * A share of the rows by the sampling key: {@code [offset, offset + share)} of 1, where a number
   * above 1 is one of rows.
   *
   * @param offset null for 0
   * @param replicas of how many replicas this is one's share; together they have as many times more
   */
  public record Sample(
      TableExpression.Ratio share, TableExpression.@Nullable Ratio offset, long replicas) {
    public Sample(TableExpression.Ratio share, TableExpression.@Nullable Ratio offset) {
      this(share, offset, 1);
    }
  }
}
