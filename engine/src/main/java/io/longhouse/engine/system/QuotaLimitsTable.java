package io.longhouse.engine.system;

import io.longhouse.engine.access.AccessControl;
import io.longhouse.engine.access.Quota;
import io.longhouse.engine.access.Quota.Resource;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.AccessEntityKind;
import org.jspecify.annotations.Nullable;

/** {@code system.quota_limits}: a row for each interval of each quota. */
@Register(kind = SystemTable.class, name = "quota_limits", doc = "The limits of quotas.")
final class QuotaLimitsTable extends SystemTable<QuotaLimitsTable.Row> {
  /** An interval of a quota. */
  record Row(Quota quota, Quota.Interval interval) {}

  QuotaLimitsTable() {
    super("quota_limits", limits());
  }

  private static SystemColumns<Row> limits() {
    var columns =
        new SystemColumns<Row>()
            .text("quota_name", r -> r.quota.name())
            .add("duration", "UInt32", r -> r.interval.seconds())
            .flag("is_randomized_interval", r -> r.interval.randomized());
    for (Resource r : Resource.values()) {
      columns.add("max_" + r.sql(), type(r), x -> value(r, x.interval.max().get(r)));
    }
    return columns;
  }

  static String type(Resource r) {
    return r == Resource.EXECUTION_TIME ? "Nullable(Float64)" : "Nullable(UInt64)";
  }

  /** Time in seconds. */
  static @Nullable Object value(Resource r, @Nullable Long amount) {
    return amount == null || r != Resource.EXECUTION_TIME ? amount : (Object) (amount / 1e9);
  }

  @Override
  protected String tableColumn() {
    return "quota_name";
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<Row> rows(QueryContext context, WantedNames names) {
    AccessControl control = context.require(SessionAccess.class).control();
    return () ->
        control.stream(AccessEntityKind.QUOTA, names.tableRanges())
            .map(Quota.class::cast)
            .flatMap(q -> q.intervals().stream().map(i -> new Row(q, i)))
            .iterator();
  }
}
