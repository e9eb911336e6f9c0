package io.longhouse.cluster.replication.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.column.type.TimeZones;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.part.Checksums;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that real servers wrote, listed in the resources, are read and written again. */
final class KeeperNodesTest {
  private static ZoneId before = TimeZones.server();

  @BeforeAll
  static void theServersZone() {
    before = TimeZones.server();
    TimeZones.server(ZoneId.of("Europe/Moscow"));
  }

  @AfterAll
  static void zoneOfBefore() {
    TimeZones.server(before);
  }

  @Test
  void nodesOf1816AreWrittenAsTheyWere() throws IOException {
    assertThat(writtenAgain("keeper-18.16.txt"))
        .containsEntry("log", 27)
        .containsEntry("host", 10)
        .containsEntry("metadata", 15)
        .containsEntry("columns", 38)
        .containsEntry("checksums", 23)
        .containsEntry("mutations", 2)
        .containsEntry("quorum", 2);
  }

  @Test
  void nodesOf267AreWrittenAsTheyWere() throws IOException {
    assertThat(writtenAgain("keeper-26.7.txt"))
        .containsEntry("metadata", 14)
        .containsEntry("columns", 14);
  }

  /** How many nodes of each kind were read and written. */
  private static Map<String, Integer> writtenAgain(String resource) throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    nodes(resource)
        .forEach((path, node) -> {
          String kind = kind(path);
          byte[] written = node.length == 0 ? null : rewritten(kind, node, path);
          if (written != null) {
            assertThat(ByteText.decode(written)).as(path).isEqualTo(ByteText.decode(node));
            counts.merge(kind, 1, Integer::sum);
          }
        });
    return counts;
  }

  private static String kind(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return path.contains("/log/")
        ? "log"
        : path.contains("/mutations/") ? "mutations" : path.contains("/quorum/") ? "quorum" : name;
  }

  private static byte[] rewritten(String kind, byte[] node, String path) {
    return switch (kind) {
      case "log" -> LogEntry.parse(node, path).toBytes();
      case "host" -> HostNode.parse(node, path).toBytes();
      case "metadata" -> TableMetadata.parse(node, path).toBytes();
      case "columns" -> TableColumns.toBytes(TableColumns.parse(node, path));
      case "checksums" -> PartChecksums.parse(node, path).toBytes();
      case "quorum" ->
          path.endsWith("status")
              ? QuorumEntry.parse(node, path).toBytes()
              : QuorumParts.parse(node, path).toBytes();
      // 18.16 writes a space behind the commands.
      case "mutations" ->
          ByteText.encode(ByteText.decode(MutationEntry.parse(node, path).toBytes(true)) + " ");
      default -> null;
    };
  }

  private static Map<String, byte[]> nodes(String resource) throws IOException {
    Map<String, byte[]> nodes = new LinkedHashMap<>();
    try (InputStream in =
        Objects.requireNonNull(KeeperNodesTest.class.getResourceAsStream(resource))) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        int tab = line.indexOf('\t');
        nodes.put(line.substring(0, tab), unescaped(line.substring(tab + 1)));
      }
    }
    return nodes;
  }

  private static byte[] unescaped(String text) {
    var out = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.write(c);
      } else {
        i++;
        switch (text.charAt(i)) {
          case 'n' -> out.write('\n');
          case 'x' -> {
            out.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
            i += 2;
          }
          default -> out.write(text.charAt(i));
        }
      }
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get\nall_1_1_0\npart_type: Compact\n",
        "get\nall_1_1_0\npart_type: Compact\nquorum: 2\n",
        "attach\nall_1_1_0\npart_checksum: D6F35B52D2B11AC93E0C58044CA2A991\n",
        "merge\n"
            + "all_1_1_0\n"
            + "all_2_2_0\n"
            + "into\n"
            + "all_1_2_1\n"
            + "deduplicate: 0\n"
            + "merge_type: 2\n"
            + "part_type: Compact\n",
        "merge\nall_1_1_0\ninto\nall_1_1_1\ndeduplicate: 0\ncleanup: 1\n",
        "drop\nall_0_5_999999999\n",
        "drop_part\nall_1_1_0\n",
        "clear_index\ni x\nfrom\nall_0_5_999999999\n",
        "mutate\nall_1_1_0\nto\nall_1_1_0_2\nalter_version\n3\npart_type: Compact\n",
        "alter\n"
            + "alter_version\n"
            + "2\n"
            + "have_mutation\n"
            + "1\n"
            + "columns_str_size:\n"
            + "5\n"
            + "ab\n"
            + "й\n"
            + "metadata_str_size:\n"
            + "3\n"
            + "x\n"
            + "y\n",
        "sync_pinned_part_uuids\n\n",
        "clone_part_from_shard\nall_1_1_0\nsource_shard: /t/s2\n"
      })
  void entriesOfTodayAreWrittenAsTheyWere(String action) {
    assertWrittenAgain(4, "", action);
  }

  @Test
  void entriesHaveTheLowestVersionThatCanSayThem() {
    String uuid = "61f0c404-5cb3-11e7-907b-a6006ad3dba0";
    assertWrittenAgain(
        5, "", "merge\na_1_1_0\ninto\na_1_1_1\ndeduplicate: 0\ninto_uuid: " + uuid + "\n");
    assertWrittenAgain(5, "", "mutate\na_1_1_0\nto\na_1_1_0_2\nto_uuid\n" + uuid + "\n");
    assertWrittenAgain(
        6,
        "",
        "merge\na_1_1_0\ninto\na_1_1_1\ndeduplicate: 1\ndeduplicate_by_columns: 'k','it\\'s'\n");
    assertWrittenAgain(7, "log_entry_id: abc\n", "get\na_1_1_0\n");
  }

  private static void assertWrittenAgain(int version, String id, String action) {
    String text =
        "format version: "
            + version
            + "\ncreate_time: 2026-11-20 21:26:13\nsource replica: r1\nblock_id: \n"
            + id
            + action;
    LogEntry entry = LogEntry.parse(ByteText.encode(text), "/t/log/log-1");
    assertThat(ByteText.decode(entry.toBytes())).isEqualTo(text);
    assertThat(entry.createdSec()).isEqualTo(1795199173);
  }

  @Test
  void entriesOfTheFirstVersionsAreRead() {
    LogEntry entry =
        LogEntry.parse(
            ByteText.encode("format version: 1\nsource replica: r\nmerge\na\nb\ninto\nc\n"), "/l");
    assertThat(entry.action()).isEqualTo(new LogEntry.Merge(List.of("a", "b"), "c"));
    assertThat(entry.createdSec()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "format version: 4\n"
            + "create_time: 2026-11-20 21:26:13\n"
            + "source replica: r1\n"
            + "block_id: \n"
            + "get\n"
            + "a",
        "format version: 4\n"
            + "create_time: 2026-13-20 21:26:13\n"
            + "source replica: r1\n"
            + "block_id: \n"
            + "get\n"
            + "a\n",
        "format version: 4\n"
            + "create_time: 2026-11-20 21:26:13\n"
            + "source replica: r1\n"
            + "block_id: \n"
            + "put\n"
            + "a\n",
        "format version: 4\n"
            + "create_time: 2026-11-20 21:26:13\n"
            + "source replica: r1\n"
            + "block_id: \n"
            + "get\n"
            + "a\n"
            + "more",
        "format version: 4\n"
            + "create_time: 2026-11-20 21:26:13\n"
            + "source replica: r1\n"
            + "block_id: \n"
            + "alter\n"
            + "alter_version\n"
            + "2\n"
            + "have_mutation\n"
            + "1\n"
            + "columns_str_size:\n"
            + "99999999\n"
            + "ab\n",
      })
  void whatIsNoEntryIsRefusedWithItsPath(String text) {
    assertThatThrownBy(() -> LogEntry.parse(ByteText.encode(text), "/t/log/log-7"))
        .isInstanceOf(LonghouseException.class)
        .hasMessageContaining("/t/log/log-7")
        .extracting(e -> ((LonghouseException) e).errorCode())
        .isEqualTo(ErrorCode.CANNOT_PARSE_INPUT_ASSERTION_FAILED);
  }

  @Test
  void anEntryOfANewerServerIsNamed() {
    assertThatThrownBy(() -> LogEntry.parse(ByteText.encode("format version: 8\n"), "/l"))
        .hasMessageContaining("Unknown ReplicatedMergeTreeLogEntry format version: 8");
  }

  @Test
  void aPartsHeaderHoldsWhatItsTwoNodesHeld() throws IOException {
    Map<String, byte[]> nodes = nodes("keeper-18.16.txt");
    String part = "/t/r/replicas/r1/parts/201801_0_1_2";
    PartHeader header =
        PartHeader.ofNodes(
            Objects.requireNonNull(nodes.get(part + "/columns")),
            Objects.requireNonNull(nodes.get(part + "/checksums")),
            part);
    byte[] node = header.toBytes();
    assertThat(PartHeader.parse(node, part)).isEqualTo(header);
    // 26.7: hex(sipHash128(text)), the bytes in the order of the node
    assertThat(HexFormat.of().withUpperCase().formatHex(node, 30, 46))
        .isEqualTo("0B8F833035805E0B3A228B20C5A0FC6B");
    assertThat(header.checksums().compressedFiles()).isEqualTo(5);
    assertThat(header.checksums().plainFiles()).isEqualTo(9);
  }

  @Test
  void partsAreComparedByTheirFiles() {
    var plain = new Checksums.Entry(3, new Checksums.Hash(1, 2), null);
    var data = new Checksums.Raw(10, new Checksums.Hash(7, 8));
    PartChecksums lz4 =
        PartChecksums.of(
            new Checksums(
                Map.of(
                    "a.bin", new Checksums.Entry(5, new Checksums.Hash(3, 4), data), "c", plain)));
    PartChecksums zstd =
        PartChecksums.of(
            new Checksums(
                Map.of(
                    "a.bin", new Checksums.Entry(4, new Checksums.Hash(5, 6), data), "c", plain)));
    lz4.checkEqual(zstd, true);
    assertThatThrownBy(() -> lz4.checkEqual(zstd, false))
        .hasMessageContaining(
            "Checksums of parts don't match: total hash of all files doesn't match");
    PartChecksums fewer = PartChecksums.of(new Checksums(Map.of("c", plain)));
    assertThatThrownBy(() -> lz4.checkEqual(fewer, true))
        .hasMessageContaining(
            "Different number of files: 0 compressed (expected 1) and 1 uncompressed ones (expected"
                + " 1)");
  }

  @Test
  void metadataIsComparedByWhatItSays() {
    TableMetadata stored = metadata("k, k + (1 * 2)", 8192, 0);
    metadata("k, k + 1 * 2", 8192, 10485760).checkEqual(stored, "d.t");
    assertThatThrownBy(() -> metadata("k", 8192, 0).checkEqual(stored, "d.t"))
        .hasMessageContaining(
            "Metadata of table d.t in ZooKeeper differs in primary key."
                + " Stored in ZooKeeper: k, k + (1 * 2), local: k")
        .extracting(e -> ((LonghouseException) e).errorCode())
        .isEqualTo(ErrorCode.METADATA_MISMATCH);
    assertThatThrownBy(() -> metadata("k, k + 1 * 2", 10, 0).checkUnalterable(stored, "d.t"))
        .hasMessageContaining("differs in index granularity. Stored in ZooKeeper: 8192, local: 10");
    assertThatThrownBy(() ->
            metadata("k, k + 1 * 2", 8192, 0)
                .checkEqual(metadata("k, k + 1 * 2", 8192, 100), "d.t"))
        .hasMessageContaining("differs in index granularity bytes");
  }

  private static TableMetadata metadata(String primary, long rows, long bytes) {
    return new TableMetadata(
        "",
        new TableMetadata.Keys("", "", primary, ""),
        TableMetadata.Merging.of(0),
        rows,
        bytes,
        TableMetadata.Definitions.NONE,
        1);
  }

  @Test
  void mutationsForOldPeersLackTheVersionOfTheAlter() {
    var entry =
        new MutationEntry(
            1795199353, "r1", new TreeMap<>(Map.of("all", 3L)), "DELETE WHERE a = 'x'", -1);
    String text =
        "format version: 1\ncreate time: 2026-11-20 21:29:13\nsource replica: r1\n"
            + "block numbers count: 1\nall\t3\ncommands: DELETE WHERE a = \\'x\\'";
    assertThat(ByteText.decode(entry.toBytes(true))).isEqualTo(text);
    assertThat(ByteText.decode(entry.toBytes(false))).isEqualTo(text + "\nalter version: -1");
    assertThat(MutationEntry.parse(entry.toBytes(false), "/m")).isEqualTo(entry);
  }
}
