package io.longhouse.format;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.sql.Utf8Sequence;

/**
 * Passes on what a format writes with every run of bytes that are not UTF-8 replaced by U+FFFD, for
 * formats whose readers take nothing else.
 */
final class ValidUtf8Output implements OutputFormat {
  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private final OutputFormat format;
  private final ByteWriter raw;
  private final ByteWriter out;

  /**
   * @param raw what the format writes to
   */
  ValidUtf8Output(OutputFormat format, ByteWriter raw, ByteWriter out) {
    this.format = format;
    this.raw = raw;
    this.out = out;
  }

  @Override
  public void begin() {
    format.begin();
    pass();
  }

  @Override
  public void write(Block block) {
    format.write(block);
    pass();
  }

  @Override
  public void totals(Block block) {
    format.totals(block);
    pass();
  }

  @Override
  public void extremes(Block block) {
    format.extremes(block);
    pass();
  }

  @Override
  public void progress(OutputProgress progress) {
    format.progress(progress);
    pass();
  }

  @Override
  public void finish(OutputStatistics statistics) {
    format.finish(statistics);
    pass();
  }

  @Override
  public boolean exception(byte[] message) {
    boolean written = format.exception(message);
    pass();
    return written;
  }

  /** A call of the format ends between characters, as values do not go on in the next one. */
  private void pass() {
    byte[] b = raw.buffer();
    int end = raw.position();
    int good = 0;
    int i = 0;
    boolean replaced = false;
    while (i < end) {
      int n = b[i] >= 0 ? 1 : Utf8Sequence.length(b, i, end);
      if (n > 0) {
        replaced = false;
        i += n;
        continue;
      }
      out.writeBytes(b, good, i - good);
      if (!replaced) {
        out.writeBytes(REPLACEMENT);
        replaced = true;
      }
      i++;
      good = i;
    }
    out.writeBytes(b, good, end - good);
    raw.reset();
  }
}
