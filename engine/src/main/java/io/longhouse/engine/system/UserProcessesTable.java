package io.longhouse.engine.system;

import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalQuery;
import io.longhouse.engine.session.Processes;
import io.longhouse.engine.session.Progress;
import io.longhouse.registry.Register;
import java.util.Map;
import java.util.TreeMap;

/** {@code system.user_processes}: the running queries of each user together. */
@Register(
    kind = SystemTable.class,
    name = "user_processes",
    doc = "What the running queries of each user take together.")
final class UserProcessesTable extends SystemTable<UserProcessesTable.Row> {
  record Row(String user, long memory, long peak, Map<String, Long> events) {
    Row plus(LocalQuery q) {
      Progress.Snapshot p = q.progress();
      Map<String, Long> sum = new TreeMap<>(events);
      q.profileEvents().forEach((e, n) -> sum.merge(e, n, Long::sum));
      return new Row(user, memory + p.memoryUsage(), peak + p.peakMemoryUsage(), sum);
    }
  }

  UserProcessesTable() {
    super(
        "user_processes",
        new SystemColumns<Row>()
            .text("user", Row::user)
            .add("memory_usage", "Int64", Row::memory)
            .add("peak_memory_usage", "Int64", Row::peak)
            .add("ProfileEvents", "Map(LowCardinality(String), UInt64)", Row::events)
            .alias("ProfileEvents.Names", "Array(String)", "mapKeys(ProfileEvents)")
            .alias("ProfileEvents.Values", "Array(UInt64)", "mapValues(ProfileEvents)"));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    SessionAccess access = context.require(SessionAccess.class);
    Map<String, Row> users = new TreeMap<>();
    for (LocalQuery q : context.require(Processes.class).all()) {
      String user = q.session().user();
      if (access.seesQueriesOf(user, q.account())) {
        users.put(user, users.getOrDefault(user, new Row(user, 0, 0, Map.of())).plus(q));
      }
    }
    return users.values();
  }
}
