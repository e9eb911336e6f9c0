package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code SYSTEM ...}. The words name the command, {@code STOP MERGES}; the rest is what the command
 * may take.
 *
 * @param table a table or database, or null
 */
public record SystemStatement(
    String command,
    @Nullable String cluster,
    @Nullable Identifier table,
    List<SystemArgument> arguments)
    implements Statement {
  public SystemStatement {
    arguments = List.copyOf(arguments);
  }
}
