package io.longhouse.engine.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The roles that somebody was granted.
 *
 * @param roles for each whether it may be granted on
 */
public record GrantedRoles(Map<UUID, Boolean> roles) {
  public static final GrantedRoles NONE = new GrantedRoles(Map.of());

  public GrantedRoles {
    roles = Map.copyOf(roles);
  }

  public Set<UUID> ids() {
    return roles.keySet();
  }

  public boolean contains(UUID role) {
    return roles.containsKey(role);
  }

  public boolean hasAdminOption(UUID role) {
    return roles.getOrDefault(role, false);
  }

  GrantedRoles with(UUID role, boolean adminOption) {
    Map<UUID, Boolean> next = new LinkedHashMap<>(roles);
    next.merge(role, adminOption, (a, b) -> a || b);
    return new GrantedRoles(next);
  }

  GrantedRoles without(UUID role, boolean adminOptionOnly) {
    if (!roles.containsKey(role)) {
      return this;
    }
    Map<UUID, Boolean> next = new LinkedHashMap<>(roles);
    if (adminOptionOnly) {
      next.put(role, false);
    } else {
      next.remove(role);
    }
    return new GrantedRoles(next);
  }
}
