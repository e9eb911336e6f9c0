package io.longhouse.engine.access;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the rights of a user and its roles come together. Roles of two tenants of one space are not
 * in force, nor is what they were granted.
 *
 * @param current the roles that were chosen
 * @param enabled the roles in force: the chosen ones and those granted to them
 * @param rights what was granted to the user and the roles in force
 */
record EnabledRoles(Set<UUID> current, Set<UUID> enabled, AccessRights rights) {
  /**
   * @param chosen the roles of SET ROLE; null for the user's default ones
   * @param given roles that the login itself brought
   */
  static EnabledRoles of(
      AccessControl control, User user, @Nullable Set<UUID> chosen, Set<UUID> given) {
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
    return new EnabledRoles(current, enabled, rights);
  }

  private static void enable(
      UUID id, AccessControl control, Set<UUID> enabled, AccessRights rights) {
    if (!enabled.contains(id) && control.find(id) instanceof Role role) {
      enabled.add(id);
      rights.add(role.rights());
      role.roles().ids().forEach(r -> enable(r, control, enabled, rights));
    }
  }
}
