package io.longhouse.engine.exec.group;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One LowCardinality key: the entries of a dictionary are grouped once, then a row's index is
 * looked up in an array.
 */
final class DictionaryTable implements GroupTable {
  private final DataType type;
  private final GroupTable values;
  private @Nullable Column dictionary;
  private int[] groupOfEntry = new int[0];
  private volatile @Nullable Found found;
  private final int[] single = new int[1];

  /** What the entries of a dictionary were found to be when there were so many groups. */
  private record Found(Column dictionary, int groups, int[] groupOfEntry) {}

  DictionaryTable(DataType type, GroupTable values) {
    this.type = type;
    this.values = values;
  }

  @Override
  public void groups(Column[] keys, int rows, int[] out) {
    if (keys[0] instanceof ConstColumn c) {
      groups(new Column[] {c.value()}, 1, single);
      Arrays.fill(out, 0, rows, single[0]);
      return;
    }
    if (!(keys[0] instanceof LowCardinalityColumn encoded)) {
      values.groups(keys, rows, out);
      return;
    }
    if (encoded.dictionary().size() > rows * 2) {
      values.groups(new Column[] {encoded.plain()}, rows, out);
      return;
    }
    map(encoded);
    int[] indexes = encoded.indexes();
    int[] map = groupOfEntry;
    int missing = 0;
    for (int i = 0; i < rows; i++) {
      int g = map[indexes[i]];
      out[i] = g;
      missing |= g;
    }
    if (missing < 0) {
      addMissing(encoded, rows, out);
    }
  }

  private void map(LowCardinalityColumn encoded) {
    if (dictionary != encoded.dictionary()) {
      int entries = encoded.dictionary().size();
      groupOfEntry = new int[entries];
      values.find(new Column[] {encoded.dictionary()}, entries, groupOfEntry);
      dictionary = encoded.dictionary();
    }
  }

  /** Only entries that occur in a row become groups, in the order of the rows. */
  private void addMissing(LowCardinalityColumn encoded, int rows, int[] out) {
    int[] indexes = encoded.indexes();
    for (int i = 0; i < rows; i++) {
      if (out[i] < 0) {
        int entry = indexes[i];
        if (groupOfEntry[entry] < 0) {
          values.groups(new Column[] {encoded.dictionary().slice(entry, 1)}, 1, single);
          groupOfEntry[entry] = single[0];
        }
        out[i] = groupOfEntry[entry];
      }
    }
  }

  @Override
  public void find(Column[] keys, int rows, int[] out) {
    if (!(keys[0] instanceof LowCardinalityColumn encoded)
        || encoded.dictionary().size() > rows * 2) {
      values.find(new Column[] {GroupTable.plain(keys[0]).plain()}, rows, out);
      return;
    }
    Found known = found;
    if (known == null
        || known.dictionary != encoded.dictionary()
        || known.groups != values.size()) {
      int[] groupOf = new int[encoded.dictionary().size()];
      values.find(new Column[] {encoded.dictionary()}, groupOf.length, groupOf);
      known = new Found(encoded.dictionary(), values.size(), groupOf);
      found = known;
    }
    int[] indexes = encoded.indexes();
    int[] groupOf = known.groupOfEntry;
    for (int i = 0; i < rows; i++) {
      out[i] = groupOf[indexes[i]];
    }
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public long hashOf(int group) {
    return values.hashOf(group);
  }

  @Override
  public Column[] keys(int[] groups, int count) {
    var b = type.newBuilder(count);
    b.appendRange(values.keys(groups, count)[0], 0, count);
    return new Column[] {b.build()};
  }

  @Override
  public long retainedBytes() {
    return values.retainedBytes() + 4L * groupOfEntry.length;
  }
}
