package io.longhouse.function.scalar.conditional;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes each row from one of several columns of the same type. A constant source stands for any
 * number of rows: its row index is masked to 0.
 */
public final class Choice {
  private Choice() {}

  /**
   * @param sources constant or full columns of {@code type}
   * @param which for each row the index of its source
   */
  public static Column of(DataType type, Column[] sources, int[] which, int rows) {
    Column[] values = new Column[sources.length];
    int[] masks = new int[sources.length];
    for (int s = 0; s < sources.length; s++) {
      boolean constant = sources[s] instanceof ConstColumn;
      values[s] = constant ? ((ConstColumn) sources[s]).value().full() : sources[s].full();
      masks[s] = constant ? 0 : -1;
    }
    return choose(type.newBuilder(0), values, masks, which, rows);
  }

  private static Column choose(
      ColumnBuilder empty, Column[] values, int[] masks, int[] which, int rows) {
    return switch (values[0]) {
      case Int8Column _ -> {
        byte[][] v = new byte[values.length][];
        for (int s = 0; s < v.length; s++) {
          v[s] = ((Int8Column) values[s]).values();
        }
        byte[] out = new byte[rows];
        for (int r = 0; r < rows; r++) {
          int w = which[r];
          out[r] = v[w][r & masks[w]];
        }
        yield new Int8Column(out, rows);
      }
      case Int16Column _ -> {
        short[][] v = new short[values.length][];
        for (int s = 0; s < v.length; s++) {
          v[s] = ((Int16Column) values[s]).values();
        }
        short[] out = new short[rows];
        for (int r = 0; r < rows; r++) {
          int w = which[r];
          out[r] = v[w][r & masks[w]];
        }
        yield new Int16Column(out, rows);
      }
      case Int32Column _ -> {
        int[][] v = new int[values.length][];
        for (int s = 0; s < v.length; s++) {
          v[s] = ((Int32Column) values[s]).values();
        }
        int[] out = new int[rows];
        for (int r = 0; r < rows; r++) {
          int w = which[r];
          out[r] = v[w][r & masks[w]];
        }
        yield new Int32Column(out, rows);
      }
      case Int64Column _ -> {
        long[][] v = new long[values.length][];
        for (int s = 0; s < v.length; s++) {
          v[s] = ((Int64Column) values[s]).values();
        }
        long[] out = new long[rows];
        for (int r = 0; r < rows; r++) {
          int w = which[r];
          out[r] = v[w][r & masks[w]];
        }
        yield new Int64Column(out, rows);
      }
      case Float32Column _ -> {
        float[][] v = new float[values.length][];
        for (int s = 0; s < v.length; s++) {
          v[s] = ((Float32Column) values[s]).values();
        }
        float[] out = new float[rows];
        for (int r = 0; r < rows; r++) {
          int w = which[r];
          out[r] = v[w][r & masks[w]];
        }
        yield new Float32Column(out, rows);
      }
      case Float64Column _ -> {
        double[][] v = new double[values.length][];
        for (int s = 0; s < v.length; s++) {
          v[s] = ((Float64Column) values[s]).values();
        }
        double[] out = new double[rows];
        for (int r = 0; r < rows; r++) {
          int w = which[r];
          out[r] = v[w][r & masks[w]];
        }
        yield new Float64Column(out, rows);
      }
      case StringColumn _ -> strings(values, masks, which, rows);
      case NullableColumn _ -> nullable(empty, values, masks, which, rows);
      case TupleColumn _ -> tuples(empty, values, masks, which, rows);
      default -> {
        for (int r = 0; r < rows; r++) {
          int w = which[r];
          empty.append(values[w], r & masks[w]);
        }
        yield empty.build();
      }
    };
  }

  private static Column strings(Column[] values, int[] masks, int[] which, int rows) {
    int[][] offsets = new int[values.length][];
    byte[][] bytes = new byte[values.length][];
    for (int s = 0; s < values.length; s++) {
      offsets[s] = ((StringColumn) values[s]).offsets();
      bytes[s] = ((StringColumn) values[s]).bytes();
    }
    int[] o = new int[rows + 1];
    int total = 0;
    for (int r = 0; r < rows; r++) {
      int w = which[r];
      int at = r & masks[w];
      total = Math.addExact(total, offsets[w][at + 1] - offsets[w][at]);
      o[r + 1] = total;
    }
    byte[] out = new byte[total];
    for (int r = 0; r < rows; r++) {
      int w = which[r];
      System.arraycopy(bytes[w], offsets[w][r & masks[w]], out, o[r], o[r + 1] - o[r]);
    }
    return new StringColumn(o, out, rows);
  }

  private static Column nullable(
      ColumnBuilder empty, Column[] values, int[] masks, int[] which, int rows) {
    Column[] inside = new Column[values.length];
    byte[] nulls = new byte[rows];
    byte[][] maps = new byte[values.length][];
    for (int s = 0; s < values.length; s++) {
      var n = (NullableColumn) values[s];
      inside[s] = n.values();
      maps[s] = n.nulls();
    }
    for (int r = 0; r < rows; r++) {
      int w = which[r];
      nulls[r] = maps[w][r & masks[w]];
    }
    ColumnBuilder inner = ((NullableColumn.Builder) empty).values();
    return new NullableColumn(choose(inner, inside, masks, which, rows), nulls);
  }

  private static Column tuples(
      ColumnBuilder empty, Column[] values, int[] masks, int[] which, int rows) {
    List<Column> out = new ArrayList<>();
    List<ColumnBuilder> builders = ((TupleColumn.Builder) empty).elements();
    for (int e = 0; e < builders.size(); e++) {
      Column[] inside = new Column[values.length];
      for (int s = 0; s < values.length; s++) {
        inside[s] = ((TupleColumn) values[s]).elements().get(e).full();
      }
      out.add(choose(builders.get(e), inside, masks, which, rows));
    }
    return new TupleColumn(out, rows);
  }

  /**
   * Puts together what was computed for disjoint sets of rows.
   *
   * @param parts one column for each source, of its rows only
   * @param which for each row its source; a source's rows come in ascending order
   */
  public static Column scatter(DataType type, Column[] parts, int[] which, int rows) {
    ColumnBuilder all = type.newBuilder(rows);
    int[] next = new int[parts.length];
    for (int s = 0; s < parts.length; s++) {
      next[s] = all.size();
      Column part = parts[s].full();
      all.appendRange(part, 0, part.size());
    }
    int[] from = new int[rows];
    for (int r = 0; r < rows; r++) {
      from[r] = next[which[r]]++;
    }
    return all.build().gather(from, rows);
  }
}
