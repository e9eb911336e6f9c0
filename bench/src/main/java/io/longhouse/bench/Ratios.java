package io.longhouse.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What was measured in pairs, as a table of medians. */
final class Ratios {
  private record Line(
      String name, Peer.Cost ours, Peer.Cost theirs, double cpu, double wall, String note) {}

  private final List<Line> lines = new ArrayList<>();

  /** Adds a line from runs that were made in turn; the ratio is the median of the pairs' ratios. */
  void add(String name, List<Peer.Cost> ours, List<Peer.Cost> theirs, String note) {
    int n = ours.size();
    double[] cpu = new double[n];
    double[] wall = new double[n];
    for (int i = 0; i < n; i++) {
      cpu[i] = ours.get(i).cpuMs() / theirs.get(i).cpuMs();
      wall[i] = ours.get(i).wallMs() / theirs.get(i).wallMs();
    }
    lines.add(new Line(name, median(ours), median(theirs), median(cpu), median(wall), note));
  }

  private static Peer.Cost median(List<Peer.Cost> costs) {
    return new Peer.Cost(
        median(costs.stream().mapToDouble(Peer.Cost::cpuMs).toArray()),
        median(costs.stream().mapToDouble(Peer.Cost::wallMs).toArray()));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  double cpuMean() {
    return mean(lines.stream().mapToDouble(Line::cpu).toArray());
  }

  double wallMean() {
    return mean(lines.stream().mapToDouble(Line::wall).toArray());
  }

  private static double mean(double[] values) {
    return Math.exp(Arrays.stream(values).map(Math::log).average().orElse(Double.NaN));
  }

  /** The line added last. */
  String last() {
    return text(lines.getLast());
  }

  static String heading() {
    return String.format(
        "%-18s %12s %12s %7s %12s %12s %7s",
        "", "CPU ms", "ClickHouse", "ratio", "wall ms", "ClickHouse", "ratio");
  }

  private static String text(Line l) {
    return String.format(
        Locale.ROOT,
        "%-18s %12.3f %12.3f %7.2f %12.3f %12.3f %7.2f  %s",
        l.name,
        l.ours.cpuMs(),
        l.theirs.cpuMs(),
        l.cpu,
        l.ours.wallMs(),
        l.theirs.wallMs(),
        l.wall,
        l.note);
  }

  String means() {
    return String.format(
        Locale.ROOT, "%-18s %33.2f %33.2f", "geometric mean", cpuMean(), wallMean());
  }

  /** Ratios alone, CPU and wall, as rows of a Markdown table. */
  String markdown() {
    var out = new StringBuilder("| query | CPU | wall |\n|---|---|---|\n");
    for (Line l : lines) {
      out.append(row(l.name, l.cpu, l.wall));
    }
    return out.append(row("**geometric mean**", cpuMean(), wallMean())).toString();
  }

  private static String row(String name, double cpu, double wall) {
    return String.format(Locale.ROOT, "| %s | %.2f | %.2f |\n", name, cpu, wall);
  }
}
