package io.longhouse.engine.access;

import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.Expression;
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
    EnabledRoles roles = EnabledRoles.of(control, user, chosen, given);
    AccessRights implied = OpenTables.added(roles.rights(), control);
    return new SessionAccess(
        control, user, roles.current(), roles.enabled(), roles.rights(), implied, fixedSettings);
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
      throw denial().of(List.of(e));
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
      throw denial().of(needed);
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
    throw denial().ofAnyColumn(database, table);
  }

  private Denial denial() {
    return new Denial(userName(), granted, implied);
  }

  // ---- Row policies

  /**
   * The condition that rows of a table must meet to be seen, null for no condition. It is the same
   * as long as this access is.
   */
  public @Nullable Expression rowFilter(String database, String table) {
    User u = user;
    return u == null ? null : new VisibleRows(this, u, membership).of(database, table);
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
