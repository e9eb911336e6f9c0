package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code BACKUP} and {@code RESTORE}. */
public record Backup(
    boolean restore,
    List<Element> elements,
    @Nullable String cluster,
    FunctionCall location,
    @Nullable FunctionCall baseBackup,
    List<Setting> settings,
    Mode mode)
    implements MaintenanceStatement {
  public Backup {
    elements = List.copyOf(elements);
    settings = List.copyOf(settings);
  }

  /** Whether the client waits. */
  public enum Mode {
    DEFAULT,
    ASYNC,
    SYNC
  }

  /** What is in it. */
  public sealed interface Element {}

  /** {@code TABLE t AS u PARTITIONS 'p'}; also views and dictionaries. */
  public record Table(Identifier name, @Nullable Identifier newName, List<Expression> partitions)
      implements Element {}

  /** {@code TEMPORARY TABLE t}. */
  public record TemporaryTable(String name, @Nullable String newName) implements Element {}

  /** {@code DATABASE d EXCEPT TABLES t}. */
  public record Database(Identifier name, @Nullable Identifier newName, List<String> exceptTables)
      implements Element {}

  /** {@code ALL EXCEPT DATABASES ... EXCEPT TABLES ...}. */
  public record All(List<String> exceptDatabases, List<Identifier> exceptTables)
      implements Element {}
}
