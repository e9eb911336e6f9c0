package io.longhouse.cluster.distributed.insert;

import static java.util.stream.Collectors.joining;

import io.longhouse.cluster.config.Cluster;
import io.longhouse.cluster.config.Replica;
import io.longhouse.cluster.config.Shard;
import io.longhouse.cluster.connection.Connections;
import io.longhouse.cluster.connection.Leased;
import io.longhouse.cluster.connection.SecondaryOrigin;
import io.longhouse.cluster.connection.SecondarySettings;
import io.longhouse.column.Header;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.DistributedSource;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.wire.connection.ClientQuery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How rows get into the shards of one Distributed table.
 *
 * @param cluster as it is now
 * @param target the table that every shard has
 * @param key null when none was declared
 * @param queue null when nothing is kept on disk: every INSERT then waits for the shards
 */
public record DistributedRows(
    String name,
    List<ColumnDefinition> columns,
    Supplier<Cluster> cluster,
    Identifier target,
    @Nullable ShardingKey key,
    @Nullable InsertQueue queue) {
  private static final String ALL_REPLICAS = "_all_replicas";

  /**
   * Those of a table.
   *
   * @param root where the table keeps what it has not sent; null for nowhere
   */
  public static DistributedRows of(
      String name,
      List<ColumnDefinition> columns,
      Supplier<Cluster> cluster,
      Identifier target,
      @Nullable ShardingKey key,
      @Nullable Path root,
      QueueOptions options,
      LocalEngine engine) {
    InsertQueue queue =
        root == null
            ? null
            : new InsertQueue(
                name,
                root,
                options,
                folder -> new QueueDelivery(folder, cluster, engine),
                new Settings().number("min_insert_block_size_rows"));
    return new DistributedRows(name, columns, cluster, target, key, queue);
  }

  /** By which a query knows shards that have none of its rows; null without a sharding key. */
  public DistributedSource.@Nullable Routing routing() {
    return key == null
        ? null
        : new KeyRouting(
            key,
            columns.stream()
                .filter(ColumnDefinition::isStored)
                .map(ColumnDefinition::name)
                .toList(),
            cluster.get().shards());
  }

  /** The columns that an INSERT sends: what the shards compute themselves is left out. */
  private List<ColumnDefinition> sent(Settings settings) {
    boolean materialized = settings.isOn("insert_allow_materialized_columns");
    return columns.stream()
        .filter(ColumnDefinition::isStored)
        .filter(c -> materialized || c.isInsertable())
        .toList();
  }

  /**
   * A way to write.
   *
   * @throws LonghouseException STORAGE_REQUIRES_PARAMETER (55), INVALID_SHARD_ID (577),
   *     TOO_LARGE_DISTRIBUTED_DEPTH (581)
   */
  public TableWriter writer(QueryContext context) {
    Settings settings = context.settings();
    Cluster to = cluster.get();
    int shards = to.shards().size();
    long chosen = settings.number("insert_shard_id");
    if (chosen < 0 || chosen > shards) {
      throw new LonghouseException(
          ErrorCode.INVALID_SHARD_ID,
          "Shard id should be range from 1 to shard number; it is " + chosen + " of " + shards);
    }
    boolean anywhere = settings.isOn("insert_distributed_one_random_shard");
    if (chosen == 0 && shards > 1 && key == null && !anywhere) {
      throw new LonghouseException(
          ErrorCode.STORAGE_REQUIRES_PARAMETER,
          "Method write is not supported by storage Distributed with more than one shard and no"
              + " sharding key provided");
    }
    List<ColumnDefinition> sent = sent(settings);
    boolean waits = queue == null || chosen > 0 || settings.isOn("distributed_foreground_insert");
    InsertQueue.Written written = waits || queue == null ? null : queue.new Written();
    var slots = new ShardSlots(to.shards());
    boolean one = shards == 1 || chosen > 0 || key == null;
    int only = chosen > 0 ? (int) chosen - 1 : one && shards > 1 ? slots.random() : 0;
    var routing = new DistributedInsert.Routing(one ? null : key, slots, only);
    var paths = new Paths(to, sent, context, written);
    return new DistributedInsert(
        routing,
        shards,
        places(sent),
        paths::to,
        written,
        written == null || queue == null ? () -> {} : queue::admit);
  }

  private int[] places(List<ColumnDefinition> sent) {
    List<ColumnDefinition> stored = columns.stream().filter(ColumnDefinition::isStored).toList();
    return sent.stream().mapToInt(stored::indexOf).toArray();
  }

  /** The ways of one INSERT to the shards. */
  private final class Paths {
    private final Cluster cluster;
    private final List<ColumnDefinition> sent;
    private final Header header;
    private final QueryContext context;
    private final StatementContext statement;
    private final InsertQueue.@Nullable Written written;

    Paths(
        Cluster cluster,
        List<ColumnDefinition> sent,
        QueryContext context,
        InsertQueue.@Nullable Written written) {
      this.cluster = cluster;
      this.sent = sent;
      this.header =
          new Header(sent.stream().map(c -> new Header.Field(c.name(), c.type())).toList());
      this.context = context;
      this.statement = context.require(StatementContext.class);
      this.written = written;
    }

    ShardTarget to(int place) {
      Shard shard = cluster.shards().get(place);
      boolean here = shard.local() != null && context.settings().isOn("prefer_localhost_replica");
      List<ShardTarget> targets = new ArrayList<>();
      if (here) {
        targets.add(new LocalTarget(target, sent, statement));
      }
      if (!here || !shard.internalReplication()) {
        others(shard, here, targets);
      }
      return targets.size() == 1 ? targets.getFirst() : new AllTargets(targets);
    }

    /** Replicas besides this server: one of them, or all if they do not copy from each other. */
    private void others(Shard shard, boolean here, List<ShardTarget> targets) {
      InsertQueue.Written w = written;
      if (w != null) {
        List<String> folders = folders(shard, here);
        if (!folders.isEmpty()) {
          targets.add(new QueuedTarget(w, folders, about(), header));
        }
      } else if (shard.internalReplication()) {
        targets.add(remote(shard.addresses(), () -> connections().shard(shard, context)));
      } else {
        for (Replica r : shard.replicas()) {
          if (!here || !r.local()) {
            targets.add(remote(r.address(), () -> connections().replica(r, context)));
          }
        }
      }
    }

    private List<String> folders(Shard shard, boolean here) {
      String prefix = "shard" + shard.number();
      if (shard.internalReplication()) {
        return List.of(prefix + ALL_REPLICAS);
      }
      List<String> folders = new ArrayList<>();
      for (int r = 0; r < shard.replicas().size(); r++) {
        if (!here || !shard.replicas().get(r).local()) {
          folders.add(prefix + "_replica" + (r + 1));
        }
      }
      return folders;
    }

    private Connections connections() {
      return context.require(Connections.class);
    }

    private ShardTarget remote(String where, Supplier<Leased> connecting) {
      String sql = statementText(sent);
      var query =
          new ClientQuery(
              ByteText.encode(sql),
              "",
              SecondarySettings.of(context),
              Map.of(),
              Map.of(),
              ClientQuery.COMPLETE,
              SecondaryOrigin.of(context));
      return new RemoteTarget(
          () -> new RemoteInsert(connecting.get(), query, header, statement.analyzer()),
          where,
          context.settings().number("distributed_background_insert_timeout"),
          context::checkStopped);
    }

    private QueuedBlock about() {
      return new QueuedBlock(
          statementText(sent),
          SecondarySettings.of(context),
          SecondaryOrigin.of(context),
          0,
          0,
          header);
    }
  }

  private String statementText(List<ColumnDefinition> sent) {
    String table = target.parts().stream().map(Quoting::identifier).collect(joining("."));
    String names = sent.stream().map(c -> Quoting.identifier(c.name())).collect(joining(", "));
    return "INSERT INTO " + table + " (" + names + ") VALUES";
  }
}
