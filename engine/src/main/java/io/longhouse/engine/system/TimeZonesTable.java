package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import java.time.ZoneId;
import java.util.TreeSet;

/** {@code system.time_zones}. */
@Register(kind = SystemTable.class, name = "time_zones", doc = "All time zones.")
final class TimeZonesTable extends SystemTable<String> {
  TimeZonesTable() {
    super("time_zones", new SystemColumns<String>().text("time_zone", s -> s));
  }

  @Override
  protected Iterable<String> rows(QueryContext context) {
    return new TreeSet<>(ZoneId.getAvailableZoneIds());
  }
}
