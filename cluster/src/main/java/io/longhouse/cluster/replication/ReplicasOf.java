package io.longhouse.cluster.replication;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.SystemStatement;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The replicas that SYSTEM commands are about. */
final class ReplicasOf {
  private ReplicasOf() {}

  /** The table's replica; null for a table of another kind. */
  static @Nullable Replica of(Table table) {
    return table instanceof MergeTreeTable m && m.replication() instanceof Replica r ? r : null;
  }

  /**
   * The replica of the table that a statement names.
   *
   * @param ifExists whether a table that is not there is null rather than an error
   * @throws LonghouseException BAD_ARGUMENTS (36) for a table that is not replicated
   */
  static @Nullable Replica one(
      SystemStatement statement, StatementContext context, boolean ifExists) {
    Identifier name = Objects.requireNonNull(statement.table());
    List<String> parts = name.parts();
    Table table =
        ifExists
            ? context.tables().find(parts.size() > 1 ? parts.getFirst() : null, parts.getLast())
            : context.tables().require(name);
    if (table == null) {
      return null;
    }
    Replica replica = of(table);
    if (replica == null) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Table " + table.id() + " (" + table.id().uuid() + ") is not replicated.");
    }
    return replica;
  }

  /** Those of the named table, else all; none for a table that is not there or not replicated. */
  static Collection<Replica> all(SystemStatement statement, StatementContext context) {
    Identifier name = statement.table();
    if (name == null) {
      return context.query().require(ReplicatedTables.class).all();
    }
    List<String> parts = name.parts();
    Table table =
        context.tables().find(parts.size() > 1 ? parts.getFirst() : null, parts.getLast());
    Replica replica = table == null ? null : of(table);
    return replica == null ? List.of() : List.of(replica);
  }
}
