package io.longhouse.compat.isolation;

import java.util.List;

/**
 * A difference, and what had been changed before.
 *
 * @param number of the statement in its round
 * @param what the names of what differs
 * @param outcomes both outcomes
 */
record Finding(
    PolicyModel model,
    long seed,
    int round,
    int number,
    Statement statement,
    List<String> what,
    String outcomes,
    List<String> before) {
  @Override
  public String toString() {
    return "seed %d, round %d (%s), statement %d differs in %s:%n  %s%n%s%n  after %s%n"
        .formatted(seed, round, model, number, what, statement, outcomes, before);
  }
}
