package io.longhouse.storage.mergetree;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int64Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.StringType;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.disk.LocalDisk;
import io.longhouse.storage.part.DataPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Counts of rows by tenant: those of the part's rows, wherever they come from. */
class KeyCountsTest {
  private static final int ROWS = 70_000;

  @TempDir Path root;

  private final Random random = new Random(7);
  private final Map<String, Long> expected = new TreeMap<>();

  static List<DataType> keys() {
    return List.of(
        IntegerType.UINT32,
        IntegerType.INT64,
        IntegerType.UINT8,
        StringType.TYPE,
        new LowCardinalityType(StringType.TYPE));
  }

  private MergeTreeData table(DataType key) {
    var data =
        MergeTreeData.open(
            "d.t",
            new LocalDisk("default", root),
            "t",
            new MergeTreeMetadata(
                List.of(TableColumn.of("k", key), TableColumn.of("v", IntegerType.INT64)),
                List.of(Exprs.input(0, key), Exprs.input(1, IntegerType.INT64)),
                2,
                List.of(),
                0),
            MergeTreeSettings.of(Map.of()),
            MergeMode.ORDINARY,
            MergeTreeListener.NONE,
            BandwidthLimit.NONE);
    data.keyCounts(
        new PartKeyCounts(
            data, c -> c.equals("k"), new LocalDisk("c", root.resolve("counts")), "x"));
    return data;
  }

  private void insert(MergeTreeData data, DataType key) {
    ColumnBuilder keys = key.newBuilder(ROWS);
    long[] v = new long[ROWS];
    for (int i = 0; i < ROWS; i++) {
      // Few have many rows, and many have few.
      int tenant =
          (int) (Math.pow(random.nextDouble(), 6) * (key == IntegerType.UINT8 ? 256 : 20_000));
      String text = Integer.toString(tenant);
      keys.append(value(key, text), 0);
      expected.merge(text, 1L, Long::sum);
      v[i] = i;
    }
    data.insert(new Block(List.of(keys.build(), Int64Column.of(v)), ROWS), InsertOptions.DEFAULT);
  }

  private static Column value(DataType key, String text) {
    DataType type = LowCardinalityType.strip(key);
    if (type == StringType.TYPE) {
      return StringColumn.of(text.getBytes());
    }
    ColumnBuilder b = type.newBuilder(1);
    type.readText(
        new io.longhouse.column.ByteReader(text.getBytes()),
        io.longhouse.column.type.TextForm.RAW,
        io.longhouse.column.type.FormatSettings.DEFAULT,
        b);
    return b.build();
  }

  private static Map<String, Long> counted(MergeTreeData data) {
    Map<String, Long> all = new TreeMap<>();
    for (DataPart p : data.snapshot().parts()) {
      KeyCounts c = data.keyCounts().of(p);
      assertThat(c.rows()).isEqualTo(p.rows());
      for (int i = 0; i < c.size(); i++) {
        String text = c.type().textOf(c.values(), i);
        all.merge(text, c.rows(i), Long::sum);
        assertThat(c.rowsOf(value(c.type(), text))).isEqualTo(c.rows(i));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("keys")
  void countsAreThoseOfTheRows(DataType key) throws IOException {
    MergeTreeData data = table(key);
    for (int i = 0; i < 3; i++) {
      insert(data, key);
    }
    assertThat(counted(data)).isEqualTo(expected);
    assertThat(data.merges().optimize(null, OptimizeOptions.FINAL)).isTrue();
    assertThat(counted(data)).isEqualTo(expected);
    assertThat(files()).contains("all_1_3_1.counts");

    assertThat(counted(table(key))).as("read from the file").isEqualTo(expected);
    assertThat(files()).as("files of parts that are gone").containsExactly("all_1_3_1.counts");

    Path file = root.resolve("counts/x/all_1_3_1.counts");
    byte[] good = Files.readAllBytes(file);
    assertThat(good.length)
        .as("bytes of %d values", expected.size())
        .isLessThan(expected.size() * 6);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;
    Files.write(file, bad);
    assertThat(counted(table(key))).as("of a damaged file").isEqualTo(expected);
    assertThat(Files.readAllBytes(file)).as("written again").isEqualTo(good);

    // Another part of the same name, as after a table was emptied.
    data.drop(data.snapshot().parts());
    assertThat(files()).isEmpty();
    expected.clear();
    insert(data, key);
    Files.write(root.resolve("counts/x/all_4_4_0.counts"), good);
    assertThat(counted(table(key))).isEqualTo(expected);
  }

  private List<String> files() {
    try (Stream<Path> all = Files.list(root.resolve("counts/x"))) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
