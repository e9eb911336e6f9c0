package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.engine.plan.Plan.JoinKind;
import io.longhouse.engine.plan.Plan.JoinStrictness;

/**
 * A join with a condition on pairs of rows: candidates with equal keys are made a piece at a time,
 * the condition chooses among them, and the join's strictness is applied to what is left. A left
 * row that stays without a match comes out in its place among the others.
 */
final class JoinPairs {
  private final JoinBuild build;
  private final JoinLane.JoinMatches candidates;
  private final Take take;
  private final boolean keepLeft;
  private final boolean mark;
  private final int missing;
  private byte[] matched = new byte[0];
  private int rows;
  private int settled;

  int[] left = new int[0];
  int[] right = new int[0];
  int count;

  /** Which of the pairs that fulfil the condition come out. */
  private enum Take {
    ALL,
    /** The first of a left row. */
    FIRST_OF_LEFT,
    /** The first of a right row. */
    FIRST_OF_RIGHT,
    /** The first of both. */
    FIRST_OF_BOTH,
    NONE
  }

  JoinPairs(JoinBuild build, JoinLane.JoinMatches candidates) {
    this.build = build;
    this.candidates = candidates;
    this.take = takeOf(build.join().kind(), build.join().strictness());
    this.keepLeft = build.keepsUnmatchedLeft();
    this.mark = build.marks().length > 0;
    this.missing = build.rows().defaultRow();
  }

  private static Take takeOf(JoinKind kind, JoinStrictness strictness) {
    boolean right = kind == JoinKind.RIGHT;
    return switch (strictness) {
      case ALL, ASOF -> Take.ALL;
      case ANY ->
          right
              ? Take.FIRST_OF_RIGHT
              : kind == JoinKind.INNER ? Take.FIRST_OF_BOTH : Take.FIRST_OF_LEFT;
      case SEMI -> right ? Take.FIRST_OF_RIGHT : Take.FIRST_OF_LEFT;
      case ANTI -> Take.NONE;
    };
  }

  void start(int n) {
    matched = new byte[n];
    rows = n;
    settled = 0;
  }

  /** Makes the next pairs from at most {@code max} candidates; answers whether there are more. */
  boolean fill(Block block, int max) {
    boolean needsOne = take == Take.FIRST_OF_LEFT || take == Take.FIRST_OF_BOTH;
    if (candidates.isInsideRow()
        && matched[candidates.row()] != 0
        && (needsOne || take == Take.NONE && !mark)) {
      candidates.skipRow();
    }
    boolean anyLeft = candidates.row() < rows;
    boolean more = anyLeft && candidates.fill(max);
    int n = anyLeft ? candidates.count : 0;
    int[] selected = new int[n];
    int kept =
        n == 0
            ? 0
            : build
                .condition()
                .select(block, candidates.left, build.rows(), candidates.right, n, selected);
    left = new int[kept + (keepLeft ? rows - settled : 0)];
    right = new int[left.length];
    count = 0;
    for (int k = 0; k < kept; k++) {
      pair(candidates.left[selected[k]], candidates.right[selected[k]]);
    }
    settle(candidates.row());
    return more;
  }

  private void pair(int l, int r) {
    boolean first = matched[l] == 0;
    boolean out =
        switch (take) {
          case ALL -> true;
          case FIRST_OF_LEFT -> first;
          case FIRST_OF_RIGHT -> build.claim(r);
          case FIRST_OF_BOTH -> first && build.claim(r);
          case NONE -> false;
        };
    if (mark && (take == Take.ALL || take == Take.NONE)) {
      build.marks()[r] = 1;
    }
    if (out || take == Take.NONE) {
      settle(l);
      matched[l] = 1;
    }
    if (out) {
      left[count] = l;
      right[count++] = r;
    }
  }

  /** Lets the left rows before {@code to} that have no match come out, where they stay. */
  private void settle(int to) {
    if (!keepLeft) {
      return;
    }
    for (; settled < to; settled++) {
      left[count] = settled;
      right[count] = missing;
      count += matched[settled] == 0 ? 1 : 0;
    }
  }
}
