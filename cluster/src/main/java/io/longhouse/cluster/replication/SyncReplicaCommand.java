package io.longhouse.cluster.replication;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.SystemCommand;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.SystemArgument;
import io.longhouse.sql.ast.SystemStatement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * {@code SYSTEM SYNC REPLICA t [STRICT | LIGHTWEIGHT [FROM 'r', ...] | PULL]}: waits until the
 * replica has done what is in the log at this moment.
 */
@Register(kind = SystemCommand.class, name = "SYNC REPLICA")
final class SyncReplicaCommand implements SystemCommand {
  /** What is waited for. */
  enum Mode {
    /** All that is in the queue now. */
    DEFAULT,
    /** An empty queue. */
    STRICT,
    /** What brings or takes rows, no merges. */
    LIGHTWEIGHT,
    /** Nothing but that the log was read. */
    PULL
  }

  @Override
  public void run(SystemStatement statement, StatementContext context) {
    Mode mode = Mode.DEFAULT;
    boolean ifExists = false;
    Set<String> from = new HashSet<>();
    for (SystemArgument a : statement.arguments()) {
      if (a instanceof SystemArgument.Word w) {
        if (w.word().equals("IF EXISTS")) {
          ifExists = true;
        } else {
          mode = Mode.valueOf(w.word().toUpperCase(Locale.ROOT));
        }
      } else if (a instanceof SystemArgument.Values v) {
        v.values().forEach(e -> from.add(((Literal.StringLiteral) e).value()));
      }
    }
    Replica replica = ReplicasOf.one(statement, context, ifExists);
    if (replica == null) {
      return;
    }
    long seconds = context.query().settings().number("receive_timeout");
    long untilNs = System.nanoTime() + Math.max(1, seconds) * 1_000_000_000L;
    replica.sync(
        mode,
        from,
        () -> {
          context.query().checkStopped();
          if (System.nanoTime() > untilNs) {
            throw new LonghouseException(
                ErrorCode.TIMEOUT_EXCEEDED,
                "SYNC REPLICA "
                    + replica.table().id()
                    + ": command timed out. See the 'receive_timeout' setting");
          }
        });
  }
}
