package io.longhouse.cluster.ddl;

import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperPaths;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.Secrets;
import io.longhouse.engine.system.SystemColumns;
import io.longhouse.engine.system.SystemTable;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.OnCluster;
import io.longhouse.sql.parser.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code system.distributed_ddl_queue}: what became of each statement on each server. */
@Register(
    kind = SystemTable.class,
    name = "distributed_ddl_queue",
    doc = "Statements with ON CLUSTER, and what became of them on each server.")
final class DdlQueueTable extends SystemTable<DdlQueueTable.Row> {
  /**
   * An entry on one of its servers.
   *
   * @param entry null for one that cannot be read
   * @param finished how it went; null while it is not known
   */
  record Row(
      String name,
      @Nullable DdlEntry entry,
      KeeperNode node,
      @Nullable HostId host,
      String state,
      @Nullable KeeperNode finished) {
    private @Nullable DdlStatus status() {
      return finished == null ? null : DdlStatus.parse(finished.text());
    }

    @Nullable Object initiator(boolean port) {
      if (entry == null || entry.initiator().isEmpty()) {
        return null;
      }
      try {
        HostId id = HostId.parse(entry.initiator());
        return port ? (Object) id.port() : id.host();
      } catch (LonghouseException e) {
        return null;
      }
    }

    String cluster() {
      try {
        String name =
            entry == null ? null : OnCluster.of(Parser.parseStatement(entry.query()).statement());
        return name == null ? "" : name;
      } catch (LonghouseException e) {
        return "";
      }
    }

    /** Without passwords; nothing of what cannot be understood. */
    String query() {
      try {
        return entry == null || entry.query().isEmpty()
            ? ""
            : Secrets.hidden(Parser.parseStatement(entry.query()).statement(), entry.query());
      } catch (LonghouseException e) {
        return "";
      }
    }

    @Nullable Object code() {
      DdlStatus s = status();
      return s == null ? null : Math.max(0, s.code());
    }

    @Nullable Object message() {
      DdlStatus s = status();
      return s == null ? null : s.message();
    }

    @Nullable Object finishedSec() {
      return finished == null ? null : finished.stat().ctimeMs() / 1000;
    }

    @Nullable Object durationMs() {
      return finished == null
          ? null
          : Math.max(0, finished.stat().ctimeMs() - node.stat().ctimeMs());
    }
  }

  private static final String STATES =
      "Nullable(Enum8('Inactive' = 0, 'Active' = 1, 'Finished' = 2, 'Removing' = 3,"
          + " 'Unknown' = 4))";

  DdlQueueTable() {
    super(
        "distributed_ddl_queue",
        new SystemColumns<Row>()
            .text("entry", Row::name)
            .add(
                "entry_version",
                "Nullable(UInt8)",
                r -> r.entry() == null ? null : r.entry().version())
            .add("initiator_host", "Nullable(String)", r -> r.initiator(false))
            .add("initiator_port", "Nullable(UInt16)", r -> r.initiator(true))
            .text("cluster", Row::cluster)
            .text("query", Row::query)
            .add(
                "settings",
                "Map(String, String)",
                r -> r.entry() == null ? Map.of() : r.entry().settings())
            .add("query_create_time", "DateTime", r -> r.node().stat().ctimeMs() / 1000)
            .add("host", "Nullable(String)", r -> r.host() == null ? null : r.host().host())
            .add("port", "Nullable(UInt16)", r -> r.host() == null ? null : r.host().port())
            .add("status", STATES, Row::state)
            .add("exception_code", "Nullable(UInt16)", Row::code)
            .add("exception_text", "Nullable(String)", Row::message)
            .add("query_finish_time", "Nullable(DateTime)", Row::finishedSec)
            .add("query_duration_ms", "Nullable(UInt64)", Row::durationMs));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    DdlQueue queue = context.service(DdlQueue.class);
    if (queue == null) {
      throw new LonghouseException(
          ErrorCode.NO_ELEMENTS_IN_CONFIG, "There is no Zookeeper configuration in server config.");
    }
    List<Row> rows = new ArrayList<>();
    for (String name : queue.names(queue.keeper(), null)) {
      context.checkStopped();
      String path = queue.entry(name);
      KeeperNode node = queue.keeper().tryGet(path);
      if (node != null) {
        rows(name, path, node, queue, rows);
      }
    }
    return rows;
  }

  private static void rows(
      String name, String path, KeeperNode node, DdlQueue queue, List<Row> rows) {
    DdlEntry entry;
    try {
      entry = DdlEntry.parse(node.text());
    } catch (LonghouseException | IllegalArgumentException e) {
      rows.add(new Row(name, null, node, null, "Unknown", null));
      return;
    }
    List<String> active = queue.keeper().tryChildren(path + "/active", null);
    List<@Nullable KeeperNode> finished =
        queue
            .keeper()
            .getAll(
                entry.hosts().stream()
                    .map(h -> KeeperPaths.join(path + "/finished", h.text()))
                    .toList());
    for (int i = 0; i < entry.hosts().size(); i++) {
      HostId host = entry.hosts().get(i);
      KeeperNode done = finished.get(i);
      String state =
          done != null
              ? "Finished"
              : active == null ? "Removing" : active.contains(host.text()) ? "Active" : "Inactive";
      rows.add(new Row(name, entry, node, host, state, done));
    }
  }
}
