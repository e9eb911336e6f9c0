package io.longhouse.engine.insert;

import io.longhouse.column.Block;
import io.longhouse.engine.analyze.WritePolicies;
import io.longhouse.engine.exec.FilterLane;
import io.longhouse.engine.table.TableId;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/**
 * What every row of one INSERT must satisfy before any of its block is written: the row policies
 * that its writer falls under, then the table's constraints. For one thread at a time.
 */
final class RowChecks {
  /** A condition that every row must meet. */
  record Constraint(String name, String expression, Program check) {}

  private record Policy(TableId table, Program check) {}

  static final RowChecks NONE = new RowChecks(List.of(), List.of(), "");

  private final List<Policy> policies = new ArrayList<>();
  private final List<Constraint> constraints;
  private final String user;
  private long rowsBefore;

  /**
   * @param user who writes
   */
  RowChecks(List<WritePolicies.Rule> rules, List<Constraint> constraints, String user) {
    for (WritePolicies.Rule r : rules) {
      Expr condition = r.condition();
      policies.add(new Policy(r.table(), new Program(List.of(condition))));
    }
    this.constraints = List.copyOf(constraints);
    this.user = user;
  }

  /**
   * Looks at a block of stored columns, the next one of the INSERT.
   *
   * @throws LonghouseException ACCESS_DENIED (497), VIOLATED_CONSTRAINT (469)
   */
  void check(Block block) {
    for (Policy p : policies) {
      int bad = firstViolation(p.check, block);
      if (bad >= 0) {
        throw new LonghouseException(
            ErrorCode.ACCESS_DENIED,
            user
                + ": Not enough privileges. Row "
                + (rowsBefore + bad + 1)
                + " of the INSERT does not satisfy the row policies of "
                + p.table
                + " for this user: one may write such rows only as one may read");
      }
    }
    for (Constraint c : constraints) {
      int bad = firstViolation(c.check, block);
      if (bad >= 0) {
        throw new LonghouseException(
            ErrorCode.VIOLATED_CONSTRAINT,
            "Constraint "
                + c.name()
                + " is violated at row "
                + (bad + 1)
                + ". Expression: ("
                + c.expression()
                + ")");
      }
    }
    rowsBefore += block.rows();
  }

  /** The first row for which a condition is not true; -1 for none. */
  private static int firstViolation(Program condition, Block block) {
    int[] kept = new int[block.rows() + 1];
    int ok = FilterLane.select(condition.evaluate(block)[0], block.rows(), kept);
    if (ok == block.rows()) {
      return -1;
    }
    int bad = 0;
    while (bad < ok && kept[bad] == bad) {
      bad++;
    }
    return bad;
  }
}
