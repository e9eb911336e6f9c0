package io.longhouse.cluster.replication;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.SystemCommand;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.SystemStatement;

/**
 * SYSTEM commands that stop and start what a replica does, of one table or of all that there are. A
 * table that is not replicated is passed over, as in ClickHouse.
 */
@Register(kind = SystemCommand.class, name = "STOP FETCHES")
@Register(kind = SystemCommand.class, name = "START FETCHES")
@Register(kind = SystemCommand.class, name = "STOP REPLICATED SENDS")
@Register(kind = SystemCommand.class, name = "START REPLICATED SENDS")
@Register(kind = SystemCommand.class, name = "STOP REPLICATION QUEUES")
@Register(kind = SystemCommand.class, name = "START REPLICATION QUEUES")
@Register(kind = SystemCommand.class, name = "STOP PULLING REPLICATION LOG")
@Register(kind = SystemCommand.class, name = "START PULLING REPLICATION LOG")
final class ReplicaWorkCommand implements SystemCommand {
  private final boolean stop;
  private final String what;

  ReplicaWorkCommand(String name) {
    this.stop = name.startsWith("STOP");
    this.what = name.substring(name.indexOf(' ') + 1);
  }

  @Override
  public void run(SystemStatement statement, StatementContext context) {
    for (Replica r : ReplicasOf.all(statement, context)) {
      switch (what) {
        case "FETCHES" -> r.stopFetches(stop);
        case "REPLICATED SENDS" -> r.stopSends(stop);
        case "REPLICATION QUEUES" -> r.stopQueue(stop);
        default -> r.stopPulling(stop);
      }
    }
  }
}
