package io.longhouse.compat.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whatever a member of a tenant writes, it learns nothing of another tenant's rows and changes none
 * of them. {@code -Dlonghouse.isolation.statements=N} runs more, {@code -Dlonghouse.isolation.seed}
 * others, {@code -Dlonghouse.isolation.round} begins at a round.
 */
class IsolationTest {
  private static final int FINDINGS_MAX = Integer.getInteger("longhouse.isolation.findings", 5);

  @Test
  void nothingOfAnotherTenantShows() {
    long seed = Long.getLong("longhouse.isolation.seed", PlantedLeaksTest.SEED);
    int statements = Integer.getInteger("longhouse.isolation.statements", 20_000);
    int round = Integer.getInteger("longhouse.isolation.round", 0);
    var fuzzer = new Fuzzer(seed, IsolationTest::shown);
    long start = System.nanoTime();
    List<Finding> found = fuzzer.run(round, statements, FINDINGS_MAX);
    System.out.printf(
        "isolation: seed %d, %d statements from round %d in %d s: %s%n",
        seed, statements, round, (System.nanoTime() - start) / 1_000_000_000, fuzzer.summary());
    assertThat(found).as("seed %d", seed).isEmpty();
  }

  /** A long run shows what it has found before it ends. */
  private static boolean shown(Finding f) {
    System.out.println(f);
    return true;
  }
}
