package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a join demands besides equal keys. Parts that look at one side only rule rows of that side
 * out before any pair is made; the rest is evaluated over pairs of rows.
 */
final class JoinCondition {
  private final int leftWidth;
  private final int width;
  private final @Nullable Program left;
  private final @Nullable Program right;
  private final @Nullable Program pairs;
  private final boolean[] needed;

  private final List<Expr> leftParts = new ArrayList<>();
  private final List<Expr> rightParts = new ArrayList<>();
  private final List<Expr> pairParts = new ArrayList<>();

  JoinCondition(Plan.Join join) {
    this.leftWidth = join.left().header().size();
    this.width = leftWidth + join.right().header().size();
    this.needed = new boolean[width];
    Expr residual = join.residual();
    if (residual != null) {
      sort(residual);
    }
    this.left = program(leftParts);
    this.right = program(rightParts);
    this.pairs = program(pairParts);
    pairParts.forEach(this::need);
  }

  private static @Nullable Program program(List<Expr> parts) {
    return parts.isEmpty() ? null : new Program(parts);
  }

  /** Conjuncts may change places when none of them can throw for a row that another rules out. */
  private void sort(Expr e) {
    if (e instanceof Expr.Call c && c.name().equals("and") && !c.mayThrow()) {
      c.arguments().forEach(this::sort);
      return;
    }
    boolean usesLeft = uses(e, 0, leftWidth);
    boolean usesRight = uses(e, leftWidth, width);
    if (!usesRight) {
      leftParts.add(e);
    } else if (!usesLeft) {
      rightParts.add(shifted(e));
    } else {
      pairParts.add(e);
    }
  }

  private static boolean uses(Expr e, int from, int to) {
    return e instanceof Expr.Input i
        ? i.index() >= from && i.index() < to
        : e.children().stream().anyMatch(c -> uses(c, from, to));
  }

  private Expr shifted(Expr e) {
    UnaryOperator<Expr> shift = this::shifted;
    return e instanceof Expr.Input i
        ? new Expr.Input(i.index() - leftWidth, i.type())
        : e.mapChildren(shift);
  }

  private void need(Expr e) {
    if (e instanceof Expr.Input i) {
      needed[i.index()] = true;
    }
    e.children().forEach(this::need);
  }

  /** Whether pairs of rows with equal keys have to be looked at. */
  boolean hasPairs() {
    return pairs != null;
  }

  /** Marks rows of the left that meet no row; answers null when there is no such condition. */
  byte @Nullable [] skippedLeft(Block block) {
    return left == null ? null : skipped(left, block);
  }

  /** Marks rows of the right that meet no row; answers null when there is no such condition. */
  byte @Nullable [] skippedRight(Block block) {
    return right == null ? null : skipped(right, block);
  }

  private static byte[] skipped(Program program, Block block) {
    int rows = block.rows();
    byte[] skip = new byte[rows];
    int[] selected = new int[rows];
    for (Column c : program.evaluate(block)) {
      int count = FilterLane.select(c, rows, selected);
      if (count < rows) {
        for (int k = 0, next = 0; k <= count; k++) {
          int end = k < count ? selected[k] : rows;
          for (int r = next; r < end; r++) {
            skip[r] = 1;
          }
          next = end + 1;
        }
      }
    }
    return skip;
  }

  /**
   * Which of the pairs {@code (leftRows[k], rightRows[k])} fulfil the condition: writes their
   * places and answers how many.
   */
  int select(
      Block leftBlock, int[] leftRows, JoinRows rightSide, int[] rightRows, int count, int[] out) {
    Program condition = pairs;
    if (condition == null) {
      throw new IllegalStateException("no condition on pairs");
    }
    Column[] columns = new Column[width];
    for (int i = 0; i < width; i++) {
      columns[i] =
          !needed[i]
              ? new ConstColumn(NOT_NEEDED, count)
              : i < leftWidth
                  ? leftBlock.column(i).gather(leftRows, count)
                  : rightSide.input(i - leftWidth).gather(rightRows, count);
    }
    int kept = -1;
    for (Column c : condition.evaluate(new Block(columns, count))) {
      kept = kept < 0 ? FilterLane.select(c, count, out) : intersect(c, count, out, kept);
    }
    return kept;
  }

  private static final Column NOT_NEEDED = io.longhouse.column.Int8Column.of((byte) 0);

  /** Keeps those of {@code out[0..kept)} that the column selects too. */
  private static int intersect(Column c, int count, int[] out, int kept) {
    int[] also = new int[count];
    int n = FilterLane.select(c, count, also);
    int both = 0;
    for (int i = 0, j = 0; i < kept && j < n; ) {
      if (out[i] == also[j]) {
        out[both++] = out[i];
        i++;
        j++;
      } else if (out[i] < also[j]) {
        i++;
      } else {
        j++;
      }
    }
    return both;
  }
}
