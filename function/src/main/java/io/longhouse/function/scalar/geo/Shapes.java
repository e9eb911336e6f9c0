package io.longhouse.function.scalar.geo;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.Numbers;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.Rows;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/**
 * Columns of points, rings, polygons or multipolygons with all coordinates as doubles.
 *
 * @param depth arrays around a point: 0 for points, 3 for multipolygons
 * @param offsets those of the arrays from outside; places of row r are {@code [offsets[0][r],
 *     offsets[0][r + 1])} and so on inward
 */
record Shapes(int depth, int[][] offsets, double[] xs, double[] ys, int size) {
  /** How many arrays are around a point of two numbers, or -1 when there is no such point. */
  static int depth(DataType type) {
    int depth = 0;
    DataType t = type;
    while (t instanceof ArrayType a) {
      depth++;
      t = a.element();
    }
    boolean point =
        t instanceof TupleType tuple
            && tuple.elements().size() == 2
            && NumberShape.of(tuple.elements().get(0)) != null
            && NumberShape.of(tuple.elements().get(1)) != null;
    return point ? depth : -1;
  }

  /**
   * The depth of a type that geometric functions take.
   *
   * @throws LonghouseException BAD_ARGUMENTS (36) where it is none
   */
  static int geometry(DataType type) {
    int depth = depth(type);
    DataType t = type;
    while (t instanceof ArrayType a) {
      t = a.element();
    }
    boolean floats =
        t instanceof TupleType tuple
            && tuple.elements().stream().allMatch(FloatType.FLOAT64::equals);
    if (depth < 0 || depth > 3 || !floats) {
      throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "Unknown geometry type " + type);
    }
    return depth;
  }

  static Shapes of(Column column, DataType type) {
    int depth = depth(type);
    int[][] offsets = new int[depth][];
    Column c = column.full();
    DataType t = type;
    for (int d = 0; d < depth; d++) {
      var array = (ArrayColumn) c;
      offsets[d] = array.offsets();
      c = Rows.elements(array);
      t = ((ArrayType) t).element();
    }
    var points = (TupleColumn) c.full();
    var tuple = (TupleType) t;
    return new Shapes(
        depth,
        offsets,
        coordinates(points.elements().get(0), tuple.elements().get(0)),
        coordinates(points.elements().get(1), tuple.elements().get(1)),
        column.size());
  }

  private static double[] coordinates(Column c, DataType type) {
    NumberShape shape = NumberShape.of(type);
    double[] out = new double[c.size()];
    Numbers.toDoubles(c.full(), 0, out.length, shape == null || shape.signed(), out);
    return out;
  }

  /** The first ring of row {@code r}; of a ring itself its one. */
  int firstRing(int r) {
    return depth == 3 ? offsets[1][offsets[0][r]] : depth == 2 ? offsets[0][r] : r;
  }

  /** Where the rings of row {@code r} end. */
  int lastRing(int r) {
    return depth == 3 ? offsets[1][offsets[0][r + 1]] : depth == 2 ? offsets[0][r + 1] : r + 1;
  }

  /** Where the points of a ring begin. */
  int from(int ring) {
    return offsets[depth - 1][ring];
  }

  int to(int ring) {
    return offsets[depth - 1][ring + 1];
  }
}
