package io.longhouse.engine.tenancy;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.statement.StatementAccess;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.AlterTable;
import io.longhouse.sql.ast.AlterTenantSpace;
import io.longhouse.sql.ast.CreateTenantSpace.SpaceTable;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Statement;
import io.longhouse.tenancy.IsolationModel;
import io.longhouse.tenancy.Names;
import io.longhouse.tenancy.Rollout;
import io.longhouse.tenancy.TenantSpace;

/** ALTER TENANT SPACE. */
@Register(kind = StatementRunner.class, name = "AlterTenantSpace")
final class AlterSpaceRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var a = (AlterTenantSpace) statement;
    TenantChecks.may(context, Privilege.ALTER_TENANT);
    Tenancy tenancy = Tenancy.of(context);
    if (a.ifExists() && tenancy.store().space(a.name()) == null) {
      return StatementResult.DONE;
    }
    long space = tenancy.space(a.name()).serial();
    switch (a.action()) {
      case AlterTenantSpace.AlterTable x -> rollOut(space, altering(x, context), tenancy, context);
      case AlterTenantSpace.AddTable x -> rollOut(space, adding(x, context), tenancy, context);
      case AlterTenantSpace.DropTable x -> rollOut(space, dropping(x, context), tenancy, context);
      default -> tenancy.update(space, s -> altered(s, a.action(), tenancy));
    }
    return StatementResult.DONE;
  }

  /** What a statement that rolls nothing out makes of a space, for ALTER and for EXPLAIN. */
  static TenantSpace altered(TenantSpace s, AlterTenantSpace.Action action, Tenancy tenancy) {
    return switch (action) {
      case AlterTenantSpace.ModifyIsolation m -> {
        IsolationModel.of(m.isolation());
        yield s.withIsolation(m.isolation());
      }
      case AlterTenantSpace.ChangeLimits l ->
          s.withLimits(s.limits().changed(l.modify(), l.limits()));
      case AlterTenantSpace.ChangeSettings c ->
          s.withSettings(TenantChecks.settings(s.settings(), c.change()));
      case AlterTenantSpace.ModifyComment c -> s.withComment(c.comment());
      case AlterTenantSpace.RenameTo r -> renamed(s, r.name(), tenancy);
      case AlterTenantSpace.CancelRollout _ -> cancelled(s, tenancy);
      case AlterTenantSpace.AlterTable _,
          AlterTenantSpace.AddTable _,
          AlterTenantSpace.DropTable _ ->
          s;
    };
  }

  private static TenantSpace renamed(TenantSpace s, String name, Tenancy tenancy) {
    Names.checkSpace(name);
    if (!name.equals(s.name()) && tenancy.store().space(name) != null) {
      throw new LonghouseException(
          ErrorCode.ACCESS_ENTITY_ALREADY_EXISTS,
          "Tenant space " + Quoting.backQuoted(name) + " already exists");
    }
    return s.withName(name);
  }

  private static TenantSpace cancelled(TenantSpace s, Tenancy tenancy) {
    if (s.rollout() == null) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Nothing is being rolled out in tenant space " + Quoting.backQuoted(s.name()));
    }
    if (tenancy.isRolling(s.serial())) {
      throw new LonghouseException(
          ErrorCode.ABORTED,
          "The rollout is under way: KILL QUERY stops it, then it can be given" + " up");
    }
    return s.withRollout(null);
  }

  // ---- Changes of tables

  private static Identifier full(Identifier table, StatementContext context) {
    String in = table.qualifier();
    return Identifier.of(in == null ? context.session().database() : in, table.last());
  }

  private static AlterTenantSpace.Action altering(
      AlterTenantSpace.AlterTable a, StatementContext context) {
    Identifier table = full(a.table(), context);
    StatementAccess.check(new AlterTable(table, null, a.commands()), context);
    return new AlterTenantSpace.AlterTable(table, a.commands());
  }

  private static AlterTenantSpace.Action adding(
      AlterTenantSpace.AddTable a, StatementContext context) {
    TenantSpace.Table t = SpaceTables.checked(a.table(), 1, context);
    return new AlterTenantSpace.AddTable(new SpaceTable(t.identifier(), t.key()));
  }

  private static AlterTenantSpace.Action dropping(
      AlterTenantSpace.DropTable a, StatementContext context) {
    TenantChecks.may(context, Privilege.DROP_TENANT);
    return new AlterTenantSpace.DropTable(full(a.table(), context));
  }

  /** Begins a change, or goes on with the same one where it stopped. */
  private static void rollOut(
      long space, AlterTenantSpace.Action action, Tenancy tenancy, StatementContext context) {
    tenancy.update(
        space,
        s -> {
          Rollout old = s.rollout();
          if (old == null) {
            RolloutChecks.check(s, action);
            return s.withRollout(Rollout.of(action));
          }
          if (!old.action().equals(action)) {
            throw new LonghouseException(
                ErrorCode.ABORTED,
                "Another change of tenant space "
                    + Quoting.backQuoted(s.name())
                    + " is not finished: "
                    + RolloutChecks.text(s)
                    + ". The same statement goes on with it, ALTER TENANT SPACE "
                    + Quoting.identifier(s.name())
                    + " CANCEL ROLLOUT gives it up");
          }
          return s;
        });
    new RolloutRun(tenancy, space, context.query()).run();
  }
}
