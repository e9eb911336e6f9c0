package io.longhouse.wire.connection;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.Addendum;
import io.longhouse.wire.ClientPacket;
import io.longhouse.wire.ExceptionPacket;
import io.longhouse.wire.Failure;
import io.longhouse.wire.Limits;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.ProfilePacket;
import io.longhouse.wire.ProgressPacket;
import io.longhouse.wire.QueryOrigin;
import io.longhouse.wire.Revision;
import io.longhouse.wire.ServerHello;
import io.longhouse.wire.ServerPacket;
import io.longhouse.wire.SettingsForm;
import io.longhouse.wire.Version;
import io.longhouse.wire.WireInput;
import io.longhouse.wire.WireOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One connection. A query at a time: {@link #send}, then {@link #next} until {@link Answer.End} or
 * {@link Answer.Failed}; data of an INSERT goes out in between. {@link #cancel} may be called by
 * any thread.
 */
public final class NativeClient implements AutoCloseable {
  private static final String NAME = "ClickHouse client";
  private static final int CONNECT_TIMEOUT_MS = 10_000;
  private static final int RECEIVE_TIMEOUT_MS = 300_000;

  private final Endpoint endpoint;
  private final Socket socket;
  private final WireInput in;
  private final WireOutput out;
  private final ServerHello server;
  private final int revision;

  /** Packets are written whole by one thread at a time: a cancellation comes from another one. */
  private final ReentrantLock writing = new ReentrantLock();

  private boolean running;

  private NativeClient(Endpoint endpoint, Socket socket) throws IOException {
    this.endpoint = endpoint;
    this.socket = socket;
    this.in = new WireInput(socket.getInputStream(), endpoint.address());
    this.out = new WireOutput(socket.getOutputStream());
    this.server = shakeHands();
    this.revision = Math.min(server.revision(), Revision.OURS);
    addendum();
  }

  /**
   * Connects.
   *
   * @throws LonghouseException NETWORK_ERROR (210), AUTHENTICATION_FAILED (516) and what else the
   *     server says
   */
  public static NativeClient connect(Endpoint endpoint) {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), CONNECT_TIMEOUT_MS);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(RECEIVE_TIMEOUT_MS);
      Socket used = endpoint.secure() ? ClientTls.wrap(socket, endpoint) : socket;
      return new NativeClient(endpoint, used);
    } catch (IOException | UncheckedIOException e) {
      close(socket);
      Throwable cause = e.getCause();
      Throwable what = e instanceof UncheckedIOException && cause != null ? cause : e;
      throw new LonghouseException(
          ErrorCode.NETWORK_ERROR, what.getMessage() + " (" + endpoint.address() + ")", e);
    } catch (RuntimeException e) {
      close(socket);
      throw e;
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServerHello shakeHands() {
    ByteWriter w = out.plain();
    w.writeVarUInt(ClientPacket.HELLO);
    w.writeString(NAME);
    w.writeVarUInt(Version.MAJOR);
    w.writeVarUInt(Version.MINOR);
    w.writeVarUInt(Revision.OURS);
    w.writeString(endpoint.database());
    w.writeString(endpoint.user());
    w.writeString(endpoint.password());
    out.flush();
    long type = in.plain().readVarUInt();
    if (type == ServerPacket.EXCEPTION) {
      Failure f = ExceptionPacket.read(in.plain());
      throw new ServerError(f, endpoint);
    }
    if (type != ServerPacket.HELLO) {
      throw unexpected(type);
    }
    return ServerHello.read(in.plain());
  }

  private void addendum() {
    if (revision < Revision.ADDENDUM) {
      return;
    }
    boolean send = server.receiveMode().equals("chunked");
    boolean receive = server.sendMode().equals("chunked");
    new Addendum("", send, receive).write(revision, out.plain());
    out.flush();
    if (send) {
      out.chunked();
    }
    if (receive) {
      in.chunked();
    }
  }

  public ServerHello server() {
    return server;
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  /** The smaller of the two sides' revisions. */
  public int revision() {
    return revision;
  }

  /** Sends a query with its external tables. */
  public void send(ClientQuery query) {
    if (running) {
      throw new IllegalStateException("a query is running on this connection");
    }
    writing.lock();
    try {
      out.codec(endpoint.codec());
      ByteWriter w = out.plain();
      w.writeVarUInt(ClientPacket.QUERY);
      w.writeString(query.queryId());
      String osUser = System.getProperty("user.name", "");
      String host = System.getenv("HOSTNAME");
      QueryOrigin.ofClient(osUser, host == null ? "" : host, NAME, "").write(revision, w);
      writeSettings(query.settings(), w);
      if (revision >= Revision.EXTERNAL_ROLES) {
        w.writeString(new byte[1]);
      }
      if (revision >= Revision.INTERSERVER_SECRET) {
        w.writeString("");
      }
      w.writeVarUInt(2);
      w.writeVarUInt(endpoint.codec() == null ? 0 : 1);
      w.writeString(query.sql());
      if (revision >= Revision.PARAMETERS) {
        var quoted = new java.util.LinkedHashMap<String, String>();
        query.parameters().forEach((n, v) -> quoted.put(n, SettingsForm.quote(v)));
        SettingsForm.write(quoted, SettingsForm.CUSTOM, w);
      }
      out.endPacket();
      query.externalTables().forEach((name, t) -> data(name, t.header(), t.block()));
      endOfData();
      out.flush();
      running = true;
    } finally {
      writing.unlock();
    }
  }

  private void writeSettings(Map<String, String> settings, ByteWriter w) {
    if (revision >= Revision.SETTINGS_AS_STRINGS) {
      SettingsForm.write(settings, SettingsForm.IMPORTANT, w);
    } else {
      SettingsForm.writeOld(settings, w);
    }
  }

  /** Sends rows of an INSERT. */
  public void sendData(Header header, Block block) {
    writing.lock();
    try {
      data("", header, block);
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  /** All rows of an INSERT have been sent. */
  public void endData() {
    writing.lock();
    try {
      endOfData();
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  private void data(String name, Header header, Block block) {
    out.plain().writeVarUInt(ClientPacket.DATA);
    out.plain().writeString(name);
    out.block(header, block, revision);
    out.endPacket();
  }

  private void endOfData() {
    out.plain().writeVarUInt(ClientPacket.DATA);
    out.plain().writeString("");
    out.endBlock(revision);
    out.endPacket();
  }

  /** Asks the server to end the query; its answer still has to be read to its end. */
  public void cancel() {
    writing.lock();
    try {
      out.plain().writeVarUInt(ClientPacket.CANCEL);
      out.endPacket();
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  /** Whether the next packet has begun to arrive; waits at most {@code timeoutMs}. */
  public boolean awaits(int timeoutMs) {
    ByteReader r = in.plain();
    if (r.limit() > r.position()) {
      return true;
    }
    try {
      socket.setSoTimeout(Math.max(1, timeoutMs));
      try {
        r.has(1); // at the end of the stream too: reading the packet then says so
        return true;
      } catch (UncheckedIOException e) {
        if (e.getCause() instanceof SocketTimeoutException) {
          return false;
        }
        throw e;
      } finally {
        socket.setSoTimeout(RECEIVE_TIMEOUT_MS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next packet of the answer. */
  public Answer next() {
    ByteReader r = in.plain();
    long type = r.readVarUInt();
    boolean compressed = endpoint.codec() != null;
    boolean logsCompressed = compressed && revision >= Revision.COMPRESSED_LOGS;
    Answer answer =
        switch ((int) type) {
          case ServerPacket.DATA -> new Answer.Data(block(compressed));
          case ServerPacket.TOTALS -> new Answer.Totals(block(compressed));
          case ServerPacket.EXTREMES -> new Answer.Extremes(block(compressed));
          case ServerPacket.PROGRESS -> new Answer.Progress(ProgressPacket.read(revision, r));
          case ServerPacket.PROFILE_INFO -> new Answer.Profile(ProfilePacket.read(revision, r));
          case ServerPacket.LOG -> new Answer.Log(block(logsCompressed));
          case ServerPacket.PROFILE_EVENTS -> new Answer.ProfileEvents(block(logsCompressed));
          case ServerPacket.TABLE_COLUMNS -> {
            ByteReader c = in.reader(logsCompressed);
            yield new Answer.TableColumns(
                c.readText(Limits.NAME_BYTES), c.readText(Limits.TEXT_BYTES));
          }
          case ServerPacket.TIMEZONE_UPDATE -> new Answer.TimeZone(r.readText(Limits.NAME_BYTES));
          case ServerPacket.EXCEPTION -> new Answer.Failed(ExceptionPacket.read(r));
          case ServerPacket.END_OF_STREAM -> new Answer.End();
          default -> throw unexpected(type);
        };
    if (answer instanceof Answer.Failed || answer instanceof Answer.End) {
      running = false;
    }
    return answer;
  }

  private NamedBlock block(boolean compressed) {
    in.plain().readText(Limits.NAME_BYTES);
    return in.block(revision, compressed);
  }

  private LonghouseException unexpected(long type) {
    return new LonghouseException(
        ErrorCode.UNEXPECTED_PACKET_FROM_SERVER,
        "Unexpected packet " + Long.toUnsignedString(type) + " from server " + endpoint.address());
  }

  /** Whether the server answers. */
  public boolean ping() {
    writing.lock();
    try {
      out.plain().writeVarUInt(ClientPacket.PING);
      out.endPacket();
      out.flush();
      long type = in.plain().readVarUInt();
      while (type == ServerPacket.PROGRESS) {
        ProgressPacket.read(revision, in.plain());
        type = in.plain().readVarUInt();
      }
      return type == ServerPacket.PONG;
    } catch (UncheckedIOException e) {
      return false;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() {
    close(socket);
  }
}
