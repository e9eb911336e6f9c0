package io.longhouse.engine.access;

import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.CreateQuota;
import io.longhouse.sql.ast.CreateRowPolicy;
import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.RoleSet;
import io.longhouse.sql.ast.UserName;
import io.longhouse.storage.index.TextRange;
import io.longhouse.tenancy.Compiler;
import io.longhouse.tenancy.GeneratedId;
import io.longhouse.tenancy.GeneratedId.Kind;
import io.longhouse.tenancy.Names;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import io.longhouse.tenancy.TenantStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The roles, policies and quotas that stand behind tenants. Nothing is kept: each is made of the
 * tenant's record when it is asked for, under an id that says whose it is. Nobody can change or
 * drop one by itself.
 */
final class TenantAccessStorage implements ReadOnlyAccessStorage {
  private static final int PAGE = 200;

  private final TenantStore tenants;

  TenantAccessStorage(TenantStore tenants) {
    this.tenants = tenants;
  }

  @Override
  public String name() {
    return "tenants";
  }

  @Override
  public String type() {
    return "tenants";
  }

  @Override
  public String parameters() {
    return "{}";
  }

  /** Quotas of tenants are found by the tenant's role instead, of which there may be a million. */
  @Override
  public boolean isIndexed(AccessEntityKind kind) {
    return kind != AccessEntityKind.QUOTA;
  }

  // ---- Finding

  @Override
  public @Nullable AccessEntity find(UUID id) {
    GeneratedId g = GeneratedId.of(id);
    if (g == null) {
      return null;
    }
    return switch (g.kind()) {
      case SPACE_ROLE, OPENING_POLICY, TENANT_POLICY -> {
        TenantSpace space = tenants.space(g.serial());
        yield space == null ? null : ofSpace(g, space);
      }
      case TENANT_ROLE, TENANT_QUOTA -> {
        Tenant tenant = tenants.tenant(g.serial());
        yield tenant == null ? null : ofTenant(g.kind(), tenant);
      }
    };
  }

  private static @Nullable AccessEntity ofSpace(GeneratedId g, TenantSpace space) {
    if (g.kind() == Kind.SPACE_ROLE) {
      Role role = Role.named(g.uuid(), Names.spaceRole(space.name()));
      grant(Compiler.spaceGrants(space), role);
      return role;
    }
    for (TenantSpace.Table t : space.tables()) {
      if (t.number() == g.table()) {
        return policy(g.kind(), space, t);
      }
    }
    return null;
  }

  private static RowPolicy policy(Kind kind, TenantSpace space, TenantSpace.Table table) {
    CreateRowPolicy q =
        kind == Kind.OPENING_POLICY
            ? Compiler.openingPolicy(space, table)
            : Compiler.tenantPolicy(space, table);
    UUID id = new GeneratedId(kind, space.serial(), table.number()).uuid();
    return EntityText.policy(id, q.names().getFirst(), q, to(Kind.SPACE_ROLE, space.serial()));
  }

  private @Nullable AccessEntity ofTenant(Kind kind, Tenant tenant) {
    TenantSpace space = tenants.space(tenant.space());
    if (space == null || tenant.state() != Tenant.State.ACTIVE) {
      return null;
    }
    return kind == Kind.TENANT_ROLE ? role(space, tenant) : quota(space, tenant);
  }

  private static Role role(TenantSpace space, Tenant tenant) {
    UUID id = GeneratedId.of(Kind.TENANT_ROLE, tenant.serial()).uuid();
    String name = Names.tenantRole(space.name(), tenant.name());
    Role plain = Role.named(id, name);
    Role role = EntityText.role(plain, Compiler.tenantRole(space, tenant), to(Kind.TENANT_ROLE, 1));
    Grant grant = Compiler.tenantGrants(space, tenant);
    if (grant.roles() == null) {
      grant(grant, role);
      return role;
    }
    UUID of = GeneratedId.of(Kind.SPACE_ROLE, space.serial()).uuid();
    return new Role(id, name, role.rights(), GrantedRoles.NONE.with(of, false), role.settings());
  }

  private static void grant(Grant written, Role role) {
    GrantElement.of(written.privileges(), "", true).forEach(role.rights()::grant);
  }

  private static @Nullable Quota quota(TenantSpace space, Tenant tenant) {
    CreateQuota q = Compiler.quota(space, tenant);
    UUID id = GeneratedId.of(Kind.TENANT_QUOTA, tenant.serial()).uuid();
    return q == null
        ? null
        : QuotaChange.apply(
            EntityText.quota(id, q.names().getFirst()), q, to(Kind.TENANT_ROLE, tenant.serial()));
  }

  /** The quota of whose role this is; null when it is no tenant's or has no quota. */
  @Nullable Quota quotaOf(UUID role) {
    GeneratedId g = GeneratedId.of(role);
    return g != null
            && g.kind() == Kind.TENANT_ROLE
            && find(GeneratedId.of(Kind.TENANT_QUOTA, g.serial()).uuid()) instanceof Quota q
        ? q
        : null;
  }

  /** Whatever role is named is this one: a generated statement names no other. */
  private static References to(Kind kind, long serial) {
    UUID id = GeneratedId.of(kind, serial).uuid();
    return new References() {
      @Override
      public UUID id(UserName name, AccessEntityKind... kinds) {
        return id;
      }

      @Override
      public UUID profile(String name, boolean isId) {
        throw new IllegalStateException("a tenant inherits no profile");
      }

      @Override
      public UUID currentUser() {
        throw new IllegalStateException("a tenant names no current user");
      }

      @Override
      public String database() {
        return "";
      }

      @Override
      public Subjects subjects(@Nullable RoleSet set, AccessEntityKind... k) {
        return Subjects.of(java.util.Set.of(id));
      }
    };
  }

  @Override
  public @Nullable UUID find(AccessEntityKind kind, String name) {
    return switch (kind) {
      case ROLE -> found(name, Kind.TENANT_ROLE);
      case QUOTA -> {
        UUID id = found(name, Kind.TENANT_QUOTA);
        yield id != null && find(id) instanceof Quota ? id : null;
      }
      case ROW_POLICY -> policyNamed(name);
      case USER, SETTINGS_PROFILE, MASKING_POLICY -> null;
    };
  }

  private @Nullable UUID found(String name, Kind ofTenant) {
    Names.Owner owner = Names.owner(name);
    TenantSpace space = owner == null ? null : tenants.space(owner.space());
    if (owner == null || space == null) {
      return null;
    }
    String named = owner.tenant();
    if (named == null) {
      return ofTenant == Kind.TENANT_ROLE
          ? GeneratedId.of(Kind.SPACE_ROLE, space.serial()).uuid()
          : null;
    }
    Tenant tenant = tenants.tenant(space.serial(), named);
    return tenant == null || tenant.state() != Tenant.State.ACTIVE
        ? null
        : GeneratedId.of(ofTenant, tenant.serial()).uuid();
  }

  private @Nullable UUID policyNamed(String name) {
    for (UUID id : ids(AccessEntityKind.ROW_POLICY)) {
      if (name.equals(nameOf(id))) {
        return id;
      }
    }
    return null;
  }

  @Override
  public @Nullable String nameOf(UUID id) {
    GeneratedId g = GeneratedId.of(id);
    if (g != null && g.kind() == Kind.TENANT_ROLE) {
      Tenant t = tenants.tenant(g.serial());
      TenantSpace s = t == null ? null : tenants.space(t.space());
      return t == null || s == null || t.state() != Tenant.State.ACTIVE
          ? null
          : Names.tenantRole(s.name(), t.name());
    }
    AccessEntity e = g == null ? null : find(id);
    return e == null ? null : e.name();
  }

  @Override
  public Collection<UUID> ids(AccessEntityKind kind) {
    List<UUID> out = new ArrayList<>();
    for (TenantSpace space : tenants.spaces()) {
      switch (kind) {
        case ROLE -> {
          out.add(GeneratedId.of(Kind.SPACE_ROLE, space.serial()).uuid());
          each(space, t -> GeneratedId.of(Kind.TENANT_ROLE, t.serial()).uuid(), out);
        }
        case ROW_POLICY -> policies(space).forEach(p -> out.add(p.id()));
        case QUOTA ->
            each(
                space,
                t ->
                    Compiler.effective(space, t).intervals().isEmpty()
                        ? null
                        : GeneratedId.of(Kind.TENANT_QUOTA, t.serial()).uuid(),
                out);
        case USER, SETTINGS_PROFILE, MASKING_POLICY -> {}
      }
    }
    return out;
  }

  /** Those of a kind with names in some ranges, of which no more than a page is in memory. */
  Stream<AccessEntity> stream(AccessEntityKind kind, List<TextRange> names) {
    Stream<AccessEntity> all = Stream.empty();
    for (TenantSpace space : tenants.spaces()) {
      Stream<AccessEntity> of =
          switch (kind) {
            case ROLE ->
                Stream.concat(spaceRole(space, names), each(space, Kind.TENANT_ROLE, names));
            case QUOTA -> each(space, Kind.TENANT_QUOTA, names);
            case ROW_POLICY ->
                policies(space).stream()
                    .filter(p -> TextRange.contains(names, p.name()))
                    .map(p -> p);
            case USER, SETTINGS_PROFILE, MASKING_POLICY -> Stream.empty();
          };
      all = Stream.concat(all, of); // flatMap would make all of a space at once
    }
    return all;
  }

  private Stream<AccessEntity> spaceRole(TenantSpace space, List<TextRange> names) {
    return TextRange.contains(names, Names.spaceRole(space.name()))
        ? Stream.ofNullable(find(GeneratedId.of(Kind.SPACE_ROLE, space.serial()).uuid()))
        : Stream.empty();
  }

  private Stream<AccessEntity> each(TenantSpace space, Kind kind, List<TextRange> names) {
    List<TextRange> own = TextRange.behind(names, Names.tenantRole(space.name(), ""));
    return TenantsByName.stream(tenants, space, own)
        .map(t -> ofTenant(kind, t))
        .<AccessEntity>mapMulti((e, to) -> {
          if (e != null) {
            to.accept(e);
          }
        });
  }

  private void each(TenantSpace space, Function<Tenant, @Nullable UUID> id, List<UUID> out) {
    List<Tenant> page;
    for (long after = 0; ; after = page.getLast().serial()) {
      page = tenants.bySerial(space.serial(), after, PAGE);
      for (Tenant t : page) {
        UUID one = t.state() == Tenant.State.ACTIVE ? id.apply(t) : null;
        if (one != null) {
          out.add(one);
        }
      }
      if (page.size() < PAGE) {
        return;
      }
    }
  }

  private static List<RowPolicy> policies(@Nullable TenantSpace space) {
    List<RowPolicy> out = new ArrayList<>();
    if (space != null) {
      for (TenantSpace.Table t : space.tables()) {
        out.add(policy(Kind.OPENING_POLICY, space, t));
        out.add(policy(Kind.TENANT_POLICY, space, t));
      }
    }
    return out;
  }

  // ---- Changing

  @Override
  public String reason() {
    return ": it stands behind a tenant, and statements about TENANT and TENANT SPACE change it";
  }

  /**
   * A new tenant is told to nobody, since nobody can have its role yet; so that making many does
   * not let every session find out again what it may do.
   */
  @Override
  public void listen(Listener listener) {
    tenants.listen(
        new TenantStore.Listener() {
          @Override
          public void spaceChanged(@Nullable TenantSpace before, @Nullable TenantSpace after) {
            if (!isSame(before, after)) {
              policies(before).forEach(p -> listener.changed(p, null));
              policies(after).forEach(p -> listener.changed(null, p));
              listener.changed(null, null);
            }
          }

          @Override
          public void tenantChanged(@Nullable Tenant before, @Nullable Tenant after) {
            if (before != null) {
              listener.changed(null, null);
            }
          }
        });
  }

  /** Whether nothing changed but how far work on the tenants' tables is. */
  private static boolean isSame(@Nullable TenantSpace a, @Nullable TenantSpace b) {
    return a != null
        && b != null
        && a.withPending(List.of())
            .withRollout(null)
            .equals(b.withPending(List.of()).withRollout(null));
  }

  @Override
  public void close() {
    tenants.close();
  }
}
