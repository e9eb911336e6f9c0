package io.longhouse.client;

import java.io.PrintStream;

/**
 * The line at the bottom of a terminal that shows how far a query is. Drawn at most ten times a
 * second, and not at all for queries that end sooner.
 */
final class ProgressLine {
  private static final long INTERVAL_NS = 100_000_000L;
  private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
  private static final String CLEAR = "\r\u001B[K";

  private final PrintStream out;
  private final boolean enabled;
  private final int width;
  private long startedNs = System.nanoTime();
  private long drawnNs;
  private boolean shown;
  private int turn;
  private long rows;
  private long bytes;
  private long totalRows;
  private long memory;
  private long peakMemory;

  ProgressLine(PrintStream out, boolean enabled, int width) {
    this.out = out;
    this.enabled = enabled;
    this.width = width;
  }

  void start() {
    startedNs = System.nanoTime();
    drawnNs = startedNs;
    rows = 0;
    bytes = 0;
    totalRows = 0;
    memory = 0;
    peakMemory = 0;
  }

  void add(long moreRows, long moreBytes, long moreTotal) {
    rows += moreRows;
    bytes += moreBytes;
    totalRows += moreTotal;
    draw();
  }

  void memory(long now, long peak) {
    memory = now;
    peakMemory = Math.max(peakMemory, peak);
  }

  long elapsedNs() {
    return System.nanoTime() - startedNs;
  }

  long peakMemory() {
    return peakMemory;
  }

  /** {@code 1.23 million rows, 9.84 MB (10.1 million rows/s., 80.1 MB/s.)}. */
  String processed() {
    double seconds = Math.max(1e-9, elapsedNs() / 1e9);
    String rate =
        " ("
            + Readable.quantity(rows / seconds)
            + " rows/s., "
            + Readable.size(bytes / seconds)
            + "/s.)";
    return Readable.quantity(rows) + " rows, " + Readable.size(bytes) + rate;
  }

  boolean hasWork() {
    return rows > 0;
  }

  private void draw() {
    long now = System.nanoTime();
    if (!enabled || now - drawnNs < INTERVAL_NS) {
      return;
    }
    drawnNs = now;
    var line = new StringBuilder();
    line.append(SPINNER.charAt(turn++ % SPINNER.length()))
        .append(" Progress: ")
        .append(processed());
    if (memory >= 1_000_000) {
      line.append(" (").append(Readable.size(memory)).append(" RAM)");
    }
    if (totalRows > 0) {
      double share = Math.min(1.0, (double) rows / Math.max(rows, totalRows));
      String percent = " " + (int) (share * 100) + "%";
      int room = Math.min(60, width - line.length() - percent.length() - 3);
      line.append(percent);
      if (room > 10) {
        int full = (int) (share * room);
        line.append(" \u001B[32m").append("█".repeat(full)).append("\u001B[0m");
        line.append("░".repeat(room - full));
      }
    }
    out.print(CLEAR + line);
    out.flush();
    shown = true;
  }

  /** Takes the line away, so that something else can be printed. */
  void clear() {
    if (shown) {
      out.print(CLEAR);
      out.flush();
      shown = false;
    }
  }
}
