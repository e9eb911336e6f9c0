package io.longhouse.format;

import org.jspecify.annotations.Nullable;

/**
 * What a reader needs besides bytes and settings.
 *
 * @param blockRowsMax rows of a block
 * @param evaluator computes expressions in VALUES; null where there are none
 * @param firstRow how many rows stand in front of the input, for messages
 * @param first the reader of the first piece where the input is a later piece of a larger one, so
 *     that no header is expected; the first piece must hold all of the header, and its reader must
 *     have read
 */
public record InputOptions(
    int blockRowsMax,
    @Nullable ExpressionEvaluator evaluator,
    long firstRow,
    @Nullable InputFormat first) {
  /** Blocks of the usual size, no expressions. */
  public static final InputOptions DEFAULT = new InputOptions(65_409, null, 0, null);

  /** For an input that is whole. */
  public InputOptions(int blockRowsMax, @Nullable ExpressionEvaluator evaluator, long firstRow) {
    this(blockRowsMax, evaluator, firstRow, null);
  }

  /** The same with expressions computed. */
  public InputOptions with(@Nullable ExpressionEvaluator other) {
    return new InputOptions(blockRowsMax, other, firstRow, first);
  }

  /** The same with blocks of at most that many rows. */
  public InputOptions withBlockRows(int rows) {
    return new InputOptions(rows, evaluator, firstRow, first);
  }

  /** For a piece of the input behind {@code rowsBefore} rows, the first piece's among them. */
  public InputOptions piece(InputFormat firstPiece, long rowsBefore) {
    return new InputOptions(blockRowsMax, evaluator, rowsBefore, firstPiece);
  }

  /** Whether the input is a later piece. */
  boolean continued() {
    return first != null;
  }
}
