package io.longhouse.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.server.LiveServer;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows go through one server into two others, of which one has three times the other's weight. */
class DistributedInsertTest {
  private static final String TABLE = "CREATE TABLE t (id Int64, s String) ORDER BY id";

  @TempDir private Path dir;
  private LiveServer first;
  private LiveServer second;
  private LiveServer initiator;
  private int secondPort;

  @BeforeEach
  void start() throws IOException {
    first = new LiveServer(dir.resolve("first"));
    second = new LiveServer(dir.resolve("second"));
    secondPort = second.server.port("tcp");
    initiator = new LiveServer(dir.resolve("initiator"), "--config-file=" + configuration());
    first.run(TABLE);
    second.run(TABLE);
  }

  private Path configuration() throws IOException {
    String shard =
        """
        <shard><weight>%d</weight><internal_replication>true</internal_replication>
          <replica><host>127.0.0.1</host><port>%d</port></replica></shard>
        """;
    String copies =
        """
        <shard><replica><host>127.0.0.1</host><port>%d</port></replica>
          <replica><host>127.0.0.1</host><port>%d</port></replica></shard>
        """;
    int one = first.server.port("tcp");
    return Files.writeString(
        dir.resolve("config.xml"),
        "<clickhouse><remote_servers><two>"
            + shard.formatted(1, one)
            + shard.formatted(3, secondPort)
            + "</two><copies>"
            + copies.formatted(one, secondPort)
            + "</copies></remote_servers></clickhouse>");
  }

  @AfterEach
  void stop() {
    Stream.of(initiator, first, second).forEach(LiveServer::close);
  }

  private void distributed(String cluster, String key, String settings) {
    initiator.run(
        "CREATE TABLE d (id Int64, s String) ENGINE = Distributed("
            + cluster
            + ", default, t"
            + key
            + ") "
            + settings);
  }

  private static String ids(LiveServer server) {
    return server.run1("SELECT arrayStringConcat(arraySort(groupArray(toString(id))), ',') FROM t");
  }

  @Test
  void rowsFallIntoTheIntervalsOfTheWeights() {
    distributed("two", ", id", "");
    initiator.run(
        "INSERT INTO d SELECT number - 4, 'x' FROM numbers(12)"
            + " SETTINGS distributed_foreground_insert = 1");
    // of a negative number the remainder is that of its unsigned form
    assertThat(ids(first)).isEqualTo("-4,0,4");
    assertThat(ids(second)).isEqualTo("-1,-2,-3,1,2,3,5,6,7");
  }

  @Test
  void whatCannotBeSentYetWaitsOnDiskAndOutlivesTheServer() throws IOException {
    distributed("two", ", id", "");
    second.close();
    initiator.run("INSERT INTO d SELECT number, toString(number) FROM numbers(100)");
    initiator.run("INSERT INTO d VALUES (101, 'a')", "INSERT INTO d VALUES (102, 'b')");
    assertThat(initiator.run1("SELECT sum(data_files) > 0 FROM system.distribution_queue"))
        .isEqualTo("1");
    assertThatThrownBy(() -> initiator.run("SYSTEM FLUSH DISTRIBUTED d"))
        .isInstanceOf(LonghouseException.class)
        .hasMessageContaining("127.0.0.1:" + secondPort);
    initiator.close();
    second = new LiveServer(dir.resolve("second"), "--tcp_port=" + secondPort);
    initiator =
        new LiveServer(
            dir.resolve("initiator"), "--config-file=" + dir.resolve("config.xml").toString());
    initiator.run("SYSTEM FLUSH DISTRIBUTED d");
    assertThat(first.run1("SELECT count() FROM t")).isEqualTo("25");
    assertThat(second.run1("SELECT count() FROM t")).isEqualTo("77");
    assertThat(initiator.run1("SELECT sum(data_files) FROM system.distribution_queue"))
        .isEqualTo("0");
  }

  @Test
  void replicasThatDoNotCopyEachGetEveryRow() {
    distributed("copies", "", "SETTINGS background_insert_batch = 1");
    initiator.run("SYSTEM STOP DISTRIBUTED SENDS d");
    for (int i = 0; i < 5; i++) {
      initiator.run("INSERT INTO d VALUES (" + i + ", 'x')");
    }
    assertThat(initiator.run1("SELECT sum(data_files) FROM system.distribution_queue"))
        .isEqualTo("10");
    initiator.run("SYSTEM START DISTRIBUTED SENDS d", "SYSTEM FLUSH DISTRIBUTED d");
    for (LiveServer s : List.of(first, second)) {
      assertThat(ids(s)).isEqualTo("0,1,2,3,4");
      // five files went out as one INSERT
      assertThat(s.run1("SELECT count() FROM system.parts WHERE table = 't' AND active"))
          .isEqualTo("1");
    }
  }

  @Test
  void aDamagedFileIsPutAsideAndHoldsNobodyUp() throws IOException {
    distributed("two", ", id", "");
    initiator.run("SYSTEM STOP DISTRIBUTED SENDS d");
    for (int i = 0; i < 3; i++) {
      initiator.run("INSERT INTO d VALUES (" + 4 * i + ", 'x')");
    }
    String folder =
        initiator.run1("SELECT data_path FROM system.distribution_queue ORDER BY data_path");
    Path file = Path.of(folder).resolve("2.bin");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] ^= 0x20;
    Files.write(file, bytes);
    initiator.run("SYSTEM START DISTRIBUTED SENDS d", "SYSTEM FLUSH DISTRIBUTED d");
    assertThat(ids(first)).isEqualTo("0,8");
    assertThat(initiator.run1("SELECT sum(broken_data_files) FROM system.distribution_queue"))
        .isEqualTo("1");
  }

  @Test
  void tooMuchWaitingRefusesFurtherRows() {
    distributed("two", ", id", "SETTINGS bytes_to_throw_insert = 100");
    initiator.run("SYSTEM STOP DISTRIBUTED SENDS d", "INSERT INTO d VALUES (0, 'x')");
    assertThatThrownBy(() -> initiator.run("INSERT INTO d VALUES (1, 'x')"))
        .hasMessageContaining("Too many bytes pending for asynchronous INSERT");
  }

  @Test
  void shardsCanBeChosen() {
    distributed("two", "", "");
    assertThatThrownBy(() -> initiator.run("INSERT INTO d VALUES (1, 'x')"))
        .hasMessageContaining("no sharding key provided");
    initiator.run("INSERT INTO d SETTINGS insert_shard_id = 2 VALUES (1, 'x')");
    assertThat(ids(second)).isEqualTo("1");
    assertThatThrownBy(
            () -> initiator.run("INSERT INTO d SETTINGS insert_shard_id = 3 VALUES (1, 'x')"))
        .hasMessageContaining("Shard id should be range from 1 to shard number");
    initiator.run(
        "INSERT INTO d SETTINGS insert_distributed_one_random_shard = 1 VALUES (2, 'x')",
        "SYSTEM FLUSH DISTRIBUTED d");
    assertThat(ids(first) + ids(second)).contains("2");
  }

  @Test
  void otherTypesOfAShardAreConverted() {
    first.run("CREATE TABLE u (s LowCardinality(String), id UInt8) ORDER BY id");
    initiator.run(
        "CREATE TABLE d (id Int64, s String) ENGINE = Distributed(two, default, u, 0)",
        "INSERT INTO d SETTINGS distributed_foreground_insert = 1 VALUES (7, 'seven')");
    assertThat(first.run1("SELECT concat(s, toString(id)) FROM u")).isEqualTo("seven7");
    assertThatThrownBy(() ->
            initiator.run(
                "INSERT INTO FUNCTION remote('127.0.0.1:"
                    + first.server.port("tcp")
                    + "', default.nothing) VALUES (1)"))
        .hasMessageContaining("nothing");
  }
}
