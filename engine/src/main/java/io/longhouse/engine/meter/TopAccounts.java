package io.longhouse.engine.meter;

import io.longhouse.engine.access.Account;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Counters of the few accounts that use most processor time, and of all others together, for
 * monitoring that must not have a series for each of a million tenants.
 *
 * <p>Invariants: every series only grows while it is there. An account that comes in begins at 0;
 * one that goes takes its series with it, and what it uses from then on is others'. At most {@code
 * shownMax} accounts have a series and {@link #CANDIDATES} times as many are looked at.
 */
public final class TopAccounts {
  private static final int CANDIDATES = 16;

  /** What was used counts half as much after that many calls of {@link #add}. */
  private static final double FADES = Math.pow(0.5, 1.0 / 40);

  /** Who is let in uses so many times as much as the one that has to go. */
  private static final double MORE = 1.5;

  private final int shownMax;
  private final Map<Account, Usage> shown = new LinkedHashMap<>();
  private final Map<Account, Double> scores = new HashMap<>();
  private final Usage others = new Usage();

  /** Counters of an account; null for all that have none of their own. */
  public record Series(@Nullable Account account, Usage usage) {}

  public TopAccounts(int shownMax) {
    this.shownMax = shownMax;
  }

  /** Counts what was used since the last call. */
  public synchronized void add(List<Meter.Hourly> used) {
    if (shownMax <= 0) {
      return;
    }
    scores.replaceAll((_, score) -> score * FADES);
    for (Meter.Hourly h : used) {
      double cpu =
          h.usage().get(Measure.CPU_MICROSECONDS) + h.usage().get(Measure.MERGE_CPU_MICROSECONDS);
      scores.merge(h.account(), cpu, Double::sum);
    }
    choose();
    for (Meter.Hourly h : used) {
      shown.getOrDefault(h.account(), others).add(h.usage());
    }
  }

  private void choose() {
    List<Account> best = candidates();
    for (Account a : best.subList(0, Math.min(best.size(), shownMax))) {
      if (shown.containsKey(a)) {
        continue;
      }
      if (shown.size() >= shownMax) {
        Account least = least();
        if (scores.getOrDefault(a, 0.0) < MORE * scores.getOrDefault(least, 0.0)) {
          continue;
        }
        shown.remove(least);
      }
      shown.put(a, new Usage());
    }
  }

  /** Forgets all but the first; answers these, those who use most first. */
  private List<Account> candidates() {
    var first =
        new PriorityQueue<Map.Entry<Account, Double>>(Comparator.comparing(Map.Entry::getValue));
    for (Map.Entry<Account, Double> e : scores.entrySet()) {
      first.add(Map.entry(e.getKey(), e.getValue()));
      if (first.size() > CANDIDATES * shownMax) {
        first.remove();
      }
    }
    scores.clear();
    List<Account> best = new ArrayList<>();
    for (var e = first.poll(); e != null; e = first.poll()) {
      scores.put(e.getKey(), e.getValue());
      best.addFirst(e.getKey());
    }
    return best;
  }

  private Account least() {
    return shown.keySet().stream()
        .min(Comparator.comparing((Account a) -> scores.getOrDefault(a, 0.0)))
        .orElseThrow();
  }

  /** The series as they are now, all others last; none when that is switched off. */
  public synchronized List<Series> series() {
    List<Series> all = new ArrayList<>();
    if (shownMax > 0) {
      shown.forEach((a, u) -> all.add(new Series(a, u.copy())));
      all.add(new Series(null, others.copy()));
    }
    return all;
  }
}
