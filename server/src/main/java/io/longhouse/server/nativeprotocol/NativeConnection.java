package io.longhouse.server.nativeprotocol;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.server.config.ServerConfig;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.wire.ClientPacket;
import io.longhouse.wire.Failure;
import io.longhouse.wire.Limits;
import io.longhouse.wire.ServerPacket;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One connection of the native protocol: handshake, then packets until one side ends it. */
public final class NativeConnection {
  private static final System.Logger LOG = System.getLogger(NativeConnection.class.getName());
  private static final int STOP_POLL_MS = 500;

  private final Engine engine;
  private final ServerConfig config;
  private final Peer peer;

  /** Whether Data packets of a failed INSERT may still be on their way. */
  private boolean skippingData;

  /** Whether their blocks are compressed. */
  private boolean skippedCompressed;

  public NativeConnection(Engine engine, ServerConfig config, Socket socket, OutputStream output)
      throws IOException {
    this.engine = engine;
    this.config = config;
    this.peer = new Peer(socket, output, config.limits().handshakeTimeoutMs());
  }

  /**
   * Serves the connection until it ends.
   *
   * @param stopping whether the server wants to end
   * @param busy told when a packet's work begins and ends
   */
  public void serve(BooleanSupplier stopping, Consumer<Boolean> busy) {
    try {
      Session session = new Handshake(engine, config, peer).run();
      if (session == null) {
        return;
      }
      try (session) {
        peer.timeout(config.limits().receiveTimeoutMs());
        while (awaitPacket(stopping)) {
          busy.accept(true);
          try {
            packet(session);
          } finally {
            busy.accept(false);
          }
        }
      }
    } catch (RuntimeException e) {
      if (Failure.isDefect(e)) {
        LOG.log(Level.ERROR, peer.address() + ": the connection failed", e);
      } else {
        LOG.log(Level.DEBUG, () -> peer.address() + ": " + Failure.of(e).display());
      }
      endWith(e);
    }
  }

  private boolean awaitPacket(BooleanSupplier stopping) {
    long idleUntil = System.nanoTime() + config.limits().idleConnectionTimeoutMs() * 1_000_000L;
    while (!stopping.getAsBoolean() && System.nanoTime() < idleUntil) {
      Peer.Sign sign = peer.await(STOP_POLL_MS);
      if (sign != Peer.Sign.SILENT) {
        return sign == Peer.Sign.PACKET;
      }
    }
    return false;
  }

  private void packet(Session session) {
    ByteReader in = peer.plain();
    long type = in.readVarUInt();
    if (type == ClientPacket.QUERY) {
      query(session);
    } else if (type == ClientPacket.PING) {
      peer.out().plain().writeVarUInt(ServerPacket.PONG);
      peer.out().endPacket();
      peer.out().flush();
    } else if (type == ClientPacket.TABLES_STATUS_REQUEST) {
      tablesStatus(session);
    } else if (type == ClientPacket.DATA && skippingData) {
      in.readText(Limits.NAME_BYTES);
      skippingData = !peer.in().block(peer.revision(), skippedCompressed).isEnd();
    } else if (type == ClientPacket.DATA) {
      throw new LonghouseException(
          ErrorCode.UNEXPECTED_PACKET_FROM_CLIENT, "Unexpected packet Data received from client");
    } else if (type != ClientPacket.CANCEL && type != ClientPacket.KEEP_ALIVE) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_PACKET_FROM_CLIENT,
          "Unknown packet " + Long.toUnsignedString(type) + " from client");
    }
  }

  private void query(Session session) {
    var packet = QueryPacket.read(peer);
    skippingData = new QueryExchange(peer, session, packet).run();
    skippedCompressed = packet.compressed();
  }

  /** Which of the named tables are here. */
  private void tablesStatus(Session session) {
    ByteReader in = peer.plain();
    int n = in.readLength(Limits.ITEMS, "number of tables");
    List<String[]> known = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      String database = in.readText(Limits.NAME_BYTES);
      String table = in.readText(Limits.NAME_BYTES);
      if (exists(session, database, table)) {
        known.add(new String[] {database, table});
      }
    }
    ByteWriter out = peer.out().plain();
    out.writeVarUInt(ServerPacket.TABLES_STATUS_RESPONSE);
    out.writeVarUInt(known.size());
    for (String[] t : known) {
      out.writeString(t[0]);
      out.writeString(t[1]);
      out.writeByte(0);
    }
    peer.out().endPacket();
    peer.out().flush();
  }

  /** Whether a table can be read from; asked by planning a query that reads nothing. */
  private static boolean exists(Session session, String database, String table) {
    String name =
        (database.isEmpty() ? "" : Quoting.identifier(database) + ".") + Quoting.identifier(table);
    try (RunningQuery q = session.start(QueryRequest.of("SELECT 1 FROM " + name + " LIMIT 0"))) {
      return q.header().size() == 1;
    } catch (LonghouseException e) {
      if (e.errorCode() == ErrorCode.UNKNOWN_TABLE || e.errorCode() == ErrorCode.UNKNOWN_DATABASE) {
        return false;
      }
      throw e;
    }
  }

  private void endWith(Throwable error) {
    try {
      peer.send(Failure.of(error));
    } catch (UncheckedIOException e) {
      LOG.log(Level.TRACE, () -> "the client was gone already: " + e);
    }
  }
}
