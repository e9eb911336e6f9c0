package io.longhouse.compat.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A statement of A, in pieces, so that a failing one can be made smaller.
 *
 * @param family what drew it, for the count of what was tried
 * @param settings of the request, as a client sends them beside the text
 * @param writes whether it can change something
 */
record Statement(
    String family, List<Clause> clauses, Map<String, String> settings, boolean writes) {
  /**
   * A piece of text.
   *
   * @param optional whether the rest stays a statement without it
   */
  record Clause(String text, boolean optional) {}

  Statement {
    clauses = List.copyOf(clauses);
    settings = Map.copyOf(settings);
  }

  static Statement reading(String family, String text) {
    return new Statement(family, List.of(new Clause(text, false)), Map.of(), false);
  }

  static Statement writing(String family, String text) {
    return new Statement(family, List.of(new Clause(text, false)), Map.of(), true);
  }

  String text() {
    return String.join(" ", clauses.stream().map(Clause::text).toList());
  }

  Statement with(Map<String, String> otherSettings) {
    return new Statement(family, clauses, otherSettings, writes);
  }

  Statement withClauses(List<Clause> other) {
    return new Statement(family, other, settings, writes);
  }

  /** The same with one clause before all others. */
  Statement after(String words) {
    List<Clause> all = new ArrayList<>();
    all.add(new Clause(words, true));
    all.addAll(clauses);
    return withClauses(all);
  }

  @Override
  public String toString() {
    return text() + (settings.isEmpty() ? "" : "   -- with " + settings);
  }
}
