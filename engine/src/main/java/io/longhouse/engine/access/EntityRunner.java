package io.longhouse.engine.access;

import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.StatementRunner;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.AccessVerb;
import io.longhouse.sql.ast.CreateMaskingPolicy;
import io.longhouse.sql.ast.CreateQuota;
import io.longhouse.sql.ast.CreateRole;
import io.longhouse.sql.ast.CreateRowPolicy;
import io.longhouse.sql.ast.CreateSettingsProfile;
import io.longhouse.sql.ast.CreateUser;
import io.longhouse.sql.ast.RowPolicyName;
import io.longhouse.sql.ast.Statement;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** CREATE and ALTER of users, roles, policies, quotas and settings profiles. */
@Register(kind = StatementRunner.class, name = "CreateUser")
@Register(kind = StatementRunner.class, name = "CreateRole")
@Register(kind = StatementRunner.class, name = "CreateRowPolicy")
@Register(kind = StatementRunner.class, name = "CreateMaskingPolicy")
@Register(kind = StatementRunner.class, name = "CreateQuota")
@Register(kind = StatementRunner.class, name = "CreateSettingsProfile")
final class EntityRunner implements StatementRunner {
  /** Makes an entity of an empty or an old one. */
  private record Change(
      AccessEntityKind kind, String name, AccessEntity empty, UnaryOperator<AccessEntity> apply) {}

  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var references = new LiveReferences(context);
    SessionAccess access = context.query().require(SessionAccess.class);
    checkSettings(statement, references, access, context);
    switch (statement) {
      case CreateUser q -> {
        var change = new UserChange(q, references);
        for (var n : q.names()) {
          String name = n.fullName();
          run(
              q.verb(),
              new Change(
                  AccessEntityKind.USER,
                  name,
                  User.named(UUID.randomUUID(), name),
                  e -> change.apply((User) e)),
              access);
        }
      }
      case CreateRole q -> {
        for (var n : q.names()) {
          String name = n.fullName();
          run(
              q.verb(),
              new Change(
                  AccessEntityKind.ROLE,
                  name,
                  Role.named(UUID.randomUUID(), name),
                  e -> EntityText.role((Role) e, q, references)),
              access);
        }
      }
      case CreateSettingsProfile q -> {
        for (String name : q.names()) {
          run(
              q.verb(),
              new Change(
                  AccessEntityKind.SETTINGS_PROFILE,
                  name,
                  new SettingsProfile(UUID.randomUUID(), name, ProfileElements.NONE, Subjects.NONE),
                  e -> EntityText.profile((SettingsProfile) e, q, references)),
              access);
        }
      }
      case CreateQuota q -> {
        for (String name : q.names()) {
          run(
              q.verb(),
              new Change(
                  AccessEntityKind.QUOTA,
                  name,
                  EntityText.quota(UUID.randomUUID(), name),
                  e -> QuotaChange.apply((Quota) e, q, references)),
              access);
        }
      }
      case CreateRowPolicy q -> {
        for (RowPolicyName n : q.names()) {
          policy(q, n, references, access);
        }
      }
      case CreateMaskingPolicy q -> {
        MaskingPolicy empty = EntityText.mask(UUID.randomUUID(), q, references);
        run(
            q.verb(),
            new Change(
                AccessEntityKind.MASKING_POLICY,
                empty.name(),
                empty,
                e -> EntityText.mask((MaskingPolicy) e, q, references)),
            access);
      }
      default -> throw new IllegalStateException(statement.toString());
    }
    return StatementResult.DONE;
  }

  private static void checkSettings(
      Statement statement, References references, SessionAccess access, StatementContext context) {
    var change = new ProfileChange(references);
    SettingsConstraints bounds = access.constraints();
    Settings now = context.query().settings();
    switch (statement) {
      case CreateUser q -> change.check(q.settings(), q.settingsChange(), bounds, now);
      case CreateRole q -> change.check(q.settings(), q.settingsChange(), bounds, now);
      case CreateSettingsProfile q -> change.check(q.settings(), q.settingsChange(), bounds, now);
      default -> {}
    }
  }

  private static void policy(
      CreateRowPolicy q, RowPolicyName n, References references, SessionAccess access) {
    String database = n.database() == null ? references.database() : n.database();
    String table = n.table().equals("*") ? "" : n.table();
    var empty =
        new RowPolicy(UUID.randomUUID(), n.name(), database, table, null, false, Subjects.NONE);
    run(
        q.verb(),
        new Change(
            AccessEntityKind.ROW_POLICY,
            empty.name(),
            empty,
            e -> EntityText.policy((RowPolicy) e, q, references)),
        access);
  }

  private static void run(AccessVerb verb, Change change, SessionAccess access) {
    AccessControl control = access.control();
    Privileges needed = needed(verb, change.kind);
    check(needed, change.empty, access);
    UUID known = control.find(change.kind, change.name);
    switch (verb.kind()) {
      case CREATE, CREATE_IF_NOT_EXISTS, CREATE_OR_REPLACE -> create(verb, change, known, control);
      case ALTER -> {
        UUID id = known == null ? control.require(change.kind, change.name).id() : known;
        control.update(id, change.apply);
      }
      case ALTER_IF_EXISTS -> {
        if (known != null) {
          control.update(known, change.apply);
        }
      }
      case ATTACH ->
          throw new LonghouseException(
              ErrorCode.SYNTAX_ERROR,
              "ATTACH " + change.kind.sql() + " is how the server keeps it, not a statement");
    }
  }

  private static void create(
      AccessVerb verb, Change change, @Nullable UUID known, AccessControl control) {
    if (known == null) {
      control.insert(change.apply.apply(change.empty), verb.storage());
      return;
    }
    switch (verb.kind()) {
      case CREATE_IF_NOT_EXISTS -> {}
      case CREATE_OR_REPLACE -> {
        AccessEntity made = change.apply.apply(change.empty);
        control.update(known, old -> EntityIds.withId(made, old.id()));
      }
      default -> control.insert(change.apply.apply(change.empty), verb.storage());
    }
  }

  /** Checks privileges about an entity, on what they are granted on. */
  static void check(Privileges set, AccessEntity e, SessionAccess access) {
    switch (e) {
      case User u -> access.check(set, u.name());
      case Role r -> access.check(set, r.name());
      case RowPolicy p -> {
        if (p.table().isEmpty()) {
          access.check(set, p.database());
        } else {
          access.check(set, p.database(), p.table());
        }
      }
      case MaskingPolicy _, Quota _, SettingsProfile _ -> access.check(set);
    }
  }

  private static Privileges needed(AccessVerb verb, AccessEntityKind kind) {
    Privilege create =
        switch (kind) {
          case USER -> Privilege.CREATE_USER;
          case ROLE -> Privilege.CREATE_ROLE;
          case ROW_POLICY -> Privilege.CREATE_ROW_POLICY;
          case QUOTA -> Privilege.CREATE_QUOTA;
          case SETTINGS_PROFILE -> Privilege.CREATE_SETTINGS_PROFILE;
          case MASKING_POLICY -> Privilege.CREATE_MASKING_POLICY;
        };
    Privilege alter =
        switch (kind) {
          case USER -> Privilege.ALTER_USER;
          case ROLE -> Privilege.ALTER_ROLE;
          case ROW_POLICY -> Privilege.ALTER_ROW_POLICY;
          case QUOTA -> Privilege.ALTER_QUOTA;
          case SETTINGS_PROFILE -> Privilege.ALTER_SETTINGS_PROFILE;
          case MASKING_POLICY -> Privilege.ALTER_MASKING_POLICY;
        };
    return switch (verb.kind()) {
      case CREATE, CREATE_IF_NOT_EXISTS, ATTACH -> create.set();
      case CREATE_OR_REPLACE -> create.set().plus(DropEntityRunner.drop(kind).set());
      case ALTER, ALTER_IF_EXISTS -> alter.set();
    };
  }

  static List<AccessEntityKind> usersAndRoles() {
    return List.of(AccessEntityKind.USER, AccessEntityKind.ROLE);
  }
}
