package io.longhouse.cluster.database;

import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.cluster.keeper.KeeperService;
import io.longhouse.engine.catalog.AtomicDatabase;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.statement.InternalStatements;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.table.Table;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Drop;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.FunctionCall.Form;
import io.longhouse.sql.ast.FunctionCall.NullsAction;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Statement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The replicated databases of one engine. */
public final class ReplicatedDatabases implements AutoCloseable {
  private static final String ENGINE = "Replicated";
  private static final long FIRST_WAIT_MS = 30_000;

  private final LocalEngine engine;
  private final @Nullable Keeper keeper;
  private final Map<UUID, ReplicatedDatabase> databases = new ConcurrentHashMap<>();

  public ReplicatedDatabases(LocalEngine engine, @Nullable Keeper keeper) {
    this.engine = engine;
    this.keeper = keeper;
  }

  private Keeper keeper() {
    Keeper k = keeper;
    if (k == null) {
      throw KeeperService.missing();
    }
    return k;
  }

  /** Follows the logs of all that there are when the engine is opened. */
  public void start() {
    for (Database d : engine.catalog().databases()) {
      if (d.engine().equals(ENGINE)) {
        open(d).start();
      }
    }
  }

  /**
   * Makes a database, and its replica in Keeper.
   *
   * @throws LonghouseException BAD_ARGUMENTS (36), REPLICA_ALREADY_EXISTS (253), NO_ZOOKEEPER (225)
   */
  Database create(String name, FunctionCall call, String comment) {
    Path root = engine.config().path();
    if (root == null) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "A Replicated database needs a server with a data directory");
    }
    UUID uuid = UUID.randomUUID();
    List<String> values = new ArrayList<>();
    for (Expression e : call.arguments()) {
      if (!(e.bare() instanceof Literal.StringLiteral s)) {
        throw wrongArguments();
      }
      values.add(engine.macros().expand(s.value().replace("{uuid}", uuid.toString())));
    }
    if (values.isEmpty() || values.size() > 3) {
      throw wrongArguments();
    }
    for (int i = values.size(); i < 3; i++) {
      values.add(engine.macros().expand(i == 1 ? "{shard}" : "{replica}"));
    }
    var full =
        new FunctionCall(
            ENGINE,
            null,
            values.stream().map(v -> (Expression) Literal.of(v)).toList(),
            Form.CALL,
            NullsAction.DEFAULT,
            null);
    var database = new AtomicDatabase(name, uuid, comment, root, full);
    new ReplicatedDatabase(database, ReplicaNodes.of(full), keeper(), engine).createReplica();
    database.create();
    return database;
  }

  private static LonghouseException wrongArguments() {
    return new LonghouseException(
        ErrorCode.BAD_ARGUMENTS,
        "Replicated database requires zookeeper path, shard name and replica name, which are"
            + " texts");
  }

  /** Follows the log of a new database; its tables are there then, or will be. */
  void begin(Database database, QueryContext context) {
    ReplicatedDatabase r = open(database);
    r.start();
    r.awaitFirst(FIRST_WAIT_MS, context);
  }

  private ReplicatedDatabase open(Database d) {
    return databases.computeIfAbsent(
        d.uuid(),
        _ -> {
          var atomic = (AtomicDatabase) d;
          return new ReplicatedDatabase(
              atomic, ReplicaNodes.of(atomic.engineCall()), keeper(), engine);
        });
  }

  /**
   * Carries out a statement about the definitions of a replicated database, on all its replicas.
   *
   * @return null for other statements
   */
  public @Nullable StatementResult run(Statement statement, StatementContext context) {
    if (ReplicatedDatabase.isCarryingOut()) {
      return null;
    }
    String name = DefinitionStatements.database(statement, context);
    Database d = name == null ? null : context.catalog().find(name);
    ReplicatedDatabase r = d == null ? null : databases.get(d.uuid());
    if (d == null || r == null) {
      return null;
    }
    if (statement instanceof Drop drop && drop.kind() == Drop.Kind.DATABASE) {
      if (drop.action() != Drop.Action.DROP) {
        return null;
      }
      InternalStatements.run(statement, context);
      databases.remove(d.uuid());
      r.drop();
      return StatementResult.DONE;
    }
    Table replicated = DefinitionStatements.replicated(statement, context);
    if (replicated != null) {
      InternalStatements.run(statement, context);
      r.publish(replicated);
      return StatementResult.DONE;
    }
    return r.propose(statement, context);
  }

  /** Whether a statement is about the definitions of a replicated database. */
  public boolean has(Statement statement, StatementContext context) {
    String name = DefinitionStatements.database(statement, context);
    Database d = name == null ? null : context.catalog().find(name);
    return d != null
        && databases.containsKey(d.uuid())
        && !(statement instanceof Drop drop && drop.kind() == Drop.Kind.DATABASE);
  }

  @Override
  public void close() {
    databases.values().forEach(ReplicatedDatabase::close);
  }
}
