package io.longhouse.column.compress;

/** The writing side of a codec with its parameters. Has no state; many threads may use it. */
public interface Codec {
  /** The method byte of the blocks it writes, 0 to 255. */
  int method();

  /** As in {@code CODEC(...)}: {@code ZSTD(1)}. */
  String text();

  /** The most bytes that {@link #encode} writes for {@code rawLength} bytes. */
  int encodedSizeMax(int rawLength);

  /** Encodes a payload and answers its length. */
  int encode(byte[] raw, int from, int length, byte[] target, int at);

  /**
   * Whether it compresses any bytes. Codecs that know numbers only (Delta, Gorilla) do not, and are
   * left out for null maps, sizes and dictionary indexes.
   */
  default boolean isGeneric() {
    return true;
  }
}
