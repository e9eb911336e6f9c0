package io.longhouse.function.aggregate.sequence;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of events.
 *
 * <pre>
 * pattern = ( '(?' N ')'            an event that meets condition N
 *           | '.'                   any event
 *           | '.*'                  any number of events
 *           | '(?t' op seconds ')'  time since the event before; op = &lt;= | &lt; | &gt;= | &gt; | == )*
 * </pre>
 *
 * Matching tries alternatives by backtracking, a limited number of times.
 */
final class EventPattern {
  private static final int STEPS_MAX = 1_000_000;

  private enum Kind {
    EVENT,
    ANY,
    STAR,
    AT_MOST,
    LESS,
    AT_LEAST,
    MORE,
    EXACTLY
  }

  private record Step(Kind kind, long value) {}

  private final List<Step> steps;

  /** The steps that take an event, of a pattern that says nothing of time. */
  private final List<Step> taking;

  /** Before which of these any number of events may come; the last entry is behind all of them. */
  private final boolean[] starBefore;

  private final boolean timed;
  private final long conditions;

  private EventPattern(List<Step> steps) {
    this.steps = List.copyOf(steps);
    this.taking = steps.stream().filter(s -> s.kind == Kind.EVENT || s.kind == Kind.ANY).toList();
    this.timed = steps.stream().anyMatch(s -> s.kind.compareTo(Kind.STAR) > 0);
    this.starBefore = new boolean[taking.size() + 1];
    int at = 0;
    long used = 0;
    for (Step s : steps) {
      if (s.kind == Kind.STAR) {
        starBefore[at] = true;
      } else if (s.kind == Kind.EVENT || s.kind == Kind.ANY) {
        at++;
      }
      used |= s.kind == Kind.EVENT ? 1L << s.value : 0;
    }
    this.conditions = used;
  }

  /**
   * @throws LonghouseException SYNTAX_ERROR (62) or BAD_ARGUMENTS (36)
   */
  static EventPattern parse(String text, int conditions) {
    var steps = new ArrayList<Step>();
    steps.add(new Step(Kind.STAR, 0));
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith(".*", at)) {
        steps.add(new Step(Kind.STAR, 0));
        at += 2;
        continue;
      }
      if (text.startsWith(".", at)) {
        steps.add(new Step(Kind.ANY, 0));
        at++;
        continue;
      }
      if (!text.startsWith("(?", at)) {
        throw syntax("Could not parse pattern, unexpected starting symbol", text, at);
      }
      at += 2;
      Kind kind = Kind.EVENT;
      if (text.startsWith("t", at)) {
        at++;
        kind = operator(text, at);
        at += kind == Kind.LESS || kind == Kind.MORE ? 1 : 2;
      }
      int from = at;
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        at++;
      }
      if (at == from || at - from > 18) {
        throw syntax("Could not parse number", text, from);
      }
      long value = Long.parseLong(text, from, at, 10);
      if (kind == Kind.EVENT) {
        if (value < 1 || value > conditions) {
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS, "Event number " + value + " is out of range");
        }
        value--;
      } else {
        Kind before = steps.get(steps.size() - 1).kind;
        if (before != Kind.EVENT && before != Kind.ANY && before != Kind.STAR) {
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS,
              "Temporal condition should be preceded by an event condition");
        }
      }
      if (!text.startsWith(")", at)) {
        throw syntax("Expected closing parenthesis, found", text, at);
      }
      at++;
      steps.add(new Step(kind, value));
    }
    return new EventPattern(steps);
  }

  private static Kind operator(String text, int at) {
    if (text.startsWith("<=", at)) {
      return Kind.AT_MOST;
    }
    if (text.startsWith("<", at)) {
      return Kind.LESS;
    }
    if (text.startsWith(">=", at)) {
      return Kind.AT_LEAST;
    }
    if (text.startsWith(">", at)) {
      return Kind.MORE;
    }
    if (text.startsWith("==", at)) {
      return Kind.EXACTLY;
    }
    throw syntax("Unknown time condition", text, at);
  }

  private static LonghouseException syntax(String what, String text, int at) {
    return new LonghouseException(
        ErrorCode.SYNTAX_ERROR, what + " '" + text.substring(at) + "' at position " + at);
  }

  /** Where matching goes on when an alternative fails. */
  private record Alternative(int step, int event, int base) {}

  /** Whether the pattern is found anywhere. */
  boolean isIn(EventList events) {
    long met = 0;
    for (int i = 0; i < events.size(); i++) {
      met |= events.events(i);
    }
    if ((conditions & ~met) != 0) {
      return false;
    }
    return timed ? match(events, 0) >= 0 : isInUntimed(events);
  }

  /** All ways to match at once, one pass over the events: what is reached after each of them. */
  private boolean isInUntimed(EventList events) {
    int last = taking.size();
    boolean[] reached = new boolean[last + 1];
    boolean[] next = new boolean[last + 1];
    reached[0] = true;
    for (int e = 0; e < events.size() && !reached[last]; e++) {
      boolean any = false;
      java.util.Arrays.fill(next, false);
      for (int s = 0; s < last; s++) {
        if (!reached[s]) {
          continue;
        }
        Step step = taking.get(s);
        boolean fits = step.kind == Kind.ANY || (events.events(e) >>> step.value & 1) != 0;
        next[s + 1] |= fits;
        next[s] |= starBefore[s];
        any |= fits || starBefore[s];
      }
      boolean[] swap = reached;
      reached = next;
      next = swap;
      if (!any) {
        return false;
      }
    }
    return reached[last];
  }

  /**
   * The place behind the first match from event {@code from} on, or -1. A match of no event ends
   * behind the first event, so that a search for the next one gets on.
   */
  int match(EventList events, int from) {
    int n = events.size();
    int step = 0;
    int event = from;
    int base = from;
    var alternatives = new java.util.ArrayDeque<Alternative>();
    int tried = 0;
    while (step < steps.size() && event < n) {
      Step s = steps.get(step);
      boolean fits;
      switch (s.kind) {
        case EVENT -> {
          fits = (events.events(event) >>> s.value & 1) != 0;
          if (fits) {
            base = event++;
            step++;
          }
        }
        case ANY -> {
          base = event++;
          step++;
          fits = true;
        }
        case STAR -> {
          alternatives.push(new Alternative(step, event, base));
          base = event;
          step++;
          fits = true;
        }
        default -> {
          fits = timely(s, events.time(event) - events.time(base));
          if (fits) {
            alternatives.push(new Alternative(step, event, base));
            base = event;
            step++;
          } else if (s.kind == Kind.AT_LEAST || s.kind == Kind.MORE) {
            event++;
            fits = event < n;
          }
        }
      }
      if (!fits) {
        Alternative next = null;
        while (next == null && !alternatives.isEmpty()) {
          Alternative a = alternatives.pop();
          next = a.event + 1 < n ? a : null;
        }
        if (next == null) {
          break;
        }
        step = next.step;
        event = next.event + 1;
        base = next.base;
      }
      if (++tried > STEPS_MAX) {
        throw new LonghouseException(
            ErrorCode.TOO_SLOW,
            "Pattern application proves too difficult, exceeding max iterations ("
                + STEPS_MAX
                + ")");
      }
    }
    while (step < steps.size() && steps.get(step).kind == Kind.STAR) {
      step++;
    }
    return step == steps.size() ? Math.max(event, from + 1) : -1;
  }

  private static boolean timely(Step s, long passed) {
    return switch (s.kind) {
      case AT_MOST -> passed <= s.value;
      case LESS -> passed < s.value;
      case AT_LEAST -> passed >= s.value;
      case MORE -> passed > s.value;
      case EXACTLY -> passed == s.value;
      case EVENT, ANY, STAR -> throw new IllegalArgumentException(s.toString());
    };
  }
}
