package io.longhouse.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.Revision;
import io.longhouse.wire.ServerHello;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are none, or mean no good: each is refused in time with an error that names it. */
class HostilePeerTest {
  @TempDir static Path folder;
  static ServerGroup group;

  @BeforeAll
  static void start() throws IOException {
    group = new ServerGroup(folder, 1);
  }

  @AfterAll
  static void stop() {
    group.close();
  }

  private static LonghouseException meet(FakePeer.Manners manners) throws Exception {
    try (var peer = new FakePeer(manners)) {
      group.configure(
          0,
          "<remote_servers><odd><shard>"
              + ServerGroup.replicaAt("127.0.0.1", peer.port(), "<compression>0</compression>")
              + "</shard></odd></remote_servers>");
      LonghouseException[] thrown = new LonghouseException[1];
      long start = System.nanoTime();
      group.as(
          "default",
          0,
          Map.of(
              "handshake_timeout_ms", "300",
              "connect_timeout_with_failover_ms", "200",
              "receive_timeout", "1",
              "connections_with_failover_max_tries", "1"),
          c -> {
            try (var q = ServerGroup.remote(c, "odd", 1, "SELECT 1")) {
              q.next();
            } catch (LonghouseException e) {
              thrown[0] = e;
            }
          });
      assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
      assertThat(thrown[0]).isNotNull();
      assertThat(thrown[0].message()).contains("127.0.0.1:" + peer.port());
      return thrown[0];
    }
  }

  private static void hello(Socket socket, int revision) throws IOException {
    socket.getInputStream().read(new byte[1]);
    var out = new ByteWriter(256);
    new ServerHello("Odd", 26, 7, 2, revision, "UTC", "odd", "notchunked", "notchunked", 1)
        .write(Math.min(revision, Revision.OURS), out);
    socket.getOutputStream().write(out.toByteArray());
  }

  /** Says what is given to a query, once something of it has come. */
  private static FakePeer.Manners answering(byte[] answer) {
    return s -> {
      hello(s, Revision.OURS);
      var in = new ByteReader(s.getInputStream(), 1 << 16);
      for (int i = 0; i < 100; i++) {
        in.readByte();
      }
      s.getOutputStream().write(answer);
      s.getOutputStream().flush();
      Thread.sleep(10_000);
    };
  }

  @Test
  void garbageInPlaceOfAHello() throws Exception {
    LonghouseException e =
        meet(s ->
            s.getOutputStream().write("SSH-2.0-OpenSSH_9\r\n".getBytes(StandardCharsets.US_ASCII)));
    assertThat(e.code()).isEqualTo(279);
    assertThat(e.message()).contains("Unexpected packet");
  }

  @Test
  void aTextThatIsSaidToBeHuge() throws Exception {
    var out = new ByteWriter(32);
    out.writeVarUInt(0);
    out.writeVarUInt(1L << 40);
    byte[] bytes = out.toByteArray();
    assertThat(meet(s -> s.getOutputStream().write(bytes)).code()).isEqualTo(279);
  }

  @Test
  void aHelloThatNeverEnds() throws Exception {
    LonghouseException e =
        meet(s -> {
          OutputStream out = s.getOutputStream();
          out.write(new byte[] {0, 127});
          while (true) {
            out.write('x');
            Thread.sleep(20);
          }
        });
    assertThat(e.code()).isEqualTo(279);
    assertThat(e.message()).contains("SOCKET_TIMEOUT");
  }

  @Test
  void nothingAtAll() throws Exception {
    LonghouseException e = meet(s -> Thread.sleep(10_000));
    assertThat(e.code()).isEqualTo(279);
    assertThat(e.message()).contains("SOCKET_TIMEOUT");
  }

  @Test
  void aVersionOfLongAgo() throws Exception {
    LonghouseException e =
        meet(s -> {
          hello(s, 50_000);
          Thread.sleep(10_000);
        });
    assertThat(e.code()).isEqualTo(279);
    assertThat(e.message()).contains("revision 50000");
  }

  @Test
  void garbageInPlaceOfAnAnswer() throws Exception {
    assertThat(meet(answering(new byte[] {99})).code()).isEqualTo(279);
    assertThat(meet(answering(new byte[] {1, 0, 77})).message()).contains("BlockInfo");
  }

  @Test
  void noAnswerAtAll() throws Exception {
    LonghouseException e = meet(answering(new byte[0]));
    assertThat(e.message()).contains("imeout");
  }

  private static int read(Socket s) throws IOException {
    try {
      return s.getInputStream().read();
    } catch (java.net.SocketException e) {
      return -1; // it was reset
    }
  }

  private static void drip(Socket s) {
    try {
      while (true) {
        s.getOutputStream().write('x');
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException e) {
      // the server has had enough
    }
  }

  @Test
  void aServerIsNotFooledByAClientEither() throws Exception {
    try (Socket s = new Socket("127.0.0.1", group.port(0))) {
      var out = new ByteWriter(128);
      out.writeVarUInt(0);
      out.writeString("ClickHouse server");
      out.writeVarUInt(26);
      out.writeVarUInt(7);
      out.writeVarUInt(Revision.OURS);
      out.writeString("");
      out.writeString(" INTERSERVER SECRET ");
      out.writeString("");
      out.writeString("no such cluster");
      out.writeString("short salt");
      s.getOutputStream().write(out.toByteArray());
      var in = new ByteReader(s.getInputStream(), 4096);
      assertThat(in.readVarUInt()).isEqualTo(2);
      assertThat(in.readInt()).isEqualTo(516);
    }
    try (Socket s = new Socket("127.0.0.1", group.port(0))) {
      s.setSoTimeout(10_000);
      s.getOutputStream().write(new byte[] {0, 127});
      long start = System.nanoTime();
      Thread drip = Thread.ofVirtual().start(() -> drip(s));
      while (read(s) >= 0) {
        assertThat(System.nanoTime() - start).isLessThan(8_000_000_000L);
      }
      drip.interrupt();
    }
    assertThatThrownBy(() -> group.server(0).connect("nobody", "x"))
        .hasMessageContaining("Authentication failed");
  }
}
