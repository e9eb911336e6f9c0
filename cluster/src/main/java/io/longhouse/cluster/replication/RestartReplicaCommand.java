package io.longhouse.cluster.replication;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.SystemCommand;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.SystemStatement;

/**
 * {@code SYSTEM RESTART REPLICA t} and {@code RESTART REPLICAS}: the replica begins anew with what
 * Keeper says of it. {@code SYSTEM RESTORE REPLICA t}: a replica of which Keeper has lost
 * everything is registered again with the parts that are on disk.
 */
@Register(kind = SystemCommand.class, name = "RESTART REPLICA")
@Register(kind = SystemCommand.class, name = "RESTART REPLICAS")
@Register(kind = SystemCommand.class, name = "RESTORE REPLICA")
final class RestartReplicaCommand implements SystemCommand {
  private final String name;

  RestartReplicaCommand(String name) {
    this.name = name;
  }

  @Override
  public void run(SystemStatement statement, StatementContext context) {
    if (name.equals("RESTART REPLICAS")) {
      ReplicasOf.all(statement, context).forEach(Replica::restart);
      return;
    }
    Replica replica = ReplicasOf.one(statement, context, false);
    if (replica == null) {
      return;
    }
    if (name.equals("RESTART REPLICA")) {
      replica.restart();
    } else {
      replica.restore(context.query()::checkStopped);
    }
  }
}
