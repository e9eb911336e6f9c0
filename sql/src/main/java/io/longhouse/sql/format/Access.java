package io.longhouse.sql.format;

import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.AccessStatement;
import io.longhouse.sql.ast.AccessVerb;
import io.longhouse.sql.ast.CheckGrant;
import io.longhouse.sql.ast.CreateMaskingPolicy;
import io.longhouse.sql.ast.CreateQuota;
import io.longhouse.sql.ast.CreateRole;
import io.longhouse.sql.ast.CreateRowPolicy;
import io.longhouse.sql.ast.CreateSettingsProfile;
import io.longhouse.sql.ast.CreateUser;
import io.longhouse.sql.ast.DropAccessEntity;
import io.longhouse.sql.ast.ExecuteAs;
import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.MoveAccessEntity;
import io.longhouse.sql.ast.RowPolicyName;
import io.longhouse.sql.ast.SetRole;
import io.longhouse.sql.ast.UserName;
import java.util.List;

/** The text of statements about access. */
final class Access {
  private Access() {}

  static void print(Out out, AccessStatement statement) {
    switch (statement) {
      case CreateUser u -> Users.create(out, u);
      case CreateRole r -> Profiles.role(out, r);
      case CreateSettingsProfile p -> Profiles.profile(out, p);
      case CreateRowPolicy p -> Policies.row(out, p);
      case CreateMaskingPolicy p -> Policies.masking(out, p);
      case CreateQuota q -> Quotas.print(out, q);
      case DropAccessEntity d -> {
        out.add("DROP ").add(d.kind().sql()).add(d.ifExists() ? " IF EXISTS " : " ");
        entities(out, d.names(), d.policies());
        if (d.storage() != null) {
          out.add(" FROM ").name(d.storage());
        }
        Statements.cluster(out, d.cluster());
      }
      case MoveAccessEntity m -> {
        AccessEntityKind kind = m.kind();
        out.add("MOVE ").add(kind.sql()).add(' ');
        entities(out, m.names(), m.policies());
        out.add(" TO ").name(m.storage());
        Statements.cluster(out, m.cluster());
      }
      case Grant g -> Grants.print(out, g);
      case SetRole r -> setRole(out, r);
      case CheckGrant c -> Grants.privileges(out.add("CHECK GRANT "), c.privileges());
      case ExecuteAs e -> {
        Users.name(out.add("EXECUTE AS "), e.user());
        if (e.statement() != null) {
          Statements.print(out.line(), e.statement());
        }
      }
    }
  }

  private static void entities(Out out, List<UserName> names, List<RowPolicyName> policies) {
    Users.names(out, names);
    Policies.names(out, policies);
  }

  static void verb(Out out, AccessVerb verb, String what) {
    switch (verb.kind()) {
      case CREATE -> out.add("CREATE ").add(what);
      case CREATE_IF_NOT_EXISTS -> out.add("CREATE ").add(what).add("IF NOT EXISTS ");
      case CREATE_OR_REPLACE -> out.add("CREATE ").add(what).add("OR REPLACE ");
      case ALTER -> out.add("ALTER ").add(what);
      case ALTER_IF_EXISTS -> out.add("ALTER ").add(what).add("IF EXISTS ");
      case ATTACH -> out.add("ATTACH ").add(what);
    }
  }

  static void place(Out out, AccessVerb verb) {
    if (verb.storage() != null) {
      out.add(" IN ").name(verb.storage());
    }
    Statements.cluster(out, verb.cluster());
  }

  private static void setRole(Out out, SetRole r) {
    switch (r.kind()) {
      case SET_ROLE_DEFAULT -> out.add("SET ROLE DEFAULT");
      case SET_ROLE -> out.add("SET ROLE ");
      case SET_DEFAULT_ROLE -> out.add("SET DEFAULT ROLE ");
    }
    if (r.roles() != null) {
      Users.set(out, r.roles(), "ALL");
    }
    if (r.to() != null) {
      Users.set(out.add(" TO "), r.to(), "ALL");
    }
  }
}
