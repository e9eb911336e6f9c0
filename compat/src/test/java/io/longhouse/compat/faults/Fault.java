package io.longhouse.compat.faults;

import java.util.List;

/**
 * Something that breaks and is mended.
 *
 * @param atMs after the start of the schedule
 * @param targets names of processes
 * @param others for {@link Kind#PART}, {@link Kind#ONE_WAY}: the other side
 */
record Fault(long atMs, long forMs, Kind kind, List<String> targets, List<String> others) {
  /** What breaks. */
  enum Kind {
    /** kill -9, and a start at the end. */
    KILL,
    /** SIGSTOP, and SIGCONT at the end. */
    PAUSE,
    /** Two groups lose every packet between them. */
    PART,
    /** What the targets open to the others is lost; the way back is open. */
    ONE_WAY,
    /** Nobody can connect to the targets nor they to anybody; connections are reset. */
    REFUSE,
    /** Connections of the targets are reset once. */
    RESET,
    /** Links of the targets are slow. */
    SLOW,
    /** No byte is left on the targets' disks. */
    DISK_FULL
  }

  Fault {
    targets = List.copyOf(targets);
    others = List.copyOf(others);
  }

  @Override
  public String toString() {
    return "%6.2f s for %5.2f s  %s %s%s"
        .formatted(
            atMs / 1000.0,
            forMs / 1000.0,
            kind,
            String.join(",", targets),
            others.isEmpty() ? "" : " | " + String.join(",", others));
  }
}
