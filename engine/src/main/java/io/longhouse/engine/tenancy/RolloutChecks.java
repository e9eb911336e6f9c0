package io.longhouse.engine.tenancy;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.AlterTenantSpace;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.format.Formatter;
import io.longhouse.tenancy.Rollout;
import io.longhouse.tenancy.TenantSpace;
import java.util.List;

/** Which changes of a space's tables can be rolled out. */
final class RolloutChecks {
  private RolloutChecks() {}

  /** The statement that is being rolled out; empty when there is none. */
  static String text(TenantSpace space) {
    Rollout r = space.rollout();
    return r == null
        ? ""
        : Formatter.formatOneLine(new AlterTenantSpace(false, space.name(), null, r.action()));
  }

  static TenantSpace.Table require(TenantSpace space, Identifier table) {
    TenantSpace.Table found = space.table(String.valueOf(table.qualifier()), table.last());
    if (found == null) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_TABLE,
          "Table "
              + Quoting.identifier(table.name())
              + " is not one of tenant space "
              + Quoting.backQuoted(space.name()));
    }
    return found;
  }

  static void check(TenantSpace space, AlterTenantSpace.Action action) {
    switch (action) {
      case AlterTenantSpace.AlterTable a -> {
        TenantSpace.Table table = require(space, a.table());
        a.commands().forEach(c -> command(c, table.key()));
      }
      case AlterTenantSpace.AddTable a -> {
        Identifier name = a.table().table();
        SpaceRunner.checkNew(
            new TenantSpace.Table(
                1, String.valueOf(name.qualifier()), name.last(), a.table().key()),
            space.tables());
      }
      case AlterTenantSpace.DropTable d -> {
        require(space, d.table());
        if (space.tables().size() == 1) {
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS, "A tenant space keeps at least one table");
        }
      }
      default -> throw new IllegalStateException(action.toString());
    }
  }

  /** Changes of what a table is; not of its rows, which are each tenant's own. */
  private static void command(AlterCommand c, String key) {
    List<String> columns =
        switch (c) {
          case AlterCommand.AddColumn a -> List.of(a.column().name());
          case AlterCommand.DropColumn d -> List.of(d.column());
          case AlterCommand.ModifyColumn m -> List.of(m.column().name());
          case AlterCommand.RemoveColumnProperty r -> List.of(r.column());
          case AlterCommand.AddEnumValues a -> List.of(a.column());
          case AlterCommand.RenameColumn r -> List.of(r.from(), r.to());
          case AlterCommand.ModifyColumnSetting _,
              AlterCommand.ResetColumnSetting _,
              AlterCommand.CommentColumn _,
              AlterCommand.ModifyComment _,
              AlterCommand.ModifyOrderBy _,
              AlterCommand.ModifySampleBy _,
              AlterCommand.RemoveSampleBy _,
              AlterCommand.ModifyTtl _,
              AlterCommand.RemoveTtl _,
              AlterCommand.ModifySetting _,
              AlterCommand.ResetSetting _,
              AlterCommand.AddIndex _,
              AlterCommand.DropIndex _,
              AlterCommand.AddConstraint _,
              AlterCommand.DropConstraint _,
              AlterCommand.ModifyConstraint _,
              AlterCommand.AddProjection _,
              AlterCommand.DropProjection _,
              AlterCommand.SetStatistics _,
              AlterCommand.DropStatistics _,
              AlterCommand.MaterializeColumn _,
              AlterCommand.MaterializeIndex _,
              AlterCommand.MaterializeProjection _,
              AlterCommand.MaterializeTtl _ ->
              List.of();
          default ->
              throw new LonghouseException(
                  ErrorCode.NOT_IMPLEMENTED,
                  "ALTER TENANT SPACE rolls out changes of what tables are, not of their rows: "
                      + "write this one for the table itself");
        };
    if (columns.contains(key)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Column "
              + Quoting.identifier(key)
              + " is the key of the tenants, it cannot be changed for all of them");
    }
  }
}
