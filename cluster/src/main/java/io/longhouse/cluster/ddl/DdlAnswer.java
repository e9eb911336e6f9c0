package io.longhouse.cluster.ddl;

import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.column.Block;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataTypes;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.system.CellValues;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.parser.Parser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Waits for what becomes of an entry on each server, and says so as ClickHouse does. */
final class DdlAnswer {
  /** {@code distributed_ddl_output_mode}. */
  private enum Mode {
    THROW,
    NONE,
    NULL_STATUS_ON_TIMEOUT,
    NEVER_THROW,
    THROW_ONLY_ACTIVE,
    NULL_STATUS_ON_TIMEOUT_ONLY_ACTIVE,
    NONE_ONLY_ACTIVE;

    boolean hasNulls() {
      return this != THROW && this != NONE && this != NONE_ONLY_ACTIVE;
    }

    boolean throwsOnTimeout() {
      return this == THROW || this == NONE;
    }

    boolean onlyActive() {
      return name().endsWith("ONLY_ACTIVE");
    }

    boolean hasNoRows() {
      return this == NONE || this == NONE_ONLY_ACTIVE;
    }
  }

  private static final long LOOK_EVERY_MS_MAX = 1000;
  private static final long LOOK_MORE_MS = 50;

  private final DdlQueue queue;
  private final String entry;
  private final List<HostId> waited;
  private final QueryContext context;
  private final Mode mode;
  private final long timeoutSec;
  private final long startNs = System.nanoTime();
  private final Set<HostId> finished = new LinkedHashSet<>();
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private int active;
  private Set<HostId> offline = Set.of();
  private @Nullable LonghouseException first;

  DdlAnswer(DdlQueue queue, String entry, List<HostId> hosts, QueryContext context) {
    this.queue = queue;
    this.entry = entry;
    this.waited = hosts.stream().distinct().toList();
    this.context = context;
    Settings settings = context.settings();
    this.mode = mode(settings);
    this.timeoutSec = settings.number("distributed_ddl_task_timeout");
  }

  /**
   * @throws LonghouseException BAD_ARGUMENTS (36)
   */
  static void check(Settings settings) {
    mode(settings);
  }

  private static Mode mode(Settings settings) {
    String text = settings.text("distributed_ddl_output_mode").toUpperCase(Locale.ROOT);
    return Arrays.stream(Mode.values())
        .filter(m -> m.name().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new LonghouseException(
                ErrorCode.BAD_ARGUMENTS,
                "Unexpected value of DistributedDDLOutputMode: '" + text + "'"));
  }

  /** Waits; the wait ends with the query, with the timeout, or when all servers have answered. */
  StatementResult await() {
    if (timeoutSec == 0) {
      return StatementResult.DONE;
    }
    long pauseMs = 0;
    while (finished.size() < waited.size()) {
      context.checkStopped();
      if (mode.onlyActive() && !offline.isEmpty() && onlyOfflineLeft()) {
        timeout(true);
        break;
      }
      if (timeoutSec > 0 && elapsedSec() > timeoutSec) {
        timeout(false);
        break;
      }
      pause(pauseMs);
      pauseMs = Math.min(LOOK_EVERY_MS_MAX, pauseMs + LOOK_MORE_MS);
      if (look()) {
        pauseMs = 0;
      }
    }
    LonghouseException problem = first;
    if (problem != null) {
      throw problem;
    }
    return mode.hasNoRows() ? StatementResult.DONE : result();
  }

  private void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LonghouseException(ErrorCode.ABORTED, "interrupted while waiting for " + entry, e);
    }
  }

  private double elapsedSec() {
    return (System.nanoTime() - startNs) / 1e9;
  }

  private boolean onlyOfflineLeft() {
    return waited.stream().allMatch(h -> finished.contains(h) || offline.contains(h));
  }

  /** Whether a server has finished since the last look. */
  private boolean look() {
    List<String> done;
    try {
      done = queue.keeper().tryChildren(entry + "/finished", null);
      if (done == null && queue.keeper().exists(entry) == null) {
        throw new LonghouseException(
            ErrorCode.UNFINISHED,
            "Cannot provide query execution status. The query's node "
                + entry
                + " has been deleted by the cleaner since it was finished (or its lifetime is"
                + " expired)");
      }
      List<String> now = queue.keeper().tryChildren(entry + "/active", null);
      active = now == null ? 0 : now.size();
      if (mode.onlyActive()) {
        offline = offline();
      }
      boolean some = false;
      for (HostId host : waited) {
        if (done != null && done.contains(host.text()) && finished.add(host)) {
          some = true;
          note(host);
        }
      }
      return some;
    } catch (KeeperError e) {
      if (!e.isConnection()) {
        throw e;
      }
      return false; // The entry is there; Keeper may be back before the timeout.
    }
  }

  private Set<HostId> offline() {
    List<String> paths = waited.stream().map(h -> queue.presence(h) + "/active").toList();
    List<@Nullable KeeperNode> nodes = queue.keeper().getAll(paths);
    Set<HostId> out = new LinkedHashSet<>();
    for (int i = 0; i < paths.size(); i++) {
      if (nodes.get(i) == null) {
        out.add(waited.get(i));
      }
    }
    return out.size() == waited.size() ? Set.of() : out;
  }

  private void note(HostId host) {
    String text = queue.keeper().text(DdlQueue.finished(entry, host));
    DdlStatus status = text == null ? new DdlStatus(-1, "") : DdlStatus.parse(text);
    if (status.code() != 0 && first == null && mode != Mode.NEVER_THROW) {
      ErrorCode code = ErrorCode.of(status.code());
      first =
          new LonghouseException(
              code,
              "There was an error on ["
                  + host.host()
                  + ":"
                  + host.port()
                  + "]: "
                  + status.message());
    }
    rows.add(row(host, status.code(), status.message(), waited.size() - finished.size(), active));
  }

  private static @Nullable Object[] row(
      HostId host, @Nullable Object status, @Nullable Object error, long remaining, long active) {
    return new @Nullable Object[] {host.host(), host.port(), status, error, remaining, active};
  }

  private void timeout(boolean onlyOffline) {
    List<HostId> missing = waited.stream().filter(h -> !finished.contains(h)).toList();
    if (mode.throwsOnTimeout()
        || mode.onlyActive() && !onlyOffline && mode.name().contains("THROW")
        || mode == Mode.NONE_ONLY_ACTIVE && !onlyOffline) {
      if (first == null) {
        first = new LonghouseException(ErrorCode.TIMEOUT_EXCEEDED, timeoutText(missing));
      }
      return;
    }
    for (HostId host : missing) {
      rows.add(row(host, null, null, missing.size(), active));
    }
  }

  private String timeoutText(List<HostId> missing) {
    return "Distributed DDL task "
        + entry
        + " is not finished on "
        + missing.size()
        + " of "
        + waited.size()
        + " hosts ("
        + active
        + " of them are currently executing the task, "
        + offline.size()
        + " are inactive). They are going to execute the query in background. Was waiting for "
        + String.format(Locale.ROOT, "%.3f", elapsedSec())
        + " seconds, which is longer than distributed_ddl_task_timeout. Finished: "
        + readable(finished.stream().toList())
        + ". Not finished: "
        + readable(missing);
  }

  private static String readable(List<HostId> hosts) {
    return hosts.isEmpty()
        ? "none"
        : hosts.stream().map(HostId::readable).collect(Collectors.joining(", "));
  }

  private StatementResult result() {
    String of = mode.hasNulls() ? "Nullable(%s)" : "%s";
    var header =
        new Header(
            List.of(
                field("host", "String"),
                field("port", "UInt16"),
                field("status", of.formatted("Int64")),
                field("error", of.formatted("String")),
                field("num_hosts_remaining", "UInt64"),
                field("num_hosts_active", "UInt64")));
    List<ColumnBuilder> out = header.newBuilders(rows.size());
    for (@Nullable Object[] row : rows) {
      for (int c = 0; c < row.length; c++) {
        CellValues.append(row[c], header.fields().get(c).type(), out.get(c));
      }
    }
    var block = new Block(out.stream().map(ColumnBuilder::build).toList(), rows.size());
    return new StatementResult.Rows(header, rows.isEmpty() ? List.of() : List.of(block));
  }

  private static Header.Field field(String name, String type) {
    return new Header.Field(name, DataTypes.of(Parser.parseType(type)));
  }
}
