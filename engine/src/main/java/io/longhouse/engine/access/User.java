package io.longhouse.engine.access;

import io.longhouse.sql.ast.AccessEntityKind;
import java.util.List;
import java.util.UUID;

/**
 * Somebody who can log in.
 *
 * @param authentication any one of them lets in
 * @param defaultRoles which of the granted roles are in force after login
 * @param grantees to whom the user may grant
 * @param defaultDatabase empty for the server's own
 */
public record User(
    UUID id,
    String name,
    List<AuthenticationMethod> authentication,
    AllowedHosts hosts,
    AccessRights rights,
    GrantedRoles roles,
    Subjects defaultRoles,
    Subjects grantees,
    String defaultDatabase,
    ProfileElements settings)
    implements AccessEntity {
  public User {
    authentication = List.copyOf(authentication);
  }

  /** Who has nothing yet and may come in from anywhere without a password. */
  public static User named(UUID id, String name) {
    return new User(
        id,
        name,
        List.of(AuthenticationMethod.noPassword()),
        AllowedHosts.ANY,
        new AccessRights(),
        GrantedRoles.NONE,
        Subjects.ALL,
        Subjects.ALL,
        "",
        ProfileElements.NONE);
  }

  @Override
  public AccessEntityKind kind() {
    return AccessEntityKind.USER;
  }

  User withName(String other) {
    return new User(
        id,
        other,
        authentication,
        hosts,
        rights,
        roles,
        defaultRoles,
        grantees,
        defaultDatabase,
        settings);
  }

  User withGrants(AccessRights otherRights, GrantedRoles otherRoles) {
    return new User(
        id,
        name,
        authentication,
        hosts,
        otherRights,
        otherRoles,
        defaultRoles,
        grantees,
        defaultDatabase,
        settings);
  }

  User withDefaultRoles(Subjects other) {
    return new User(
        id, name, authentication, hosts, rights, roles, other, grantees, defaultDatabase, settings);
  }
}
