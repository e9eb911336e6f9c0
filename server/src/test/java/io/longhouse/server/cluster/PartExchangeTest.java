package io.longhouse.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.cluster.interserver.PartExchange;
import io.longhouse.cluster.interserver.PartService;
import io.longhouse.cluster.replication.node.HostNode;
import io.longhouse.cluster.replication.node.PartHeader;
import io.longhouse.column.ByteWriter;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.server.LiveServer;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.BandwidthLimit;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts go from one server into another one; hostile ones are kept out. */
class PartExchangeTest {
  private static final String PATH = "/t/replicas/r 1";

  @TempDir private Path dir;
  private LiveServer giver;
  private LiveServer taker;
  private final List<String> broken = new ArrayList<>();
  private @Nullable PartService service;

  @BeforeEach
  void start() throws IOException {
    giver = server("giver", credentials("s3cret"));
    taker = server("taker", credentials("s3cret"));
    for (LiveServer s : List.of(giver, taker)) {
      s.run(
          "CREATE TABLE wide (p UInt8, k UInt64, s String, n Nullable(Int32), a Array(String),"
              + " d DateTime) PARTITION BY p ORDER BY k"
              + " SETTINGS min_bytes_for_wide_part = 0",
          "CREATE TABLE compact (k UInt64, s String) ORDER BY k");
    }
  }

  private LiveServer server(String name, String more) throws IOException {
    Path config =
        Files.writeString(
            dir.resolve(name + ".xml"),
            "<clickhouse><interserver_http_port>0</interserver_http_port>"
                + "<interserver_http_host>127.0.0.1</interserver_http_host>"
                + "<replicated_fetches_http_receive_timeout>1"
                + "</replicated_fetches_http_receive_timeout>"
                + more
                + "</clickhouse>");
    return new LiveServer(dir.resolve(name), "--config-file=" + config);
  }

  private static String credentials(String password) {
    return "<interserver_http_credentials><user>peer</user><password>"
        + password
        + "</password></interserver_http_credentials>";
  }

  @AfterEach
  void stop() {
    if (service != null) {
      service.close();
    }
    Stream.of(giver, taker).forEach(LiveServer::close);
  }

  private static MergeTreeData data(LiveServer server, String table) {
    var found = ((LocalEngine) server.engine).catalog().find("default", table);
    return ((MergeTreeTable) Objects.requireNonNull(found)).data();
  }

  private static PartExchange exchange(LiveServer server) {
    return Objects.requireNonNull(server.engine.service(PartExchange.class));
  }

  private void serve(String table) {
    service = exchange(giver).serve(PATH, data(giver, table), name -> broken.add(name.toString()));
  }

  private HostNode address(LiveServer server) {
    return new HostNode("127.0.0.1", server.server.port("interserver_http"), 0, "", "", "http");
  }

  private PartExchange.Request request(HostNode from, String table, String part) {
    return new PartExchange.Request(
        from,
        PATH,
        part,
        "default",
        table,
        data(taker, table),
        false,
        null,
        BandwidthLimit.NONE,
        () -> {});
  }

  private static Map<String, List<Byte>> files(DataPart part) throws IOException {
    Map<String, List<Byte>> files = new TreeMap<>();
    Path folder = Path.of(part.disk().absolute(part.folder()));
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path p : all.filter(Files::isRegularFile).toList()) {
        List<Byte> bytes = new ArrayList<>();
        for (byte b : Files.readAllBytes(p)) {
          bytes.add(b);
        }
        files.put(folder.relativize(p).toString(), bytes);
      }
    }
    return files;
  }

  @Test
  void aPartArrivesByteForByteAndIsReadable() throws IOException {
    giver.run(
        "INSERT INTO wide SELECT 1, number, toString(number), if(number % 3, NULL, number),"
            + " [toString(number), 'x'], now() FROM numbers(200000)",
        "INSERT INTO compact SELECT number, repeat('ab', number) FROM numbers(100)");
    for (String table : List.of("wide", "compact")) {
      serve(table);
      DataPart theirs = data(giver, table).snapshot().parts().getFirst();
      DataPart ours =
          exchange(taker).fetch(request(address(giver), table, theirs.name().toString()));
      assertThat(ours.folder()).endsWith("/tmp-fetch_" + theirs.name());
      assertThat(files(ours)).isEqualTo(files(theirs));
      assertThat(ours.rows()).isEqualTo(theirs.rows());
      Objects.requireNonNull(service).close();
    }
    assertThat(exchange(taker).fetches().all()).isEmpty();
  }

  @Test
  void aPartThatWasReplacedIsStillGiven() {
    giver.run("INSERT INTO compact VALUES (1, 'a')", "INSERT INTO compact VALUES (2, 'b')");
    PartName first = data(giver, "compact").snapshot().parts().getFirst().name();
    giver.run("OPTIMIZE TABLE compact FINAL");
    serve("compact");
    DataPart got = exchange(taker).fetch(request(address(giver), "compact", first.toString()));
    assertThat(got.rows()).isEqualTo(1);
  }

  @Test
  void anOldClientGetsTheOldForm() throws IOException {
    giver.run("INSERT INTO wide VALUES (1, 2, 'x', 3, ['y'], now())");
    serve("wide");
    DataPart part = data(giver, "wide").snapshot().parts().getFirst();
    String uri =
        "http://127.0.0.1:"
            + giver.server.port("interserver_http")
            + "/?endpoint=DataPartsExchange:%2Ft%2Freplicas%2Fr%201&part="
            + part
            + "&compress=false";
    var connection = (HttpURLConnection) URI.create(uri).toURL().openConnection();
    // peer:s3cret
    connection.setRequestProperty("Authorization", "Basic cGVlcjpzM2NyZXQ=");
    byte[] body;
    try (var in = connection.getInputStream()) {
      body = in.readAllBytes();
    }
    long files = body[0] & 0xFF | (body[1] & 0xFFL) << 8;
    long expected = part.checksums().files().size() + 2;
    assertThat(files).as("checksums.txt and columns.txt, but no newer file").isEqualTo(expected);
  }

  @Test
  void aCompactPartIsNotGivenToAServerThatDoesNotKnowSuch() throws IOException {
    giver.run("INSERT INTO compact VALUES (1, 'a')");
    serve("compact");
    assertThat(raw("?endpoint=DataPartsExchange:%2Ft%2Freplicas%2Fr%201&part=all_1_1_0", true))
        .startsWith("500 ")
        .contains("Compact");
  }

  @Test
  void whoDoesNotShowTheRightPasswordIsRefused() throws IOException {
    String any = "?endpoint=DataPartsExchange:x&part=all_1_1_0&compress=false";
    assertThat(raw(any, false)).startsWith("401 ").contains("Server requires HTTP Basic");
    assertThat(raw(any, true)).startsWith("500 ").contains("No interserver IO endpoint named");
    try (LiveServer stranger = server("stranger", credentials("wrong"))) {
      stranger.run("CREATE TABLE compact (k UInt64, s String) ORDER BY k");
      var request =
          new PartExchange.Request(
              address(giver),
              PATH,
              "all_1_1_0",
              "default",
              "compact",
              data(stranger, "compact"),
              false,
              null,
              BandwidthLimit.NONE,
              () -> {});
      assertError(
          () -> exchange(stranger).fetch(request),
          ErrorCode.RECEIVED_ERROR_FROM_REMOTE_IO_SERVER,
          "Incorrect user or password in HTTP Basic authentication");
    }
  }

  /** Status and body. */
  private String raw(String query, boolean authorized) throws IOException {
    String uri = "http://127.0.0.1:" + giver.server.port("interserver_http") + "/" + query;
    var connection = (HttpURLConnection) URI.create(uri).toURL().openConnection();
    if (authorized) {
      connection.setRequestProperty("Authorization", "Basic cGVlcjpzM2NyZXQ=");
    }
    int status = connection.getResponseCode();
    try (var in = connection.getErrorStream()) {
      return status + " " + new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatTheOtherServerSaysIsTold() {
    serve("compact");
    assertError(
        () -> exchange(taker).fetch(request(address(giver), "compact", "all_7_7_0")),
        ErrorCode.RECEIVED_ERROR_FROM_REMOTE_IO_SERVER,
        "No part all_7_7_0 in table");
    Objects.requireNonNull(service).stop(true);
    assertError(
        () -> exchange(taker).fetch(request(address(giver), "compact", "all_7_7_0")),
        ErrorCode.RECEIVED_ERROR_FROM_REMOTE_IO_SERVER,
        "Transferring part to replica was cancelled");
  }

  @Test
  void aPartThatHasRottenIsNotTakenAndIsReported() throws IOException {
    giver.run("INSERT INTO wide VALUES (1, 2, 'x', 3, ['y'], now())");
    serve("wide");
    DataPart part = data(giver, "wide").snapshot().parts().getFirst();
    Path file = Path.of(part.disk().absolute(part.folder())).resolve("s.bin");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    file.toFile().setWritable(true);
    Files.write(file, bytes);
    assertError(
        () -> exchange(taker).fetch(request(address(giver), "wide", part.toString())),
        ErrorCode.NETWORK_ERROR,
        "Premature EOF");
    assertThat(broken).containsExactly(part.toString());
    assertThat(
            Path.of(data(taker, "wide").disk().absolute(data(taker, "wide").folder()))
                .toFile()
                .list())
        .noneMatch(f -> f.startsWith("tmp-fetch_"));
  }

  @Test
  void aPartIsComparedWithWhatKeeperSays() {
    giver.run("INSERT INTO compact VALUES (1, 'a')", "INSERT INTO compact VALUES (2, 'b')");
    serve("compact");
    List<DataPart> parts = data(giver, "compact").snapshot().parts();
    byte[] columns = parts.getFirst().disk().readAll(parts.getFirst().folder() + "/columns.txt");
    String text = new String(columns, java.nio.charset.StandardCharsets.UTF_8);
    PartHeader ofFirst = PartHeader.of(text, parts.getFirst().checksums());
    exchange(taker).fetch(expecting(ofFirst, parts.getFirst()));
    assertError(
        () -> exchange(taker).fetch(expecting(ofFirst, parts.getLast())),
        ErrorCode.CHECKSUM_DOESNT_MATCH,
        "Checksums of parts don't match");
    PartHeader others = PartHeader.of("other", parts.getFirst().checksums());
    assertError(
        () -> exchange(taker).fetch(expecting(others, parts.getFirst())),
        ErrorCode.TABLE_DIFFERS_TOO_MUCH,
        "are different from those that replica " + PATH + " noted");
  }

  private PartExchange.Request expecting(PartHeader header, DataPart part) {
    return new PartExchange.Request(
        address(giver),
        PATH,
        part.toString(),
        "default",
        "compact",
        data(taker, "compact"),
        false,
        header,
        BandwidthLimit.NONE,
        () -> {});
  }

  @Test
  void hostileAnswersAreRefused() throws IOException {
    assertHostile(files("../../evil", 1, "x"), ErrorCode.INSECURE_PATH, "malicious replica");
    assertHostile(files("..", 1, "x"), ErrorCode.INSECURE_PATH, "malicious replica");
    assertHostile(
        files("a", 1L << 60, ""), ErrorCode.INCORRECT_DATA, "with 1152921504606846976 bytes");
    assertHostile(files("a", -1, ""), ErrorCode.INCORRECT_DATA, "with 18446744073709551615 bytes");
    assertHostile(
        files("a", 1, "x"), ErrorCode.CHECKSUM_DOESNT_MATCH, "Checksum mismatch for file");
    assertHostile(new byte[] {1, 0, 0}, ErrorCode.NETWORK_ERROR, "bytes received");
    assertHostile(longs(1L << 40), ErrorCode.INCORRECT_DATA, "number of files");
    assertHostile(longs(0), ErrorCode.INCORRECT_DATA, "a part without checksums.txt");
  }

  private static byte[] longs(long n) {
    var out = new ByteWriter(8);
    out.writeLong(n);
    return out.toByteArray();
  }

  private static byte[] files(String name, long size, String content) {
    var out = new ByteWriter(64);
    out.writeLong(1);
    out.writeString(name);
    out.writeLong(size);
    out.writeAscii(content);
    out.writeLong(1);
    out.writeLong(2);
    return out.toByteArray();
  }

  private void assertHostile(byte[] body, ErrorCode code, String message) throws IOException {
    String head =
        "HTTP/1.1 200 OK\r\nContent-Length: " + (body.length == 3 ? 100 : body.length) + "\r\n\r\n";
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(socket, head, body, false));
      var from = new HostNode("127.0.0.1", socket.getLocalPort(), 0, "", "", "http");
      assertError(
          () -> exchange(taker).fetch(request(from, "compact", "all_1_1_0")), code, message);
    }
  }

  private static void answer(ServerSocket socket, String head, byte[] body, boolean silent) {
    try (Socket s = socket.accept();
        OutputStream out = s.getOutputStream()) {
      byte[] request = new byte[8192];
      assertThat(s.getInputStream().read(request)).isPositive();
      out.write(head.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      out.write(body);
      out.flush();
      if (silent) {
        Thread.sleep(5000);
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone, as it should.
      return;
    }
  }

  @Test
  void aPeerThatFallsSilentIsGivenUp() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() ->
              answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", new byte[3], true));
      var from = new HostNode("127.0.0.1", socket.getLocalPort(), 0, "", "", "http");
      assertError(
          () -> exchange(taker).fetch(request(from, "compact", "all_1_1_0")),
          ErrorCode.SOCKET_TIMEOUT,
          "127.0.0.1:" + socket.getLocalPort());
    }
  }

  @Test
  void namesOfPartsThatAreNoneAreNotAskedFor() {
    for (String name : List.of("../x_1_1_0", "a/b_1_1_0", "all_1_1", "")) {
      assertThatThrownBy(() -> exchange(taker).fetch(request(address(giver), "compact", name)))
          .isInstanceOf(LonghouseException.class);
    }
  }

  private static void assertError(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable work, ErrorCode code, String message) {
    assertThatThrownBy(work)
        .isInstanceOf(LonghouseException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((LonghouseException) e).errorCode())
        .isEqualTo(code);
  }
}
