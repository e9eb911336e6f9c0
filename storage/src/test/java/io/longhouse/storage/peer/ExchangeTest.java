package io.longhouse.storage.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.compress.Codec;
import io.longhouse.column.compress.Codecs;
import io.longhouse.column.serial.WireForm;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.function.Argument;
import io.longhouse.function.Functions;
import io.longhouse.function.OutsideQuery;
import io.longhouse.function.expr.Expr;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.disk.LocalDisk;
import io.longhouse.storage.mergetree.BandwidthLimit;
import io.longhouse.storage.mergetree.InsertOptions;
import io.longhouse.storage.mergetree.MergeMode;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.mergetree.MergeTreeListener;
import io.longhouse.storage.mergetree.MergeTreeMetadata;
import io.longhouse.storage.mergetree.MergeTreeScan;
import io.longhouse.storage.mergetree.Morsel;
import io.longhouse.storage.mergetree.OptimizeOptions;
import io.longhouse.storage.mergetree.PartCheck;
import io.longhouse.storage.mergetree.ScanReader;
import io.longhouse.storage.mergetree.TableColumn;
import io.longhouse.storage.part.DataPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of ours in ClickHouse 26.7 and parts of its in ours. */
class ExchangeTest {
  private static final String COLUMNS =
      """
      k UInt32, s String, n Nullable(UInt32), lc LowCardinality(String),
      lcn LowCardinality(Nullable(String)), a Array(UInt16), aa Array(Array(String)),
      an Array(Nullable(UInt8)), alc Array(LowCardinality(String)), t Tuple(x UInt8, y String),
      m Map(String, UInt64), sp UInt64, ss String, d Date, dt DateTime, e Enum8('a' = 1, 'b' = 2),
      u UUID, ip IPv6, ip4 IPv4, dec Decimal(18, 4), dec2 Decimal(38, 5), f32 Float32, f64 Float64,
      i128 Int128, fs FixedString(5), b Bool, `nested.p` Array(UInt8), `nested.q` Array(String),
      z UInt32 CODEC(ZSTD(1)), dl UInt32 CODEC(Delta(4), ZSTD(1))
      """;

  private static final String ROWS =
      """
      SELECT toUInt32(intHash32(number) % 1000) AS k, concat('str', toString(number % 7)) AS s,
      if(number % 5 = 0, NULL, toUInt32(number)) AS n,
      toLowCardinality(concat('v', toString(number % 10))) AS lc,
      toLowCardinality(if(number % 4 = 0, NULL, toString(number % 3))) AS lcn,
      CAST(range(number % 4), 'Array(UInt16)') AS a, [[toString(number)], ['x', 'yy']] AS aa,
      CAST([NULL, number % 200], 'Array(Nullable(UInt8))') AS an,
      CAST(['q', toString(number % 5)], 'Array(LowCardinality(String))') AS alc,
      CAST((number % 100, repeat('z', number % 6)), 'Tuple(x UInt8, y String)') AS t,
      CAST(map('a', number, 'b', 1), 'Map(String, UInt64)') AS m,
      toUInt64(if(number % 50 = 0, number, 0)) AS sp, if(number % 100 = 7, 'hey', '') AS ss,
      toDate('2020-01-01') + number % 60 AS d,
      toDateTime(1577836800 + number * 1000, 'UTC')::DateTime AS dt,
      CAST(if(number % 2 = 0, 'a', 'b'), 'Enum8(\\'a\\' = 1, \\'b\\' = 2)') AS e,
      toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0') AS u, toIPv6('::1') AS ip,
      toIPv4('1.2.3.4') AS ip4, toDecimal64(number, 4) AS dec, toDecimal128(number, 5) AS dec2,
      toFloat32(number / 3) AS f32, number / 7 AS f64, toInt128(number) * -3 AS i128,
      toFixedString(toString(number % 1000), 5) AS fs, CAST(number % 2, 'Bool') AS b,
      CAST(range(number % 3), 'Array(UInt8)') AS `nested.p`,
      arrayMap(x -> toString(x), range(number % 3)) AS `nested.q`, toUInt32(number) AS z,
      toUInt32(number * 11) AS dl FROM numbers(%d, %d)
      """;

  private static final String FINGERPRINT =
      "SELECT count(), sum(cityHash64(toString(tuple(*)))) FROM ";

  @TempDir Path root;

  private static Map<String, String> settings(String form) {
    Map<String, String> s = new HashMap<>();
    s.put("min_bytes_for_wide_part", form.equals("wide") ? "0" : "1000000000");
    s.put("index_granularity", "100");
    return s;
  }

  private static String ddl(String table, Map<String, String> settings) {
    var text =
        new StringBuilder("CREATE TABLE d." + table + " (" + COLUMNS + ") ENGINE = MergeTree");
    text.append(" PARTITION BY toYYYYMM(d) ORDER BY (k, s) SETTINGS ");
    settings.forEach((k, v) -> text.append(k).append('=').append(v).append(','));
    return text.substring(0, text.length() - 1);
  }

  /** The columns and rows of a Native block. */
  private record Native(Header header, Block block) {
    static Native read(byte[] bytes) {
      var in = new ByteReader(bytes);
      List<Header.Field> fields = new ArrayList<>();
      List<ColumnBuilder> builders = new ArrayList<>();
      int total = 0;
      while (!in.atEnd()) {
        int columns = (int) in.readVarUInt();
        int rows = (int) in.readVarUInt();
        total += rows;
        for (int i = 0; i < columns; i++) {
          String name = in.readText(1000);
          DataType type = DataTypes.parse(in.readText(1000));
          if (fields.size() == i) {
            fields.add(new Header.Field(name, type));
            builders.add(type.newBuilder(rows));
          }
          builders.get(i).appendRange(WireForm.read(type, rows, in), 0, rows);
        }
      }
      return new Native(
          new Header(fields),
          new Block(builders.stream().map(ColumnBuilder::build).toList(), total));
    }
  }

  private MergeTreeData ours(Header header, Map<String, String> settings) {
    return ours(header, settings, root.resolve("ours"), "t");
  }

  private static MergeTreeData ours(
      Header header, Map<String, String> settings, Path disk, String folder) {
    List<TableColumn> columns = new ArrayList<>();
    for (Header.Field f : header.fields()) {
      Codec codec =
          switch (f.name()) {
            case "z" -> Codecs.parse("ZSTD(1)");
            case "dl" -> Codecs.parse("Delta(4), ZSTD(1)");
            default -> null;
          };
      columns.add(new TableColumn(f.name(), f.type(), codec, null));
    }
    Expr date = new Expr.Input(header.indexOf("d"), header.type(header.indexOf("d")));
    Expr month =
        new Expr.Call(
            "toYYYYMM",
            Functions.resolve("toYYYYMM", List.of(Argument.of(date.type())), OutsideQuery.INSTANCE),
            List.of(date));
    return MergeTreeData.open(
        "d.t",
        new LocalDisk("default", disk),
        folder,
        new MergeTreeMetadata(
            columns,
            List.of(new Expr.Input(0, header.type(0)), new Expr.Input(1, header.type(1))),
            2,
            List.of(month),
            0),
        MergeTreeSettings.of(settings),
        MergeMode.ORDINARY,
        MergeTreeListener.NONE,
        BandwidthLimit.NONE);
  }

  private static String rows(int from, int count) {
    return ROWS.replace("%d, %d", from + ", " + count);
  }

  private static final String ONE_BLOCK =
      " SETTINGS max_block_size = 1000000, max_insert_block_size = 1000000,"
          + " min_insert_block_size_bytes = 0, max_threads = 1";

  @ParameterizedTest
  @ValueSource(strings = {"wide", "compact"})
  void anInsertWritesTheFilesThatClickHouseWrites(String form) throws IOException {
    ClickHousePeer peer = ClickHousePeer.open(root.resolve("peer"));
    Map<String, String> settings = settings(form);
    peer.run(
        "Null",
        "CREATE DATABASE d",
        ddl("t", settings),
        "INSERT INTO d.t " + rows(0, 5000) + ONE_BLOCK);
    Native block = Native.read(peer.run("Native", rows(0, 5000) + ONE_BLOCK));
    MergeTreeData data = ours(block.header(), settings);
    List<DataPart> parts = data.insert(block.block(), InsertOptions.DEFAULT);
    Path theirs = peer.folder("d.t");
    assertThat(parts.stream().map(DataPart::toString))
        .containsExactly("202001_1_1_0", "202002_2_2_0");
    for (DataPart p : parts) {
      Path folder = theirs.resolve(p.toString());
      try (Stream<Path> files = Files.list(folder)) {
        for (Path f : files.toList()) {
          assertThat(root.resolve("ours/t").resolve(p.toString()).resolve(f.getFileName()))
              .as("%s of %s", f.getFileName(), p)
              .hasSameBinaryContentAs(f);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wide", "compact"})
  void clickHouseAttachesChecksReadsAndMergesOurParts(String form) throws IOException {
    ClickHousePeer peer = ClickHousePeer.open(root.resolve("peer"));
    Map<String, String> settings = settings(form);
    peer.run(
        "Null",
        "CREATE DATABASE d",
        ddl("t", settings),
        ddl("o", settings),
        "INSERT INTO d.t " + rows(0, 4000) + ONE_BLOCK,
        "INSERT INTO d.t " + rows(4000, 3000) + ONE_BLOCK);
    Native first = Native.read(peer.run("Native", rows(0, 4000) + ONE_BLOCK));
    Native second = Native.read(peer.run("Native", rows(4000, 3000) + ONE_BLOCK));
    MergeTreeData data = ours(first.header(), settings);
    data.insert(first.block(), InsertOptions.DEFAULT);
    data.insert(second.block(), InsertOptions.DEFAULT);
    data.merges().optimize("202001", OptimizeOptions.FINAL);
    assertThat(data.check(null)).allMatch(PartCheck.Result::ok);
    Path detached = peer.folder("d.o").resolve("detached");
    List<String> statements = new ArrayList<>();
    for (DataPart p : data.snapshot().parts()) {
      copy(root.resolve("ours/t").resolve(p.toString()), detached.resolve(p.toString()));
      statements.add("ALTER TABLE d.o ATTACH PART '" + p + "'");
    }
    assertThat(statements).hasSize(3);
    peer.run("Null", statements.toArray(new String[0]));
    String expected = peer.text(FINGERPRINT + "d.t");
    String checks = "CHECK TABLE d.o SETTINGS check_query_single_value_result = 0";
    assertThat(peer.text(checks).lines()).hasSize(3).allMatch(l -> l.split("\t")[1].equals("1"));
    assertThat(peer.text(FINGERPRINT + "d.o")).isEqualTo(expected);
    peer.run("Null", "OPTIMIZE TABLE d.o FINAL");
    assertThat(peer.text(checks).lines()).hasSize(2).allMatch(l -> l.split("\t")[1].equals("1"));
    assertThat(peer.text(FINGERPRINT + "d.o")).isEqualTo(expected);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path f : files.toList()) {
        Files.copy(f, to.resolve(f.getFileName()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wide", "compact"})
  void weReadWhatClickHouseMergedAndMutated(String form) throws IOException {
    ClickHousePeer peer = ClickHousePeer.open(root.resolve("peer"));
    Map<String, String> settings = settings(form);
    peer.run(
        "Null",
        "CREATE DATABASE d",
        ddl("t", settings),
        "INSERT INTO d.t " + rows(0, 4000) + ONE_BLOCK,
        "INSERT INTO d.t " + rows(4000, 3000) + ONE_BLOCK,
        "OPTIMIZE TABLE d.t PARTITION 202001 FINAL",
        "ALTER TABLE d.t UPDATE ss = concat(s, 'u') WHERE z % 10 = 3 SETTINGS mutations_sync = 2,"
            + " allow_nondeterministic_mutations = 1",
        "ALTER TABLE d.t DELETE WHERE z % 10 = 4 SETTINGS mutations_sync = 2",
        "DELETE FROM d.t WHERE z % 10 = 5",
        "ALTER TABLE d.t RENAME COLUMN f64 TO f65",
        "ALTER TABLE d.t MODIFY COLUMN f32 Float64 SETTINGS alter_sync = 2");
    // All parts of a table, one after another, in the order of their names.
    Native expected =
        Native.read(
            peer.run(
                "Native",
                "SELECT * FROM d.t ORDER BY _part, _part_offset LIMIT 100000 SETTINGS"
                    + " max_block_size = 1000000"));
    Path copy = root.resolve("copy/t");
    Path theirs = peer.folder("d.t");
    for (String part :
        peer.text("SELECT name FROM system.parts WHERE database = 'd' AND active ORDER BY name")
            .lines()
            .toList()) {
      copy(theirs.resolve(part), copy.resolve(part));
    }
    MergeTreeData data = ours(expected.header(), settings, root.resolve("copy"), "t");
    assertThat(data.check(null)).allMatch(PartCheck.Result::ok, data.check(null).toString());
    List<String> names = expected.header().fields().stream().map(Header.Field::name).toList();
    int row = 0;
    try (var scan = MergeTreeScan.of(data, names, null, null, Set.of())) {
      ScanReader reader = scan.newReader();
      for (Morsel m : scan.morsels(1000)) {
        Block b = reader.read(m);
        for (int i = 0; b != null && i < names.size(); i++) {
          DataType type = expected.header().type(i);
          for (int r = 0; r < b.rows(); r++) {
            assertThat(type.textOf(WireForm.inLayout(type, b.column(i)), r))
                .as("%s, row %d", names.get(i), row + r)
                .isEqualTo(type.textOf(expected.block().column(i), row + r));
          }
        }
        row += b == null ? 0 : b.rows();
      }
    }
    assertThat(row).isEqualTo(expected.block().rows());
  }

  @Test
  void clickHouseReadsOurMutatedParts() throws IOException {
    ClickHousePeer peer = ClickHousePeer.open(root.resolve("peer"));
    Map<String, String> settings = settings("wide");
    peer.run("Null", "CREATE DATABASE d", ddl("o", settings));
    Native block = Native.read(peer.run("Native", rows(0, 1000) + ONE_BLOCK));
    MergeTreeData data = ours(block.header(), settings);
    data.insert(block.block(), InsertOptions.DEFAULT);
    Header h = block.header();
    Expr z = new Expr.Input(h.indexOf("z"), h.type(h.indexOf("z")));
    Expr small =
        call(
            "less",
            z,
            new Expr.Constant(
                io.longhouse.column.Int8Column.of((byte) 100),
                io.longhouse.column.type.IntegerType.UINT8));
    var text =
        new Expr.Constant(
            io.longhouse.column.StringColumn.of("new".getBytes()),
            io.longhouse.column.type.StringType.TYPE);
    data.mutations()
        .applyAll(
            data.mutations()
                .add(
                    List.of(
                        new io.longhouse.storage.mergetree.MutationCommand.Update(
                            "UPDATE ss = 'new' WHERE z < 100",
                            null,
                            Map.of(h.indexOf("ss"), text),
                            small))),
            () -> {});
    data.mutations()
        .applyAll(
            data.mutations()
                .add(
                    List.of(
                        new io.longhouse.storage.mergetree.MutationCommand.DeleteMask(
                            "UPDATE _row_exists = 0 WHERE z < 10",
                            null,
                            call(
                                "less",
                                z,
                                new Expr.Constant(
                                    io.longhouse.column.Int8Column.of((byte) 10),
                                    io.longhouse.column.type.IntegerType.UINT8))))),
            () -> {});
    Path detached = peer.folder("d.o").resolve("detached");
    for (DataPart p : data.snapshot().parts()) {
      copy(root.resolve("ours/t").resolve(p.toString()), detached.resolve(p.toString()));
      peer.run("Null", "ALTER TABLE d.o ATTACH PART '" + p + "'");
    }
    assertThat(peer.text("SELECT count(), countIf(ss = 'new'), min(z) FROM d.o"))
        .isEqualTo("990\t90\t10\n");
    assertThat(peer.text("CHECK TABLE d.o SETTINGS check_query_single_value_result = 0").lines())
        .allMatch(l -> l.split("\t")[1].equals("1"));
  }

  private static Expr call(String name, Expr... arguments) {
    return new Expr.Call(
        name,
        Functions.resolve(
            name, Stream.of(arguments).map(Expr::asArgument).toList(), OutsideQuery.INSTANCE),
        List.of(arguments));
  }
}
