package io.longhouse.cluster.interserver;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.BandwidthLimit;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Gives the parts of one replica to others, for as long as it is open. */
public final class PartService implements InterserverEndpoint, AutoCloseable {
  private final Interserver interserver;
  private final String endpoint;
  private final MergeTreeData data;
  private final Consumer<PartName> broken;
  private final LongAdder running;
  private final List<BandwidthLimit> limits;
  private volatile boolean stopped;
  private volatile boolean closed;

  /**
   * Opened by {@link PartExchange#serve}.
   *
   * @param broken told of parts that turn out not to be what their checksums say
   * @param running counts what is being sent
   */
  PartService(
      Interserver interserver,
      String replicaPath,
      MergeTreeData data,
      Consumer<PartName> broken,
      LongAdder running,
      BandwidthLimit limitOfServer) {
    this.interserver = interserver;
    this.endpoint = PartProtocol.endpoint(replicaPath);
    this.data = data;
    this.broken = broken;
    this.running = running;
    long own = data.settings().number("max_replicated_sends_network_bandwidth");
    this.limits = List.of(limitOfServer, new BandwidthLimit(own));
    interserver.add(endpoint, this);
  }

  /** {@code SYSTEM STOP REPLICATED SENDS}: ends what is being sent as well. */
  public void stop(boolean stop) {
    stopped = stop;
  }

  @Override
  public void answer(Map<String, String> parameters, InterserverAnswer answer) throws IOException {
    check();
    PartName name = PartName.parse(parameters.getOrDefault("part", ""));
    int version = version(parameters.getOrDefault("client_protocol_version", "0"));
    DataPart part = data.retained(name);
    if (part == null) {
      throw new LonghouseException(ErrorCode.NO_SUCH_DATA_PART, "No part " + name + " in table");
    }
    running.increment();
    try {
      if (version < PartProtocol.TYPE && !part.isWide()) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED,
            "Part "
                + name
                + " is Compact, which the other server (protocol version "
                + version
                + ") does not know: set min_bytes_for_wide_part = 0 and min_rows_for_wide_part = 0"
                + " for table "
                + data.table());
      }
      answer.header("Content-Type", "application/octet-stream");
      answer.header("Set-Cookie", PartProtocol.COOKIE + "=" + version);
      new PartSender(part, version, answer.body(), limits, this::check).send();
    } catch (LonghouseException e) {
      if (isBroken(e.errorCode())) {
        broken.accept(name);
      }
      throw e;
    } finally {
      part.release();
      running.decrement();
    }
  }

  private static boolean isBroken(ErrorCode code) {
    return switch (code) {
      case CHECKSUM_DOESNT_MATCH,
          BAD_SIZE_OF_FILE_IN_DATA_PART,
          NO_FILE_IN_DATA_PART,
          FILE_DOESNT_EXIST,
          CANNOT_READ_ALL_DATA,
          CORRUPTED_DATA ->
          true;
      default -> false;
    };
  }

  private static int version(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new LonghouseException(
          ErrorCode.CANNOT_PARSE_NUMBER, "client_protocol_version is not a number: " + text);
    }
    return Math.min(Integer.parseInt(text), PartProtocol.NEWEST);
  }

  private void check() {
    if (stopped || closed) {
      throw new LonghouseException(ErrorCode.ABORTED, "Transferring part to replica was cancelled");
    }
  }

  /** No more parts are given, and what is being given ends. */
  @Override
  public void close() {
    closed = true;
    interserver.remove(endpoint, this);
  }
}
