package io.longhouse.engine.insert;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.HashMap;
import java.util.Map;

/** Arrays {@code n.x} and {@code n.y} of one nested structure have the same size in every row. */
final class NestedSizes {
  private NestedSizes() {}

  static void check(Header header, Block block) {
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.name(i);
      int dot = name.indexOf('.');
      if (dot <= 0 || !(block.column(i).full() instanceof ArrayColumn array)) {
        continue;
      }
      Integer other = first.putIfAbsent(name.substring(0, dot), i);
      if (other != null) {
        Column before = block.column(other).full();
        compare(header, other, (ArrayColumn) before, i, array, block.rows());
      }
    }
  }

  private static void compare(Header header, int i, ArrayColumn a, int j, ArrayColumn b, int rows) {
    for (int r = 0; r < rows; r++) {
      if (a.lengthAt(r) != b.lengthAt(r)) {
        throw new LonghouseException(
            ErrorCode.SIZES_OF_ARRAYS_DONT_MATCH,
            "Elements '"
                + header.name(i)
                + "' and '"
                + header.name(j)
                + "' of Nested data structure (Array columns) have different array sizes ("
                + a.lengthAt(r)
                + " and "
                + b.lengthAt(r)
                + " respectively) on row "
                + r);
      }
    }
  }
}
