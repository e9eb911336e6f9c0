package io.longhouse.server.nativeprotocol;

import io.longhouse.column.ByteReader;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.access.Credentials;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.Session;
import io.longhouse.server.config.ServerConfig;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.Addendum;
import io.longhouse.wire.ClientPacket;
import io.longhouse.wire.InterserverProof;
import io.longhouse.wire.Limits;
import io.longhouse.wire.Revision;
import io.longhouse.wire.ServerHello;
import io.longhouse.wire.Version;
import io.longhouse.wire.connection.Endpoint;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** The beginning of a connection: who the client is, and what both sides speak. */
final class Handshake {
  private static final int SECRET_BYTES_MAX = 64 << 10;
  private static final String WRONG_PORT =
      "HTTP/1.0 400 Bad Request\r\n\r\nPort %d is for clickhouse-client program\r\n"
          + "You must use port %d for HTTP.\r\n";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Engine engine;
  private final ServerConfig config;
  private final Peer peer;

  Handshake(Engine engine, ServerConfig config, Peer peer) {
    this.engine = engine;
    this.config = config;
    this.peer = peer;
  }

  /**
   * Reads hello and addendum and lets in; null when it was somebody with HTTP.
   *
   * @throws LonghouseException AUTHENTICATION_FAILED and what a malformed hello deserves
   */
  @Nullable Entrant run() {
    ByteReader in = peer.plain();
    int first = in.peek();
    if (first < 0) {
      return null;
    }
    if (first == 'G' || first == 'P') {
      String text = WRONG_PORT.formatted(config.ports().tcp(), config.ports().http());
      peer.out().plain().writeBytes(text.getBytes(StandardCharsets.US_ASCII));
      peer.out().flush();
      return null;
    }
    if (in.readVarUInt() != ClientPacket.HELLO) {
      throw new LonghouseException(
          ErrorCode.UNEXPECTED_PACKET_FROM_CLIENT,
          "Unexpected packet from client (expected Hello)");
    }
    String name = in.readText(Limits.NAME_BYTES);
    int major = in.readLength(Integer.MAX_VALUE, "version");
    int minor = in.readLength(Integer.MAX_VALUE, "version");
    int announced = in.readLength(Integer.MAX_VALUE, "revision");
    String database = in.readText(Limits.NAME_BYTES);
    String user = in.readText(Limits.NAME_BYTES);
    String password = in.readText(SECRET_BYTES_MAX);
    peer.revision(Math.min(announced, Revision.OURS));
    check(user, announced);
    var client =
        new ClientInfo(
            ClientInfo.Protocol.TCP,
            peer.address(),
            name,
            "",
            "",
            major,
            minor,
            0,
            announced,
            "",
            "",
            "");
    if (user.equals(InterserverProof.USER)) {
      return server(client, database);
    }
    Credentials shown =
        user.equals(Endpoint.TOKEN_USER)
            ? new Credentials.Token(password)
            : new Credentials.Password(user, password, peer.certificate());
    Session session = engine.login(shown, client);
    try {
      if (!database.isEmpty()) {
        session.database(database);
      }
      String quotaKey = answer(announced, RANDOM.nextLong());
      if (!quotaKey.isEmpty()) {
        session.quotaKey(quotaKey);
      }
      return new Entrant.User(session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private Entrant server(ClientInfo client, String database) {
    ByteReader in = peer.plain();
    String cluster = in.readText(Limits.NAME_BYTES);
    byte[] salt = in.readString(Limits.NAME_BYTES);
    if (salt.length != InterserverProof.SALT_BYTES) {
      throw new LonghouseException(
          ErrorCode.AUTHENTICATION_FAILED, "Interserver authentication failed");
    }
    long nonce = RANDOM.nextLong();
    answer(client.tcpRevision(), nonce);
    return new Entrant.Server(new Interserver(engine, client, database, cluster, salt, nonce));
  }

  private static void check(String user, int announced) {
    if (user.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.UNEXPECTED_PACKET_FROM_CLIENT,
          "Unexpected packet from client (no user in Hello package)");
    }
    if (announced < Revision.OLDEST) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_PROTOCOL,
          "The client's protocol revision " + announced + " is older than " + Revision.OLDEST);
    }
  }

  /** Says who the server is; answers the quota key of the addendum. */
  private String answer(int client, long nonce) {
    String zone = config.keys().getOrDefault("timezone", "");
    var hello =
        new ServerHello(
            Version.NAME,
            Version.MAJOR,
            Version.MINOR,
            Version.PATCH,
            Revision.OURS,
            zone.isEmpty() ? TimeZones.server().getId() : zone,
            config.displayName(),
            "notchunked_optional",
            "notchunked_optional",
            nonce);
    hello.write(client, peer.out().plain());
    peer.out().flush();
    if (client < Revision.ADDENDUM) {
      return "";
    }
    Addendum a = Addendum.read(Math.min(client, Revision.OURS), peer.plain());
    if (a.clientSendsChunks()) {
      peer.in().chunked();
    }
    if (a.serverSendsChunks()) {
      peer.out().chunked();
    }
    return a.quotaKey();
  }
}
