package io.longhouse.compat.isolation;

import java.util.List;
import java.util.function.BiPredicate;

/** Differences that are known: they are passed over, each with its reason. */
final class KnownFindings {
  /**
   * A difference that is known.
   *
   * @param reason where it is written down
   * @param covers whether it is about that name of an {@link Observation} after that statement
   */
  record Rule(String name, String reason, BiPredicate<String, Statement> covers) {}

  private static final List<Rule> RULES = List.of();

  private KnownFindings() {}

  static boolean isKnown(String name, Statement statement) {
    return RULES.stream().anyMatch(r -> r.covers.test(name, statement));
  }
}
