package io.longhouse.column.serial;

/**
 * One of the streams that a column is written as.
 *
 * @param name of its file without extension: {@code nested.size0}
 * @param kind what it holds
 */
public record Substream(String name, Kind kind) {
  /** What a substream holds. */
  public enum Kind {
    /** Values of the type; all codecs apply. */
    VALUES,
    /** Lengths, null maps, positions and dictionary indexes; generic codecs alone apply. */
    STRUCTURE,
    /** Lengths of arrays, which the columns of a Nested share. */
    SIZES
  }
}
