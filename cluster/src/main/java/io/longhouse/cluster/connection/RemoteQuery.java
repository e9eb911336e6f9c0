package io.longhouse.cluster.connection;

import static java.util.Objects.requireNonNull;

import io.longhouse.cluster.config.Replica;
import io.longhouse.cluster.config.Shard;
import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.Failure;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.ProfilePacket;
import io.longhouse.wire.connection.Answer;
import io.longhouse.wire.connection.ClientQuery;
import io.longhouse.wire.connection.NativeClient;
import io.longhouse.wire.connection.ServerError;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One query on one shard. {@link #next} and {@link #header} block: they are called by one virtual
 * thread, never by a worker of queries; {@link #cancel} by any thread. A replica that dies before
 * it has sent rows is replaced by another one; what it has counted as progress stays counted.
 */
public final class RemoteQuery implements AutoCloseable {
  private static final int POLL_MS = 20;

  private final Connections connections;
  private final Shard shard;
  private final RemoteRequest request;
  private final QueryContext context;
  private final List<Replica> failed = new ArrayList<>();
  private volatile @Nullable Attempt attempt;
  private volatile boolean cancelled;
  private @Nullable Header header;
  private @Nullable NamedBlock waiting;
  private @Nullable NamedBlock totals;
  private @Nullable NamedBlock extremes;
  private @Nullable ProfilePacket profile;
  private boolean delivered;
  private boolean ended;
  private boolean skipped;

  public RemoteQuery(
      Connections connections, Shard shard, RemoteRequest request, QueryContext context) {
    this.connections = connections;
    this.shard = shard;
    this.request = request;
    this.context = context;
  }

  /**
   * Names and types of the answer's columns; null when there is none: the shard was skipped, or the
   * statement answers nothing.
   */
  public @Nullable Header header() {
    while (header == null && !ended) {
      advance();
    }
    return header;
  }

  /**
   * The next rows, never none; null at the end.
   *
   * @throws LonghouseException what the shard said, which server died or did not answer in time,
   *     why the query was stopped
   */
  public @Nullable Block next() {
    while (waiting == null && !ended) {
      advance();
    }
    NamedBlock b = waiting;
    waiting = null;
    return b == null ? null : b.block();
  }

  /** Totals of WITH TOTALS, at the end; null for none. */
  public @Nullable NamedBlock totals() {
    return totals;
  }

  /** Extremes, at the end; null for none. */
  public @Nullable NamedBlock extremes() {
    return extremes;
  }

  /** How large the answer was and would have been without LIMIT, at the end; null when unsaid. */
  public @Nullable ProfilePacket profile() {
    return profile;
  }

  /** Whether nobody answered and {@code skip_unavailable_shards} lets that count as no rows. */
  public boolean isSkipped() {
    return skipped;
  }

  /** Which replica answers; null before one does. */
  public @Nullable Replica replica() {
    Attempt a = attempt;
    return a == null ? null : a.replica();
  }

  /** Takes in one packet. */
  private void advance() {
    stopIfAsked();
    Attempt a = attempt;
    if (a == null) {
      race();
      return;
    }
    Answer answer = a.answers().poll();
    if (answer == null) {
      answer = read(a);
    }
    if (answer != null) {
      take(a, answer);
    }
  }

  private void stopIfAsked() {
    try {
      checkWanted();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void checkWanted() {
    context.checkStopped();
    if (cancelled) {
      throw new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled");
    }
  }

  private void race() {
    List<Replica> order =
        new ArrayList<>(
            connections.order(
                shard, context.settings(), context.settings().isOn("use_hedged_requests")));
    order.removeAll(failed);
    if (order.isEmpty()) {
      order.addAll(failed.subList(0, 1));
    }
    try {
      attempt =
          new Race(connections, order, clientQuery(), request.table(), context, this::checkWanted)
              .run();
    } catch (LonghouseException e) {
      if (!maySkip(e)) {
        throw e;
      }
      context.event("DistributedConnectionSkipped").increment();
      skipped = true;
      ended = true;
    }
  }

  private boolean maySkip(LonghouseException e) {
    return e.errorCode() == ErrorCode.ALL_CONNECTION_TRIES_FAILED
        && context.settings().isOn("skip_unavailable_shards");
  }

  private ClientQuery clientQuery() {
    Map<String, String> settings = new TreeMap<>(SecondarySettings.of(context));
    settings.putAll(request.settings());
    return new ClientQuery(
        ByteText.encode(request.sql()),
        "",
        settings,
        Map.of(),
        request.externalTables(),
        request.stage(),
        SecondaryOrigin.of(context));
  }

  /** The next packet; null when there is none yet, or another replica has to be asked. */
  private @Nullable Answer read(Attempt a) {
    Leased l = requireNonNull(a.leased());
    NativeClient client = l.client();
    try {
      long waitedFrom = System.nanoTime();
      while (!client.awaits(POLL_MS)) {
        stopIfAsked();
        long waitedMs = (System.nanoTime() - waitedFrom) / 1_000_000;
        if (waitedMs > client.timeouts().receiveMs()) {
          throw new LonghouseException(
              ErrorCode.SOCKET_TIMEOUT,
              "Timeout exceeded while reading from socket ("
                  + a.replica().address()
                  + ", receive timeout "
                  + client.timeouts().receiveMs()
                  + " ms)");
        }
      }
      return client.next();
    } catch (UncheckedIOException e) {
      died(a, client.trouble(e));
      return null;
    } catch (LonghouseException e) {
      if (!Connections.isUnreachable(e)) {
        throw e;
      }
      died(a, client.trouble(e));
      return null;
    }
  }

  /** Rows of a replica that has died cannot be told from those that another one would send. */
  private void died(Attempt a, LonghouseException e) {
    requireNonNull(a.leased()).broken();
    a.abandon();
    connections.failed(a.replica(), context.settings());
    attempt = null;
    long left = shard.replicas().size() - failed.size() - 1;
    if (delivered || left <= 0) {
      ended = true;
      throw new LonghouseException(
          e.errorCode(),
          e.message()
              + ": while receiving the answer of shard "
              + shard.number()
              + (delivered ? ", after rows had come" : ""),
          e);
    }
    failed.add(a.replica());
    header = null;
  }

  private void take(Attempt a, Answer answer) {
    switch (answer) {
      case Answer.Data d -> {
        NamedBlock b = d.block();
        if (b.header().size() > 0) {
          header = header == null ? b.header() : header;
        }
        if (b.block().rows() > 0) {
          delivered = true;
          waiting = b;
        }
      }
      case Answer.Totals t -> totals = t.block();
      case Answer.Extremes x -> extremes = x.block();
      case Answer.Profile p -> profile = p.packet();
      case Answer.Progress p -> RemoteReport.progress(p.packet(), context);
      case Answer.Log l -> RemoteReport.log(l.block(), context);
      case Answer.ProfileEvents e -> RemoteReport.events(e.block(), context);
      case Answer.TableColumns _, Answer.TimeZone _ -> {}
      case Answer.Failed f -> failed(a, f.failure());
      case Answer.End _ -> finish(a);
    }
  }

  /** A server that shuts down counts as one that has died. */
  private void failed(Attempt a, Failure failure) {
    var error = new ServerError(failure, requireNonNull(a.leased()).client().endpoint());
    if (failure.errorCode() == ErrorCode.ABORTED && !delivered) {
      died(a, error);
      return;
    }
    finish(a);
    throw error;
  }

  private void finish(Attempt a) {
    ended = true;
    requireNonNull(a.leased()).close();
  }

  /** Asks the shard to stop; {@link #next} then says that the query was cancelled. */
  public void cancel() {
    cancelled = true;
    Attempt a = attempt;
    if (a != null) {
      a.stopServer();
    }
  }

  /** Ends the query wherever it is. */
  @Override
  public void close() {
    cancelled = cancelled || !ended;
    boolean was = ended;
    ended = true;
    Attempt a = attempt;
    if (a != null && !was) {
      a.abandon();
    }
  }
}
