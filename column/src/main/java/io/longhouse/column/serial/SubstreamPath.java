package io.longhouse.column.serial;

import java.util.ArrayList;
import java.util.List;

/**
 * Where in a column's type one stands while its substreams are named, and the list that they are
 * collected in.
 */
final class SubstreamPath {
  private final List<Substream> found;
  private final String column;
  private final String suffix;
  private final int arrayLevel;

  private SubstreamPath(List<Substream> found, String column, String suffix, int arrayLevel) {
    this.found = found;
    this.column = column;
    this.suffix = suffix;
    this.arrayLevel = arrayLevel;
  }

  static SubstreamPath of(String column) {
    return new SubstreamPath(new ArrayList<>(), column, "", 0);
  }

  SubstreamPath element(String name) {
    return new SubstreamPath(found, column, suffix + "%2E" + FileNames.escape(name), arrayLevel);
  }

  SubstreamPath arrayElements() {
    return new SubstreamPath(found, column, suffix, arrayLevel + 1);
  }

  /** The values themselves. */
  int values() {
    return add(FileNames.escape(column) + suffix, Substream.Kind.VALUES);
  }

  /** Something beside the values, {@code .null}. */
  int structure(String name) {
    return add(FileNames.escape(column) + suffix + name, Substream.Kind.STRUCTURE);
  }

  /** Lengths of arrays; those of a Nested are named by the part in front of the dot. */
  int sizes() {
    String table = arrayLevel == 0 ? FileNames.nestedTable(column) : column;
    return add(FileNames.escape(table) + suffix + ".size" + arrayLevel, Substream.Kind.SIZES);
  }

  /** The substream of that name, which may have been named before. */
  private int add(String name, Substream.Kind kind) {
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).name().equals(name)) {
        return i;
      }
    }
    found.add(new Substream(name, kind));
    return found.size() - 1;
  }

  List<Substream> found() {
    return found;
  }
}
