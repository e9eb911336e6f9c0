package io.longhouse.compat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.column.ByteWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What clients announce and do not send, and what is no protocol at all, costs a server of 512 MiB
 * neither memory nor threads; clients that vanish or take nothing lose their own query only.
 */
class GarbageTest {
  private static final int GIB = 1 << 30;

  /** So many of a kind at once would fill the heap if one of them got what it announces. */
  private static final int AT_ONCE = 12;

  private static ServerProcess server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server = ServerProcess.start(folder.resolve("data"));
    for (String type :
        List.of(
            "String",
            "UInt64",
            "Array(UInt64)",
            "LowCardinality(String)",
            "Nullable(String)",
            "FixedString(1000)",
            "Map(String, UInt8)")) {
      String name = table(type);
      server.query("CREATE TABLE " + name + " (a " + type + ") ENGINE = Memory");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static String table(String type) {
    return "t_" + type.replaceAll("\\W+", "_");
  }

  private static Socket connect(int port) throws IOException {
    var s = new Socket();
    s.connect(new InetSocketAddress("127.0.0.1", port));
    s.setSoTimeout(20_000);
    return s;
  }

  /** Opens connections that send these bytes and then nothing; the server must serve others. */
  private static void holdOpen(int port, byte[] bytes, String what) throws Exception {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < AT_ONCE; i++) {
        Socket s = connect(port);
        open.add(s);
        OutputStream out = s.getOutputStream();
        out.write(bytes);
        out.flush();
      }
      Thread.sleep(100);
      assertThat(server.query("SELECT sum(number) FROM numbers(100000)"))
          .as(what)
          .isEqualTo("4999950000\n");
    } finally {
      for (Socket s : open) {
        s.close();
      }
    }
  }

  private static byte[] http(String uri, byte[] body) {
    byte[] head =
        ("POST " + uri + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + (1L << 40) + "\r\n\r\n")
            .getBytes(ISO_8859_1);
    var out = new ByteWriter(256);
    out.writeBytes(head);
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static byte[] nativeBlock(String type, byte[] beginning) {
    var out = new ByteWriter(64);
    out.writeVarUInt(1);
    out.writeVarUInt(GIB);
    out.writeString("a");
    out.writeString(type);
    out.writeBytes(beginning);
    return out.toByteArray();
  }

  @Test
  void announcedRowsAreNotBelievedInHttp() throws Exception {
    for (String type :
        List.of(
            "String",
            "UInt64",
            "Array(UInt64)",
            "LowCardinality(String)",
            "Nullable(String)",
            "FixedString(1000)",
            "Map(String, UInt8)")) {
      String uri = "/?query=INSERT+INTO+" + table(type) + "+FORMAT+Native";
      holdOpen(server.httpPort(), http(uri, nativeBlock(type, new byte[9])), type);
    }
  }

  @Test
  void announcedLengthsAreNotBelievedInHttp() throws Exception {
    var length = new ByteWriter(16);
    length.writeVarUInt(GIB);
    length.writeBytes(new byte[10]);
    holdOpen(
        server.httpPort(),
        http("/?query=INSERT+INTO+t_String+FORMAT+RowBinary", length.toByteArray()),
        "RowBinary string");
    holdOpen(
        server.httpPort(),
        http("/?query=INSERT+INTO+t_Array_UInt64_+FORMAT+RowBinary", length.toByteArray()),
        "RowBinary array");
    var frame = new ByteWriter(64);
    frame.writeZeros(16);
    frame.writeByte(0x82);
    frame.writeInt(GIB - 1);
    frame.writeInt(GIB - 1);
    frame.writeZeros(100);
    holdOpen(
        server.httpPort(),
        http("/?decompress=1&query=INSERT+INTO+t_String+FORMAT+TSV", frame.toByteArray()),
        "a frame");
    holdOpen(
        server.httpPort(),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3fffffff\r\nSELECT")
            .getBytes(ISO_8859_1),
        "a chunk");
    holdOpen(server.httpPort(), http("/", "SELECT 1".getBytes(ISO_8859_1)), "a body");
  }

  /** A greeting of a client that knows nothing of addenda. */
  private static ByteWriter hello() {
    var out = new ByteWriter(256);
    out.writeVarUInt(0);
    out.writeString("garbage");
    out.writeVarUInt(1);
    out.writeVarUInt(1);
    out.writeVarUInt(54401);
    out.writeString("");
    out.writeString("default");
    out.writeString("");
    return out;
  }

  /** A query of that client up to its text, and the end of its external tables. */
  private static ByteWriter query(String sql, boolean compressed) {
    ByteWriter out = hello();
    out.writeVarUInt(1);
    out.writeString("");
    out.writeByte(1);
    out.writeString("");
    out.writeString("");
    out.writeString("0.0.0.0:0");
    out.writeByte(1);
    out.writeString("");
    out.writeString("");
    out.writeString("garbage");
    out.writeVarUInt(1);
    out.writeVarUInt(1);
    out.writeVarUInt(54401);
    out.writeString("");
    out.writeVarUInt(0);
    out.writeString("");
    out.writeVarUInt(2);
    out.writeVarUInt(compressed ? 1 : 0);
    out.writeString(sql);
    return out;
  }

  private static void data(ByteWriter out) {
    out.writeVarUInt(2);
    out.writeString("");
  }

  private static void blockHead(ByteWriter out, int columns, int rows) {
    out.writeVarUInt(1);
    out.writeByte(0);
    out.writeVarUInt(2);
    out.writeInt(-1);
    out.writeVarUInt(0);
    out.writeVarUInt(columns);
    out.writeVarUInt(rows);
  }

  @Test
  void announcedLengthsAreNotBelievedInTheNativeProtocol() throws Exception {
    var name = new ByteWriter(16);
    name.writeVarUInt(0);
    name.writeVarUInt(GIB);
    holdOpen(server.tcpPort(), name.toByteArray(), "a name");
    ByteWriter text = query("", false);
    text.truncate(text.position() - 1);
    text.writeVarUInt(GIB);
    text.writeBytes("SELECT 1".getBytes(ISO_8859_1));
    holdOpen(server.tcpPort(), text.toByteArray(), "a query");
    for (String type : List.of("String", "UInt64", "Array(UInt64)", "LowCardinality(String)")) {
      ByteWriter insert = query("INSERT INTO " + table(type) + " VALUES", false);
      data(insert);
      blockHead(insert, 0, 0);
      data(insert);
      blockHead(insert, 1, GIB);
      insert.writeString("a");
      insert.writeString(type);
      insert.writeZeros(9);
      holdOpen(server.tcpPort(), insert.toByteArray(), type);
    }
    ByteWriter frame = query("SELECT 1", true);
    data(frame);
    frame.writeZeros(16);
    frame.writeByte(0x82);
    frame.writeInt(GIB - 1);
    frame.writeInt(GIB - 1);
    frame.writeZeros(100);
    holdOpen(server.tcpPort(), frame.toByteArray(), "a frame");
  }

  @Test
  void randomBytesLeaveNothingBehind() throws Exception {
    long seed = Long.getLong("longhouse.seed", System.nanoTime());
    var random = new Random(seed);
    byte[] insert = insertConversation();
    try (Socket s = connect(server.tcpPort())) {
      s.getOutputStream().write(insert);
      s.shutdownOutput();
      s.getInputStream().readAllBytes();
    }
    assertThat(server.query("SELECT a FROM t_String ORDER BY a")).isEqualTo("x\ny\n");
    for (int i = 0; i < 300; i++) {
      byte[] bytes = i % 3 == 0 ? new byte[random.nextInt(2000) + 1] : insert.clone();
      if (i % 3 == 0) {
        random.nextBytes(bytes);
      }
      for (int k = random.nextInt(6); k > 0; k--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int port = i % 2 == 0 ? server.tcpPort() : server.httpPort();
      try (Socket s = connect(port)) {
        s.getOutputStream().write(bytes, 0, 1 + random.nextInt(bytes.length));
        s.shutdownOutput();
        s.getInputStream().readAllBytes();
      } catch (java.net.SocketException e) {
        assertThat(e).as("seed %d", seed).hasMessageMatching(".*(reset|Broken pipe).*");
      }
    }
    awaitQuiet("seed " + seed);
  }

  private static byte[] insertConversation() {
    ByteWriter out = query("INSERT INTO t_String VALUES", false);
    data(out);
    blockHead(out, 0, 0);
    data(out);
    blockHead(out, 1, 2);
    out.writeString("a");
    out.writeString("String");
    out.writeString("x");
    out.writeString("y");
    data(out);
    blockHead(out, 0, 0);
    return out.toByteArray();
  }

  /** Nothing runs and nobody is connected but the one who asks. */
  private static void awaitQuiet(String what) throws Exception {
    String state = "";
    for (int i = 0; i < 200; i++) {
      state =
          server.query(
              "SELECT (SELECT count() FROM system.processes), (SELECT value FROM system.metrics"
                  + " WHERE metric = 'TCPConnection')");
      if (state.equals("1\t0\n")) {
        return;
      }
      Thread.sleep(50);
    }
    assertThat(state).as(what).isEqualTo("1\t0\n");
  }

  @Test
  void aClientThatVanishesEndsItsQuery() throws Exception {
    String endless = "SELECT number, toString(number) FROM system.numbers";
    String silent = "SELECT count() FROM system.numbers WHERE number % 3 = 5";
    List<byte[]> overHttp =
        List.of(
            request("/?query=" + endless.replace(" ", "+")),
            request(
                "/?cancel_http_readonly_queries_on_client_close=1&query="
                    + silent.replace(" ", "+").replace("%", "%25")));
    for (byte[] bytes : overHttp) {
      try (Socket s = connect(server.httpPort())) {
        s.getOutputStream().write(bytes);
        awaitRunning();
      }
      awaitQuiet(new String(bytes, ISO_8859_1));
    }
    for (String sql : List.of(endless, silent)) {
      ByteWriter out = query(sql, false);
      data(out);
      blockHead(out, 0, 0);
      try (Socket s = connect(server.tcpPort())) {
        s.getOutputStream().write(out.toByteArray());
        awaitRunning();
      }
      awaitQuiet(sql);
    }
  }

  private static byte[] request(String uri) {
    return ("GET " + uri + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(ISO_8859_1);
  }

  private static void awaitRunning() throws Exception {
    for (int i = 0; i < 200; i++) {
      if (server.query("SELECT count() FROM system.processes").equals("2\n")) {
        return;
      }
      Thread.sleep(25);
    }
    throw new AssertionError("the query does not run");
  }

  @Test
  void aClientThatTakesNothingHoldsItsOwnQueryOnly() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        var s = new Socket();
        s.setReceiveBufferSize(4096);
        boolean http = i % 2 == 0;
        s.connect(new InetSocketAddress("127.0.0.1", http ? server.httpPort() : server.tcpPort()));
        slow.add(s);
        String sql = "SELECT number, repeat('x', 1000) FROM system.numbers";
        ByteWriter out = query(sql, false);
        data(out);
        blockHead(out, 0, 0);
        s.getOutputStream()
            .write(
                http
                    ? request("/?query=" + sql.replace(" ", "+").replace("'", "%27"))
                    : out.toByteArray());
      }
      Thread.sleep(300);
      long begun = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        assertThat(server.query("SELECT sum(number) FROM numbers(1000000)"))
            .isEqualTo("499999500000\n");
      }
      assertThat((System.nanoTime() - begun) / 1_000_000).isLessThan(20_000);
    } finally {
      for (Socket s : slow) {
        s.close();
      }
    }
    awaitQuiet("after slow clients");
  }
}
