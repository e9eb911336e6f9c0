package io.longhouse.storage.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.ValueBytes;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.MergeTreeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code parts.zip} holds parts that ClickHouse 26.7 wrote: 50 rows of 32 columns of all kinds of
 * types in granules of 4, and the same rows in the Native format. The old forms are those of
 * ClickHouse before 21.
 */
class PartTest {
  private static final List<DataType> KEY = List.of(IntegerType.UINT32, StringType.TYPE);

  @TempDir static Path folder;

  @BeforeAll
  static void unzip() throws IOException {
    try (var in = new ZipInputStream(PartTest.class.getResourceAsStream("parts.zip"))) {
      for (var e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        Path p = folder.resolve(e.getName());
        if (e.isDirectory()) {
          Files.createDirectories(p);
        } else {
          Files.createDirectories(p.getParent());
          Files.write(p, in.readAllBytes());
        }
      }
    }
  }

  private static DataPart part(String kind) {
    return PartDump.open(
        folder.resolve(kind).resolve("all_1_1_0"), new PartSchema(KEY, List.of(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wide", "compact", "oldwide", "oldcompact"})
  void readsWhatClickHouseWrote(String kind) throws IOException {
    DataPart part = part(kind);
    part.granuleRows(4);
    byte[] expected = Files.readAllBytes(folder.resolve(kind).resolve("rows.native"));
    assertThat(part.rows()).isEqualTo(50);
    assertThat(part.granularity().count()).isEqualTo(13);
    for (int granules : new int[] {1, 3, 100}) {
      assertThat(PartDump.nativeOf(part, granules)).isEqualTo(expected);
    }
    PrimaryIndex index = part.primaryIndex();
    assertThat(index.rows()).isEqualTo(part.isAdaptive() ? 14 : 13);
    assertThat(index.types().getFirst().textOf(index.column(0), 3)).isEqualTo("4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wide", "compact", "oldwide", "oldcompact"})
  void readsAnyRangeAndPartsOfTypes(String kind) {
    DataPart part = part(kind);
    part.granuleRows(4);
    var random = new Random(11);
    List<ColumnRequest> requests = new ArrayList<>();
    part.columns().forEach(f -> requests.add(ColumnRequest.of(f.name())));
    for (String s : new String[] {"s.size", "n.null", "a.size0", "aa.size1", "m.keys", "t.x"}) {
      requests.add(new ColumnRequest(s.split("\\.")[0], s.split("\\.")[1]));
    }
    var whole = new PartReader(part, requests);
    var ranges = new PartReader(part, requests);
    for (int i = 0; i < requests.size(); i++) {
      boolean sizes = requests.get(i).toString().equals("s.size");
      if (sizes && part.isWide() && kind.startsWith("old")) {
        assertThat(whole.type(i)).isNull();
        continue;
      }
      Column all = whole.read(i, 0, 13).full();
      for (int k = 0; k < 20; k++) {
        int from = random.nextInt(13);
        int to = random.nextInt(from + 1, 14);
        Column got = ranges.read(i, from, to).full();
        assertThat(text(got, 0, got.size()))
            .as("%s %d..%d", requests.get(i), from, to)
            .isEqualTo(text(all, from * 4, Math.min(50, to * 4) - from * 4));
      }
    }
    assertThat(((Int64Column) whole.read(34, 0, 2).full()).values()).startsWith(0, 1, 2, 3, 0);
  }

  private static byte[] text(Column c, int from, int count) {
    var out = new ByteWriter(100);
    for (int i = from; i < from + count; i++) {
      ValueBytes.writeDelimited(c, i, out);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wide", "compact", "oldwide"})
  void writesTheSameBytesAsClickHouse(String kind, @TempDir Path target) throws Exception {
    DataPart part = part(kind);
    part.granuleRows(4);
    Map<String, String> settings = new HashMap<>(Map.of("index_granularity", "4"));
    if (kind.startsWith("old")) {
      settings.put("index_granularity_bytes", "0");
      settings.put("compress_marks", "0");
      settings.put("compress_primary_key", "0");
      settings.put("string_serialization_version", "single_stream");
      settings.put("ratio_of_defaults_for_sparse_serialization", "1");
    }
    Path copy = target.resolve("all_1_1_0");
    PartCopy.copy(
        part,
        copy,
        MergeTreeSettings.of(settings),
        List.of("k", "s"),
        Map.of("z", "ZSTD(1)", "dl", "Delta(4), ZSTD(1)"));
    Path original = folder.resolve(kind).resolve("all_1_1_0");
    try (Stream<Path> files = Files.list(original)) {
      for (Path f : files.toList()) {
        assertThat(copy.resolve(f.getFileName()))
            .as(f.getFileName().toString())
            .hasSameBinaryContentAs(f);
      }
    }
    assertThat(copy.toFile().list()).hasSameSizeAs(original.toFile().list());
  }

  @Test
  void longNamesOfFilesAreHashedAsClickHouseDoes() {
    assertThat(PartWriter.fileName("c".repeat(127))).hasSize(127);
    assertThat(PartWriter.fileName("c".repeat(140))).isEqualTo("cfdd632141e4e6a2d53d49ec287555c5");
    assertThat(PartWriter.fileName("c".repeat(140) + ".size"))
        .isEqualTo("04539afe8ba68aff788386b6c2fd6386");
  }

  @Test
  void namesSayWhatContainsWhat() {
    PartName merged = PartName.parse("202001_1_3_1");
    assertThat(merged.contains(PartName.parse("202001_2_2_0"))).isTrue();
    assertThat(merged.contains(PartName.parse("202001_2_2_0_7"))).isFalse();
    assertThat(PartName.parse("202001_1_3_1_7").contains(merged)).isTrue();
    assertThat(merged.isDisjoint(PartName.parse("202001_4_4_0"))).isTrue();
    assertThat(merged.toString()).isEqualTo("202001_1_3_1");
    for (String bad : List.of("tmp_insert_all_1_1_0", "all_1_1", "all_2_1_0", "detached", "")) {
      assertThat(PartName.tryParse(bad)).as(bad).isNull();
    }
  }

  /** Every byte of every data file and marks file, one after the other. */
  @ParameterizedTest
  @ValueSource(strings = {"wide", "compact"})
  void aFlippedByteIsNoticedAndNamed(String kind, @TempDir Path target) throws IOException {
    Path original = folder.resolve(kind).resolve("all_1_1_0");
    Path broken = target.resolve("all_1_1_0");
    Files.createDirectories(broken);
    List<Path> files;
    try (Stream<Path> all = Files.list(original)) {
      files = all.toList();
    }
    for (Path f : files) {
      Files.copy(f, broken.resolve(f.getFileName()));
    }
    byte[] expected = Files.readAllBytes(folder.resolve(kind).resolve("rows.native"));
    for (Path f : files) {
      String name = f.getFileName().toString();
      if (!name.endsWith(".bin")) {
        continue;
      }
      byte[] bytes = Files.readAllBytes(f);
      int step = Math.max(1, bytes.length / 20);
      for (int at = 0; at < bytes.length; at += step) {
        byte[] bad = bytes.clone();
        bad[at] ^= 0x21;
        Files.write(broken.resolve(name), bad);
        DataPart part = PartDump.open(broken, PartSchema.NONE);
        assertThatThrownBy(() -> PartDump.nativeOf(part, 5))
            .as("%s at %d", name, at)
            .isInstanceOf(LonghouseException.class)
            .hasMessageContaining(name)
            .hasMessageContaining("all_1_1_0")
            .hasMessageContaining("offset");
      }
      Files.write(broken.resolve(name), bytes);
    }
    assertThat(PartDump.nativeOf(PartDump.open(broken, PartSchema.NONE), 5)).isEqualTo(expected);
  }
}
