package io.longhouse.engine.dictionary;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Locale;

/**
 * How keys are found. All layouts are one hash table here; what differs is what keys may be and
 * what the layout is called.
 */
enum DictionaryLayout {
  FLAT("Flat", false, false),
  HASHED("Hashed", false, false),
  SPARSE_HASHED("SparseHashed", false, false),
  HASHED_ARRAY("HashedArray", false, false),
  COMPLEX_KEY_HASHED("ComplexKeyHashed", true, false),
  COMPLEX_KEY_SPARSE_HASHED("ComplexKeySparseHashed", true, false),
  COMPLEX_KEY_HASHED_ARRAY("ComplexKeyHashedArray", true, false),
  RANGE_HASHED("RangeHashed", false, true),
  COMPLEX_KEY_RANGE_HASHED("ComplexKeyRangeHashed", true, true);

  private final String shown;
  private final boolean complex;
  private final boolean ranged;

  DictionaryLayout(String shown, boolean complex, boolean ranged) {
    this.shown = shown;
    this.complex = complex;
    this.ranged = ranged;
  }

  /** As {@code system.dictionaries} calls it. */
  String shown() {
    return shown;
  }

  /** Whether keys may be of any types and several; else the key is one UInt64. */
  boolean isComplex() {
    return complex;
  }

  /** Whether a row holds for a range of values of a further column. */
  boolean isRanged() {
    return ranged;
  }

  /**
   * @throws LonghouseException NOT_IMPLEMENTED (48) for a layout of ClickHouse that is missing
   *     here, UNKNOWN_ELEMENT_IN_CONFIG (137) for another word
   */
  static DictionaryLayout of(String name) {
    for (DictionaryLayout l : values()) {
      if (l.name().equals(name.toUpperCase(Locale.ROOT))) {
        return l;
      }
    }
    String bare = name.replace("complex_key_", "");
    boolean known =
        switch (bare) {
          case "cache", "ssd_cache", "direct", "ip_trie", "polygon", "regexp_tree" -> true;
          default -> bare.startsWith("polygon_");
        };
    throw known
        ? new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED, "Dictionary layout " + name + " is not implemented")
        : new LonghouseException(
            ErrorCode.UNKNOWN_ELEMENT_IN_CONFIG, "Unknown dictionary layout type: " + name);
  }
}
