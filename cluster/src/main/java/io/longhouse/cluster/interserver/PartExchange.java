package io.longhouse.cluster.interserver;

import io.longhouse.cluster.keeper.KeeperTls;
import io.longhouse.cluster.replication.node.HostNode;
import io.longhouse.cluster.replication.node.PartChecksums;
import io.longhouse.cluster.replication.node.PartHeader;
import io.longhouse.column.ByteReader;
import io.longhouse.engine.session.Metrics;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.mergetree.BandwidthLimit;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Parts that go from replica to replica: {@link #fetch} asks, {@link #serve} gives. */
public final class PartExchange {
  private static final String TEMPORARY = "tmp-fetch_";

  private final Interserver interserver;
  private final FetchList fetches = new FetchList();
  private final Semaphore places;
  private final BandwidthLimit fetchLimit;
  private final BandwidthLimit sendLimit;
  private final LongAdder fetching = new LongAdder();
  private final LongAdder sending = new LongAdder();
  private volatile KeeperTls tls;

  public PartExchange(Interserver interserver, Map<String, String> configuration, Metrics metrics) {
    this.interserver = interserver;
    this.tls = KeeperTls.ofClient(configuration);
    InterserverConfig.Fetching limits = interserver.config().fetching();
    this.places = new Semaphore(limits.parallel());
    this.fetchLimit = new BandwidthLimit(limits.fetchBytesPerSec());
    this.sendLimit = new BandwidthLimit(limits.sendBytesPerSec());
    metrics.gauge("ReplicatedFetch", fetching::sum);
    metrics.gauge("ReplicatedSend", sending::sum);
  }

  public void reload(Map<String, String> configuration) {
    tls = KeeperTls.ofClient(configuration);
  }

  /** The parts that are being fetched at this moment. */
  public FetchList fetches() {
    return fetches;
  }

  /**
   * Gives the parts of a replica to others until the service is closed.
   *
   * @param replicaPath its path in Keeper
   * @param broken told of parts that turn out not to be what their checksums say
   */
  public PartService serve(String replicaPath, MergeTreeData data, Consumer<PartName> broken) {
    return new PartService(interserver, replicaPath, data, broken, sending, sendLimit);
  }

  /**
   * A part that is wanted.
   *
   * @param from where the other replica is
   * @param replicaPath the other replica's path in Keeper
   * @param into the table that gets it
   * @param toDetached whether it is to lie in {@code detached/}
   * @param expected what Keeper says of it; null where nobody knows
   * @param limit of the table
   * @param check throws when the fetch is to end
   */
  public record Request(
      HostNode from,
      String replicaPath,
      String part,
      String database,
      String tableName,
      MergeTreeData into,
      boolean toDetached,
      @Nullable PartHeader expected,
      BandwidthLimit limit,
      Runnable check) {}

  /**
   * Asks another replica for a part.
   *
   * @return the part, opened in a temporary folder beside where it is to be; the caller moves or
   *     removes the folder
   * @throws LonghouseException RECEIVED_ERROR_FROM_REMOTE_IO_SERVER (86) with what the other server
   *     said, SOCKET_TIMEOUT (209), NETWORK_ERROR (210), CHECKSUM_DOESNT_MATCH (40), ABORTED (236)
   *     when the part is being fetched already or there was no place among the fetches
   */
  public DataPart fetch(Request request) {
    PartName name = PartName.parse(request.part());
    if (!name.partitionId().matches("[0-9A-Za-z-]+")) {
      throw new LonghouseException(
          ErrorCode.INSECURE_PATH, "Unexpected partition of part " + request.part());
    }
    String own = interserver.config().ports().isEmpty() ? "" : interserver.address().scheme();
    if (!own.isEmpty() && !own.equals(request.from().scheme())) {
      throw new LonghouseException(
          ErrorCode.INTERSERVER_SCHEME_DOESNT_MATCH,
          "Interserver schemes are different: '"
              + own
              + "' != '"
              + request.from().scheme()
              + "', can't fetch part from "
              + request.from().host());
    }
    String parent = request.into().folder() + (request.toDetached() ? "/detached/" : "/");
    String folder = parent + TEMPORARY + name;
    String uri = PartRequest.uri(request);
    var running = new FetchList.Running(request, name.partitionId(), parent + name, uri);
    takePlace(request);
    fetching.increment();
    try {
      if (!fetches.begin(folder, running)) {
        throw new LonghouseException(
            ErrorCode.ABORTED, "Part " + name + " is being fetched already");
      }
      try {
        return fetched(request, name, folder, running);
      } finally {
        fetches.end(folder);
      }
    } finally {
      fetching.decrement();
      places.release();
    }
  }

  private void takePlace(Request request) {
    long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    try {
      while (!places.tryAcquire(100, TimeUnit.MILLISECONDS)) {
        request.check().run();
        if (System.nanoTime() > untilNs) {
          throw new LonghouseException(
              ErrorCode.ABORTED,
              "Too many parts are being fetched, part " + request.part() + " has to wait");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LonghouseException(ErrorCode.ABORTED, "Fetching of part was cancelled", e);
    }
  }

  private DataPart fetched(
      Request request, PartName name, String folder, FetchList.Running running) {
    Disk disk = request.into().disk();
    disk.remove(folder);
    boolean done = false;
    try (var answer =
        PartRequest.send(
            running.uri(),
            interserver.config(),
            request.from().scheme().equals("https") ? tls : null)) {
      receive(request, folder, running, answer);
      DataPart part =
          DataPart.openChecked(disk, folder, name, request.into().metadata().partSchema());
      part.granuleRows((int) request.into().settings().number("index_granularity"));
      compare(request, part);
      done = true;
      return part;
    } finally {
      if (!done) {
        disk.remove(folder);
      }
    }
  }

  private void receive(
      Request request, String folder, FetchList.Running running, PartRequest.Answer answer) {
    var receiver =
        new PartReceiver(
            new ByteReader(answer.body(), 1 << 16),
            answer.version(),
            request.into().disk(),
            folder,
            running,
            List.of(fetchLimit, request.limit()),
            () -> {
              request.check().run();
              answer.checkSpeed(running.readBytes());
            });
    try {
      receiver.receive();
    } catch (UncheckedIOException e) {
      boolean late = e.getCause() instanceof SocketTimeoutException;
      throw new LonghouseException(
          late ? ErrorCode.SOCKET_TIMEOUT : ErrorCode.NETWORK_ERROR,
          "Cannot fetch part "
              + request.part()
              + " from "
              + running.uri()
              + ": "
              + e.getMessage()
              + ", "
              + running.readBytes()
              + " bytes received",
          e);
    }
  }

  private static void compare(Request request, DataPart part) {
    PartHeader expected = request.expected();
    if (expected == null) {
      return;
    }
    Disk disk = part.disk();
    byte[] columns = disk.readAll(part.folder() + "/columns.txt");
    PartHeader found =
        new PartHeader(PartHeader.columnsHash(columns), PartChecksums.of(part.checksums()));
    expected.checkSame(found, request.part(), request.replicaPath());
  }
}
