package io.longhouse.tenancy;

import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.AccessVerb;
import io.longhouse.sql.ast.CreateQuota;
import io.longhouse.sql.ast.CreateResource;
import io.longhouse.sql.ast.CreateRole;
import io.longhouse.sql.ast.CreateRowPolicy;
import io.longhouse.sql.ast.CreateWorkload;
import io.longhouse.sql.ast.DeleteRows;
import io.longhouse.sql.ast.DropAccessEntity;
import io.longhouse.sql.ast.DropObject;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.RoleSet;
import io.longhouse.sql.ast.RowPolicyName;
import io.longhouse.sql.ast.SettingsElement;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.UserName;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a space and a tenant, as statements of ClickHouse's. Pure: the same space and
 * tenant always give the same.
 *
 * <p>A space is a role with the grants on its tables and, on each of them, two row policies for
 * that role: one that opens the table and a restrictive one that leaves the rows whose key is the
 * value of a setting. A tenant is a role that has this setting as a constant, so that no member can
 * change it; in shared tables it is granted the space's role, else the grants on tables of its own.
 * Its limits are settings of the role, a workload beside those of all other tenants, and a quota.
 */
public final class Compiler {
  /** The workload above all spaces. */
  private static final String ROOT = "all";

  /** What workloads share in ClickHouse; in Longhouse they share it without being told. */
  private static final Map<String, List<String>> RESOURCES =
      new TreeMap<>(
          Map.of(
              "tenants_cpu", List.of("MASTER THREAD", "WORKER THREAD"),
              "tenants_memory", List.of("MEMORY RESERVATION"),
              "tenants_query", List.of("QUERY")));

  private static final NumberLiteral WAITING_QUERIES = NumberLiteral.unsigned(100);

  private static final AccessVerb CREATE = new AccessVerb(AccessVerb.Kind.CREATE, null, null);

  private Compiler() {}

  // ---- The space

  /** All of a space, in the order in which it is made. */
  public static List<Statement> space(TenantSpace space) {
    List<Statement> all = new ArrayList<>();
    all.add(spaceRole(space));
    all.add(spaceGrants(space));
    for (TenantSpace.Table t : space.tables()) {
      all.add(openingPolicy(space, t));
      all.add(tenantPolicy(space, t));
    }
    all.add(new CreateWorkload(false, true, ROOT, null, null, List.of()));
    RESOURCES.forEach((name, operations) -> all.add(resource(name, operations)));
    return all;
  }

  /** The role without its grants. */
  public static CreateRole spaceRole(TenantSpace space) {
    return role(Names.spaceRole(space.name()), List.of());
  }

  /** What the space's role may do with the shared tables. */
  public static Grant spaceGrants(TenantSpace space) {
    List<Grant.Privilege> all = new ArrayList<>();
    space.tables().forEach(t -> all.addAll(Ddl.privileges(t.identifier())));
    return grant(all, Names.spaceRole(space.name()));
  }

  /** The permissive policy of a table. */
  public static CreateRowPolicy openingPolicy(TenantSpace space, TenantSpace.Table table) {
    return policy(space, Names.openingPolicy(space.name()), table, false, Literal.of(1));
  }

  /** The restrictive policy of a table. */
  public static CreateRowPolicy tenantPolicy(TenantSpace space, TenantSpace.Table table) {
    Expression own =
        FunctionCall.operator(
            "equals",
            Identifier.of(table.key()),
            FunctionCall.call("getSetting", Literal.of(Names.setting(space.name()))));
    return policy(space, Names.tenantPolicy(space.name()), table, true, own);
  }

  private static CreateRowPolicy policy(
      TenantSpace space, String name, TenantSpace.Table table, boolean restrictive, Expression e) {
    return new CreateRowPolicy(
        CREATE,
        List.of(new RowPolicyName(name, table.database(), table.name())),
        null,
        restrictive,
        true,
        e,
        set(Names.spaceRole(space.name())));
  }

  // ---- The tenant

  /** All of a tenant, in the order in which it is made. */
  public static List<Statement> tenant(TenantSpace space, Tenant tenant) {
    List<Statement> all = new ArrayList<>(tables(space, tenant));
    all.addAll(access(space, tenant));
    all.add(workload(space, tenant));
    return all;
  }

  /** The tenant's own database and tables; none in shared tables. */
  public static List<Statement> tables(TenantSpace space, Tenant tenant) {
    IsolationModel model = IsolationModel.of(tenant.isolation());
    List<Statement> all = new ArrayList<>(model.database(tenant));
    space.tables().forEach(t -> all.addAll(model.table(space, tenant, t)));
    return all;
  }

  /** What removes the tenant's own tables, whether or not all of them are there. */
  public static List<Statement> dropTables(TenantSpace space, Tenant tenant) {
    IsolationModel model = IsolationModel.of(tenant.isolation());
    List<Statement> all = new ArrayList<>();
    space.tables().forEach(t -> all.addAll(model.dropTable(space, tenant, t)));
    return all;
  }

  /** What removes the tenant's own database, which is for when nothing else is in it. */
  public static List<Statement> dropDatabase(Tenant tenant) {
    return IsolationModel.of(tenant.isolation()).hasOwnTables()
        ? List.of(Ddl.dropDatabase(tenant.home()))
        : List.of();
  }

  /**
   * What takes a tenant away again, but for {@link #dropDatabase}.
   *
   * @param withData whether its rows in shared tables go too
   */
  public static List<Statement> dropTenant(TenantSpace space, Tenant tenant, boolean withData) {
    List<Statement> all = new ArrayList<>();
    String name = Names.tenantRole(space.name(), tenant.name());
    all.add(drop(AccessEntityKind.ROLE, name));
    if (quota(space, tenant) != null) {
      all.add(drop(AccessEntityKind.QUOTA, name));
    }
    all.add(
        new DropObject(
            DropObject.Kind.WORKLOAD, false, Names.workload(space.name(), tenant.name()), null));
    all.addAll(dropTables(space, tenant));
    if (withData && !IsolationModel.of(tenant.isolation()).hasOwnTables()) {
      space.tables().forEach(t -> all.add(deleteRows(t, tenant)));
    }
    return all;
  }

  private static Statement drop(AccessEntityKind kind, String name) {
    return new DropAccessEntity(
        kind, false, List.of(new UserName(Identifier.of(name), null)), List.of(), null, null);
  }

  /** Deletes a tenant's rows from a shared table. */
  public static Statement deleteRows(TenantSpace.Table table, Tenant tenant) {
    return new DeleteRows(
        table.identifier(),
        null,
        null,
        FunctionCall.operator("equals", Identifier.of(table.key()), tenant.id()));
  }

  /** What takes the policies of a space off a table. */
  public static List<Statement> dropPolicies(TenantSpace space, TenantSpace.Table t) {
    return List.of(
        new DropAccessEntity(
            AccessEntityKind.ROW_POLICY,
            false,
            List.of(),
            List.of(
                new RowPolicyName(Names.openingPolicy(space.name()), t.database(), t.name()),
                new RowPolicyName(Names.tenantPolicy(space.name()), t.database(), t.name())),
            null,
            null));
  }

  /** What takes a space without tenants away again; its tables stay. */
  public static List<Statement> dropSpace(TenantSpace space) {
    List<Statement> all = new ArrayList<>();
    space.tables().forEach(t -> all.addAll(dropPolicies(space, t)));
    all.add(drop(AccessEntityKind.ROLE, Names.spaceRole(space.name())));
    return all;
  }

  /** The role, what it may do, and the quota. */
  public static List<Statement> access(TenantSpace space, Tenant tenant) {
    List<Statement> all = new ArrayList<>();
    all.add(tenantRole(space, tenant));
    all.add(tenantGrants(space, tenant));
    CreateQuota quota = quota(space, tenant);
    if (quota != null) {
      all.add(quota);
    }
    return all;
  }

  /** The role without its grants. */
  public static CreateRole tenantRole(TenantSpace space, Tenant tenant) {
    return role(Names.tenantRole(space.name(), tenant.name()), settings(space, tenant));
  }

  /** The space's role in shared tables, else privileges on the tenant's tables. */
  public static Grant tenantGrants(TenantSpace space, Tenant tenant) {
    String role = Names.tenantRole(space.name(), tenant.name());
    List<Grant.Privilege> own = IsolationModel.of(tenant.isolation()).grants(space, tenant);
    return own.isEmpty()
        ? new Grant(
            false,
            null,
            false,
            List.of(),
            set(Names.spaceRole(space.name())),
            set(role),
            false,
            false)
        : grant(own, role);
  }

  /**
   * The settings of a member. Those that make it the tenant's come last, so that nothing said
   * before can be over them.
   */
  private static List<SettingsElement> settings(TenantSpace space, Tenant tenant) {
    Map<String, SettingsElement> all = new LinkedHashMap<>();
    for (List<SettingsElement> list : List.of(space.settings(), tenant.settings())) {
      for (SettingsElement e : list) {
        switch (e) {
          case SettingsElement.Constraint c -> {
            all.remove(c.name());
            all.put(c.name(), c);
          }
          case SettingsElement.Inherit i -> all.put("profile " + i.profile(), i);
          case SettingsElement.None _ -> {}
        }
      }
    }
    effective(space, tenant)
        .values()
        .forEach((limit, v) -> {
          if (limit.means() == Limit.Means.SETTING) {
            constant(all, limit.sql(), v);
          }
        });
    constant(all, Names.setting(space.name()), tenant.id());
    constant(all, "workload", Literal.of(Names.workload(space.name(), tenant.name())));
    return List.copyOf(all.values());
  }

  private static void constant(Map<String, SettingsElement> all, String name, Expression value) {
    all.remove(name);
    all.put(
        name,
        new SettingsElement.Constraint(name, value, null, null, SettingsElement.Writability.CONST));
  }

  /** The limits of the space with those of the tenant over them. */
  public static Limits effective(TenantSpace space, Tenant tenant) {
    return Limits.NONE.overlaidBy(space.limits()).overlaidBy(tenant.limits());
  }

  /** The quota over all members together; null when nothing is counted in intervals. */
  public static @Nullable CreateQuota quota(TenantSpace space, Tenant tenant) {
    List<CreateQuota.QuotaInterval> intervals = effective(space, tenant).intervals();
    if (intervals.isEmpty()) {
      return null;
    }
    String name = Names.tenantRole(space.name(), tenant.name());
    return new CreateQuota(
        CREATE, List.of(name), null, "NOT KEYED", null, null, intervals, set(name));
  }

  /** The workload of the tenant; its queue is never without a bound. */
  public static CreateWorkload workload(TenantSpace space, Tenant tenant) {
    List<CreateWorkload.WorkloadSetting> settings = new ArrayList<>();
    Limits limits = effective(space, tenant);
    if (limits.get(Limit.MAX_CONCURRENT_QUERIES) != null
        && limits.get(Limit.MAX_WAITING_QUERIES) == null) {
      limits =
          limits.overlaidBy(
              new Limits(Map.of(Limit.MAX_WAITING_QUERIES, WAITING_QUERIES), List.of()));
    }
    limits
        .values()
        .forEach((limit, v) -> {
          if (limit.means() == Limit.Means.WORKLOAD) {
            settings.add(new CreateWorkload.WorkloadSetting(limit.sql(), v, null));
          } else if (limit == Limit.MAX_MEMORY_USAGE) {
            settings.add(new CreateWorkload.WorkloadSetting("max_memory", v, null));
          }
        });
    return new CreateWorkload(
        false, false, Names.workload(space.name(), tenant.name()), null, ROOT, settings);
  }

  // ---- What cannot be said

  /** What ClickHouse has no statement for, in words; Longhouse does it by itself. */
  public static List<String> beyondClickHouse(TenantSpace space, @Nullable Tenant tenant) {
    List<String> all = new ArrayList<>();
    if (tenant == null) {
      all.add(
          "ClickHouse's row policies bind reading only: that INSERT, UPDATE and DELETE touch no"
              + " other tenant's rows, and that INSERT fills the key, is Longhouse's");
      all.add("ClickHouse lets the roles and policies be dropped and altered one by one");
      return all;
    }
    effective(space, tenant)
        .values()
        .forEach((limit, v) -> {
          if (limit.means() == Limit.Means.LONGHOUSE) {
            all.add(
                limit.sql()
                    + " = "
                    + Formatter.formatOneLine(v)
                    + ": ClickHouse has no such limit");
          }
        });
    String database = IsolationModel.of(tenant.isolation()).database(space, tenant);
    all.add(
        "A role has no default database in ClickHouse: each member needs DEFAULT DATABASE "
            + Quoting.identifier(database));
    all.add("ClickHouse lets a user have the roles of two tenants of a space");
    return all;
  }

  // ---- Parts

  private static CreateRole role(String name, List<SettingsElement> settings) {
    return new CreateRole(
        CREATE, List.of(new UserName(Identifier.of(name), null)), null, settings, null);
  }

  private static Grant grant(List<Grant.Privilege> privileges, String role) {
    return new Grant(false, null, false, privileges, null, set(role), false, false);
  }

  private static RoleSet set(String role) {
    return new RoleSet(
        false, false, false, List.of(new UserName(Identifier.of(role), null)), List.of(), false);
  }

  private static CreateResource resource(String name, List<String> operations) {
    return new CreateResource(
        false,
        true,
        name,
        null,
        operations.stream().map(o -> new CreateResource.Operation(o, null)).toList());
  }
}
