package io.longhouse.compat.isolation;

import io.longhouse.compat.isolation.Statement.Clause;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs statements in both worlds and compares; each round has new worlds. */
final class Fuzzer {
  static final int STATEMENTS_PER_ROUND = 800;
  private static final int STATEMENTS_PER_SESSION = 25;
  private static final int THREADS_MAX = 2;
  private static final int REPEATS = 10;

  /** After so many rounds a long run says how far it is. */
  private static final int ROUNDS_TOLD = 50;

  private final long seed;
  private final Predicate<Finding> isNew;
  private final Map<String, int[]> counts = new TreeMap<>();
  private Generator.@Nullable Vocabulary words;

  /**
   * @param isNew which findings are to be reported
   */
  Fuzzer(long seed, Predicate<Finding> isNew) {
    this.seed = seed;
    this.isNew = isNew;
  }

  /** How many statements of each family ran, and how many of them without an error. */
  String summary() {
    var out = new StringBuilder();
    counts.forEach((family, n) ->
        out.append("%s %d (%d%% succeed), ".formatted(family, n[0], 100 * n[1] / n[0])));
    return out.toString();
  }

  /** So many statements; what was found, at most {@code findingsMax}, in its order. */
  List<Finding> run(int firstRound, int statements, int findingsMax) {
    List<Finding> found = Collections.synchronizedList(new ArrayList<>());
    int rounds = Math.ceilDiv(statements, STATEMENTS_PER_ROUND);
    var next = new AtomicInteger();
    Runnable work =
        () -> {
          int round = next.getAndIncrement();
          while (round < rounds && found.size() < findingsMax) {
            int left = statements - round * STATEMENTS_PER_ROUND;
            round(firstRound + round, Math.min(STATEMENTS_PER_ROUND, left), findingsMax, found);
            round = next.getAndIncrement();
            if (round % ROUNDS_TOLD == 0) {
              System.out.printf("isolation: %d of %d rounds begun%n", round, rounds);
            }
          }
        };
    try (var threads = Executors.newFixedThreadPool(Math.min(THREADS_MAX, rounds))) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < Math.min(THREADS_MAX, rounds); i++) {
        all.add(threads.submit(work));
      }
      for (Future<?> f : all) {
        f.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a round of seed " + seed + " did not end", e.getCause());
    }
    return found.stream()
        .sorted(Comparator.comparingInt(Finding::round).thenComparingInt(Finding::number))
        .toList();
  }

  private synchronized Generator.Vocabulary words(World world) {
    Generator.Vocabulary known = words;
    if (known == null) {
      known = Generator.Vocabulary.of(world);
      words = known;
    }
    return known;
  }

  private void round(int round, int statements, int findingsMax, List<Finding> found) {
    PolicyModel model = PolicyModel.values()[round % PolicyModel.values().length];
    long roundSeed = seed * 1_000_003 + round;
    try (var one = new World(model, roundSeed, 0);
        var two = new World(model, roundSeed, 1)) {
      var pair = new Pair(one, two);
      var generator = new Generator(words(one), roundSeed);
      for (int i = 0; i < statements && found.size() < findingsMax; i++) {
        if (i % STATEMENTS_PER_SESSION == 0) {
          pair.newSessions();
        }
        Statement s = generator.next();
        Pair.Outcome o = pair.run(s);
        count(s, o);
        if (!o.isEqual() && (!mayBeRepeated(s) || repeats(s, pair))) {
          Finding f = finding(s, o, pair, round, i);
          if (isNew.test(f)) {
            found.add(f);
          }
        }
        if (o.changed()) {
          return; // the worlds are no longer what they should be
        }
      }
    }
  }

  private static boolean mayBeRepeated(Statement s) {
    return !s.writes() || s.text().startsWith("SELECT");
  }

  /**
   * Whether it differs again. Rows of several shards come in the order in which their threads find
   * them, now this way and now that in both worlds: what follows from B does not change.
   */
  private static boolean repeats(Statement s, Pair pair) {
    for (int i = 0; i < REPEATS; i++) {
      if (pair.run(s).isEqual()) {
        return false;
      }
    }
    return true;
  }

  private Finding finding(Statement s, Pair.Outcome o, Pair pair, int round, int number) {
    PolicyModel model = PolicyModel.values()[round % PolicyModel.values().length];
    Statement small = s.writes() ? s : shrunk(s, o, pair);
    Pair.Outcome again = s.writes() ? o : pair.run(small);
    boolean repeats = !again.isEqual();
    Pair.Outcome shown = repeats ? again : o;
    return new Finding(
        model,
        seed,
        round,
        number,
        repeats ? small : s,
        shown.names(),
        shown.text(),
        pair.recentChanges());
  }

  private synchronized void count(Statement s, Pair.Outcome o) {
    int[] n = counts.computeIfAbsent(s.family(), _ -> new int[2]);
    n[0]++;
    n[1] += o.succeeded() ? 1 : 0;
  }

  /** Leaves out every clause without which the same still differs. */
  private static Statement shrunk(Statement s, Pair.Outcome outcome, Pair pair) {
    Statement best = s;
    String first = outcome.names().getFirst();
    for (int i = s.clauses().size() - 1; i >= 0; i--) {
      if (best.clauses().get(i).optional()) {
        List<Clause> fewer = new ArrayList<>(best.clauses());
        fewer.remove(i);
        Statement tried = best.withClauses(fewer);
        if (pair.run(tried).names().contains(first)) {
          best = tried;
        }
      }
    }
    return best;
  }
}
