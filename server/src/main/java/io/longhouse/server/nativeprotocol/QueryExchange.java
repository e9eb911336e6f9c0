package io.longhouse.server.nativeprotocol;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.compress.Codecs;
import io.longhouse.engine.session.InsertInput;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.QueryRequest.ExternalTable;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.function.Argument;
import io.longhouse.function.Scalars;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.ClientPacket;
import io.longhouse.wire.Failure;
import io.longhouse.wire.Limits;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.ProfilePacket;
import io.longhouse.wire.Revision;
import io.longhouse.wire.ServerPacket;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One query from its packet to its end of stream. */
final class QueryExchange {
  private static final System.Logger LOG = System.getLogger(QueryExchange.class.getName());
  private static final int NEXT_TIMEOUT_MS = 20;
  private static final long LOOK_INTERVAL_NS = 20_000_000L;

  /** How the client of 2018 introduces itself; servers do it by many names. */
  private static final String OLD_CLIENT = "ClickHouse client";

  private final Peer peer;
  private final Session session;
  private final QueryPacket packet;
  private final boolean trusted;
  private final Map<String, Argument> scalars = new HashMap<>();
  private long resultRows;
  private long resultBlocks;
  private long resultBytes;
  private boolean cancelledByClient;
  private boolean awaitsData;

  /**
   * @param trusted whether it comes from a server that has proved to belong to a cluster
   */
  QueryExchange(Peer peer, Session session, QueryPacket packet, boolean trusted) {
    this.trusted = trusted;
    this.peer = peer;
    this.session = session;
    this.packet = packet;
  }

  /**
   * Runs the query and answers it.
   *
   * @return whether the client may still be sending data that nobody wants
   * @throws LonghouseException when the client breaks the protocol
   */
  boolean run() {
    List<ExternalTable> tables = externalTables();
    try {
      execute(tables);
      return false;
    } catch (UncheckedIOException | ProtocolBroken e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      Failure failure = Failure.of(e);
      if (Failure.isDefect(e)) {
        LOG.log(Level.ERROR, "a query failed", e);
      } else {
        LOG.log(Level.DEBUG, () -> "a query failed: " + failure.display());
      }
      peer.send(failure);
      return awaitsData;
    }
  }

  private List<ExternalTable> externalTables() {
    Map<String, ExternalTable> tables = new LinkedHashMap<>();
    while (true) {
      long type = peer.plain().readVarUInt();
      if (type != ClientPacket.DATA && type != ClientPacket.SCALAR) {
        throw ProtocolBroken.unexpected(type, "after a query");
      }
      String name = peer.plain().readText(Limits.NAME_BYTES);
      NamedBlock block = peer.in().block(peer.revision(), packet.compressed());
      if (type == ClientPacket.SCALAR) {
        scalar(name, block);
        continue;
      }
      if (name.isEmpty() && block.isEnd()) {
        return List.copyOf(tables.values());
      }
      if (tables.size() == Limits.ITEMS) {
        throw new LonghouseException(ErrorCode.TOO_LARGE_ARRAY_SIZE, "Too many external tables");
      }
      ExternalTable table =
          tables.computeIfAbsent(
              name, n -> new ExternalTable(n, block.header(), new ArrayList<>()));
      if (block.header().size() > 0) {
        table.blocks().add(block.block());
      }
    }
  }

  private void scalar(String name, NamedBlock block) {
    if (block.header().size() != 1 || block.block().rows() != 1 || scalars.size() == Limits.ITEMS) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA,
          "Scalar "
              + name
              + " is not one value but "
              + block.header().size()
              + " columns of "
              + block.block().rows()
              + " rows");
    }
    Column value = block.block().column(0).full();
    scalars.put(name, new Argument(block.header().type(0), value));
  }

  private void execute(List<ExternalTable> tables) {
    String id = packet.queryId().isEmpty() ? UUID.randomUUID().toString() : packet.queryId();
    var request =
        new QueryRequest(
            packet.sql(),
            id,
            packet.settings(),
            packet.parameters(),
            null,
            "Native",
            tables,
            packet.shard(peer.revision()),
            SecondaryQuery.of(packet.origin(), peer.address(), trusted),
            new Scalars(scalars));
    try (RunningQuery query = session.start(request, this::lookWhileWaiting)) {
      peer.out().codec(packet.compressed() ? Codecs.parse(codecText(query)) : null);
      var report = new QueryReport(peer, query);
      try {
        exchange(query, report);
      } catch (UncheckedIOException | ProtocolBroken e) {
        query.failed(e);
        throw e;
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        query.failed(e);
        report.logs();
        if (!cancelledByClient || Failure.of(e).errorCode() != ErrorCode.QUERY_WAS_CANCELLED) {
          throw e;
        }
        end();
      }
    }
  }

  private void exchange(RunningQuery query, QueryReport report) {
    InsertInput insert = query.insert();
    if (insert != null) {
      awaitsData = true;
      receive(insert, query);
    }
    answer(query, report);
    if (insert == null || peer.revision() >= Revision.PROFILE_EVENTS_IN_INSERT) {
      report.events();
      report.progress(); // an older client takes nothing but log lines after its INSERT
    }
    report.logs();
    end();
  }

  private static String codecText(RunningQuery query) {
    String method = query.settings().text("network_compression_method").strip();
    return method.equalsIgnoreCase("ZSTD")
        ? "ZSTD(" + query.settings().number("network_zstd_compression_level") + ")"
        : method;
  }

  private void end() {
    peer.out().plain().writeVarUInt(ServerPacket.END_OF_STREAM);
    peer.out().endPacket();
    peer.out().flush();
  }

  private void answer(RunningQuery query, QueryReport report) {
    Header header = query.header();
    if (header.size() > 0) {
      data(ServerPacket.DATA, header, header.emptyBlock());
      peer.out().flush();
    }
    long looked = System.nanoTime();
    long reported = looked;
    long intervalNs = Math.max(1000L, query.settings().number("interactive_delay")) * 1000L;
    while (!query.isFinished()) {
      Block block = query.next(NEXT_TIMEOUT_MS);
      if (block != null && header.size() > 0) {
        report.logs();
        send(query, header, block);
        resultRows += block.rows();
        resultBlocks++;
        resultBytes += block.retainedBytes();
      }
      long now = System.nanoTime();
      if (now - reported >= intervalNs && query.insert() == null) {
        reported = now;
        report.progress();
        report.events();
        report.logs();
        peer.out().flush();
      }
      if (now - looked >= LOOK_INTERVAL_NS) {
        looked = now;
        look(query);
      }
    }
    if (header.size() > 0) {
      finish(query, header);
    }
  }

  private void send(RunningQuery query, Header header, Block block) {
    try {
      query.send(block.rows(), () -> data(ServerPacket.DATA, header, block));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void finish(RunningQuery query, Header header) {
    extra(ServerPacket.TOTALS, header, query.totals());
    extra(ServerPacket.EXTREMES, header, query.extremes());
    peer.out().plain().writeVarUInt(ServerPacket.PROFILE_INFO);
    long before = query.rowsBeforeLimit();
    new ProfilePacket(
            resultRows,
            resultBlocks,
            resultBytes,
            query.appliedLimit(),
            before >= 0 ? before : resultRows)
        .write(peer.revision(), peer.out().plain());
    peer.out().endPacket();
    peer.out().plain().writeVarUInt(ServerPacket.DATA);
    peer.out().plain().writeString("");
    peer.out().endBlock(peer.revision());
    peer.out().endPacket();
  }

  private void extra(int type, Header header, @Nullable Block block) {
    if (block != null) {
      data(type, header, block);
    }
  }

  private void data(int type, Header header, Block block) {
    peer.out().plain().writeVarUInt(type);
    peer.out().plain().writeString("");
    peer.out().block(header, block, peer.revision());
    peer.out().endPacket();
  }

  /** A query that waits for its turn ends when its client cancels it or is gone. */
  private void lookWhileWaiting() {
    Peer.Sign sign = peer.await(1);
    if (sign == Peer.Sign.GONE) {
      throw new UncheckedIOException(new EOFException("the client is gone while its query waits"));
    }
    if (sign == Peer.Sign.PACKET) {
      long type = peer.plain().readVarUInt();
      if (type != ClientPacket.CANCEL) {
        throw ProtocolBroken.unexpected(type, "while a query waits");
      }
      throw new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled");
    }
  }

  /** Whether the client wants to end the query, or has gone. */
  private void look(RunningQuery query) {
    if (cancelledByClient) {
      return;
    }
    Peer.Sign sign = peer.await(1);
    if (sign == Peer.Sign.GONE) {
      query.cancel();
      throw new UncheckedIOException(new EOFException("the client is gone while its query runs"));
    }
    if (sign == Peer.Sign.PACKET) {
      long type = peer.plain().readVarUInt();
      query.cancel();
      if (type != ClientPacket.CANCEL) {
        throw ProtocolBroken.unexpected(type, "while a query runs");
      }
      cancelledByClient = true;
    }
  }

  /** Sends what columns are expected, then takes blocks until the empty one. */
  private void receive(InsertInput insert, RunningQuery query) {
    Header expected = insert.header();
    tableColumns(insert.tableColumns());
    data(ServerPacket.DATA, expected, expected.emptyBlock());
    peer.out().flush();
    while (true) {
      long type = peer.plain().readVarUInt();
      if (type == ClientPacket.CANCEL) {
        cancelledByClient = true;
        query.cancel();
        throw new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled");
      }
      if (type != ClientPacket.DATA) {
        throw ProtocolBroken.unexpected(type, "while an INSERT waits for data");
      }
      NamedBlock block = dataBlock();
      if (block.header().size() == 0) {
        awaitsData = false;
        insert.finish();
        return;
      }
      insert.write(InsertColumns.of(expected, block));
    }
  }

  /** Tells a client that can compute defaults what they are; old servers break at such a packet. */
  private void tableColumns(String text) {
    boolean isOldServer =
        peer.revision() < Revision.SETTINGS_AS_STRINGS
            && !session.client().clientName().equals(OLD_CLIENT);
    if (text.isEmpty() || isOldServer || peer.revision() < Revision.TABLE_COLUMNS) {
      return;
    }
    peer.out().plain().writeVarUInt(ServerPacket.TABLE_COLUMNS);
    peer.out().texts(peer.revision() >= Revision.COMPRESSED_LOGS, "", text);
    peer.out().endPacket();
  }

  private NamedBlock dataBlock() {
    try {
      peer.plain().readText(Limits.NAME_BYTES);
      return peer.in().block(peer.revision(), packet.compressed());
    } catch (LonghouseException e) {
      throw new ProtocolBroken(e);
    }
  }
}
