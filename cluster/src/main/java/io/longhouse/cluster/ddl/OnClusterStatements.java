package io.longhouse.cluster.ddl;

import io.longhouse.cluster.access.ReplicatedDirectory;
import io.longhouse.cluster.config.Cluster;
import io.longhouse.cluster.config.Clusters;
import io.longhouse.cluster.config.Replica;
import io.longhouse.cluster.config.Shard;
import io.longhouse.cluster.database.ReplicatedDatabases;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.access.User;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.statement.ClusterStatements;
import io.longhouse.engine.statement.FullNames;
import io.longhouse.engine.statement.InternalStatements;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessStatement;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.AlterTable;
import io.longhouse.sql.ast.Backup;
import io.longhouse.sql.ast.CreateDatabase;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Drop;
import io.longhouse.sql.ast.DropDatabaseTables;
import io.longhouse.sql.ast.OnCluster;
import io.longhouse.sql.ast.Optimize;
import io.longhouse.sql.ast.ParallelWith;
import io.longhouse.sql.ast.Rename;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.TenantStatement;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts statements with ON CLUSTER into the queue and waits for the servers.
 *
 * <p>They are carried out as the user whose statement it is, with the roles of its session, so that
 * what a user may not see or do here it cannot do elsewhere either. Entries of a version below
 * {@link DdlEntry#WITH_USER}, which older ClickHouse reads, do not name the user and are carried
 * out as the server: they take only statements all of whose access is checked here, and others from
 * users who may do everything.
 */
final class OnClusterStatements implements ClusterStatements {
  private final @Nullable DdlQueue queue;
  private final Clusters clusters;
  private final ReplicatedDatabases databases;

  /**
   * @param queue null without Keeper
   */
  OnClusterStatements(@Nullable DdlQueue queue, Clusters clusters, ReplicatedDatabases databases) {
    this.queue = queue;
    this.clusters = clusters;
    this.databases = databases;
  }

  @Override
  public @Nullable StatementResult runShared(Statement statement, StatementContext context) {
    return databases.run(statement, context);
  }

  @Override
  public StatementResult run(Statement statement, String name, StatementContext context) {
    QueryContext query = context.query();
    Settings settings = query.settings();
    if (!settings.isOn("allow_distributed_ddl")) {
      throw new LonghouseException(
          ErrorCode.QUERY_IS_PROHIBITED, "Distributed DDL queries are prohibited for the user");
    }
    check(statement);
    SessionAccess access = query.require(SessionAccess.class);
    boolean shared = statement instanceof AccessStatement || statement instanceof TenantStatement;
    if (shared
        && settings.isOn("ignore_on_cluster_for_replicated_access_entities_queries")
        && ReplicatedDirectory.isUsed(access.control())) {
      InternalStatements.run(OnCluster.without(statement), context);
      return StatementResult.DONE;
    }
    if (databases.has(statement, context)) {
      if (settings.isOn("ignore_on_cluster_for_replicated_database")) {
        StatementResult done = databases.run(OnCluster.without(statement), context);
        return done == null ? StatementResult.DONE : done;
      }
      throw new LonghouseException(
          ErrorCode.INCORRECT_QUERY, "ON CLUSTER is not allowed for Replicated database");
    }
    DdlAnswer.check(settings);
    Cluster cluster = clusters.require(name);
    DdlQueue to = queue;
    if (to == null) {
      throw new LonghouseException(
          ErrorCode.NO_ELEMENTS_IN_CONFIG,
          "There is no Zookeeper configuration in server config, which ON CLUSTER needs");
    }
    List<HostId> hosts = hosts(cluster);
    boolean named = hasOwnDatabases(cluster);
    Statement full = named ? statement : FullNames.in(statement, context);
    DdlEntry entry = entry(OnCluster.on(cluster.name(), full), hosts, query);
    String path = to.add(entry);
    return new DdlAnswer(to, path, hosts, query).await();
  }

  /** ATTACH PARTITION on several replicas would bring the rows in twice. */
  private static void check(Statement statement) {
    if (statement instanceof Backup || statement instanceof ParallelWith) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "Distributed execution is not supported for such DDL queries: "
              + statement.getClass().getSimpleName());
    }
    if (statement instanceof AlterTable a) {
      for (AlterCommand c : a.commands()) {
        boolean attaches =
            c instanceof AlterCommand.PartCommand p && p.action() == AlterCommand.PartAction.ATTACH;
        if (attaches || c instanceof AlterCommand.FetchPartition) {
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED, "Unsupported type of ALTER query");
        }
      }
    }
  }

  private static List<HostId> hosts(Cluster cluster) {
    List<HostId> hosts = new ArrayList<>();
    for (Shard s : cluster.shards()) {
      for (Replica r : s.replicas()) {
        HostId host = new HostId(r.host(), r.port());
        if (!hosts.contains(host)) {
          hosts.add(host);
        }
      }
    }
    return hosts;
  }

  /** Whether names without a database mean each replica's own. */
  private static boolean hasOwnDatabases(Cluster cluster) {
    int with = 0;
    int all = 0;
    for (Shard s : cluster.shards()) {
      for (Replica r : s.replicas()) {
        all++;
        with += r.defaultDatabase().isEmpty() ? 0 : 1;
      }
    }
    if (with != 0 && with != all) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "Mixed local default DB and shard default DB in DDL query");
    }
    return with != 0;
  }

  private static DdlEntry entry(Statement statement, List<HostId> hosts, QueryContext query) {
    Settings settings = query.settings();
    long asked = settings.number("distributed_ddl_entry_format_version");
    DdlEntry.checkVersion(asked);
    SessionAccess access = query.require(SessionAccess.class);
    User user = access.user();
    int version = (int) asked;
    if (user != null && !settings.isChanged("distributed_ddl_entry_format_version")) {
      version = DdlEntry.WITH_USER;
    } else if (user != null && version < DdlEntry.WITH_USER && !isWhollyChecked(statement)) {
      checkEverything(access);
    }
    Statement made = version >= DdlEntry.WITH_UUIDS ? SharedUuids.with(statement) : statement;
    Map<String, String> changed =
        version >= DdlEntry.WITH_SETTINGS ? new HashMap<>(settings.changed()) : Map.of();
    return new DdlEntry(
        version,
        version == DdlEntry.OLDEST
            ? Formatter.formatForOldServers(made)
            : Formatter.formatOneLine(made),
        hosts,
        "",
        changed,
        query.queryId(),
        user == null || version < DdlEntry.WITH_USER ? "" : user.name(),
        user == null ? List.of() : access.names(access.currentRoles()));
  }

  /** Whether there is nothing left to check for who carries a statement out. */
  private static boolean isWhollyChecked(Statement statement) {
    return switch (statement) {
      case Drop _, DropDatabaseTables _, Rename _, Optimize _, CreateDatabase _ -> true;
      case CreateTable c -> c.source() == null;
      case AlterTable a ->
          a.commands().stream()
              .noneMatch(c ->
                  c instanceof AlterCommand.Update
                      || c instanceof AlterCommand.Delete
                      || c instanceof AlterCommand.ModifyQuery
                      || c instanceof AlterCommand.ModifySqlSecurity
                      || c instanceof AlterCommand.Execute);
      case AccessStatement _ -> false;
      default -> false;
    };
  }

  private static void checkEverything(SessionAccess access) {
    if (!access.isGranted(Privilege.ALL)) {
      throw new LonghouseException(
          ErrorCode.ACCESS_DENIED,
          access.userName()
              + ": Not enough privileges. With distributed_ddl_entry_format_version below "
              + DdlEntry.WITH_USER
              + " this statement is carried out as the server itself, for which it's necessary to"
              + " have the grant ALL ON *.*");
    }
  }
}
