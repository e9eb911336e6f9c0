package io.longhouse.storage.mergetree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.disk.LocalDisk;
import io.longhouse.storage.part.DataPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergeTreeDataTest {
  static final DataType I32 = IntegerType.INT32;
  static final DataType NULLABLE = NullableType.orSame(IntegerType.INT64);
  static final List<TableColumn> COLUMNS =
      List.of(
          TableColumn.of("a", I32),
          TableColumn.of("s", StringType.TYPE),
          TableColumn.of("n", NULLABLE),
          TableColumn.of("v", IntegerType.UINT64));

  @TempDir Path root;

  MergeTreeData table(boolean partitioned, Map<String, String> settings) {
    return table(partitioned, settings, List.of(column(0), column(1)));
  }

  static Expr column(int i) {
    return Exprs.input(i, COLUMNS.get(i).type());
  }

  MergeTreeData table(boolean partitioned, Map<String, String> settings, List<Expr> key) {
    Expr partition = Exprs.call("intDiv", column(0), Exprs.number(100));
    return MergeTreeData.open(
        "d.t",
        new LocalDisk("default", root),
        "t",
        new MergeTreeMetadata(
            COLUMNS, key, key.size(), partitioned ? List.of(partition) : List.of(), 0),
        MergeTreeSettings.of(settings),
        MergeMode.ORDINARY,
        MergeTreeListener.NONE,
        BandwidthLimit.NONE);
  }

  /** {@code v} numbers the rows. */
  static Block rows(int count, int range, Random random) {
    int[] a = new int[count];
    var s = new StringColumn.Builder(count);
    long[] n = new long[count];
    byte[] nulls = new byte[count];
    long[] v = new long[count];
    for (int i = 0; i < count; i++) {
      a[i] = random.nextInt(range);
      s.add(("k" + random.nextInt(40)).getBytes());
      nulls[i] = (byte) (random.nextInt(5) == 0 ? 1 : 0);
      n[i] = nulls[i] == 0 ? random.nextInt(30) : 0;
      v[i] = i;
    }
    return new Block(
        List.of(
            Int32Column.of(a),
            s.build(),
            new NullableColumn(Int64Column.of(n), nulls),
            Int64Column.of(v)),
        count);
  }

  static List<Block> scan(
      MergeTreeData data, List<String> columns, @Nullable Expr condition, @Nullable Expr prewhere) {
    List<Block> blocks = new ArrayList<>();
    try (var scan = MergeTreeScan.of(data, columns, condition, prewhere, Set.of())) {
      ScanReader reader = scan.newReader();
      for (Morsel m : scan.morsels(20)) {
        Block b = reader.read(m);
        if (b != null) {
          blocks.add(b);
        }
      }
    }
    return blocks;
  }

  static List<Long> longs(List<Block> blocks, int column) {
    List<Long> out = new ArrayList<>();
    for (Block b : blocks) {
      long[] v = ((Int64Column) b.column(column).full()).values();
      for (int i = 0; i < b.rows(); i++) {
        out.add(v[i]);
      }
    }
    return out;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1000000000"})
  void insertedRowsComeBackSortedAndSurviveARestart(String wideFrom) {
    var settings = Map.of("index_granularity", "8", "min_bytes_for_wide_part", wideFrom);
    MergeTreeData data = table(true, settings);
    Block block = rows(1000, 300, new Random(1));
    List<DataPart> parts = data.insert(block, InsertOptions.DEFAULT);
    assertThat(parts.stream().map(p -> p.name().toString()))
        .allMatch(n -> n.matches("[012]_[123]_[123]_0"))
        .hasSize(3);
    data.insert(rows(10, 100, new Random(2)), InsertOptions.DEFAULT);
    assertThat(data.snapshot().parts()).hasSize(4);

    MergeTreeData again = table(true, settings);
    for (MergeTreeData d : List.of(data, again)) {
      List<Block> all = scan(d, List.of("a", "s", "v", "_part", "_part_offset"), null, null);
      List<Long> ids = longs(all, 2);
      assertThat(ids).hasSize(1010);
      int last = Integer.MIN_VALUE;
      String part = "";
      for (Block b : all) {
        int[] a = ((Int32Column) b.column(0)).values();
        for (int i = 0; i < b.rows(); i++) {
          String p = StringType.TYPE.textOf(b.column(3).full().plain(), i);
          long offset = ((Int64Column) b.column(4)).values()[i];
          assertThat(p.equals(part) ? a[i] >= last : offset == 0).isTrue();
          part = p;
          last = a[i];
        }
      }
    }
    assertThat(again.insert(rows(1, 1, new Random(3)), InsertOptions.DEFAULT).getFirst().name())
        .hasToString("0_5_5_0");
  }

  @Test
  void theIndexLeavesNoRowOutThatTheConditionWants() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var settings =
        Map.of("index_granularity", "4", "min_bytes_for_wide_part", "0", "allow_nullable_key", "1");
    MergeTreeData data = table(true, settings, List.of(column(0), column(1), column(2)));
    for (int i = 0; i < 3; i++) {
      data.insert(rows(400, 60 + 100 * i, random), InsertOptions.DEFAULT);
    }
    List<String> names = List.of("a", "s", "n", "v");
    int pruned = 0;
    for (int i = 0; i < 200; i++) {
      Expr predicate = predicate(random, 3);
      List<Long> expected = longs(filtered(scan(data, names, null, null), predicate), 3);
      List<Block> chosen = scan(data, names, predicate, null);
      assertThat(longs(filtered(chosen, predicate), 3))
          .as("seed %d: %s", seed, Exprs.describe(predicate))
          .isEqualTo(expected);
      pruned += longs(chosen, 3).size() < 1200 ? 1 : 0;
      // The same through PREWHERE, whose columns are read first.
      assertThat(longs(scan(data, names, predicate, predicate), 3))
          .as("prewhere, seed %d: %s", seed, Exprs.describe(predicate))
          .isEqualTo(expected);
    }
    assertThat(pruned).isGreaterThan(60);
  }

  private static List<Block> filtered(List<Block> blocks, Expr predicate) {
    var program = new Program(List.of(predicate));
    List<Block> out = new ArrayList<>();
    for (Block b : blocks) {
      Column mask = program.evaluate(b)[0].full().plain();
      int[] rows = new int[b.rows()];
      int n = 0;
      for (int i = 0; i < b.rows(); i++) {
        Column c = mask instanceof NullableColumn m ? m.values() : mask;
        if (!mask.isNullAt(i) && ((io.longhouse.column.Int8Column) c).values()[i] != 0) {
          rows[n++] = i;
        }
      }
      out.add(b.select(java.util.Arrays.copyOf(rows, n), n));
    }
    return out;
  }

  private static Expr predicate(Random r, int depth) {
    int kind = r.nextInt(depth > 0 ? 12 : 9);
    String[] operators = {
      "equals", "notEquals", "less", "greater", "lessOrEquals", "greaterOrEquals"
    };
    String operator = operators[r.nextInt(6)];
    return switch (kind) {
      case 0, 1, 2 -> {
        Expr a = column(0);
        Expr c = Exprs.number(r.nextInt(20) == 0 ? 1L << 40 : r.nextInt(-20, 300));
        yield r.nextBoolean() ? Exprs.call(operator, a, c) : Exprs.call(operator, c, a);
      }
      case 3 -> Exprs.call(operator, column(1), Exprs.text("k" + r.nextInt(45)));
      case 4 -> Exprs.call(operator, column(2), Exprs.number(r.nextInt(-2, 32)));
      case 5 ->
          r.nextBoolean()
              ? Exprs.call("like", column(1), Exprs.text("k" + r.nextInt(5) + "%"))
              : Exprs.call("startsWith", column(1), Exprs.text("k" + r.nextInt(5)));
      case 6 -> Exprs.call(r.nextBoolean() ? "isNull" : "isNotNull", column(2));
      case 7 -> Exprs.in(column(0), r.nextBoolean(), Int32Column.of(r.ints(3, 0, 260).toArray()));
      case 8 ->
          Exprs.call(operator, Exprs.call("negate", column(0)), Exprs.number(-r.nextInt(250)));
      case 9 -> Exprs.call("not", predicate(r, depth - 1));
      default ->
          Exprs.call(kind == 10 ? "or" : "and", predicate(r, depth - 1), predicate(r, depth - 1));
    };
  }

  @Test
  void selectiveConditionsReadFewGranules() {
    MergeTreeData data = table(false, Map.of("index_granularity", "4"));
    data.insert(rows(4000, 1000, new Random(5)), InsertOptions.DEFAULT);
    Expr point = Exprs.call("equals", column(0), Exprs.number(77));
    assertThat(data.select(data.snapshot(), point).granules()).isLessThan(5);
    Expr both = Exprs.call("and", point, Exprs.call("equals", column(1), Exprs.text("k7")));
    assertThat(data.select(data.snapshot(), both).granules()).isLessThanOrEqualTo(2);
    Expr none = Exprs.call("equals", column(0), Exprs.number(5000));
    assertThat(data.select(data.snapshot(), none).parts()).isEmpty();
    assertThat(data.select(data.snapshot(), null).granules()).isEqualTo(1000);
  }

  @Test
  void partitionsAreLimitedAndPruned() {
    MergeTreeData data = table(true, Map.of());
    Block many = rows(5000, 20_000, new Random(4));
    assertThatThrownBy(() -> data.insert(many, InsertOptions.DEFAULT))
        .isInstanceOf(LonghouseException.class)
        .hasMessageStartingWith("Too many partitions for single INSERT block (more than 100).")
        .extracting(e -> ((LonghouseException) e).errorCode())
        .isEqualTo(ErrorCode.TOO_MANY_PARTS);
    assertThat(data.snapshot().parts()).isEmpty();
    data.insert(rows(3000, 5000, new Random(4)), InsertOptions.DEFAULT);
    Expr one = Exprs.call("equals", column(0), Exprs.number(777));
    Selection s = data.select(data.snapshot(), one);
    assertThat(s.partsTotal()).isEqualTo(50);
    assertThat(s.partsByPartition()).isEqualTo(1);
  }

  /** One way to damage a file of a part. */
  private enum Damage {
    REMOVED,
    SHORTER,
    LONGER;

    void to(Path file) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      switch (this) {
        case REMOVED -> Files.delete(file);
        case SHORTER -> Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
        case LONGER -> Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length + 1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1000000000"})
  void aPartWithAMissingOrWronglySizedFileIsDetachedAndTheTableStaysReadable(String wideFrom)
      throws IOException {
    var settings = Map.of("min_bytes_for_wide_part", wideFrom);
    MergeTreeData data = table(true, settings);
    List<String> files =
        data.disk()
            .list(
                data.insert(rows(50, 100, new Random(1)), InsertOptions.DEFAULT)
                    .getFirst()
                    .folder());
    // Without them a part is of an older version, and nothing is lost.
    var notNeeded =
        new java.util.HashSet<>(List.of("metadata_version.txt", "default_compression_codec.txt"));
    if (!files.contains("data.bin")) {
      notNeeded.add("columns_substreams.txt");
    }
    int broken = 0;
    for (String file : files) {
      for (Damage damage : Damage.values()) {
        boolean optional =
            damage == Damage.REMOVED && notNeeded.contains(file)
                || damage != Damage.REMOVED
                    && file.endsWith(".txt")
                    && !file.equals("checksums.txt");
        if (optional) {
          continue;
        }
        String part =
            data.insert(rows(50, 100, new Random(2)), InsertOptions.DEFAULT).getFirst().toString();
        damage.to(root.resolve("t").resolve(part).resolve(file));
        data = table(true, settings);
        assertThat(root.resolve("t/detached/broken-on-start_" + part))
            .as(damage + " " + file)
            .isDirectory();
        assertThat(longs(scan(data, List.of("v"), null, null), 0)).hasSize(50);
        broken++;
      }
    }
    assertThat(broken).isGreaterThan(20);
    Files.write(
        root.resolve("t/" + data.snapshot().parts().getFirst() + "/columns.txt"),
        new byte[] {1, 2});
    assertThat(table(true, settings).snapshot().parts()).isEmpty();
  }

  @Test
  void tooManyBrokenPartsKeepTheTableFromBeingLoaded() throws IOException {
    var settings = Map.of("max_suspicious_broken_parts", "1");
    MergeTreeData data = table(false, settings);
    for (int i = 1; i <= 2; i++) {
      data.insert(rows(10, 10, new Random(1)), InsertOptions.DEFAULT);
      Files.delete(root.resolve("t/all_" + i + "_" + i + "_0/primary.cidx"));
    }
    assertThatThrownBy(() -> table(false, settings))
        .isInstanceOf(LonghouseException.class)
        .hasMessageContaining("Suspiciously many (2 parts, 2 in total) broken parts")
        .extracting(e -> ((LonghouseException) e).errorCode())
        .isEqualTo(ErrorCode.TOO_MANY_UNEXPECTED_DATA_PARTS);
    assertThat(root.resolve("t/all_1_1_0")).isDirectory();
  }

  @Test
  void columnsThatAPartDoesNotHaveGetTheirDefault() {
    MergeTreeData data = table(false, Map.of("index_granularity", "16"));
    data.insert(rows(100, 10, new Random(1)), InsertOptions.DEFAULT);
    Expr doubled =
        Exprs.call("CAST", Exprs.call("plus", column(3), Exprs.number(1000)), Exprs.text("Int64"));
    List<TableColumn> more = new ArrayList<>(COLUMNS);
    more.add(new TableColumn("x", IntegerType.INT64, null, doubled));
    more.add(TableColumn.of("y", StringType.TYPE));
    more.set(0, TableColumn.of("a", IntegerType.INT64));
    data.metadata(new MergeTreeMetadata(more, data.metadata().sortingKey(), 2, List.of(), 1));
    List<Block> blocks = scan(data, List.of("v", "x", "y", "a", "y.size"), null, null);
    List<Long> v = longs(blocks, 0);
    assertThat(longs(blocks, 1)).isEqualTo(v.stream().map(k -> k + 1000).toList());
    assertThat(longs(blocks, 3)).hasSize(100).allMatch(a -> a >= 0 && a < 10);
    assertThat(longs(blocks, 4)).containsOnly(0L);
    assertThat(StringType.TYPE.textOf(blocks.getFirst().column(2), 0)).isEmpty();
  }
}
