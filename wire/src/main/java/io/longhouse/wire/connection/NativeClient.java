package io.longhouse.wire.connection;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.Addendum;
import io.longhouse.wire.ClientPacket;
import io.longhouse.wire.Deadline;
import io.longhouse.wire.ExceptionPacket;
import io.longhouse.wire.Failure;
import io.longhouse.wire.InterserverProof;
import io.longhouse.wire.KeepAlive;
import io.longhouse.wire.Limits;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.OldSettings;
import io.longhouse.wire.ProfilePacket;
import io.longhouse.wire.ProgressPacket;
import io.longhouse.wire.QueryOrigin;
import io.longhouse.wire.Revision;
import io.longhouse.wire.ServerHello;
import io.longhouse.wire.ServerPacket;
import io.longhouse.wire.SettingsForm;
import io.longhouse.wire.TablesStatus;
import io.longhouse.wire.TimedOutput;
import io.longhouse.wire.Version;
import io.longhouse.wire.WireInput;
import io.longhouse.wire.WireOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One connection. A query at a time: {@link #send}, then {@link #next} until {@link Answer.End} or
 * {@link Answer.Failed}; data of an INSERT goes out in between. {@link #cancel} may be called by
 * any thread.
 */
public final class NativeClient implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] NO_ROLES = {0};

  /** A question that costs nothing to answer is answered in that time, or in that to connect. */
  private static final int SIMPLE_MS_MAX = 5000;

  private final Endpoint endpoint;
  private final Socket socket;

  /** Below TLS; the same without. */
  private final Socket transport;

  private final Caller caller;
  private final byte[] salt;
  private final WireInput in;
  private final TimedOutput timed;
  private final WireOutput out;
  private final ServerHello server;
  private final int revision;

  /** Packets are written whole by one thread at a time: a cancellation comes from another one. */
  private final ReentrantLock writing = new ReentrantLock();

  private boolean running;
  private Timeouts timeouts;

  private NativeClient(
      Endpoint endpoint, Socket transport, Socket socket, Timeouts timeouts, Caller caller)
      throws IOException {
    this.endpoint = endpoint;
    this.transport = transport;
    this.socket = socket;
    this.timeouts = timeouts;
    this.caller = caller;
    this.salt = caller.secret() == null ? new byte[0] : salt();
    this.in = new WireInput(socket.getInputStream(), endpoint.address());
    this.timed = new TimedOutput(socket.getOutputStream());
    this.out = new WireOutput(timed);
    this.server = shakeHands();
    this.revision = Math.min(server.revision(), Revision.OURS);
    addendum();
    socket.setSoTimeout(timeouts.receiveMs());
  }

  /**
   * Connects.
   *
   * @throws LonghouseException NETWORK_ERROR (210), AUTHENTICATION_FAILED (516) and what else the
   *     server says
   */
  public static NativeClient connect(Endpoint endpoint) {
    return connect(endpoint, Timeouts.USUAL, Caller.CLIENT);
  }

  /**
   * The same with deadlines. The handshake as a whole has one, however slowly bytes come.
   *
   * @throws LonghouseException SOCKET_TIMEOUT (209) too
   */
  public static NativeClient connect(Endpoint endpoint, Timeouts timeouts, Caller caller) {
    Socket socket = new Socket();
    try (var deadline = new Deadline(socket, timeouts.connectMs() + timeouts.handshakeMs())) {
      return deadline.within(() -> open(socket, endpoint, timeouts, caller));
    } catch (IOException | UncheckedIOException e) {
      close(socket);
      throw trouble(endpoint, e);
    } catch (ServerError e) {
      close(socket);
      throw e;
    } catch (LonghouseException e) {
      close(socket);
      throw trouble(endpoint, e);
    } catch (RuntimeException e) {
      close(socket);
      throw e;
    }
  }

  private static NativeClient open(
      Socket socket, Endpoint endpoint, Timeouts timeouts, Caller caller) throws IOException {
    var address = new InetSocketAddress(endpoint.host(), endpoint.port());
    if (address.isUnresolved()) {
      throw new UnknownHostException("Not found address of host: " + endpoint.host());
    }
    socket.connect(address, timeouts.connectMs());
    socket.setTcpNoDelay(true);
    KeepAlive.on(socket);
    socket.setSoTimeout(timeouts.handshakeMs());
    Socket used = endpoint.secure() ? ClientTls.wrap(socket, endpoint) : socket;
    return new NativeClient(endpoint, socket, used, timeouts, caller);
  }

  /** What is said of a connection that does not work any more. */
  private static LonghouseException trouble(Endpoint endpoint, Exception e) {
    Throwable cause = e.getCause();
    Throwable what = e instanceof UncheckedIOException && cause != null ? cause : e;
    boolean late = what instanceof SocketTimeoutException;
    ErrorCode code =
        late
            ? ErrorCode.SOCKET_TIMEOUT
            : what instanceof UnknownHostException ? ErrorCode.DNS_ERROR : ErrorCode.NETWORK_ERROR;
    String said = what.getMessage() == null ? what.getClass().getSimpleName() : what.getMessage();
    return new LonghouseException(
        code, (late ? "Timeout exceeded: " : "") + said + " (" + endpoint.address() + ")", e);
  }

  private static byte[] salt() {
    byte[] salt = new byte[InterserverProof.SALT_BYTES];
    for (int i = 0; i < salt.length; i++) {
      salt[i] = (byte) RANDOM.nextInt('!', '~' + 1);
    }
    return salt;
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
    w.writeString(caller.name());
    w.writeVarUInt(Version.MAJOR);
    w.writeVarUInt(Version.MINOR);
    w.writeVarUInt(Revision.OURS);
    w.writeString(endpoint.database());
    ClusterSecret secret = caller.secret();
    if (secret == null) {
      w.writeString(endpoint.user());
      w.writeString(endpoint.password());
    } else {
      w.writeString(InterserverProof.USER);
      w.writeString("");
      w.writeString(secret.cluster());
      w.writeString(salt);
    }
    out.flush();
    long type = in.plain().readVarUInt();
    if (type == ServerPacket.EXCEPTION) {
      Failure f = ExceptionPacket.read(in.plain());
      throw new ServerError(f, endpoint);
    }
    if (type != ServerPacket.HELLO) {
      throw unexpected(type);
    }
    ServerHello hello = ServerHello.read(in.plain());
    if (hello.revision() < Revision.OLDEST) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_PROTOCOL,
          "The server's protocol revision "
              + hello.revision()
              + " is older than "
              + Revision.OLDEST);
    }
    return hello;
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
      QueryOrigin origin = origin(query);
      origin.write(revision, w);
      boolean old = revision < Revision.SETTINGS_AS_STRINGS;
      boolean passedOn = origin.kind() == QueryOrigin.SECONDARY;
      writeSettings(old && passedOn ? OldSettings.known(query.settings()) : query.settings(), w);
      if (revision >= Revision.EXTERNAL_ROLES) {
        w.writeString(NO_ROLES);
      }
      if (revision >= Revision.INTERSERVER_SECRET) {
        byte[] current = origin.rolesForm(revision);
        byte[] roles = Arrays.copyOf(NO_ROLES, NO_ROLES.length + current.length);
        System.arraycopy(current, 0, roles, NO_ROLES.length, current.length);
        w.writeString(proof(query.sql(), query.queryId(), origin.initial().user(), roles));
      }
      w.writeVarUInt(query.stage());
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

  private QueryOrigin origin(ClientQuery query) {
    QueryOrigin given = query.origin();
    if (given != null) {
      return given;
    }
    String host = System.getenv("HOSTNAME");
    return QueryOrigin.ofClient(
        System.getProperty("user.name", ""), host == null ? "" : host, caller.name(), "");
  }

  private byte[] proof(byte[] sql, String queryId, String initialUser, byte[] roles) {
    ClusterSecret secret = caller.secret();
    return secret == null
        ? new byte[0]
        : InterserverProof.of(
            revision, salt, server.nonce(), secret.secret(), sql, queryId, initialUser, roles);
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
        socket.setSoTimeout(timeouts.receiveMs());
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

  /** How long it waits from now on. */
  public void timeouts(Timeouts now) {
    timeouts = now;
    try {
      socket.setSoTimeout(now.receiveMs());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Timeouts timeouts() {
    return timeouts;
  }

  /** How long the server has not taken what is being sent; 0 when nothing is. */
  public long stuckSendingMs() {
    return timed.stuckNs() / 1_000_000;
  }

  /** Whether a query's answer has not been read to its end. */
  public boolean isRunning() {
    return running;
  }

  /** Whether the server answers within a few seconds. */
  public boolean ping() {
    Timeouts usual = timeouts;
    timeouts(simple(usual));
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
      timeouts(usual);
      writing.unlock();
    }
  }

  /**
   * Asks what the server knows of tables; those that it does not have are left out. All of them are
   * taken for present by a server below 54226, which cannot be asked.
   *
   * @throws LonghouseException what the server says against it
   */
  public List<TablesStatus.Status> tablesStatus(List<TablesStatus.Name> tables) {
    if (revision < Revision.TABLES_STATUS) {
      return tables.stream().map(n -> new TablesStatus.Status(n, false, 0, false)).toList();
    }
    writing.lock();
    try {
      out.plain().writeVarUInt(ClientPacket.TABLES_STATUS_REQUEST);
      byte[] proof = proof(TablesStatus.digest(tables), "", "", new byte[0]);
      TablesStatus.writeRequest(revision, tables, proof, out.plain());
      out.endPacket();
      out.flush();
    } finally {
      writing.unlock();
    }
    Timeouts usual = timeouts;
    timeouts(simple(usual));
    long type = in.plain().readVarUInt();
    if (type == ServerPacket.EXCEPTION) {
      throw new ServerError(ExceptionPacket.read(in.plain()), endpoint);
    }
    if (type != ServerPacket.TABLES_STATUS_RESPONSE) {
      throw unexpected(type);
    }
    List<TablesStatus.Status> known = TablesStatus.readResponse(revision, in.plain());
    timeouts(usual);
    return known;
  }

  private static Timeouts simple(Timeouts t) {
    int ms = Math.min(SIMPLE_MS_MAX, t.connectMs());
    return new Timeouts(t.connectMs(), t.handshakeMs(), ms, t.sendMs());
  }

  /** What a failure of the connection is to a user: which server, and what happened. */
  public LonghouseException trouble(UncheckedIOException e) {
    return trouble(endpoint, e);
  }

  /** The same for what was read of it and is no answer: its end, or what no server sends. */
  public LonghouseException trouble(LonghouseException e) {
    return e instanceof ServerError ? e : trouble(endpoint, e);
  }

  private static LonghouseException trouble(Endpoint endpoint, LonghouseException e) {
    String where = endpoint.address();
    if (e.errorCode() == ErrorCode.ATTEMPT_TO_READ_AFTER_EOF) {
      return new LonghouseException(
          ErrorCode.NETWORK_ERROR, "The server closed the connection (" + where + ")", e);
    }
    return e.message().contains(where)
        ? e
        : new LonghouseException(e.errorCode(), e.message() + " (" + where + ")", e);
  }

  /** Ends the connection from another thread, whatever it is doing. */
  public void abort() {
    close(transport);
  }

  @Override
  public void close() {
    close(socket);
  }
}
