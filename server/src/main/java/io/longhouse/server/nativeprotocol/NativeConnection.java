package io.longhouse.server.nativeprotocol;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.Session;
import io.longhouse.engine.table.ReplicaState;
import io.longhouse.engine.table.Table;
import io.longhouse.server.config.ServerConfig;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.ClientPacket;
import io.longhouse.wire.Deadline;
import io.longhouse.wire.Failure;
import io.longhouse.wire.Limits;
import io.longhouse.wire.Revision;
import io.longhouse.wire.ServerPacket;
import io.longhouse.wire.TablesStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection of the native protocol: handshake, then packets until one side ends it. */
public final class NativeConnection {
  private static final System.Logger LOG = System.getLogger(NativeConnection.class.getName());
  private static final int STOP_POLL_MS = 500;

  private final Engine engine;
  private final ServerConfig config;
  private final Socket socket;
  private final Peer peer;

  /** Whether Data packets of a failed INSERT may still be on their way. */
  private boolean skippingData;

  /** Whether their blocks are compressed. */
  private boolean skippedCompressed;

  public NativeConnection(Engine engine, ServerConfig config, Socket socket, OutputStream output)
      throws IOException {
    this.engine = engine;
    this.config = config;
    this.socket = socket;
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
      Entrant entrant = handshake();
      switch (entrant) {
        case null -> {}
        case Entrant.User u -> {
          try (Session _ = u.session()) {
            serve(entrant, stopping, busy);
          }
        }
        case Entrant.Server _ -> serve(entrant, stopping, busy);
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

  /** All of it has a deadline, however slowly the client speaks. */
  private @Nullable Entrant handshake() {
    try (var deadline = new Deadline(socket, config.limits().handshakeTimeoutMs())) {
      return deadline
          .within(() -> Optional.ofNullable(new Handshake(engine, config, peer).run()))
          .orElse(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(Entrant entrant, BooleanSupplier stopping, Consumer<Boolean> busy) {
    peer.timeout(config.limits().receiveTimeoutMs());
    while (awaitPacket(stopping)) {
      busy.accept(true);
      try {
        packet(entrant);
      } finally {
        busy.accept(false);
      }
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

  private void packet(Entrant entrant) {
    ByteReader in = peer.plain();
    long type = in.readVarUInt();
    if (type == ClientPacket.QUERY) {
      query(entrant);
    } else if (type == ClientPacket.PING) {
      peer.out().plain().writeVarUInt(ServerPacket.PONG);
      peer.out().endPacket();
      peer.out().flush();
    } else if (type == ClientPacket.TABLES_STATUS_REQUEST) {
      tablesStatus(entrant);
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

  private void query(Entrant entrant) {
    var packet = QueryPacket.read(peer);
    switch (entrant) {
      case Entrant.User u -> query(packet, u.session(), false);
      case Entrant.Server s -> {
        try (Session session = session(s.peer(), packet)) {
          query(packet, session, true);
        }
      }
    }
  }

  /** An error here ends the connection: what belongs to the query is still to come. */
  private Session session(Interserver from, QueryPacket packet) {
    try {
      return from.session(packet, peer.revision());
    } catch (LonghouseException e) {
      throw new ProtocolBroken(e);
    }
  }

  private void query(QueryPacket packet, Session session, boolean trusted) {
    skippingData = new QueryExchange(peer, session, packet, trusted).run();
    skippedCompressed = packet.compressed();
  }

  /** Which of the named tables are here, and how they stand as replicas. */
  private void tablesStatus(Entrant entrant) {
    boolean signed =
        entrant instanceof Entrant.Server && peer.revision() >= Revision.SECRET_IN_TABLES_STATUS;
    byte[] proof = signed ? peer.plain().readString(Limits.NAME_BYTES) : new byte[0];
    List<TablesStatus.Name> asked = TablesStatus.readRequest(peer.plain());
    List<TablesStatus.Status> known = new ArrayList<>();
    boolean told =
        switch (entrant) {
          case Entrant.User _ -> true;
          case Entrant.Server s -> s.peer().proves(asked, proof, peer.revision());
        };
    Session session = entrant instanceof Entrant.User u ? u.session() : null;
    for (TablesStatus.Name n : asked) {
      // Who may not know of a table is told that all is well, whether it is there or not: what it
      // may do is said by the query itself.
      if (told && engine.maySee(session, n.database(), n.table())) {
        add(n, engine.table(session, n.database(), n.table()), known);
      } else {
        known.add(new TablesStatus.Status(n, false, 0, false));
      }
    }
    ByteWriter out = peer.out().plain();
    out.writeVarUInt(ServerPacket.TABLES_STATUS_RESPONSE);
    TablesStatus.writeResponse(peer.revision(), known, out);
    peer.out().endPacket();
    peer.out().flush();
  }

  private static void add(
      TablesStatus.Name name, @Nullable Table table, List<TablesStatus.Status> to) {
    ReplicaState r = table == null ? null : table.replicaState();
    if (r != null) {
      to.add(new TablesStatus.Status(name, true, r.delaySec(), r.isReadOnly()));
    } else if (table != null) {
      to.add(new TablesStatus.Status(name, false, 0, false));
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
