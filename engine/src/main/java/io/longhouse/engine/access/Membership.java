package io.longhouse.engine.access;

import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.tenancy.GeneratedId;
import io.longhouse.tenancy.GeneratedId.Kind;
import io.longhouse.tenancy.IsolationModel;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import io.longhouse.tenancy.TenantStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tenants that a session acts for, at most one of each space. Who was given roles of two
 * tenants of a space acts for neither.
 */
final class Membership {
  static final Membership NONE = new Membership(List.of());

  /** A tenant with its space. */
  private record Of(TenantSpace space, Tenant tenant) {}

  private final List<Of> tenants;

  private Membership(List<Of> tenants) {
    this.tenants = tenants;
  }

  /**
   * @param roles those in force
   */
  static Membership of(TenantStore store, Collection<UUID> roles) {
    List<Of> found = all(store, roles);
    return found.isEmpty() ? NONE : new Membership(found);
  }

  private static List<Of> all(TenantStore store, Collection<UUID> roles) {
    List<Of> found = new ArrayList<>();
    for (UUID id : roles) {
      GeneratedId g = GeneratedId.of(id);
      if (g != null && g.kind() == Kind.TENANT_ROLE) {
        Tenant tenant = store.tenant(g.serial());
        TenantSpace space = tenant == null ? null : store.space(tenant.space());
        if (tenant != null && space != null) {
          found.add(new Of(space, tenant));
        }
      }
    }
    found.sort(Comparator.comparing(o -> o.space.name()));
    return found;
  }

  /** The roles of spaces and tenants that must not be in force: of two tenants of one space. */
  static Set<UUID> conflicting(TenantStore store, Collection<UUID> roles) {
    List<Of> found = all(store, roles);
    Set<UUID> out = new HashSet<>();
    for (Of a : found) {
      for (Of b : found) {
        if (a.space.serial() == b.space.serial() && a.tenant.serial() != b.tenant.serial()) {
          out.add(GeneratedId.of(Kind.TENANT_ROLE, a.tenant.serial()).uuid());
          out.add(GeneratedId.of(Kind.SPACE_ROLE, a.space.serial()).uuid());
        }
      }
    }
    return out;
  }

  /** Whom work is charged to: the tenant of the first space by name; null without a tenant. */
  @Nullable Account account() {
    return tenants.isEmpty()
        ? null
        : new Account(tenants.getFirst().space.name(), tenants.getFirst().tenant.name());
  }

  /** Where members find their tables; null without a tenant, or with tenants of several spaces. */
  @Nullable String database() {
    if (tenants.size() != 1) {
      return null;
    }
    Of of = tenants.getFirst();
    return IsolationModel.of(of.tenant.isolation()).database(of.space, of.tenant);
  }

  /**
   * What a policy says to this session. The policy of a space asks a setting whose rows may be
   * seen; the answer is put in here, so that no setting of anybody's can matter.
   */
  @Nullable Expression filter(RowPolicy policy) {
    GeneratedId g = GeneratedId.of(policy.id());
    if (g == null || g.kind() != Kind.TENANT_POLICY) {
      return policy.filter();
    }
    for (Of of : tenants) {
      TenantSpace.Table table = of.space.table(policy.database(), policy.table());
      if (of.space.serial() == g.serial() && table != null) {
        return FunctionCall.operator("equals", Identifier.of(table.key()), of.tenant.id());
      }
    }
    return Literal.of(0);
  }
}
