package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ALTER DATABASE name MODIFY SETTING ... | MODIFY COMMENT ...}. */
public record AlterDatabase(
    Identifier database, @Nullable String cluster, List<AlterCommand> commands)
    implements AlterStatement {
  public AlterDatabase {
    commands = List.copyOf(commands);
  }
}
