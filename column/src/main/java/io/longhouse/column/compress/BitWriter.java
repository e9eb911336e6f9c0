package io.longhouse.column.compress;

/** Writes bits into bytes, the most significant bit of each first; unused bits at the end are 0. */
final class BitWriter {
  private final byte[] target;
  private int at;
  private int used;
  private int current;

  BitWriter(byte[] target, int at) {
    this.target = target;
    this.at = at;
  }

  /** Writes the {@code count} low bits of {@code value}, at most 64. */
  void write(int count, long value) {
    while (count > 0) {
      int n = Math.min(count, 8 - used);
      int bits = (int) (value >>> count - n) & (1 << n) - 1;
      current |= bits << 8 - used - n;
      used += n;
      count -= n;
      if (used == 8) {
        target[at++] = (byte) current;
        used = 0;
        current = 0;
      }
    }
  }

  /** Ends the last byte and answers the place behind it. */
  int finish() {
    if (used > 0) {
      target[at++] = (byte) current;
      used = 0;
      current = 0;
    }
    return at;
  }
}
