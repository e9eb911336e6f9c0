package io.longhouse.storage.mergetree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.column.Block;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.disk.LocalDisk;
import io.longhouse.storage.part.DataPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergesTest {
  private static final DataType I32 = IntegerType.INT32;
  private static final DataType LC = new LowCardinalityType(StringType.TYPE);
  private static final List<TableColumn> COLUMNS =
      List.of(
          TableColumn.of("a", I32),
          TableColumn.of("lc", LC),
          TableColumn.of("s", StringType.TYPE),
          TableColumn.of("v", IntegerType.INT64));

  @TempDir Path root;

  private final List<MergeTreeListener.Event> events =
      Collections.synchronizedList(new ArrayList<>());
  private final Random random = new Random(20);
  private long nextValue;

  private MergeTreeData table(String wideFrom) {
    Map<String, String> settings = new HashMap<>();
    settings.put("index_granularity", "16");
    settings.put("min_bytes_for_wide_part", wideFrom);
    return MergeTreeData.open(
        "d.t",
        new LocalDisk("default", root),
        "t",
        new MergeTreeMetadata(COLUMNS, List.of(column(0), column(1)), 2, List.of(), 0),
        MergeTreeSettings.of(settings),
        MergeMode.ORDINARY,
        events::add,
        BandwidthLimit.NONE);
  }

  private static Expr column(int i) {
    return Exprs.input(i, COLUMNS.get(i).type());
  }

  /** {@code v} is different in every row; {@code s} is its text. */
  private Block rows(int count) {
    int[] a = new int[count];
    var lc = ((LowCardinalityType) LC).newBuilder(count);
    var s = new StringColumn.Builder(count);
    long[] v = new long[count];
    for (int i = 0; i < count; i++) {
      a[i] = random.nextInt(-50, 50);
      lc.append(StringColumn.of(("t" + random.nextInt(7)).getBytes()), 0);
      v[i] = nextValue++;
      s.add(Long.toString(v[i]).getBytes());
    }
    return new Block(List.of(Int32Column.of(a), lc.build(), s.build(), Int64Column.of(v)), count);
  }

  private record Row(int a, String lc, String s, long v) {}

  private static List<Row> read(MergeTreeData data) {
    List<Row> out = new ArrayList<>();
    for (Block b : MergeTreeDataTest.scan(data, List.of("a", "lc", "s", "v"), null, null)) {
      for (int i = 0; i < b.rows(); i++) {
        out.add(
            new Row(
                ((Int32Column) b.column(0).full()).values()[i],
                LC.textOf(b.column(1), i),
                StringType.TYPE.textOf(b.column(2), i),
                ((Int64Column) b.column(3).full()).values()[i]));
      }
    }
    return out;
  }

  private static List<Row> sorted(List<Row> rows) {
    List<Row> all = new ArrayList<>(rows);
    all.sort((x, y) -> x.a != y.a ? Integer.compare(x.a, y.a) : x.lc.compareTo(y.lc));
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1000000000"})
  void mergedRowsAreInOrderAndEqualKeysKeepTheOrderOfTheirParts(String wideFrom) {
    MergeTreeData data = table(wideFrom);
    for (int i = 0; i < 5; i++) {
      data.insert(rows(100 + 37 * i), InsertOptions.DEFAULT);
    }
    // Sorting is stable and parts are read in order: what a stable sort of all gives.
    List<Row> expected = sorted(read(data));
    assertThat(data.merges().optimize(null, OptimizeOptions.FINAL)).isTrue();
    assertThat(data.snapshot().parts().stream().map(p -> p.name().toString()))
        .containsExactly("all_1_5_1");
    assertThat(read(data)).isEqualTo(expected);
    assertThat(data.outdated()).hasSize(5);
    assertThat(events.getLast().kind()).isEqualTo(MergeTreeListener.Kind.MERGE_PARTS);
    assertThat(events.getLast().sources()).hasSize(5);
    assertThat(read(table(wideFrom))).isEqualTo(expected);
    data.removeOutdated(0);
    assertThat(root.resolve("t/all_1_1_0")).doesNotExist();
    assertThat(read(table(wideFrom))).isEqualTo(expected);
    for (PartCheck.Result r : data.check(null)) {
      assertThat(r.message()).as(r.part()).isEmpty();
    }
  }

  @Test
  void readersKeepThePartsTheyRead() {
    MergeTreeData data = table("0");
    data.insert(rows(50), InsertOptions.DEFAULT);
    data.insert(rows(50), InsertOptions.DEFAULT);
    try (var scan = MergeTreeScan.of(data, List.of("v"), null, null, Set.of())) {
      data.merges().optimize(null, OptimizeOptions.FINAL);
      assertThat(data.removeOutdated(0)).isZero();
      ScanReader reader = scan.newReader();
      long rows = scan.morsels().stream().mapToLong(m -> reader.read(m).rows()).sum();
      assertThat(rows).isEqualTo(100);
    }
    assertThat(data.removeOutdated(0)).isEqualTo(2);
  }

  @Test
  void deduplicationKeepsTheFirstOfEqualRows() {
    MergeTreeData data = table("0");
    Block block = rows(60);
    data.insert(block, InsertOptions.DEFAULT);
    data.insert(block, InsertOptions.DEFAULT);
    data.merges().optimize(null, new OptimizeOptions(true, false, false, List.of(0, 1, 2, 3)));
    assertThat(read(data)).hasSize(60).doesNotHaveDuplicates();
    data.insert(rows(200), InsertOptions.DEFAULT);
    data.merges().optimize(null, new OptimizeOptions(true, false, false, List.of(0, 1)));
    long keys = read(data).stream().map(r -> r.a + r.lc).distinct().count();
    assertThat(read(data)).hasSize((int) keys);
  }

  @Test
  void manySmallPartsAreMergedByThemselves() {
    MergeTreeData data = table("1000000000");
    for (int i = 0; i < 30; i++) {
      data.insert(rows(10), InsertOptions.DEFAULT);
    }
    List<Row> before = sorted(read(data));
    while (data.merges().mergeOnce()) {
      // Until nothing is worth it.
    }
    assertThat(data.snapshot().parts()).hasSizeLessThan(6);
    assertThat(sorted(read(data))).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void backgroundThreadsMergeAndMutateWhileRowsComeIn() throws InterruptedException {
    MergeTreeData data = table("0");
    try (var background = new BackgroundMerges(2)) {
      background.register(data);
      for (int i = 0; i < 40; i++) {
        data.insert(rows(20), InsertOptions.DEFAULT);
        if (i == 20) {
          data.mutations()
              .add(
                  List.of(
                      new MutationCommand.Delete("DELETE WHERE v > 300", null, valueAbove(300))));
        }
        assertThat(read(data).stream().filter(r -> r.v <= 300)).hasSize(Math.min(301, 20 * i + 20));
      }
      long end = System.currentTimeMillis() + 20_000;
      while ((data.snapshot().parts().size() > 8 || !data.mutations().unfinished().isEmpty())
          && System.currentTimeMillis() < end) {
        Thread.sleep(10);
      }
      background.unregister(data);
    }
    assertThat(data.mutations().unfinished()).isEmpty();
    assertThat(data.snapshot().parts()).hasSizeLessThanOrEqualTo(8);
    List<Long> left = read(data).stream().map(Row::v).sorted().toList();
    assertThat(left.subList(0, 301)).startsWith(0L).endsWith(300L);
    assertThat(left.subList(301, left.size())).hasSize(380).allMatch(v -> v >= 420);
    data.check(null).forEach(r -> assertThat(r.message()).isEmpty());
    assertThat(read(table("0"))).isEqualTo(read(data));
  }

  private static Expr valueAbove(long v) {
    return Exprs.call("greater", column(3), Exprs.number(v));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1000000000"})
  void deletesAndUpdatesChangeWhatTheirConditionNames(String wideFrom) throws Exception {
    MergeTreeData data = table(wideFrom);
    data.insert(rows(300), InsertOptions.DEFAULT);
    data.insert(rows(100), InsertOptions.DEFAULT);
    List<Row> rows = new ArrayList<>(read(data));
    Expr named =
        Exprs.call("CAST", Exprs.call("plus", column(3), Exprs.number(5)), Exprs.text("String"));
    long v =
        data.mutations()
            .add(
                List.of(
                    new MutationCommand.Delete("DELETE WHERE v > 350", null, valueAbove(350)),
                    new MutationCommand.Update(
                        "UPDATE s = CAST(v + 5, 'String') WHERE v > 200",
                        null,
                        Map.of(2, named),
                        valueAbove(200))));
    assertThat(Files.readString(root.resolve("t/mutation_3.txt")))
        .matches(
            "format version: 1\ncreate time: [-0-9 :]{19}\n"
                + "commands: \\(DELETE WHERE v > 350\\), \\(UPDATE s = CAST\\(v \\+ 5,"
                + " 'String'\\) WHERE v > 200\\)\n");
    assertThat(data.mutations().partsToDo(v)).hasSize(2);
    data.insert(rows(10), InsertOptions.DEFAULT);
    data.mutations().applyAll(v, () -> {});
    rows.removeIf(r -> r.v > 350);
    rows.replaceAll(r -> r.v > 200 ? new Row(r.a, r.lc, Long.toString(r.v + 5), r.v) : r);
    List<Row> now = read(data);
    assertThat(now.subList(0, rows.size())).isEqualTo(rows);
    assertThat(now).hasSize(rows.size() + 10);
    assertThat(data.snapshot().parts().stream().map(p -> p.name().toString()))
        .containsExactly("all_1_1_0_3", "all_2_2_0_3", "all_4_4_0");
    assertThat(read(table(wideFrom))).isEqualTo(now);
    data.merges().optimize(null, OptimizeOptions.FINAL);
    assertThat(data.snapshot().parts().getFirst().name()).hasToString("all_1_4_1_3");
    for (PartCheck.Result r : data.check(null)) {
      assertThat(r.message()).as(r.part()).isEmpty();
    }
  }

  @Test
  void updatesLinkTheFilesOfOtherColumns() throws Exception {
    MergeTreeData data = table("0");
    data.insert(rows(300), InsertOptions.DEFAULT);
    long v =
        data.mutations()
            .add(
                List.of(
                    new MutationCommand.Update(
                        "UPDATE s = 'x' WHERE v > 100",
                        null,
                        Map.of(2, Exprs.text("x")),
                        valueAbove(100))));
    data.mutations().applyAll(v, () -> {});
    Path before = root.resolve("t/all_1_1_0");
    Path after = root.resolve("t/all_1_1_0_2");
    assertThat(inode(after.resolve("v.bin"))).isEqualTo(inode(before.resolve("v.bin")));
    assertThat(inode(after.resolve("s.bin"))).isNotEqualTo(inode(before.resolve("s.bin")));
    assertThat(read(data).stream().filter(r -> r.s.equals("x"))).hasSize(199);
    data.check(null).forEach(r -> assertThat(r.message()).isEmpty());
  }

  private static Object inode(Path p) throws Exception {
    return Files.getAttribute(p, "unix:ino");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1000000000"})
  void maskedRowsAreNotReadAndGoWithTheNextMerge(String wideFrom) {
    MergeTreeData data = table(wideFrom);
    data.insert(rows(300), InsertOptions.DEFAULT);
    List<Row> rows = new ArrayList<>(read(data));
    for (long from : new long[] {250, 120}) {
      long v =
          data.mutations()
              .add(
                  List.of(
                      new MutationCommand.DeleteMask(
                          "UPDATE _row_exists = 0 WHERE v > " + from, null, valueAbove(from))));
      data.mutations().applyAll(v, () -> {});
      rows.removeIf(r -> r.v > from);
      assertThat(read(data)).isEqualTo(rows);
      assertThat(
              MergeTreeDataTest.scan(data, List.of("a", "lc", "s", "v"), null, valueAbove(60))
                  .stream()
                  .mapToInt(Block::rows)
                  .sum())
          .isEqualTo((int) from - 60);
    }
    data.insert(rows(5), InsertOptions.DEFAULT);
    data.merges().optimize(null, OptimizeOptions.FINAL);
    assertThat(data.snapshot().rows()).isEqualTo(126);
    data.check(null).forEach(r -> assertThat(r.message()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1000000000"})
  void columnsAreRenamedDroppedAndConverted(String wideFrom) {
    MergeTreeData data = table(wideFrom);
    data.insert(rows(100), InsertOptions.DEFAULT);
    List<Row> rows = read(data);
    List<TableColumn> altered =
        List.of(
            COLUMNS.get(0),
            COLUMNS.get(1),
            TableColumn.of("text", StringType.TYPE),
            TableColumn.of("v", StringType.TYPE));
    data.metadata(new MergeTreeMetadata(altered, data.metadata().sortingKey(), 2, List.of(), 1));
    long v =
        data.mutations()
            .add(
                List.of(
                    new MutationCommand.Rename("RENAME COLUMN s TO text", null, "s", "text"),
                    new MutationCommand.Rewrite("READ COLUMN v String", null, "v", null)));
    for (int i = 0; i < 2; i++) {
      Block b = MergeTreeDataTest.scan(data, List.of("text", "v"), null, null).getFirst();
      for (int r = 0; r < b.rows(); r++) {
        assertThat(StringType.TYPE.textOf(b.column(0), r)).isEqualTo(rows.get(r).s);
        assertThat(StringType.TYPE.textOf(b.column(1), r)).isEqualTo(rows.get(r).s);
      }
      data.mutations().applyAll(v, () -> {});
    }
    DataPart part = data.snapshot().parts().getFirst();
    assertThat(part.columns().stream().map(f -> f.name() + " " + f.type()))
        .containsExactly("a Int32", "lc LowCardinality(String)", "text String", "v String");
    data.mutations()
        .applyAll(
            data.mutations()
                .add(List.of(new MutationCommand.Drop("DROP COLUMN text", null, "text"))),
            () -> {});
    assertThat(data.snapshot().parts().getFirst().columnType("text")).isNull();
    data.check(null).forEach(r -> assertThat(r.message()).isEmpty());
  }

  @Test
  void partitionsAreDroppedDetachedAttachedMovedAndFrozen() {
    MergeTreeData data = table("0");
    data.insert(rows(100), InsertOptions.DEFAULT);
    data.insert(rows(50), InsertOptions.DEFAULT);
    List<Row> rows = sorted(read(data));
    data.merges().optimize(null, OptimizeOptions.FINAL);
    data.partitions().detach(data.snapshot().parts());
    assertThat(data.snapshot().parts()).isEmpty();
    assertThat(table("0").snapshot().parts()).isEmpty();
    assertThat(data.partitions().detached().stream().map(Partitions.Detached::name))
        .containsExactly("all_1_2_1");
    data.partitions().attachPartition("all");
    assertThat(read(data)).isEqualTo(rows);
    assertThat(data.snapshot().parts().getFirst().name().minBlock()).isEqualTo(3);

    data.partitions().freeze(data.snapshot().parts(), root.resolve("shadow/1/t"));
    data.drop(data.snapshot().parts());
    assertThat(read(table("0"))).isEmpty();
    assertThat(root.resolve("shadow/1/t/all_3_3_0/v.bin")).exists();

    MergeTreeData other =
        MergeTreeData.open(
            "d.u",
            data.disk(),
            "u",
            data.metadata(),
            data.settings(),
            MergeMode.ORDINARY,
            MergeTreeListener.NONE,
            BandwidthLimit.NONE);
    other.insert(rows(30), InsertOptions.DEFAULT);
    data.insert(rows(7), InsertOptions.DEFAULT);
    data.partitions().attachFrom(other, "all", true);
    assertThat(read(data)).hasSize(30);
    data.partitions().moveTo(other, "all");
    assertThat(read(data)).isEmpty();
    assertThat(read(other)).hasSize(60);
    assertThatThrownBy(() -> data.partitions().attachPart("all_99_99_0"))
        .isInstanceOf(LonghouseException.class);
  }

  @Test
  void checkFindsAFlippedByteAndAMissingFile() throws Exception {
    MergeTreeData data = table("0");
    data.insert(rows(100), InsertOptions.DEFAULT);
    Path bin = root.resolve("t/all_1_1_0/s.bin");
    byte[] bytes = Files.readAllBytes(bin);
    bytes[bytes.length - 1] ^= 1;
    Files.write(bin, bytes);
    assertThat(data.check(null).getFirst().message()).contains("s.bin");
    Files.delete(bin);
    assertThat(data.check(null).getFirst().message()).contains("s.bin");
    assertThat(Collections.singleton(data.check(null).getFirst().ok())).containsExactly(false);
  }
}
