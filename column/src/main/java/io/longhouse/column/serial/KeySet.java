package io.longhouse.column.serial;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.DistinctValues;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NullableType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a dictionary being written: shared ones up to a limit, and those of one granule that
 * found no room there, numbered behind them.
 */
final class KeySet {
  private final DataType type;
  private final int sharedMax;
  private final ColumnBuilder sharedKeys;
  private final DistinctValues shared;
  private ColumnBuilder additionalKeys;
  private DistinctValues additional;
  private @Nullable Column lastDictionary;
  private int[] lastMapping = new int[0];

  /**
   * @param sharedMax 0 for no limit
   */
  KeySet(DataType type, boolean nullable, int sharedMax) {
    this.type = type;
    this.sharedMax = sharedMax == 0 ? Integer.MAX_VALUE : sharedMax;
    sharedKeys = type.newBuilder(16);
    shared = new DistinctValues(sharedKeys);
    shared.indexOfDefault(sharedKeys);
    if (nullable) {
      shared.indexOf(new NullableColumn(NullableType.strip(type).defaultValue(), new byte[1]), 0);
    }
    additionalKeys = type.newBuilder(0);
    additional = new DistinctValues(additionalKeys);
  }

  /** The place of each row's value; values that are new are added. */
  int[] placesOf(LowCardinalityColumn c, int from, int length) {
    if (additional.size() > 0) {
      additionalKeys = type.newBuilder(16);
      additional = new DistinctValues(additionalKeys);
      lastDictionary = null;
    }
    Column dictionary = c.dictionary();
    if (dictionary != lastDictionary) {
      lastDictionary = dictionary;
      lastMapping = new int[dictionary.size()];
      Arrays.fill(lastMapping, -1);
    }
    int[] mapping = lastMapping;
    int[] indexes = c.indexes();
    int[] places = new int[length];
    for (int i = 0; i < length; i++) {
      int index = indexes[from + i];
      int place = mapping[index];
      if (place < 0) {
        place = add(dictionary, index);
        mapping[index] = place;
      }
      places[i] = place;
    }
    return places;
  }

  private int add(Column dictionary, int index) {
    if (shared.size() < sharedMax) {
      return shared.indexOf(dictionary, index);
    }
    int known = shared.find(dictionary, index);
    return known >= 0 ? known : shared.size() + additional.indexOf(dictionary, index);
  }

  int sharedCount() {
    return shared.size();
  }

  int additionalCount() {
    return additional.size();
  }

  int total() {
    return shared.size() + additional.size();
  }

  /** A copy of the shared keys as they are now. */
  Column sharedKeys() {
    Column all = sharedKeys.build();
    sharedKeys.appendRange(all, 0, all.size());
    return all;
  }

  Column additionalKeys() {
    return additionalKeys.build();
  }
}
