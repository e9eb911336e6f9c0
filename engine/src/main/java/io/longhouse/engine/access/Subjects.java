package io.longhouse.engine.access;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * A set of users and roles: {@code ALL EXCEPT a}, {@code a, b}, {@code NONE}.
 *
 * @param except only with {@code all}
 */
public record Subjects(boolean all, Set<UUID> ids, Set<UUID> except) {
  public static final Subjects ALL = new Subjects(true, Set.of(), Set.of());
  public static final Subjects NONE = new Subjects(false, Set.of(), Set.of());

  public Subjects {
    ids = Set.copyOf(ids);
    except = Set.copyOf(except);
  }

  public static Subjects of(Set<UUID> ids) {
    return new Subjects(false, ids, Set.of());
  }

  public boolean contains(UUID id) {
    return all ? !except.contains(id) : ids.contains(id);
  }

  /** Whether a user is meant, directly or by one of the roles that are in force. */
  public boolean meets(UUID user, Set<UUID> roles) {
    if (all) {
      return !except.contains(user) && roles.stream().noneMatch(except::contains);
    }
    return ids.contains(user) || roles.stream().anyMatch(ids::contains);
  }

  public boolean isNone() {
    return !all && ids.isEmpty();
  }

  /** Without an entity that is no more. */
  Subjects without(UUID id) {
    if (!ids.contains(id) && !except.contains(id)) {
      return this;
    }
    Set<UUID> left = new HashSet<>(ids);
    left.remove(id);
    Set<UUID> exceptLeft = new HashSet<>(except);
    exceptLeft.remove(id);
    return new Subjects(all, left, exceptLeft);
  }
}
