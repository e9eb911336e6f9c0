package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ALTER TENANT SPACE app ADD TABLE db.t KEY k} and its like: one action each. */
public record AlterTenantSpace(
    boolean ifExists, String name, @Nullable String cluster, Action action)
    implements TenantStatement {

  /** What is changed. */
  public sealed interface Action {}

  /** {@code ADD TABLE db.t KEY k}. */
  public record AddTable(CreateTenantSpace.SpaceTable table) implements Action {}

  /** {@code DROP TABLE db.t}: the table is no longer the space's. */
  public record DropTable(Identifier table) implements Action {}

  /** {@code ALTER TABLE db.t ADD COLUMN ...}, of the space's table and of every tenant's. */
  public record AlterTable(Identifier table, List<AlterCommand> commands) implements Action {
    public AlterTable {
      commands = List.copyOf(commands);
    }
  }

  /** {@code CANCEL ROLLOUT}: an ALTER TABLE that could not be finished is given up. */
  public record CancelRollout() implements Action {}

  /** {@code MODIFY ISOLATION TABLE}, of tenants to come. */
  public record ModifyIsolation(Isolation isolation) implements Action {}

  /**
   * {@code [MODIFY] LIMITS ...}.
   *
   * @param modify whether limits that are not named stay
   */
  public record ChangeLimits(boolean modify, TenantLimits limits) implements Action {}

  /** {@code [MODIFY] SETTINGS ...} and the other changes of settings. */
  public record ChangeSettings(SettingsChange change) implements Action {}

  /** {@code MODIFY COMMENT 'text'}. */
  public record ModifyComment(String comment) implements Action {}

  /** {@code RENAME TO other}. */
  public record RenameTo(String name) implements Action {}
}
