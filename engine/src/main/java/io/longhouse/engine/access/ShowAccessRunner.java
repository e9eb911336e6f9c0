package io.longhouse.engine.access;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.engine.statement.SystemQueries;
import io.longhouse.registry.Register;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.RowPolicyTarget;
import io.longhouse.sql.ast.ShowAccess;
import io.longhouse.sql.ast.ShowAccessEntities;
import io.longhouse.sql.ast.ShowCreateAccess;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SHOW USERS and the other lists, SHOW CREATE USER and its like, SHOW ACCESS. */
@Register(kind = StatementRunner.class, name = "ShowAccess")
@Register(kind = StatementRunner.class, name = "ShowAccessEntities")
@Register(kind = StatementRunner.class, name = "ShowCreateAccess")
final class ShowAccessRunner implements StatementRunner {
  private static final List<AccessEntityKind> KINDS =
      List.of(
          AccessEntityKind.USER,
          AccessEntityKind.ROLE,
          AccessEntityKind.SETTINGS_PROFILE,
          AccessEntityKind.ROW_POLICY,
          AccessEntityKind.MASKING_POLICY,
          AccessEntityKind.QUOTA);

  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    SessionAccess access = context.query().require(SessionAccess.class);
    return switch (statement) {
      case ShowAccess _ -> StatementResult.Rows.lines("ACCESS", everything(access));
      case ShowAccessEntities s -> list(s, context, access);
      case ShowCreateAccess s -> {
        List<String> lines = new ArrayList<>();
        for (AccessEntity e : chosen(s, context, access)) {
          lines.add(Formatter.formatOneLine(EntityText.create(e, access.control()::nameOf)));
        }
        String title = Formatter.formatOneLine(s).substring("SHOW ".length());
        yield StatementResult.Rows.lines(title, lines);
      }
      default -> throw new IllegalStateException(statement.toString());
    };
  }

  static Privilege shown(AccessEntityKind kind) {
    return switch (kind) {
      case USER -> Privilege.SHOW_USERS;
      case ROLE -> Privilege.SHOW_ROLES;
      case SETTINGS_PROFILE -> Privilege.SHOW_SETTINGS_PROFILES;
      case ROW_POLICY -> Privilege.SHOW_ROW_POLICIES;
      case QUOTA -> Privilege.SHOW_QUOTAS;
      case MASKING_POLICY -> Privilege.SHOW_MASKING_POLICIES;
    };
  }

  private static List<String> everything(SessionAccess access) {
    AccessControl control = access.control();
    List<String> lines = new ArrayList<>();
    List<String> grants = new ArrayList<>();
    for (AccessEntityKind kind : KINDS) {
      if (!access.isGranted(shown(kind))) {
        continue;
      }
      for (AccessEntity e : control.all(kind)) {
        lines.add(Formatter.formatOneLine(EntityText.create(e, control::nameOf)));
        for (Grant g : EntityText.grants(e, control::nameOf)) {
          grants.add(Formatter.formatOneLine(g));
        }
      }
    }
    lines.addAll(grants);
    return lines;
  }

  private static StatementResult list(
      ShowAccessEntities s, StatementContext context, SessionAccess access) {
    if (s.kind() == AccessEntityKind.ROLE && s.scope() != ShowAccessEntities.Scope.ALL) {
      String table = s.scope() == ShowAccessEntities.Scope.CURRENT ? "current" : "enabled";
      return SystemQueries.run(
          "SELECT * FROM system." + table + "_roles ORDER BY role_name", context);
    }
    if (s.kind() == AccessEntityKind.QUOTA && s.scope() == ShowAccessEntities.Scope.CURRENT) {
      return SystemQueries.run("SELECT * FROM system.quota_usage ORDER BY duration", context);
    }
    access.check(shown(s.kind()));
    RowPolicyTarget target = s.policies();
    List<String> names = new ArrayList<>();
    if (target == null) {
      // There may be a million roles of tenants: their names are enough.
      access.control().stream(s.kind()).map(AccessEntity::name).sorted().forEach(names::add);
    } else {
      for (AccessEntity e : access.control().all(s.kind())) {
        String name = policy(e, target, context);
        if (name != null) {
          names.add(name);
        }
      }
    }
    return StatementResult.Rows.lines("name", names);
  }

  /** Policies of a table by their short names, policies of a name by their tables. */
  private static @Nullable String policy(
      AccessEntity e, RowPolicyTarget target, StatementContext context) {
    return switch (e) {
      case RowPolicy p -> policy(p.shortName(), p.database(), p.table(), target, context);
      case MaskingPolicy p -> policy(p.shortName(), p.database(), p.table(), target, context);
      case User _, Role _, Quota _, SettingsProfile _ -> null;
    };
  }

  private static @Nullable String policy(
      String policy,
      String database,
      String table,
      RowPolicyTarget target,
      StatementContext context) {
    Identifier wanted = target.table();
    if (wanted == null) {
      return policy.equals(target.name())
          ? Quoting.identifier(database) + "." + (table.isEmpty() ? "*" : Quoting.identifier(table))
          : null;
    }
    String q = wanted.qualifier();
    String in = q == null ? context.session().database() : q;
    String name = wanted.last().equals("*") ? "" : wanted.last();
    return database.equals(in) && table.equals(name) ? policy : null;
  }

  private static List<AccessEntity> chosen(
      ShowCreateAccess s, StatementContext context, SessionAccess access) {
    AccessControl control = access.control();
    List<AccessEntity> out = new ArrayList<>();
    if (s.all()) {
      access.check(shown(s.kind()));
      Identifier table = s.table();
      for (AccessEntity e : control.all(s.kind())) {
        if (table == null || policy(e, new RowPolicyTarget(null, table), context) != null) {
          out.add(e);
        }
      }
      return out;
    }
    if (s.names().isEmpty() && s.policies().isEmpty()) {
      User user = access.user();
      if (s.kind() == AccessEntityKind.USER && user != null) {
        return List.of(user);
      }
    }
    for (String name : DropEntityRunner.names(s.names(), s.policies(), context)) {
      boolean own = s.kind() == AccessEntityKind.ROLE && isEnabled(name, access);
      if (!own) {
        access.check(shown(s.kind()));
      }
      out.add(control.require(s.kind(), name));
    }
    return out;
  }

  private static boolean isEnabled(String role, SessionAccess access) {
    return access.names(access.enabledRoles()).contains(role);
  }
}
