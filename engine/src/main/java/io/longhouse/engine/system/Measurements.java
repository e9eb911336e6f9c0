package io.longhouse.engine.system;

import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.table.ReplicaState;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.storage.part.DataPart;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The process and its tables in numbers, by ClickHouse's names of asynchronous metrics. */
public final class Measurements {
  private Measurements() {}

  /** Everything that is measured, by name. */
  public static Map<String, Double> of(Collection<Database> databases) {
    Map<String, Double> all = new TreeMap<>();
    var runtime = ManagementFactory.getRuntimeMXBean();
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    var system = ManagementFactory.getOperatingSystemMXBean();
    all.put("Uptime", runtime.getUptime() / 1000.0);
    all.put("jvm.heap.used", (double) heap.getUsed());
    all.put("jvm.heap.committed", (double) heap.getCommitted());
    all.put("jvm.heap.max", (double) heap.getMax());
    all.put("LoadAverage1", system.getSystemLoadAverage());
    all.put("OSThreads", (double) ManagementFactory.getThreadMXBean().getThreadCount());
    for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      all.merge("jvm.gc.count", (double) gc.getCollectionCount(), Double::sum);
      all.merge("jvm.gc.time_ms", (double) gc.getCollectionTime(), Double::sum);
    }
    all.put("NumberOfDatabases", (double) databases.size());
    all.put("NumberOfTables", databases.stream().mapToDouble(d -> d.entries().size()).sum());
    addMergeTree(databases, all);
    addReplicas(databases, all);
    return all;
  }

  private static void addReplicas(Collection<Database> databases, Map<String, Double> all) {
    for (String m :
        List.of(
            "ReplicasMaxAbsoluteDelay",
            "ReplicasMaxRelativeDelay",
            "ReplicasMaxQueueSize",
            "ReplicasMaxInsertsInQueue",
            "ReplicasMaxMergesInQueue",
            "ReplicasSumQueueSize",
            "ReplicasSumInsertsInQueue",
            "ReplicasSumMergesInQueue")) {
      all.put(m, 0.0);
    }
    for (Database d : databases) {
      for (Table t : d.openTables()) {
        ReplicaState r = t.replicaState();
        if (r != null) {
          all.merge("ReplicasMaxAbsoluteDelay", (double) r.delaySec(), Math::max);
          all.merge("ReplicasMaxRelativeDelay", (double) r.relativeDelaySec(), Math::max);
          add("QueueSize", r.queueSize(), all);
          add("InsertsInQueue", r.insertsInQueue(), all);
          add("MergesInQueue", r.mergesInQueue(), all);
        }
      }
    }
  }

  private static void add(String what, long value, Map<String, Double> all) {
    all.merge("ReplicasMax" + what, (double) value, Math::max);
    all.merge("ReplicasSum" + what, (double) value, Double::sum);
  }

  private static void addMergeTree(Collection<Database> databases, Map<String, Double> all) {
    double rows = 0;
    double bytes = 0;
    double parts = 0;
    double partsOfPartition = 0;
    for (Database d : databases) {
      for (Table t : d.openTables()) {
        if (t instanceof MergeTreeTable m) {
          Map<String, Double> byPartition = new TreeMap<>();
          for (DataPart p : m.data().snapshot().parts()) {
            rows += p.rows();
            PartFiles f = PartFiles.of(List.of(p));
            bytes += f.dataCompressed() + f.marksBytes() + f.indexCompressed();
            parts++;
            byPartition.merge(p.name().partitionId(), 1.0, Double::sum);
          }
          for (double n : byPartition.values()) {
            partsOfPartition = Math.max(partsOfPartition, n);
          }
        }
      }
    }
    all.put("TotalRowsOfMergeTreeTables", rows);
    all.put("TotalBytesOfMergeTreeTables", bytes);
    all.put("TotalPartsOfMergeTreeTables", parts);
    all.put("MaxPartCountForPartition", partsOfPartition);
  }
}
