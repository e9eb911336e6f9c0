package io.longhouse.cluster.distributed.insert;

import io.longhouse.cluster.config.Cluster;
import io.longhouse.cluster.config.Shard;
import io.longhouse.cluster.connection.Connections;
import io.longhouse.cluster.connection.Leased;
import io.longhouse.column.Header;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.connection.ClientQuery;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends the blocks of one folder of the queue to the place that the folder is named after, as the
 * cluster is defined now.
 */
final class QueueDelivery implements QueueFolder.Delivery {
  private static final Pattern FOLDER =
      Pattern.compile("shard(\\d+)_(?:all_replicas|replica(\\d+))");

  private final String folder;
  private final Supplier<Cluster> cluster;
  private final LocalEngine engine;

  QueueDelivery(String folder, Supplier<Cluster> cluster, LocalEngine engine) {
    this.folder = folder;
    this.cluster = cluster;
    this.engine = engine;
  }

  @Override
  public void send(QueuedBlock about, List<NamedBlock> blocks) {
    engine.internally(statement -> send(about, blocks, statement));
  }

  private void send(QueuedBlock about, List<NamedBlock> blocks, StatementContext statement) {
    var query =
        new ClientQuery(
            ByteText.encode(about.query()),
            "",
            about.settings(),
            Map.of(),
            Map.of(),
            ClientQuery.COMPLETE,
            about.origin());
    Header header = blocks.getFirst().header();
    try (var insert =
        new RemoteInsert(lease(statement.query()), query, header, statement.analyzer())) {
      for (NamedBlock b : blocks) {
        insert.write(b.block());
      }
      insert.finish();
    }
  }

  /**
   * @throws LonghouseException INCORRECT_FILE_NAME (134) when the cluster has no such place any
   *     more
   */
  private Leased lease(QueryContext context) {
    Connections connections = context.require(Connections.class);
    Matcher m = FOLDER.matcher(folder);
    Cluster now = cluster.get();
    int number = m.matches() ? Integer.parseInt(m.group(1)) : 0;
    if (number < 1 || number > now.shards().size()) {
      throw gone(now);
    }
    Shard shard = now.shards().get(number - 1);
    if (m.group(2) == null) {
      return connections.shard(shard, context);
    }
    int replica = Integer.parseInt(m.group(2));
    if (replica < 1 || replica > shard.replicas().size()) {
      throw gone(now);
    }
    return connections.replica(shard.replicas().get(replica - 1), context);
  }

  private LonghouseException gone(Cluster now) {
    return new LonghouseException(
        ErrorCode.INCORRECT_FILE_NAME,
        "Cluster " + now.name() + " has no place for the blocks in " + folder);
  }
}
