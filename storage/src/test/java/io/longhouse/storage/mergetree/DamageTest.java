package io.longhouse.storage.mergetree;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.StringType;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.disk.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Single bits of the files of a part are turned over. Nobody may read other rows than were written:
 * the part is set aside at the start, or reading it names the file; CHECK TABLE names the file too.
 */
class DamageTest {
  private static final int ROWS = 300;

  /** What has no checksum and is not needed to read the part. */
  private static final Set<String> NOT_DATA =
      Set.of("metadata_version.txt", "default_compression_codec.txt");

  private static final List<TableColumn> COLUMNS =
      List.of(
          TableColumn.of("a", DataTypes.parse("Int32")),
          TableColumn.of("s", DataTypes.parse("LowCardinality(String)")),
          TableColumn.of("d", DataTypes.parse("Int64")));

  @TempDir Path root;

  private MergeTreeData table(String folder, Map<String, String> settings) {
    Expr a = Exprs.input(0, COLUMNS.getFirst().type());
    Expr partition = Exprs.call("intDiv", a, Exprs.number(10_000));
    return MergeTreeData.open(
        "d.t",
        new LocalDisk("default", root),
        folder,
        new MergeTreeMetadata(COLUMNS, List.of(a), 1, List.of(partition), 0),
        MergeTreeSettings.of(settings),
        MergeMode.ORDINARY,
        MergeTreeListener.NONE);
  }

  private static Block rows(int from) {
    int[] a = new int[ROWS];
    long[] d = new long[ROWS];
    var s = new StringColumn.Builder(ROWS);
    for (int i = 0; i < ROWS; i++) {
      a[i] = from + i;
      d[i] = (from + i) * 31L;
      s.add(("text" + i % 7).getBytes());
    }
    return new Block(
        List.<Column>of(
            Int32Column.of(a),
            ColumnCast.of(StringType.TYPE, COLUMNS.get(1).type()).apply(s.build()),
            Int64Column.of(d)),
        ROWS);
  }

  /** Rows as text that a condition on the key leaves. */
  private static List<String> read(MergeTreeData data, int from) {
    Expr condition =
        Exprs.call(
            "greaterOrEquals", Exprs.input(0, COLUMNS.getFirst().type()), Exprs.number(from));
    List<String> out = new ArrayList<>();
    for (Block b : MergeTreeDataTest.scan(data, List.of("a", "s", "d"), condition, condition)) {
      for (int r = 0; r < b.rows(); r++) {
        StringBuilder row = new StringBuilder();
        for (int c = 0; c < 3; c++) {
          row.append(COLUMNS.get(c).type().textOf(b.column(c).full(), r)).append(' ');
        }
        out.add(row.toString());
      }
    }
    return out;
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1000000000,1", "0,0", "1000000000,0"})
  void noBitThatTurnsOverChangesWhatIsRead(String wideFrom, String compressed) throws IOException {
    var settings =
        Map.of(
            "min_bytes_for_wide_part",
            wideFrom,
            "index_granularity",
            "64",
            "compress_marks",
            compressed,
            "compress_primary_key",
            compressed);
    MergeTreeData whole = table("t", settings);
    whole.insert(rows(0), InsertOptions.DEFAULT);
    whole.insert(rows(20_000), InsertOptions.DEFAULT);
    List<String> all = read(whole, 100);
    List<String> healthy = read(whole, 20_000);
    assertThat(all).hasSize(2 * ROWS - 100);
    List<String> files = whole.disk().list("t/0_1_1_0");
    assertThat(files)
        .anyMatch(f -> f.startsWith("partition"))
        .anyMatch(f -> f.startsWith("minmax"));
    Path part = root.resolve("t/0_1_1_0");
    int number = 0;
    for (String file : files) {
      byte[] sound = Files.readAllBytes(part.resolve(file));
      boolean notData =
          NOT_DATA.contains(file)
              || file.equals("columns_substreams.txt") && !files.contains("data.bin");
      for (int bit : notData ? new int[0] : bits(sound.length)) {
        byte[] bytes = sound.clone();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(part.resolve(file), bytes);
        String what = file + ", bit " + bit + " of " + 8 * sound.length;

        List<PartCheck.Result> check = whole.check(null);
        assertThat(check.getFirst().ok()).as("CHECK TABLE, %s", what).isFalse();
        assertThat(check.getFirst().message()).as(what).contains(file);
        assertThat(check.get(1).ok()).isTrue();

        MergeTreeData again = table("t", settings);
        if (again.snapshot().parts().size() == 1) {
          Files.move(root.resolve("t/detached/broken-on-start_0_1_1_0"), part);
        } else {
          try {
            assertThat(read(again, 100)).as(what).isEqualTo(all);
          } catch (LonghouseException e) {
            assertThat(e.message()).as(what).contains(file);
          }
        }
        assertThat(read(again, 20_000)).as(what).isEqualTo(healthy);
        Files.write(part.resolve(file), sound);
        number++;
      }
    }
    assertThat(read(table("t", settings), 100)).isEqualTo(all);
    assertThat(number).isGreaterThan(50);
  }

  /** Every bit of a small file, some of a large one. */
  private static int[] bits(int size) {
    int all = size * 8;
    int step = Math.max(1, all / 9 | 1);
    int[] out = new int[(all + step - 1) / step];
    for (int i = 0; i < out.length; i++) {
      out[i] = i * step;
    }
    return out;
  }
}
