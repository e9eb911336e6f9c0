package io.longhouse.engine.access;

import java.util.UUID;

/** An entity in the place of another: the same but for its id. */
final class EntityIds {
  private EntityIds() {}

  static AccessEntity withId(AccessEntity e, UUID id) {
    return switch (e) {
      case User u ->
          new User(
              id,
              u.name(),
              u.authentication(),
              u.hosts(),
              u.rights(),
              u.roles(),
              u.defaultRoles(),
              u.grantees(),
              u.defaultDatabase(),
              u.settings());
      case Role r -> new Role(id, r.name(), r.rights(), r.roles(), r.settings());
      case SettingsProfile p -> new SettingsProfile(id, p.name(), p.settings(), p.to());
      case Quota q ->
          new Quota(
              id,
              q.name(),
              q.keys(),
              q.ipv4PrefixBits(),
              q.ipv6PrefixBits(),
              q.intervals(),
              q.to());
      case MaskingPolicy p ->
          new MaskingPolicy(
              id,
              p.shortName(),
              p.database(),
              p.table(),
              p.assignments(),
              p.where(),
              p.to(),
              p.priority());
      case RowPolicy p ->
          new RowPolicy(
              id, p.shortName(), p.database(), p.table(), p.filter(), p.restrictive(), p.to());
    };
  }
}
