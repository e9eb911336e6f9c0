package io.longhouse.cluster.database;

import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.column.Block;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataTypes;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.system.CellValues;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.parser.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Waits until the replicas of a database have carried out a statement, and shows how far they are.
 */
final class ReplicasAnswer {
  private static final long LOOK_EVERY_MS_MAX = 500;
  private static final Header HEADER =
      new Header(
          List.of(
              field("shard", "String"),
              field("replica", "String"),
              field("status", "Enum8('OK' = 0, 'IN_PROGRESS' = 1, 'QUEUED' = 2, 'UNFINISHED' = 3)"),
              field("num_hosts_remaining", "UInt64"),
              field("num_hosts_active", "UInt64")));

  private final ReplicaNodes nodes;
  private final String entry;
  private final Keeper keeper;
  private final QueryContext context;

  ReplicasAnswer(ReplicaNodes nodes, String name, Keeper keeper, QueryContext context) {
    this.nodes = nodes;
    this.entry = nodes.log() + "/" + name;
    this.keeper = keeper;
    this.context = context;
  }

  private static Header.Field field(String name, String type) {
    return new Header.Field(name, DataTypes.of(Parser.parseType(type)));
  }

  /**
   * @throws LonghouseException TIMEOUT_EXCEEDED (159), where the mode says so
   */
  StatementResult await() {
    long timeoutSec = context.settings().number("distributed_ddl_task_timeout");
    String mode = context.settings().text("distributed_ddl_output_mode").toLowerCase(Locale.ROOT);
    if (timeoutSec == 0) {
      return StatementResult.DONE;
    }
    long startNs = System.nanoTime();
    Set<String> waited = new TreeSet<>();
    Set<String> finished = new TreeSet<>();
    for (long pauseMs = 0; ; pauseMs = Math.min(LOOK_EVERY_MS_MAX, pauseMs + 10)) {
      context.checkStopped();
      look(mode.endsWith("only_active"), waited, finished);
      double sec = (System.nanoTime() - startNs) / 1e9;
      if (finished.containsAll(waited) && !waited.isEmpty()) {
        return mode.startsWith("none") ? StatementResult.DONE : rows(waited, finished);
      }
      if (timeoutSec > 0 && sec > timeoutSec) {
        if (mode.equals("throw") || mode.equals("none")) {
          Set<String> missing = new TreeSet<>(waited);
          missing.removeAll(finished);
          throw new LonghouseException(
              ErrorCode.TIMEOUT_EXCEEDED,
              "ReplicatedDatabase DDL task "
                  + entry
                  + " is not finished on "
                  + missing.size()
                  + " of "
                  + waited.size()
                  + " hosts. They are going to execute the query in background. Was waiting for "
                  + String.format(Locale.ROOT, "%.3f", sec)
                  + " seconds. Finished: "
                  + finished
                  + ". Not finished: "
                  + missing);
        }
        return rows(waited, finished);
      }
      try {
        Thread.sleep(pauseMs);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LonghouseException(ErrorCode.ABORTED, "interrupted", e);
      }
    }
  }

  private void look(boolean onlyActive, Set<String> waited, Set<String> finished) {
    try {
      List<String> replicas = keeper.children(nodes.replicas());
      List<String> done = keeper.tryChildren(entry + "/finished", null);
      waited.clear();
      for (String r : replicas) {
        boolean there =
            !onlyActive || keeper.exists(nodes.replicas() + "/" + r + "/active") != null;
        if (there) {
          waited.add(r);
        }
      }
      if (done == null) {
        finished.addAll(waited); // so old that it was removed
      } else {
        finished.addAll(done);
      }
    } catch (KeeperError e) {
      if (!e.isConnection()) {
        throw e;
      }
    }
  }

  private static StatementResult rows(Set<String> waited, Set<String> finished) {
    List<ColumnBuilder> out = HEADER.newBuilders(waited.size());
    long left = waited.size();
    List<String> order = new ArrayList<>(waited);
    order.sort((a, b) -> Boolean.compare(finished.contains(b), finished.contains(a)));
    for (String name : order) {
      boolean is = finished.contains(name);
      left -= is ? 1 : 0;
      int bar = name.indexOf('|');
      List<Object> cells =
          List.of(
              name.substring(0, bar), name.substring(bar + 1), is ? "OK" : "UNFINISHED", left, 0);
      for (int c = 0; c < cells.size(); c++) {
        CellValues.append(cells.get(c), HEADER.fields().get(c).type(), out.get(c));
      }
    }
    var block = new Block(out.stream().map(ColumnBuilder::build).toList(), order.size());
    return new StatementResult.Rows(HEADER, List.of(block));
  }
}
