package io.longhouse.sql.parser;

/** The text cannot go on like this; the cursor knows where and why. One instance, no stack. */
final class SyntaxFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  static final SyntaxFailure INSTANCE = new SyntaxFailure();

  private SyntaxFailure() {
    super(null, null, false, false);
  }
}
