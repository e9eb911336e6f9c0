package io.longhouse.engine.access;

import io.longhouse.sql.ast.AccessEntityKind;
import java.util.UUID;

/** Rights and settings under a name, to be granted together. */
public record Role(
    UUID id, String name, AccessRights rights, GrantedRoles roles, ProfileElements settings)
    implements AccessEntity {
  public static Role named(UUID id, String name) {
    return new Role(id, name, new AccessRights(), GrantedRoles.NONE, ProfileElements.NONE);
  }

  @Override
  public AccessEntityKind kind() {
    return AccessEntityKind.ROLE;
  }
}
