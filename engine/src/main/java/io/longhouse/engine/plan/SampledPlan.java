package io.longhouse.engine.plan;

import io.longhouse.engine.table.ScanRequest;

/** A plan of which every table is read only in part. */
public final class SampledPlan {
  private SampledPlan() {}

  public static Plan of(Plan plan, ScanRequest.Sample sample) {
    return plan instanceof Plan.Scan s
        ? new Plan.Scan(s.table(), s.request().withSample(sample), s.header())
        : PlanRewriter.mapInputs(plan, p -> of(p, sample));
  }
}
