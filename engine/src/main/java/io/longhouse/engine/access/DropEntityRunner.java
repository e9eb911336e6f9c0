package io.longhouse.engine.access;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.DropAccessEntity;
import io.longhouse.sql.ast.MoveAccessEntity;
import io.longhouse.sql.ast.RowPolicyName;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** DROP and MOVE of users, roles, row policies, quotas and settings profiles. */
@Register(kind = StatementRunner.class, name = "DropAccessEntity")
@Register(kind = StatementRunner.class, name = "MoveAccessEntity")
final class DropEntityRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    SessionAccess access = context.query().require(SessionAccess.class);
    AccessControl control = access.control();
    switch (statement) {
      case DropAccessEntity d -> {
        for (String name : names(d.names(), d.policies(), context)) {
          AccessEntity e = find(d.kind(), name, control);
          check(d.kind(), name, e, d.policies(), context, access);
          if (e != null) {
            control.remove(e.id());
          } else if (!d.ifExists()) {
            throw AccessControl.absent(d.kind(), name);
          }
        }
      }
      case MoveAccessEntity m -> {
        for (String name : names(m.names(), m.policies(), context)) {
          AccessEntity e = control.require(m.kind(), name);
          check(m.kind(), name, e, m.policies(), context, access);
          control.move(e, m.storage());
        }
      }
      default -> throw new IllegalStateException(statement.toString());
    }
    return StatementResult.DONE;
  }

  private static @Nullable AccessEntity find(
      AccessEntityKind kind, String name, AccessControl control) {
    UUID id = control.find(kind, name);
    return id == null ? null : control.find(id);
  }

  /** Whether it may be dropped is asked before whether it is there. */
  private static void check(
      AccessEntityKind kind,
      String name,
      @Nullable AccessEntity e,
      List<RowPolicyName> policies,
      StatementContext context,
      SessionAccess access) {
    Privileges set = drop(kind).set();
    if (e != null) {
      EntityRunner.check(set, e, access);
      return;
    }
    switch (kind) {
      case USER, ROLE -> access.check(set, name);
      case ROW_POLICY -> {
        for (RowPolicyName n : policies) {
          String in = n.database() == null ? context.session().database() : n.database();
          access.check(set, in, n.table());
        }
      }
      case QUOTA, SETTINGS_PROFILE, MASKING_POLICY -> access.check(set);
    }
  }

  static Privilege drop(AccessEntityKind kind) {
    return switch (kind) {
      case USER -> Privilege.DROP_USER;
      case ROLE -> Privilege.DROP_ROLE;
      case ROW_POLICY -> Privilege.DROP_ROW_POLICY;
      case QUOTA -> Privilege.DROP_QUOTA;
      case SETTINGS_PROFILE -> Privilege.DROP_SETTINGS_PROFILE;
      case MASKING_POLICY -> Privilege.DROP_MASKING_POLICY;
    };
  }

  /** Entities' names; those of policies with their tables. */
  static List<String> names(
      List<UserName> names, List<RowPolicyName> policies, StatementContext context) {
    List<String> out = new ArrayList<>();
    names.forEach(n -> out.add(n.fullName()));
    for (RowPolicyName n : policies) {
      String database = n.database() == null ? context.session().database() : n.database();
      out.add(RowPolicy.name(n.name(), database, n.table().equals("*") ? "" : n.table()));
    }
    return out;
  }
}
