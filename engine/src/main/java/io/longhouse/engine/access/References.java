package io.longhouse.engine.access;

import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.RoleSet;
import io.longhouse.sql.ast.UserName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the names in a statement about access mean. */
interface References {
  /**
   * The id of a user or role, of one of these kinds.
   *
   * @throws io.longhouse.sql.LonghouseException UNKNOWN_USER (192), UNKNOWN_ROLE (511)
   */
  UUID id(UserName name, AccessEntityKind... kinds);

  /**
   * @throws io.longhouse.sql.LonghouseException THERE_IS_NO_PROFILE (180)
   */
  UUID profile(String name, boolean isId);

  /** Who runs the statement. */
  UUID currentUser();

  /** The database that a table without one is in. */
  String database();

  default Subjects subjects(@Nullable RoleSet set, AccessEntityKind... kinds) {
    if (set == null || set.none()) {
      return Subjects.NONE;
    }
    Set<UUID> ids = ids(set.names(), set.currentUser(), kinds);
    Set<UUID> except = ids(set.except(), set.exceptCurrentUser(), kinds);
    return set.all() ? new Subjects(true, Set.of(), except) : Subjects.of(ids);
  }

  private Set<UUID> ids(List<UserName> names, boolean currentUser, AccessEntityKind... kinds) {
    Set<UUID> ids = new HashSet<>();
    names.forEach(n -> ids.add(id(n, kinds)));
    if (currentUser) {
      ids.add(currentUser());
    }
    return ids;
  }

  /** The same for entities that were kept: everything is named by its id. */
  static References kept() {
    return new References() {
      @Override
      public UUID id(UserName name, AccessEntityKind... kinds) {
        return UUID.fromString(name.name().name());
      }

      @Override
      public UUID profile(String name, boolean isId) {
        return UUID.fromString(name);
      }

      @Override
      public UUID currentUser() {
        throw new IllegalStateException("a kept entity names no current user");
      }

      @Override
      public String database() {
        return "";
      }
    };
  }
}
