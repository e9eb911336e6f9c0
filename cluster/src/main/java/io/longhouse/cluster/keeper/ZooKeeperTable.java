package io.longhouse.cluster.keeper;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.system.SystemColumns;
import io.longhouse.engine.system.SystemTable;
import io.longhouse.engine.system.WantedNames;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.index.TextRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.zookeeper}: the nodes below the paths that the query names. All nodes, or those
 * below a beginning of a path, only with allow_unrestricted_reads_from_keeper: there may be very
 * many.
 */
@Register(kind = SystemTable.class, name = "zookeeper", doc = "Nodes of Keeper below some paths.")
final class ZooKeeperTable extends SystemTable<ZooKeeperTable.Row> {
  private static final int NODES_AT_ONCE = 1000;

  /**
   * A node.
   *
   * @param path of the node above, as the query wrote it
   */
  record Row(String path, String name, KeeperNode node) {
    KeeperStat stat() {
      return node.stat();
    }
  }

  /** A node whose children are wanted, and whether theirs are too. */
  private record Wanted(String path, boolean deep) {}

  ZooKeeperTable() {
    super(
        "zookeeper",
        new SystemColumns<Row>()
            .text("name", Row::name)
            .text("value", r -> io.longhouse.sql.ByteText.decode(r.node().data()))
            .add("czxid", "Int64", r -> r.stat().czxid())
            .add("mzxid", "Int64", r -> r.stat().mzxid())
            .add("ctime", "DateTime", r -> r.stat().ctimeMs() / 1000)
            .add("mtime", "DateTime", r -> r.stat().mtimeMs() / 1000)
            .add("version", "Int32", r -> r.stat().version())
            .add("cversion", "Int32", r -> r.stat().cversion())
            .add("aversion", "Int32", r -> r.stat().aversion())
            .add("ephemeralOwner", "Int64", r -> r.stat().ephemeralOwner())
            .add("dataLength", "Int32", r -> r.stat().dataLength())
            .add("numChildren", "Int32", r -> r.stat().childCount())
            .add("pzxid", "Int64", r -> r.stat().pzxid())
            .text("path", Row::path));
  }

  /** The column by whose conditions nodes are found. */
  @Override
  protected String databaseColumn() {
    return "path";
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    return rows(context, TextRange.ALL);
  }

  @Override
  protected Iterable<Row> rows(QueryContext context, WantedNames names) {
    return rows(context, names.databaseRanges());
  }

  private static List<Row> rows(QueryContext context, List<TextRange> paths) {
    Keeper keeper = KeeperService.require(context);
    Deque<Wanted> wanted = new ArrayDeque<>();
    for (TextRange range : paths) {
      if (range.isPoint()) {
        wanted.add(new Wanted(range.from(), false));
      } else if (context.settings().isOn("allow_unrestricted_reads_from_keeper")) {
        wanted.clear();
        wanted.add(new Wanted("/", true));
        break;
      } else {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "SELECT from system.zookeeper table must contain condition like path = 'path' or path"
                + " IN ('path1','path2'...) or path IN (subquery) in WHERE clause unless `set"
                + " allow_unrestricted_reads_from_keeper = 'true'`.");
      }
    }
    return walk(keeper, wanted, paths, context);
  }

  private static List<Row> walk(
      Keeper keeper, Deque<Wanted> wanted, List<TextRange> paths, QueryContext context) {
    List<Row> rows = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Wanted next; (next = wanted.poll()) != null; ) {
      context.checkStopped();
      String at = corrected(next.path);
      List<String> names = keeper.tryChildren(at, null);
      List<String> fresh = new ArrayList<>();
      for (String name : names == null ? List.<String>of() : names) {
        if (seen.add(KeeperPaths.join(at, name))) {
          fresh.add(name);
        }
      }
      boolean shown = !next.deep || TextRange.contains(paths, next.path);
      for (int from = 0; from < fresh.size(); from += NODES_AT_ONCE) {
        context.checkStopped();
        List<String> some = fresh.subList(from, Math.min(fresh.size(), from + NODES_AT_ONCE));
        List<@Nullable KeeperNode> nodes =
            keeper.getAll(some.stream().map(n -> KeeperPaths.join(at, n)).toList());
        for (int i = 0; i < some.size(); i++) {
          KeeperNode node = nodes.get(i);
          if (node != null && shown) {
            rows.add(new Row(next.path, some.get(i), node));
          }
          if (node != null && next.deep && node.stat().childCount() > 0) {
            wanted.add(new Wanted(KeeperPaths.join(at, some.get(i)), true));
          }
        }
      }
    }
    return rows;
  }

  private static String corrected(String path) {
    String plain = KeeperPaths.plain(path);
    return plain.isEmpty() ? "/" : plain;
  }
}
