package io.longhouse.engine.access;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user with certain roles may do, as it was at one moment: immutable, shared by the queries
 * of a session until something changes.
 */
public final class SessionAccess {
  private static final List<String> OPEN_SYSTEM_TABLES =
      List.of(
          "one",
          "contributors",
          "licenses",
          "time_zones",
          "collations",
          "formats",
          "privileges",
          "data_type_families",
          "database_engines",
          "table_engines",
          "table_functions",
          "disk_types",
          "dictionary_layouts",
          "aggregate_function_combinators",
          "completions",
          "functions",
          "databases",
          "tables",
          "columns",
          "settings",
          "current_roles",
          "enabled_roles",
          "quota_usage",
          "processes",
          "mutations",
          "query_log",
          "errors",
          "session_log",
          "tenant_usage",
          "tenant_storage",
          "tenants",
          "tenant_spaces");

  /** Tables in which one's own rows may be read without a grant. */
  private static final List<String> OWN_ROWS = List.of("query_log", "session_log", "tenant_usage");

  private final AccessControl control;
  private final @Nullable User user;
  private final Set<UUID> currentRoles;
  private final Set<UUID> enabledRoles;
  private final AccessRights granted;
  private final AccessRights implied;
  private final boolean unrestricted;
  private final Map<String, String> fixedSettings;
  private final Membership membership;
  private @Nullable SettingsConstraints constraints;

  private SessionAccess(
      AccessControl control,
      @Nullable User user,
      Set<UUID> currentRoles,
      Set<UUID> enabledRoles,
      AccessRights granted,
      AccessRights implied,
      Map<String, String> fixedSettings) {
    this.control = control;
    this.user = user;
    this.currentRoles = currentRoles;
    this.enabledRoles = enabledRoles;
    this.granted = granted;
    this.implied = implied;
    this.unrestricted = user == null;
    this.fixedSettings = fixedSettings;
    this.membership = Membership.of(control.tenants(), enabledRoles);
  }

  /** For the engine's own work: nothing is checked, no policy applies. */
  public static SessionAccess unrestricted(AccessControl control) {
    AccessRights all = AccessRights.everything();
    return new SessionAccess(control, null, Set.of(), Set.of(), all, all, Map.of());
  }

  /** A user with its default roles. */
  public static SessionAccess of(AccessControl control, User user) {
    return of(control, user, null, Set.of(), Map.of());
  }

  /**
   * @param chosen the roles of SET ROLE; null for the user's default ones
   */
  static SessionAccess of(
      AccessControl control,
      User user,
      @Nullable Set<UUID> chosen,
      SessionUser.Admission admission) {
    return of(control, user, chosen, admission.roles(), admission.settings());
  }

  private static SessionAccess of(
      AccessControl control,
      User user,
      @Nullable Set<UUID> chosen,
      Set<UUID> given,
      Map<String, String> fixedSettings) {
    Set<UUID> current = new LinkedHashSet<>();
    for (UUID role : user.roles().ids()) {
      if (chosen == null ? user.defaultRoles().contains(role) : chosen.contains(role)) {
        if (control.find(role) instanceof Role) {
          current.add(role);
        }
      }
    }
    for (UUID role : given) {
      if (control.find(role) instanceof Role) {
        current.add(role);
      }
    }
    Set<UUID> enabled = new LinkedHashSet<>();
    current.forEach(r -> enable(r, control, enabled, user.rights().copy()));
    Set<UUID> conflicting = Membership.conflicting(control.tenants(), enabled);
    enabled.clear();
    enabled.addAll(conflicting);
    AccessRights rights = user.rights().copy();
    current.forEach(r -> enable(r, control, enabled, rights));
    enabled.removeAll(conflicting);
    return new SessionAccess(
        control, user, current, enabled, rights, implied(rights, control), fixedSettings);
  }

  private static void enable(
      UUID id, AccessControl control, Set<UUID> enabled, AccessRights rights) {
    if (!enabled.contains(id) && control.find(id) instanceof Role role) {
      enabled.add(id);
      rights.add(role.rights());
      role.roles().ids().forEach(r -> enable(r, control, enabled, rights));
    }
  }

  private static AccessRights implied(AccessRights rights, AccessControl control) {
    AccessRights r = rights.withImplied();
    if (isOff(control, "select_from_system_db_requires_grant")) {
      r.grant(GrantElement.of(Privilege.SELECT.set(), "system"));
    } else {
      for (String table : OPEN_SYSTEM_TABLES) {
        r.grant(GrantElement.of(Privilege.SELECT.set(), "system", table));
      }
      Privileges all = rights.anywhere();
      open(r, all, Privilege.SHOW_USERS, "users");
      open(r, all, Privilege.SHOW_ROLES, "roles");
      open(r, all, Privilege.SHOW_ROW_POLICIES, "row_policies");
      open(r, all, Privilege.SHOW_MASKING_POLICIES, "masking_policies");
      open(r, all, Privilege.SHOW_SETTINGS_PROFILES, "settings_profiles");
      open(r, all, Privilege.SHOW_QUOTAS, "quotas");
    }
    if (isOff(control, "select_from_information_schema_requires_grant")) {
      r.grant(GrantElement.of(Privilege.SELECT.set(), "information_schema"));
      r.grant(GrantElement.of(Privilege.SELECT.set(), "INFORMATION_SCHEMA"));
    }
    return r;
  }

  private static boolean isOff(AccessControl control, String key) {
    String v = control.configured("access_control_improvements." + key, "1");
    return v.equals("0") || v.equalsIgnoreCase("false");
  }

  private static void open(AccessRights r, Privileges all, Privilege needed, String table) {
    if (all.contains(needed)) {
      r.grant(GrantElement.of(Privilege.SELECT.set(), "system", table));
    }
  }

  public AccessControl control() {
    return control;
  }

  /** Who it is; empty for the engine itself. */
  public String userName() {
    User u = user;
    return u == null ? "" : u.name();
  }

  /** Whom this session's work is charged to and scheduled as. */
  public Account account() {
    Account ofTenant = membership.account();
    return ofTenant == null ? Account.ofUser(userName()) : ofTenant;
  }

  /**
   * The database of the tenant that this session acts for; null without one, and for a user who has
   * a default database.
   */
  public @Nullable String homeDatabase() {
    User u = user;
    return u == null || !u.defaultDatabase().isEmpty() ? null : membership.database();
  }

  public @Nullable User user() {
    return user;
  }

  public boolean isUnrestricted() {
    return unrestricted;
  }

  /** The roles that were chosen. */
  public Set<UUID> currentRoles() {
    return currentRoles;
  }

  /** The roles in force: the chosen ones and those granted to them. */
  public Set<UUID> enabledRoles() {
    return enabledRoles;
  }

  /**
   * Whether running queries may be seen: one's own always may, unless they were sent in the name of
   * another tenant.
   */
  public boolean seesQueriesOf(String other, Account of) {
    return unrestricted
        || isOwn(other, of)
        || granted.isGranted(Privilege.KILL_QUERY)
        || granted.isGranted(Privilege.SELECT, "system", "processes");
  }

  /** Whether a query that this user sent in the name of that account is this session's own. */
  public boolean isOwn(String other, Account of) {
    return other.equals(userName()) && of.equals(account());
  }

  /** Values of settings and their bounds by the profiles of the user and its roles. */
  public synchronized SettingsConstraints constraints() {
    SettingsConstraints known = constraints;
    if (known == null) {
      known = SettingsConstraints.of(control, user, enabledRoles).with(fixedSettings);
      constraints = known;
    }
    return known;
  }

  /** The names of the profiles that say something of the user's settings. */
  public List<String> profileNames() {
    User u = user;
    if (u == null) {
      return List.of();
    }
    Set<String> names = new LinkedHashSet<>();
    String base = control.configured("default_profile", "default");
    if (control.find(AccessEntityKind.SETTINGS_PROFILE, base) != null) {
      names.add(base);
    }
    control.index().profiles(u.id(), enabledRoles).forEach(p -> names.add(p.name()));
    for (ProfileElements.Element e : u.settings().elements()) {
      if (e instanceof ProfileElements.Inherit i
          && control.nameOf(i.profile()) instanceof String name) {
        names.add(name);
      }
    }
    return List.copyOf(names);
  }

  /** The quotas that the user falls under. */
  Collection<Quota> quotas() {
    User u = user;
    return u == null ? List.of() : control.quotas(u.id(), enabledRoles);
  }

  /** What was granted to the user and its roles. */
  public AccessRights granted() {
    return granted;
  }

  public boolean isGranted(Privilege p, String... path) {
    return unrestricted || implied.isGranted(p, path);
  }

  boolean isGranted(GrantElement e) {
    return unrestricted || implied.isGranted(e);
  }

  /** Whether it is granted on the name or on anything below it. */
  public boolean isGrantedBelow(Privilege p, String... path) {
    return unrestricted || implied.isGrantedBelow(p, path);
  }

  /** Whether a role may be granted to others. */
  boolean hasAdminOption(UUID role) {
    if (unrestricted || implied.isGranted(Privilege.ROLE_ADMIN)) {
      return true;
    }
    User u = user;
    if (u != null && currentRoles.contains(role) && u.roles().hasAdminOption(role)) {
      return true;
    }
    for (UUID id : enabledRoles) {
      if (control.find(id) instanceof Role r && r.roles().hasAdminOption(role)) {
        return true;
      }
    }
    return false;
  }

  // ---- Checks

  /**
   * @throws LonghouseException ACCESS_DENIED (497)
   */
  public void check(Privilege p, String... path) {
    check(p.set(), path);
  }

  public void check(Privileges set, String... path) {
    check(GrantElement.of(set, path));
  }

  /**
   * Whether a privilege on a table may be granted to others.
   *
   * @throws LonghouseException ACCESS_DENIED (497)
   */
  public void checkGrantable(Privilege p, String database, String table) {
    check(GrantElement.of(p.set(), database, table).withGrantOption(true));
  }

  void check(GrantElement e) {
    if (!isGranted(e)) {
      throw denied(List.of(e));
    }
  }

  /** Checks a privilege on some columns of a table, on the whole table when there are none. */
  public void check(Privilege p, String database, String table, Collection<String> columns) {
    if (unrestricted || implied.isGranted(p, database, table)) {
      return;
    }
    if (columns.isEmpty()) {
      check(p, database, table);
    }
    List<GrantElement> needed = new ArrayList<>();
    boolean all = true;
    for (String c : columns) {
      needed.add(GrantElement.of(p.set(), database, table, c));
      all &= implied.isGranted(p, database, table, c);
    }
    if (!all) {
      throw denied(needed);
    }
  }

  /**
   * Checks a read of a table.
   *
   * @param columns those that are read
   * @param all every column there is: when none is read, one of them must be allowed
   */
  public void checkSelect(
      String database, String table, Collection<String> columns, Collection<String> all) {
    if (!columns.isEmpty()) {
      check(Privilege.SELECT, database, table, columns);
      return;
    }
    if (unrestricted || implied.isGranted(Privilege.SELECT, database, table)) {
      return;
    }
    for (String c : all) {
      if (implied.isGranted(Privilege.SELECT, database, table, c)) {
        return;
      }
    }
    throw new LonghouseException(
        ErrorCode.ACCESS_DENIED,
        necessary()
            + "SELECT for at least one column on "
            + io.longhouse.sql.Quoting.identifier(database)
            + "."
            + io.longhouse.sql.Quoting.identifier(table));
  }

  private String necessary() {
    return userName()
        + ": Not enough privileges. To execute this query, it's necessary to have the grant ";
  }

  private LonghouseException denied(List<GrantElement> needed) {
    GrantElement first = needed.getFirst();
    boolean option = first.grantOption();
    String wanted = text(needed);
    var plain = new AccessRights();
    needed.forEach(e -> plain.grant(e.withGrantOption(false)));
    if (option && needed.stream().allMatch(e -> implied.isGranted(e.withGrantOption(false)))) {
      return new LonghouseException(
          ErrorCode.ACCESS_DENIED,
          userName()
              + ": Not enough privileges. The required privileges have been granted, but without"
              + " grant option. To execute this query, it's necessary to have the grant "
              + wanted
              + " WITH GRANT OPTION");
    }
    AccessRights missing = plain.minus(granted);
    String message = necessary() + wanted + (option ? " WITH GRANT OPTION" : "");
    if (!missing.elements().equals(plain.elements())) {
      message += ". (Missing permissions: " + missing(missing) + ")";
      if (option) {
        message += ". You can try to use the `GRANT CURRENT GRANTS(...)` statement";
      }
    }
    return new LonghouseException(ErrorCode.ACCESS_DENIED, message);
  }

  /** Names of columns are told to those only who may know them. */
  private String text(List<GrantElement> needed) {
    GrantElement first = needed.getFirst();
    if (first.path().size() < 3) {
      return first.text();
    }
    List<String> table = first.path().subList(0, 2);
    List<String> columns = needed.stream().map(e -> e.path().get(2)).toList();
    return GrantText.of(
        List.of(new GrantText.Line(first.privileges(), table, hints(table, columns), false)));
  }

  private List<String> hints(List<String> table, List<String> columns) {
    boolean shown =
        columns.stream()
            .allMatch(
                c -> implied.isGranted(Privilege.SHOW_COLUMNS, table.get(0), table.get(1), c));
    return shown ? columns : List.of();
  }

  private String missing(AccessRights rights) {
    List<String> parts = new ArrayList<>();
    List<GrantText.Line> group = new ArrayList<>();
    GrantText.Line last = null;
    for (GrantText.Line l : GrantText.lines(rights)) {
      List<String> columns = l.columns().isEmpty() ? List.of() : hints(l.path(), l.columns());
      if (last != null && !last.continues(l)) {
        parts.add(GrantText.of(group));
        group.clear();
      }
      group.add(new GrantText.Line(l.privileges(), l.path(), columns, l.wildcard()));
      last = l;
    }
    parts.add(GrantText.of(group));
    return String.join(", ", parts);
  }

  // ---- Row policies

  /**
   * The condition that rows of a table must meet to be seen, null for no condition. It is the same
   * as long as this access is.
   */
  public @Nullable Expression rowFilter(String database, String table) {
    User u = user;
    if (u != null && database.equals("system") && OWN_ROWS.contains(table)) {
      return granted.isGranted(Privilege.SELECT, database, table) ? null : ownRows(u, table);
    }
    if (u == null
        || !control.index().hasPolicies(database, table)
        || granted.isGranted(Privilege.CREATE_ROW_POLICY, database, table)) {
      return null;
    }
    if (control.index().isBroken(database, table)) {
      return Literal.of(0);
    }
    List<Expression> permissive = new ArrayList<>();
    List<Expression> all = new ArrayList<>();
    for (RowPolicy p : control.index().policies(database, table, u.id(), enabledRoles)) {
      Expression filter = membership.filter(p);
      if (filter != null) {
        (p.restrictive() ? all : permissive).add(filter);
      }
    }
    all.removeIf(SessionAccess::isTrue);
    if (!permissive.isEmpty()) {
      if (permissive.stream().noneMatch(SessionAccess::isTrue)) {
        all.add(joined("or", permissive));
      }
    } else if (!control.isOpenWithoutPolicies()) {
      return Literal.of(0);
    }
    return all.isEmpty() ? null : joined("and", all);
  }

  /** What is shown to the user in the place of a table's columns, in the order of application. */
  public List<MaskingPolicy> masks(String database, String table) {
    User u = user;
    return u == null
        ? List.of()
        : control.index().masks(database, table, u.id(), enabledRoles).stream()
            .sorted(
                Comparator.comparingLong(MaskingPolicy::priority)
                    .reversed()
                    .thenComparing(MaskingPolicy::shortName))
            .toList();
  }

  /** Whether policies neither hide rows of a table from the user nor mask columns. */
  public boolean seesAll(String database, String table) {
    return rowFilter(database, table) == null && masks(database, table).isEmpty();
  }

  /** {@code USING 1}, which hides nothing. */
  private static boolean isTrue(Expression filter) {
    return filter.bare().equals(Literal.of(1))
        || filter.bare().equals(new Literal.BoolLiteral(true));
  }

  /** Members of a tenant share its usage, but not what they asked. */
  private Expression ownRows(User u, String table) {
    List<Expression> all = new ArrayList<>();
    all.add(is("tenant_space", account().space()));
    all.add(is("tenant", account().tenant()));
    if (!table.equals("tenant_usage")) {
      all.add(is("user", u.name()));
    }
    return joined("and", all);
  }

  private static Expression is(String column, String value) {
    return FunctionCall.call("equals", Identifier.of(column), Literal.of(value));
  }

  private static Expression joined(String function, List<Expression> parts) {
    return parts.size() == 1
        ? parts.getFirst()
        : FunctionCall.call(function, parts.toArray(Expression[]::new));
  }

  /** The names of roles, in their order. */
  public List<String> names(Collection<UUID> roles) {
    return roles.stream().map(control::nameOf).filter(java.util.Objects::nonNull).sorted().toList();
  }

  /** Checks a privilege about an entity of access control on its name. */
  void checkEntity(Privilege p, AccessEntityKind kind, String name) {
    if (p.level() == Privilege.Level.USER_NAME) {
      check(p, name);
    } else {
      check(p);
    }
  }
}
