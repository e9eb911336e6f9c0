package io.longhouse.sql.parser;

import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.AccessVerb;
import io.longhouse.sql.ast.Assignment;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateMaskingPolicy;
import io.longhouse.sql.ast.DropAccessEntity;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.MoveAccessEntity;
import io.longhouse.sql.ast.RoleSet;
import io.longhouse.sql.ast.RowPolicyName;
import io.longhouse.sql.ast.RowPolicyTarget;
import io.longhouse.sql.ast.ShowAccess;
import io.longhouse.sql.ast.ShowAccessEntities;
import io.longhouse.sql.ast.ShowCreateAccess;
import io.longhouse.sql.ast.ShowGrants;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.UserName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements about users, roles, policies, quotas and profiles: which one it is. */
final class AccessEntities {
  private AccessEntities() {}

  /** What follows CREATE or ATTACH. */
  static Statement create(Cursor c, CreateHead.Verb verb) {
    AccessEntityKind kind = kind(c);
    AccessVerb.Kind how = AccessVerb.Kind.CREATE;
    if (verb == CreateHead.Verb.ATTACH) {
      how = AccessVerb.Kind.ATTACH;
    } else if (verb != CreateHead.Verb.CREATE) {
      throw c.fail("TABLE", "VIEW", "DICTIONARY", "FUNCTION");
    } else if (c.accept("OR REPLACE")) {
      how = AccessVerb.Kind.CREATE_OR_REPLACE;
    } else if (c.accept("IF NOT EXISTS")) {
      how = AccessVerb.Kind.CREATE_IF_NOT_EXISTS;
    }
    return parse(c, kind, how);
  }

  /** What follows ALTER. */
  static Statement alter(Cursor c) {
    AccessEntityKind kind = kind(c);
    return parse(
        c, kind, c.accept("IF EXISTS") ? AccessVerb.Kind.ALTER_IF_EXISTS : AccessVerb.Kind.ALTER);
  }

  private static Statement parse(Cursor c, AccessEntityKind kind, AccessVerb.Kind how) {
    return switch (kind) {
      case USER -> Users.parse(c, how);
      case ROLE -> Roles.role(c, how);
      case SETTINGS_PROFILE -> Roles.profile(c, how);
      case ROW_POLICY -> RowPolicies.parse(c, how);
      case QUOTA -> Quotas.parse(c, how);
      case MASKING_POLICY -> masking(c, how);
    };
  }

  static @Nullable AccessEntityKind tryKind(Cursor c) {
    if (c.accept("USER")) {
      return AccessEntityKind.USER;
    }
    if (c.accept("ROLE")) {
      return AccessEntityKind.ROLE;
    }
    if (c.accept("SETTINGS PROFILE") || c.accept("PROFILE")) {
      return AccessEntityKind.SETTINGS_PROFILE;
    }
    if (c.accept("ROW POLICY") || c.accept("POLICY")) {
      return AccessEntityKind.ROW_POLICY;
    }
    if (c.accept("QUOTA")) {
      return AccessEntityKind.QUOTA;
    }
    return c.accept("MASKING POLICY") ? AccessEntityKind.MASKING_POLICY : null;
  }

  private static AccessEntityKind kind(Cursor c) {
    AccessEntityKind kind = tryKind(c);
    if (kind == null) {
      throw c.fail(
          "TABLE",
          "DATABASE",
          "VIEW",
          "MATERIALIZED VIEW",
          "DICTIONARY",
          "FUNCTION",
          "USER",
          "ROLE",
          "ROW POLICY",
          "QUOTA",
          "SETTINGS PROFILE");
    }
    return kind;
  }

  private static @Nullable AccessEntityKind tryPlural(Cursor c) {
    if (c.accept("PROFILES")) {
      return AccessEntityKind.SETTINGS_PROFILE;
    }
    if (c.accept("POLICIES")) {
      return AccessEntityKind.ROW_POLICY;
    }
    for (AccessEntityKind kind : AccessEntityKind.values()) {
      if (c.accept(kind.plural())) {
        return kind;
      }
    }
    return null;
  }

  private static Statement masking(Cursor c, AccessVerb.Kind how) {
    String name = Names.identifier(c);
    c.expect("ON");
    Identifier table = Names.table(c);
    String cluster = Names.cluster(c);
    List<Assignment> assignments =
        c.accept("UPDATE") ? List.copyOf(Storages.assignments(c)) : List.of();
    Expression where = c.accept("WHERE") ? Expressions.parse(c) : null;
    RoleSet to = c.accept("TO") ? UserNames.set(c) : null;
    Expression priority = c.accept("PRIORITY") ? Literals.number(c) : null;
    return new CreateMaskingPolicy(
        new AccessVerb(how, cluster, null), name, table, assignments, where, to, priority);
  }

  // ---- DROP and MOVE

  /** Null, with nothing skipped, when something else is dropped. */
  static @Nullable Statement tryDrop(Cursor c) {
    AccessEntityKind kind = tryKind(c);
    if (kind == null) {
      return null;
    }
    boolean ifExists = c.accept("IF EXISTS");
    boolean policy = isPolicy(kind);
    var named = policy ? RowPolicies.named(c) : new RowPolicies.Named(List.of(), null);
    List<RowPolicyName> policies = named.names();
    List<UserName> names = policy ? List.of() : UserNames.fullNames(c);
    String storage = null;
    String cluster = named.cluster();
    while (true) {
      if (storage == null && c.accept("FROM")) {
        storage = Names.identifier(c);
      } else if (cluster == null && c.at("ON CLUSTER")) {
        cluster = Names.cluster(c);
      } else {
        return new DropAccessEntity(kind, ifExists, names, policies, cluster, storage);
      }
    }
  }

  private static boolean isPolicy(AccessEntityKind kind) {
    return kind == AccessEntityKind.ROW_POLICY || kind == AccessEntityKind.MASKING_POLICY;
  }

  static Statement move(Cursor c) {
    c.expect("MOVE");
    AccessEntityKind kind = kind(c);
    boolean policy = isPolicy(kind);
    List<RowPolicyName> policies = policy ? RowPolicies.names(c) : List.of();
    List<UserName> names = policy ? List.of() : UserNames.fullNames(c);
    c.expect("TO");
    String storage = Names.identifier(c);
    return new MoveAccessEntity(kind, names, policies, storage, Names.cluster(c));
  }

  // ---- SHOW

  /** What may follow SHOW CREATE; null, with nothing skipped, when it is something else. */
  static @Nullable Statement tryShowCreate(Cursor c) {
    AccessEntityKind plural = tryPlural(c);
    AccessEntityKind kind = plural == null ? tryKind(c) : plural;
    if (kind == null) {
      return null;
    }
    boolean bare = c.atEnd() || c.at("FORMAT") || c.at("INTO OUTFILE");
    if (isPolicy(kind)) {
      if (plural != null && c.accept("ON")) {
        return new ShowCreateAccess(kind, List.of(), List.of(), true, Names.table(c));
      }
      List<RowPolicyName> names = bare ? List.of() : RowPolicies.names(c);
      return new ShowCreateAccess(kind, List.of(), names, bare, null);
    }
    if (bare || kind == AccessEntityKind.USER && c.accept("CURRENT_USER")) {
      return new ShowCreateAccess(kind, List.of(), List.of(), plural != null, null);
    }
    return new ShowCreateAccess(kind, UserNames.fullNames(c), List.of(), false, null);
  }

  /** What may follow SHOW; null, with nothing skipped, when it is something else. */
  static @Nullable Statement tryShow(Cursor c) {
    if (c.accept("GRANTS")) {
      RoleSet grantees = c.accept("FOR") ? UserNames.set(c) : null;
      boolean implicit = c.accept("WITH IMPLICIT");
      return new ShowGrants(grantees, implicit, c.accept("FINAL"));
    }
    if (c.accept("ACCESS")) {
      return new ShowAccess();
    }
    if (c.accept("CURRENT ROLES")) {
      return entities(AccessEntityKind.ROLE, ShowAccessEntities.Scope.CURRENT);
    }
    if (c.accept("ENABLED ROLES")) {
      return entities(AccessEntityKind.ROLE, ShowAccessEntities.Scope.ENABLED);
    }
    if (c.accept("CURRENT QUOTA") || c.accept("QUOTA")) {
      return entities(AccessEntityKind.QUOTA, ShowAccessEntities.Scope.CURRENT);
    }
    AccessEntityKind kind = tryPlural(c);
    if (kind == null) {
      return null;
    }
    RowPolicyTarget target = null;
    if (isPolicy(kind)) {
      if (c.accept("ON")) {
        target = new RowPolicyTarget(null, Names.table(c));
      } else if (!c.atEnd() && !c.at("FORMAT")) {
        target = new RowPolicyTarget(Names.identifier(c), null);
      }
    }
    return new ShowAccessEntities(kind, ShowAccessEntities.Scope.ALL, target);
  }

  private static Statement entities(AccessEntityKind kind, ShowAccessEntities.Scope scope) {
    return new ShowAccessEntities(kind, scope, null);
  }
}
