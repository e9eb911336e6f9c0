package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ALTER TABLE name command, ...}. */
public record AlterTable(Identifier table, @Nullable String cluster, List<AlterCommand> commands)
    implements AlterStatement {
  public AlterTable {
    commands = List.copyOf(commands);
  }
}
