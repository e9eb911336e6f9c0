package io.longhouse.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What was measured in turn, as a table of medians: Longhouse, then each of the others. */
final class Ratios {
  /** Another's costs and what Longhouse's are of them. */
  private record Other(Peer.Cost cost, double cpu, double wall) {}

  private record Line(String name, Peer.Cost ours, List<Other> others, String note) {}

  private final List<String> peers;
  private final List<Line> lines = new ArrayList<>();

  Ratios(List<String> peers) {
    this.peers = peers;
  }

  /**
   * Adds a line from runs that were made in turn; a ratio is the median of the pairs' ratios.
   *
   * @param others the costs of each of the peers
   */
  void add(String name, List<Peer.Cost> ours, List<List<Peer.Cost>> others, String note) {
    List<Other> found =
        others.stream()
            .map(theirs ->
                new Other(
                    median(theirs),
                    ratio(ours, theirs, Peer.Cost::cpuMs),
                    ratio(ours, theirs, Peer.Cost::wallMs)))
            .toList();
    lines.add(new Line(name, median(ours), found, note));
  }

  private static double ratio(
      List<Peer.Cost> ours, List<Peer.Cost> theirs, ToDoubleFunction<Peer.Cost> of) {
    double[] ratios = new double[ours.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = of.applyAsDouble(ours.get(i)) / of.applyAsDouble(theirs.get(i));
    }
    return median(ratios);
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

  private double mean(int peer, ToDoubleFunction<Other> of) {
    return Math.exp(
        lines.stream()
            .mapToDouble(l -> Math.log(of.applyAsDouble(l.others.get(peer))))
            .average()
            .orElse(Double.NaN));
  }

  /** The line added last. */
  String last() {
    Line l = lines.getLast();
    var out = new StringBuilder(String.format("%-18s", l.name));
    out.append(cell(l.ours.cpuMs()));
    l.others.forEach(o -> out.append(cell(o.cost.cpuMs())).append(ratio(o.cpu)));
    out.append(cell(l.ours.wallMs()));
    l.others.forEach(o -> out.append(cell(o.cost.wallMs())).append(ratio(o.wall)));
    return out.append("  ").append(l.note).toString();
  }

  private static String cell(double ms) {
    return String.format(Locale.ROOT, " %12.3f", ms);
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, " %7.2f", ratio);
  }

  String heading() {
    var out = new StringBuilder(String.format("%-18s %12s", "", "CPU ms"));
    peers.forEach(p -> out.append(String.format(" %12s %7s", p, "ratio")));
    out.append(String.format(" %12s", "wall ms"));
    peers.forEach(p -> out.append(String.format(" %12s %7s", p, "ratio")));
    return out.toString();
  }

  String means() {
    var out = new StringBuilder(String.format("%-18s %12s", "geometric mean", ""));
    for (int p = 0; p < peers.size(); p++) {
      out.append(String.format(Locale.ROOT, " %20.2f", mean(p, Other::cpu)));
    }
    out.append(String.format(" %12s", ""));
    for (int p = 0; p < peers.size(); p++) {
      out.append(String.format(Locale.ROOT, " %20.2f", mean(p, Other::wall)));
    }
    return out.toString();
  }

  /** Ratios alone, CPU and wall, as rows of a Markdown table. */
  String markdown() {
    var out = new StringBuilder("| query |");
    peers.forEach(p -> out.append(" CPU, ").append(p).append(" | wall, ").append(p).append(" |"));
    out.append("\n|---|").append("---|---|".repeat(peers.size())).append('\n');
    for (Line l : lines) {
      out.append("| ").append(l.name).append(" |");
      l.others.forEach(o -> append(out, o.cpu, o.wall));
      out.append('\n');
    }
    out.append("| **geometric mean** |");
    for (int p = 0; p < peers.size(); p++) {
      append(out, mean(p, Other::cpu), mean(p, Other::wall));
    }
    return out.append('\n').toString();
  }

  private static void append(StringBuilder row, double cpu, double wall) {
    row.append(String.format(Locale.ROOT, " %.2f | %.2f |", cpu, wall));
  }
}
