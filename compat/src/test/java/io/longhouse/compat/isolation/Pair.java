package io.longhouse.compat.isolation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Both worlds, in which the same statements of A run. */
final class Pair {
  private static final int CHANGES_SHOWN = 12;

  /** What tells how much all statements have read. */
  private static final List<String> SUMS_OF_READS = List.of("query_log", "quota_usage");

  private final World one;
  private final World two;
  private final Way way;
  private final String othersOne;
  private final String othersTwo;
  private final Deque<String> changes = new ArrayDeque<>();
  private int queries;

  /** Whether it was chance how much a statement had read when it met its limit. */
  private boolean readByChance;

  /** How A's statements come to a world. */
  interface Way {
    Observation run(World world, Statement statement, String queryId);
  }

  Pair(World one, World two) {
    this(one, two, World::asMember);
  }

  Pair(World one, World two, Way way) {
    this.one = one;
    this.two = two;
    this.way = way;
    this.othersOne = one.others();
    this.othersTwo = two.others();
  }

  /**
   * How a statement went.
   *
   * @param names what differs; empty when nothing does
   * @param changed whether rows of B are not as they were
   */
  record Outcome(List<String> names, String text, boolean succeeded, boolean changed) {
    boolean isEqual() {
      return names.isEmpty();
    }
  }

  void newSessions() {
    one.newSession();
    two.newSession();
  }

  List<String> recentChanges() {
    return List.copyOf(changes);
  }

  Outcome run(Statement s) {
    String id = "q" + queries++;
    if (s.text().contains("_log")) {
      one.flushLogs();
      two.flushLogs();
    }
    Observation a = way.run(one, s, id);
    Observation b = way.run(two, s, id);
    readByChance |= a.readByChance() || b.readByChance();
    if (readByChance && SUMS_OF_READS.stream().anyMatch(s.text()::contains)) {
      return new Outcome(List.of(), "", !a.failed(), false);
    }
    List<String> names = new ArrayList<>();
    var text = new StringBuilder();
    for (Map.Entry<String, String> d : a.differences(b).entrySet()) {
      names.add(d.getKey());
      text.append("    ").append(d.getKey()).append(": ").append(d.getValue()).append('\n');
    }
    for (Observation o : List.of(a, b)) {
      String mark = o.marked();
      if (mark != null) {
        names.add("mark");
        text.append("    mark: ").append(mark).append('\n');
      }
      if (o.seen().getOrDefault("error", "").startsWith("BUG")) {
        names.add("bug");
        text.append("    bug: ").append(o.seen().get("error")).append('\n');
      }
    }
    boolean changed = false;
    if (s.writes() && (!a.failed() || !b.failed())) {
      changes.addLast(s.text());
      if (changes.size() > CHANGES_SHOWN) {
        changes.removeFirst();
      }
      changed = !one.others().equals(othersOne) || !two.others().equals(othersTwo);
      if (changed) {
        names.add("rows of B");
        text.append("    rows of B before: ").append(othersOne).append(" and after ");
        text.append(one.others()).append('\n');
      }
    }
    return new Outcome(List.copyOf(names), text.toString(), !a.failed(), changed);
  }
}
