package io.longhouse.format;

import org.jspecify.annotations.Nullable;

/**
 * What a reader needs besides bytes and settings.
 *
 * @param blockRowsMax rows of a block
 * @param evaluator computes expressions in VALUES; null where there are none
 * @param firstRow the number of rows in front of the input when it is a piece of a larger one, for
 *     messages; headers are expected only where it is 0
 */
public record InputOptions(
    int blockRowsMax, @Nullable ExpressionEvaluator evaluator, long firstRow) {
  /** Blocks of the usual size, no expressions. */
  public static final InputOptions DEFAULT = new InputOptions(65_409, null, 0);

  /** For a piece of the input behind {@code rowsBefore} rows. */
  public InputOptions piece(long rowsBefore) {
    return new InputOptions(blockRowsMax, evaluator, rowsBefore);
  }
}
