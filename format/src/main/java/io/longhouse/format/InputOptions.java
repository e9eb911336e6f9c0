package io.longhouse.format;

import org.jspecify.annotations.Nullable;

/**
 * What a reader needs besides bytes and settings.
 *
 * @param blockRowsMax rows of a block
 * @param evaluator computes expressions in VALUES; null where there are none
 * @param firstRow how many rows stand in front of the input, for messages
 * @param continued whether the input is a piece of a larger one but not its beginning, so that no
 *     header is expected; the first piece must hold all of the header
 */
public record InputOptions(
    int blockRowsMax, @Nullable ExpressionEvaluator evaluator, long firstRow, boolean continued) {
  /** Blocks of the usual size, no expressions. */
  public static final InputOptions DEFAULT = new InputOptions(65_409, null, 0, false);

  /** For an input that is whole. */
  public InputOptions(int blockRowsMax, @Nullable ExpressionEvaluator evaluator, long firstRow) {
    this(blockRowsMax, evaluator, firstRow, false);
  }

  /** The same with expressions computed. */
  public InputOptions with(@Nullable ExpressionEvaluator other) {
    return new InputOptions(blockRowsMax, other, firstRow, continued);
  }

  /** For a piece of the input behind the first one and {@code rowsBefore} rows. */
  public InputOptions piece(long rowsBefore) {
    return new InputOptions(blockRowsMax, evaluator, rowsBefore, true);
  }
}
