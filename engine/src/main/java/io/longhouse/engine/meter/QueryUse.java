package io.longhouse.engine.meter;

import io.longhouse.engine.session.Progress;

/**
 * What one query came to.
 *
 * @param kind as {@code query_kind} names it
 * @param progress its counters at the end
 */
public record QueryUse(
    String kind, boolean failed, Progress.Snapshot progress, long cpuMicros, long queueMicros) {
  void addTo(Usage usage) {
    usage.add(Measure.QUERIES, 1);
    usage.add(counterOf(kind), 1);
    usage.add(Measure.FAILED_QUERIES, failed ? 1 : 0);
    usage.add(Measure.CPU_MICROSECONDS, cpuMicros);
    usage.add(Measure.QUERY_DURATION_MS, progress.elapsedNs() / 1_000_000);
    usage.add(Measure.QUEUE_MICROSECONDS, queueMicros);
    usage.add(Measure.READ_ROWS, progress.readRows());
    usage.add(Measure.READ_BYTES, progress.readBytes());
    usage.add(Measure.WRITTEN_ROWS, progress.writtenRows());
    usage.add(Measure.WRITTEN_BYTES, progress.writtenBytes());
    usage.add(Measure.RESULT_ROWS, progress.resultRows());
    usage.add(Measure.RESULT_BYTES, progress.resultBytes());
    usage.add(Measure.PEAK_MEMORY_USAGE, progress.peakMemoryUsage());
  }

  private static Measure counterOf(String kind) {
    return switch (kind) {
      case "Select" -> Measure.SELECT_QUERIES;
      case "Insert" -> Measure.INSERT_QUERIES;
      case "Alter" -> Measure.ALTER_QUERIES;
      case "Create", "Drop", "Rename" -> Measure.DDL_QUERIES;
      default -> Measure.OTHER_QUERIES;
    };
  }
}
