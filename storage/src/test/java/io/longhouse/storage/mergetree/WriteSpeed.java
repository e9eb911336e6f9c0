package io.longhouse.storage.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.disk.LocalDisk;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Rows a second of inserts and of a merge of all they wrote. */
final class WriteSpeed {
  private WriteSpeed() {}

  public static void main(String[] args) {
    List<TableColumn> columns =
        List.of(
            TableColumn.of("k", IntegerType.UINT32),
            TableColumn.of("v", IntegerType.UINT32),
            TableColumn.of("f", FloatType.FLOAT64),
            TableColumn.of("s", StringType.TYPE));
    MergeTreeData data =
        MergeTreeData.open(
            "d.t",
            new LocalDisk("default", Path.of(args[0])),
            "t" + System.nanoTime(),
            new MergeTreeMetadata(
                columns,
                List.of(Exprs.input(0, IntegerType.UINT32), Exprs.input(3, StringType.TYPE)),
                2,
                List.of(),
                0),
            MergeTreeSettings.of(Map.of()),
            MergeMode.ORDINARY,
            MergeTreeListener.NONE);
    int rows = 1 << 20;
    for (int i = 0; i < 6; i++) {
      Block block = block(rows, new Random(i));
      long t = System.nanoTime();
      data.insert(block, InsertOptions.DEFAULT);
      print("insert", rows, t);
    }
    for (int i = 0; i < 3; i++) {
      long total = data.snapshot().rows();
      long t = System.nanoTime();
      data.merges().optimize(null, OptimizeOptions.FINAL);
      print("merge of " + total, total, t);
    }
    data.dropTable();
  }

  private static void print(String what, long rows, long startNs) {
    double seconds = (System.nanoTime() - startNs) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%s: %.0f ms, %.2f million rows/s%n",
        what,
        seconds * 1e3,
        rows / seconds / 1e6);
  }

  private static Block block(int rows, Random random) {
    int[] k = random.ints(rows, 0, 100_000).toArray();
    int[] v = random.ints(rows, 0, 1000).toArray();
    double[] f = random.doubles(rows).map(d -> Math.floor(d * 10_000) / 100).toArray();
    var s = new StringColumn.Builder(rows);
    for (int i = 0; i < rows; i++) {
      s.add(("http://site" + v[i] + "/page").getBytes());
    }
    return new Block(
        List.of(Int32Column.of(k), Int32Column.of(v), new Float64Column(f, rows), s.build()), rows);
  }
}
