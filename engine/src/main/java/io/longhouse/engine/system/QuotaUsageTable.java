package io.longhouse.engine.system;

import io.longhouse.engine.access.Quota.Resource;
import io.longhouse.engine.access.QuotaUsage;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.access.SessionQuota;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code system.quota_usage}, of the current user, and {@code quotas_usage}, of everybody. */
@Register(
    kind = SystemTable.class,
    name = "quota_usage",
    doc = "How much of its quota the current user has used.")
@Register(
    kind = SystemTable.class,
    name = "quotas_usage",
    doc = "How much of all quotas everybody has used.")
final class QuotaUsageTable extends SystemTable<QuotaUsageTable.Row> {
  /** An interval that is under way, null of a quota without any. */
  record Row(QuotaUsage.Usage usage, QuotaUsage.@Nullable Counters counters, boolean current) {
    @Nullable Object of(Function<QuotaUsage.Counters, @Nullable Object> value) {
      QuotaUsage.Counters c = counters;
      return c == null ? null : value.apply(c);
    }
  }

  private final boolean everybody;

  QuotaUsageTable(String name) {
    super(name, columns(name.equals("quotas_usage")));
    this.everybody = name.equals("quotas_usage");
  }

  private static SystemColumns<Row> columns(boolean everybody) {
    var columns =
        new SystemColumns<Row>()
            .text("quota_name", r -> r.usage.quota().name())
            .text("quota_key", r -> r.usage.key());
    if (everybody) {
      columns.flag("is_current", Row::current);
    }
    columns
        .add(
            "start_time",
            "Nullable(DateTime)",
            r -> r.of(c -> Instant.ofEpochSecond(c.endSec() - c.interval().seconds())))
        .add("end_time", "Nullable(DateTime)", r -> r.of(c -> Instant.ofEpochSecond(c.endSec())))
        .add("duration", "Nullable(UInt32)", r -> r.of(c -> c.interval().seconds()));
    for (Resource r : Resource.values()) {
      String type = QuotaLimitsTable.type(r);
      columns
          .add(r.sql(), type, x -> x.of(c -> QuotaLimitsTable.value(r, c.used(r))))
          .add(
              "max_" + r.sql(),
              type,
              x -> x.of(c -> QuotaLimitsTable.value(r, c.interval().max().get(r))));
    }
    return columns;
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    SessionAccess access = context.require(SessionAccess.class);
    SessionQuota own = context.service(SessionQuota.class);
    List<QuotaUsage.Usage> mine = own == null ? List.of() : own.usages();
    List<Row> rows = new ArrayList<>();
    for (QuotaUsage.Usage u : everybody ? access.control().quotas().all() : mine) {
      if (u.intervals().isEmpty()) {
        rows.add(new Row(u, null, mine.contains(u)));
      }
      u.intervals().forEach(c -> rows.add(new Row(u, c, mine.contains(u))));
    }
    return rows;
  }
}
