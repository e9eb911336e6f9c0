package io.longhouse.compat.faults;

import java.util.ArrayList;
import java.util.List;

/** What went wrong, in the order in which it was seen, and what happened besides. */
final class Findings {
  private static final int KEPT = 30;

  private final long startNs = System.nanoTime();
  private final List<String> wrong = new ArrayList<>();
  private final List<String> events = new ArrayList<>();

  /** The same mistake is kept once. */
  synchronized void wrong(String what) {
    if (wrong.size() < KEPT && wrong.stream().noneMatch(w -> w.endsWith("] " + what))) {
      wrong.add(at() + what);
    }
    events.add(at() + "WRONG " + (what.length() > 300 ? what.substring(0, 300) : what));
  }

  synchronized void event(String what) {
    events.add(at() + what);
  }

  private String at() {
    return "[%6.2f s] ".formatted((System.nanoTime() - startNs) / 1e9);
  }

  synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }

  synchronized List<String> events() {
    return List.copyOf(events);
  }
}
