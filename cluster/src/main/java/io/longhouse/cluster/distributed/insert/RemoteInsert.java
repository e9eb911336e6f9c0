package io.longhouse.cluster.distributed.insert;

import io.longhouse.cluster.connection.Leased;
import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.connection.Answer;
import io.longhouse.wire.connection.ClientQuery;
import io.longhouse.wire.connection.NativeClient;
import io.longhouse.wire.connection.ServerError;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An INSERT on another server: blocks go out, an acknowledgement comes back. */
final class RemoteInsert implements AutoCloseable {
  private final Leased leased;
  private final NativeClient client;
  private final Header header;
  private final Analyzer analyzer;
  private Header wanted = new Header(List.of());
  private @Nullable Program toWanted;
  private boolean complete;

  /**
   * Sends the statement and waits until the server wants rows.
   *
   * @param leased closed together with this
   * @param header of the blocks to come
   * @param analyzer for conversions where the server's table has other types
   * @throws LonghouseException what the server refuses the statement with; NETWORK_ERROR (210)
   */
  RemoteInsert(Leased leased, ClientQuery statement, Header header, Analyzer analyzer) {
    this.leased = leased;
    this.client = leased.client();
    this.header = header;
    this.analyzer = analyzer;
    try {
      client.send(statement);
      wanted = awaitHeader();
      toWanted = conversion();
    } catch (UncheckedIOException e) {
      leased.close();
      throw client.trouble(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Header awaitHeader() {
    while (true) {
      switch (client.next()) {
        case Answer.Data d -> {
          return d.block().header();
        }
        case Answer.Failed f -> throw new ServerError(f.failure(), client.endpoint());
        case Answer.End _ ->
            throw new LonghouseException(
                ErrorCode.UNEXPECTED_PACKET_FROM_SERVER,
                client.endpoint().address() + " ended an INSERT before it took rows");
        default -> {} // logs, defaults of the table
      }
    }
  }

  /** By name, as ClickHouse does; null where nothing has to be converted. */
  private @Nullable Program conversion() {
    List<Expr> casts = new ArrayList<>();
    boolean same = wanted.size() == header.size();
    for (int i = 0; i < wanted.size(); i++) {
      int from = header.indexOf(wanted.name(i));
      if (from < 0) {
        throw new LonghouseException(
            ErrorCode.THERE_IS_NO_COLUMN,
            client.endpoint().address()
                + " wants a column "
                + wanted.name(i)
                + " that the Distributed table does not have");
      }
      same &= from == i && wanted.type(i).equals(header.type(from));
      casts.add(
          wanted.type(i).equals(header.type(from))
              ? new Expr.Input(from, header.type(from))
              : analyzer.castTo(new Expr.Input(from, header.type(from)), wanted.type(i)));
    }
    return same ? null : new Program(casts);
  }

  /**
   * Sends a block.
   *
   * @throws LonghouseException what the server has said meanwhile; NETWORK_ERROR (210)
   */
  void write(Block block) {
    try {
      if (client.awaits(0)) {
        drain(false);
      }
      Program p = toWanted;
      Column[] columns = p == null ? block.columns() : p.evaluate(block);
      client.sendData(wanted, new Block(columns, block.rows()));
    } catch (UncheckedIOException e) {
      leased.broken();
      throw client.trouble(e);
    }
  }

  /** Says that no rows follow and waits until the server has written all of them. */
  void finish() {
    try {
      client.endData();
      drain(true);
      complete = true;
    } catch (UncheckedIOException e) {
      leased.broken();
      throw client.trouble(e);
    }
  }

  /** Reads what has come; to the end of the answer if asked for. */
  private void drain(boolean toEnd) {
    do {
      switch (client.next()) {
        case Answer.Failed f -> throw new ServerError(f.failure(), client.endpoint());
        case Answer.End _ -> {
          return;
        }
        default -> {} // progress, logs, events
      }
    } while (toEnd || client.awaits(0));
  }

  /** Gives up unless the INSERT was finished. */
  @Override
  public void close() {
    if (!complete && client.isRunning()) {
      leased.broken(); // rows that were sent and not ended are dropped with the connection
      client.abort();
    }
    leased.close();
  }
}
