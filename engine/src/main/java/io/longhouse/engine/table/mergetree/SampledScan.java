package io.longhouse.engine.table.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float64Column;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.TableExpression;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.mergetree.MergeTreeMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A read of a share of the rows. What the sampling key needs is read as well and left out of the
 * blocks.
 */
final class SampledScan implements Scan {
  private static final String FACTOR = "_sample_factor";

  private final Scan scan;
  private final int width;
  private final int factorPlace;
  private final double factor;

  private SampledScan(Scan scan, ScanRequest request, double factor) {
    this.scan = scan;
    this.width = request.columns().size();
    this.factorPlace = request.columns().indexOf(FACTOR);
    this.factor = factor;
  }

  /**
   * @param open reads what the changed request says
   */
  static Scan of(
      MergeTreeData data,
      ScanRequest request,
      ScanRequest.Sample sample,
      QueryContext context,
      BiFunction<ScanRequest, QueryContext, Scan> open) {
    MergeTreeMetadata metadata = data.metadata();
    Expr key = metadata.samplingKey();
    if (key == null) {
      throw new LonghouseException(
          ErrorCode.SAMPLING_NOT_SUPPORTED,
          "Storage " + data.mode().engine() + " doesn't support sampling");
    }
    if (request.guarded() && (isOfRows(sample.share()) || isOfRows(sample.offset()))) {
      throw new LonghouseException(
          ErrorCode.ACCESS_DENIED,
          "A sample of so many rows depends on how many the row policies of the table hide; ask for"
              + " a share of them, SAMPLE 1/10");
    }
    Sampling sampling =
        Sampling.of(sample, key, () -> rows(data, request, metadata, context), context);
    List<String> columns = new ArrayList<>(request.columns());
    List<Expr> conditions = new ArrayList<>();
    for (Expr c : sampling.conditions()) {
      conditions.add(Exprs.map(c, place -> placeIn(columns, metadata, place)));
    }
    var changed =
        new ScanRequest(
            columns,
            request.filter(),
            request.prewhere(),
            request.isFinal(),
            null,
            request.limit(),
            request.policyParts());
    var all = new ScanConditions(columns, metadata, context);
    // Of rows of equal key those that are left out must not take part in the merge.
    Scan inner =
        request.isFinal()
            ? open.apply(changed.withPrewhere(with(request.prewhere(), conditions, all)), context)
            : open.apply(changed.withFilter(with(request.filter(), conditions, all)), context);
    return new SampledScan(inner, request, sampling.factor());
  }

  /** Above 1 it is a number of rows. */
  private static boolean isOfRows(TableExpression.@Nullable Ratio r) {
    return r != null && r.numerator().compareTo(r.denominator()) > 0;
  }

  private static int placeIn(List<String> columns, MergeTreeMetadata metadata, int place) {
    String name = metadata.columns().get(place).name();
    if (!columns.contains(name)) {
      columns.add(name);
    }
    return columns.indexOf(name);
  }

  private static @Nullable Expr with(
      @Nullable Expr condition, List<Expr> sampling, ScanConditions conditions) {
    List<Expr> both = new ArrayList<>();
    if (condition != null) {
      both.add(condition);
    }
    both.addAll(sampling);
    return conditions.all(both);
  }

  private static long rows(
      MergeTreeData data, ScanRequest request, MergeTreeMetadata metadata, QueryContext context) {
    Expr filter = request.filter();
    var conditions = new ScanConditions(request.columns(), metadata, context);
    Expr indexed = filter == null ? null : conditions.overStored(filter);
    return data.select(data.snapshot(), indexed).rows();
  }

  @Override
  public boolean appliesFilter() {
    return scan.appliesFilter();
  }

  @Override
  public boolean countsVisible(RowCount counts) {
    return scan.countsVisible(counts);
  }

  @Override
  public boolean isIndexed(Expr operand) {
    return scan.isIndexed(operand);
  }

  @Override
  public long rowsToRead() {
    return scan.rowsToRead();
  }

  @Override
  public @Nullable Estimate estimate() {
    return scan.estimate();
  }

  @Override
  public List<String> describe() {
    return scan.describe();
  }

  @Override
  public List<Lane> lanes(int parallelism) {
    return scan.lanes(parallelism).stream().<Lane>map(SampledLane::new).toList();
  }

  private final class SampledLane implements Lane {
    private final Lane lane;

    SampledLane(Lane lane) {
      this.lane = lane;
    }

    @Override
    public @Nullable Block next() {
      Block block = lane.next();
      if (block == null) {
        return null;
      }
      List<Column> columns = new ArrayList<>(width);
      for (int i = 0; i < width; i++) {
        columns.add(
            i == factorPlace
                ? new ConstColumn(new Float64Column(new double[] {factor}, 1), block.rows())
                : block.column(i));
      }
      return new Block(columns, block.rows());
    }

    @Override
    public boolean keepsNothing() {
      return lane.keepsNothing();
    }

    @Override
    public void close() {
      lane.close();
    }
  }
}
