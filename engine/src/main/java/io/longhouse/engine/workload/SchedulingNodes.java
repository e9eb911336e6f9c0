package io.longhouse.engine.workload;

import io.longhouse.engine.workload.Workloads.View;
import io.longhouse.sql.ast.CreateResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The workloads as {@code system.scheduler} shows them: for each resource a tree of nodes, named as
 * in ClickHouse by what each of them does.
 */
public final class SchedulingNodes {
  /**
   * A node.
   *
   * @param measured by the names of columns; what is missing does not apply
   */
  public record Row(
      String resource,
      String path,
      String type,
      double weight,
      long priority,
      long precedence,
      Map<String, Number> measured) {}

  private final List<Row> rows = new ArrayList<>();
  private final Map<String, List<View>> children = new HashMap<>();
  private String resource = "";
  private String unit = "";

  private SchedulingNodes() {}

  public static List<Row> of(Workloads workloads) {
    var nodes = new SchedulingNodes();
    List<View> roots = new ArrayList<>();
    for (View v : workloads.views()) {
      String parent = v.parent();
      (parent == null ? roots : nodes.children.computeIfAbsent(parent, _ -> new ArrayList<>()))
          .add(v);
    }
    for (CreateResource r : workloads.store().resources()) {
      nodes.resource = r.name();
      nodes.unit = WorkloadStore.unit(r.operations().getFirst().words());
      roots.forEach(v -> nodes.workload(v, ""));
    }
    return nodes.rows;
  }

  private WorkloadSettings settings(View v) {
    return switch (unit) {
      case "QuerySlot" -> v.queries();
      case "MemoryByte" -> v.memory();
      default -> v.threads();
    };
  }

  private boolean isMemory() {
    return unit.equals("MemoryByte");
  }

  private void workload(View v, String above) {
    WorkloadSettings s = settings(v);
    String path = above + "/" + v.name();
    add(v, path, "workload", s, null);
    path = limits(v, s, path);
    List<View> inner = children.getOrDefault(v.name(), List.of());
    if (inner.isEmpty()) {
      leaf(v, path);
    } else if (inner.size() == 1) {
      workload(inner.getFirst(), path);
    } else {
      fork(v, inner, path);
    }
  }

  private String limits(View v, WorkloadSettings s, String above) {
    String path = above;
    if (isMemory()) {
      if (s.memoryMax() != WorkloadSettings.UNLIMITED) {
        path += "/limit";
        add(v, path, "allocation_limit", null, Map.of());
      }
      return path;
    }
    boolean threads = unit.equals("CPUNanosecond");
    double speed = threads ? s.cpusMax() * 1e9 : s.queriesPerSecond();
    if (speed > 0) {
      path += "/throttler";
      double burst = threads ? s.burstCpuSec() * 1e9 : s.burstQueries();
      Map<String, Number> m = new HashMap<>();
      m.put("is_satisfied", v.share().throttled() ? 0 : 1);
      m.put("max_speed", speed);
      m.put("max_burst", burst);
      m.put("throttling_us", threads ? v.share().throttledNs() / 1000 : 0);
      m.put("tokens", threads ? v.share().tokensNs() : burst);
      add(v, path, "bandwidth_limit", null, m);
    }
    long most = threads ? s.threadsMax() : s.queriesMax();
    if (most != WorkloadSettings.UNLIMITED) {
      path += "/semaphore";
      int now = threads ? v.share().running() : v.running();
      Map<String, Number> m = new HashMap<>();
      m.put("is_satisfied", now < most ? 1 : 0);
      m.put("inflight_requests", now);
      m.put("inflight_cost", now);
      m.put("max_requests", most);
      m.put("max_cost", Long.MAX_VALUE);
      add(v, path, "inflight_limit", null, m);
    }
    return path;
  }

  private void leaf(View v, String above) {
    if (isMemory()) {
      add(
          v,
          above + "/queue",
          "allocation_queue",
          null,
          Map.of("queue_length", 0, "queue_cost", 0, "rejects", 0, "pending", 0));
      return;
    }
    int waiting = unit.equals("QuerySlot") ? v.waiting() : 0;
    add(
        v,
        above + "/fifo",
        "fifo",
        null,
        Map.of("queue_length", waiting, "queue_cost", waiting, "budget", 0));
  }

  /** Children by their priorities; those of one priority share by weight. */
  private void fork(View v, List<View> inner, String above) {
    Map<Long, List<View>> bands = new TreeMap<>();
    for (View c : inner) {
      long band = isMemory() ? settings(c).precedence() : settings(c).priority();
      bands.computeIfAbsent(band, _ -> new ArrayList<>()).add(c);
    }
    String path = above;
    if (bands.size() > 1) {
      path += "/prio";
      add(v, path, isMemory() ? "precedence_allocation" : "priority", null, Map.of());
    }
    for (Map.Entry<Long, List<View>> band : bands.entrySet()) {
      List<View> same = band.getValue();
      same.sort(Comparator.comparing(View::name));
      String under = path;
      if (same.size() > 1) {
        under += "/p" + band.getKey() + "_fair";
        String type = isMemory() ? "fair_allocation" : "fair";
        Map<String, Number> m =
            isMemory() ? Map.of() : Map.of("system_vruntime", v.share().systemVruntime());
        add(v, under, type, new Band(band.getKey()), m);
      }
      for (View c : same) {
        workload(c, under);
      }
    }
  }

  /** What stands at a fork of one priority. */
  private record Band(long priority) {}

  private void add(
      View v, String path, String type, @Nullable Object of, @Nullable Map<String, Number> more) {
    WorkloadSettings s = of instanceof WorkloadSettings w ? w : WorkloadSettings.NONE;
    long band = of instanceof Band b ? b.priority() : 0;
    Map<String, Number> m = isMemory() ? memory(v) : used(v);
    if (of instanceof WorkloadSettings && v.parent() != null && !isMemory()) {
      m.put("vruntime", unit.equals("CPUNanosecond") ? v.share().vruntime() : v.admitted());
    }
    m.putAll(Objects.requireNonNullElse(more, Map.of()));
    rows.add(
        new Row(
            resource,
            path,
            type,
            s.weight(),
            isMemory() ? s.priority() : s.priority() + band,
            isMemory() ? s.precedence() + band : s.precedence(),
            m));
  }

  private Map<String, Number> used(View v) {
    boolean threads = unit.equals("CPUNanosecond");
    Map<String, Number> m = new HashMap<>();
    boolean active = threads ? v.share().active() : v.running() + v.waiting() > 0;
    m.put("is_active", active ? 1 : 0);
    m.put("active_children", threads ? v.share().activeChildren() : 0);
    m.put("dequeued_requests", threads ? v.share().steps() : v.admitted());
    m.put("dequeued_cost", threads ? v.share().usedNs() : v.admitted());
    m.put("canceled_requests", 0);
    m.put("canceled_cost", 0);
    m.put("rejected_requests", threads ? 0 : v.refused());
    m.put("rejected_cost", threads ? 0 : v.refused());
    m.put("busy_periods", threads ? v.share().busyPeriods() : 0);
    m.put("throughput", 0.0);
    return m;
  }

  private static Map<String, Number> memory(View v) {
    Map<String, Number> m = new HashMap<>();
    m.put("allocated", v.memoryUsed());
    m.put("allocations", v.running());
    for (String n :
        List.of("updates", "increases", "decreases", "admits", "removes", "killers", "victims")) {
      m.put(n, 0);
    }
    return m;
  }
}
