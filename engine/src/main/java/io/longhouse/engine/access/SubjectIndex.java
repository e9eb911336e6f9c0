package io.longhouse.engine.access;

import io.longhouse.sql.ast.AccessEntityKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which policies, quotas and profiles are about whom: found by table and user, without looking at
 * those of others. Safe for many threads.
 */
final class SubjectIndex {
  /** Entities of one kind (and, for policies, one table) by those they name. */
  private static final class Group {
    final Map<UUID, Map<UUID, AccessEntity>> named = new HashMap<>();
    final Map<UUID, AccessEntity> forAll = new LinkedHashMap<>();
    int size;

    void put(AccessEntity e, Subjects to) {
      size++;
      if (to.all()) {
        forAll.put(e.id(), e);
      }
      for (UUID id : to.ids()) {
        named.computeIfAbsent(id, _ -> new LinkedHashMap<>()).put(e.id(), e);
      }
    }

    void remove(AccessEntity e, Subjects to) {
      size--;
      forAll.remove(e.id());
      for (UUID id : to.ids()) {
        Map<UUID, AccessEntity> of = named.get(id);
        if (of != null) {
          of.remove(e.id());
          if (of.isEmpty()) {
            named.remove(id);
          }
        }
      }
    }

    void collect(UUID user, Set<UUID> roles, List<AccessEntity> out) {
      Map<UUID, AccessEntity> found = new LinkedHashMap<>();
      for (AccessEntity e : forAll.values()) {
        if (subjects(e).meets(user, roles)) {
          found.put(e.id(), e);
        }
      }
      found.putAll(named.getOrDefault(user, Map.of()));
      for (UUID role : roles) {
        found.putAll(named.getOrDefault(role, Map.of()));
      }
      out.addAll(found.values());
    }
  }

  private record Table(String database, String name) {}

  private final Map<Table, Group> policies = new HashMap<>();
  private final Group quotas = new Group();
  private final Group profiles = new Group();

  static boolean holds(AccessEntityKind kind) {
    return switch (kind) {
      case ROW_POLICY, QUOTA, SETTINGS_PROFILE -> true;
      case USER, ROLE, MASKING_POLICY -> false;
    };
  }

  private static Subjects subjects(AccessEntity e) {
    return switch (e) {
      case RowPolicy p -> p.to();
      case Quota q -> q.to();
      case SettingsProfile p -> p.to();
      case User _, Role _ -> Subjects.NONE;
    };
  }

  synchronized void changed(@Nullable AccessEntity before, @Nullable AccessEntity after) {
    if (before != null && holds(before.kind())) {
      Group g = group(before);
      g.remove(before, subjects(before));
      if (before instanceof RowPolicy p && g.size == 0) {
        policies.remove(new Table(p.database(), p.table()));
      }
    }
    if (after != null && holds(after.kind())) {
      group(after).put(after, subjects(after));
    }
  }

  private Group group(AccessEntity e) {
    return switch (e) {
      case RowPolicy p ->
          policies.computeIfAbsent(new Table(p.database(), p.table()), _ -> new Group());
      case Quota _ -> quotas;
      case SettingsProfile _, User _, Role _ -> profiles;
    };
  }

  /** Whether a table has a policy for anybody. */
  synchronized boolean hasPolicies(String database, String table) {
    return !policies.isEmpty()
        && (policies.containsKey(new Table(database, table))
            || policies.containsKey(new Table(database, "")));
  }

  /** The policies of a table, its database's included, that are about a user with these roles. */
  synchronized List<RowPolicy> policies(String database, String table, UUID user, Set<UUID> roles) {
    List<AccessEntity> out = new ArrayList<>();
    for (Table t : List.of(new Table(database, table), new Table(database, ""))) {
      Group g = policies.get(t);
      if (g != null) {
        g.collect(user, roles, out);
      }
    }
    return out.stream().map(RowPolicy.class::cast).toList();
  }

  synchronized Collection<Quota> quotas(UUID user, Set<UUID> roles) {
    List<AccessEntity> out = new ArrayList<>();
    quotas.collect(user, roles, out);
    return out.stream().map(Quota.class::cast).toList();
  }

  synchronized Collection<SettingsProfile> profiles(UUID user, Set<UUID> roles) {
    List<AccessEntity> out = new ArrayList<>();
    profiles.collect(user, roles, out);
    return out.stream().map(SettingsProfile.class::cast).toList();
  }
}
