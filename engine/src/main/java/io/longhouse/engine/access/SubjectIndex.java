package io.longhouse.engine.access;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.DropAccessEntity;
import io.longhouse.sql.ast.RowPolicyName;
import io.longhouse.sql.parser.Parser;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Which policies, quotas and profiles are about whom: found by table and user, without looking at
 * those of others. Safe for many threads.
 *
 * <p>Row policies, of which there may be one for each user, are read behind the start; which tables
 * have any is known at once from their names. Who asks about such a table before all are read,
 * waits. A table with a policy that cannot be read is closed.
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

  private static final System.Logger LOG = System.getLogger(SubjectIndex.class.getName());

  private final Set<Table> expected = ConcurrentHashMap.newKeySet();
  private final Set<Table> broken = ConcurrentHashMap.newKeySet();
  private final List<Thread> readers = new CopyOnWriteArrayList<>();
  private final Map<Table, Group> policies = new HashMap<>();
  private final Map<Table, Group> masks = new HashMap<>();
  private final Group quotas = new Group();

  /** Written under this object's monitor only. */
  private volatile int loginQuotas;

  private final Group profiles = new Group();

  /** Takes in what a storage has. */
  void load(AccessStorage storage) {
    for (AccessEntityKind kind :
        List.of(AccessEntityKind.QUOTA, AccessEntityKind.SETTINGS_PROFILE)) {
      for (UUID id : storage.isIndexed(kind) ? storage.ids(kind) : List.<UUID>of()) {
        AccessEntity e = storage.find(id);
        if (e != null) {
          changed(null, e);
        }
      }
    }
    storage.ids(AccessEntityKind.MASKING_POLICY).forEach(id -> read(id, storage));
    Collection<UUID> ids = storage.ids(AccessEntityKind.ROW_POLICY);
    if (ids.isEmpty()) {
      return;
    }
    for (UUID id : ids) {
      expected.add(tableOf(String.valueOf(storage.nameOf(id))));
    }
    readers.add(
        Thread.ofPlatform()
            .name("row-policies")
            .daemon()
            .start(() -> ids.parallelStream().forEach(id -> read(id, storage))));
  }

  private void read(UUID id, AccessStorage storage) {
    try {
      AccessEntity e = storage.find(id);
      if (e != null) {
        changed(null, e);
      }
    } catch (LonghouseException | UncheckedIOException e) {
      String name = String.valueOf(storage.nameOf(id));
      broken.add(tableOf(name));
      LOG.log(
          Level.ERROR,
          () -> "policy " + name + " cannot be read, its table is closed: " + e.getMessage());
    }
  }

  /** The table in {@code p ON db.t}. */
  private static Table tableOf(String name) {
    int on = name.lastIndexOf(" ON ");
    int dot = name.indexOf('.', Math.max(on, 0));
    if (on > 0 && dot > 0 && name.indexOf('`') < 0) {
      String table = name.substring(dot + 1);
      return new Table(name.substring(on + 4, dot), table.equals("*") ? "" : table);
    }
    var drop = (DropAccessEntity) Parser.parseStatement("DROP ROW POLICY " + name).statement();
    RowPolicyName n = drop.policies().getFirst();
    return new Table(String.valueOf(n.database()), n.table().equals("*") ? "" : n.table());
  }

  /** Returns when everything is read. */
  void await() {
    for (Thread t : readers) {
      try {
        t.join();
        readers.remove(t);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LonghouseException(
            ErrorCode.QUERY_WAS_CANCELLED, "Interrupted while row policies are read", e);
      }
    }
  }

  /** Whether a table is closed since one of its policies cannot be read. */
  boolean isBroken(String database, String table) {
    return broken.contains(new Table(database, table)) || broken.contains(new Table(database, ""));
  }

  static boolean holds(AccessEntityKind kind) {
    return switch (kind) {
      case ROW_POLICY, MASKING_POLICY, QUOTA, SETTINGS_PROFILE -> true;
      case USER, ROLE -> false;
    };
  }

  private static Subjects subjects(AccessEntity e) {
    return switch (e) {
      case RowPolicy p -> p.to();
      case MaskingPolicy p -> p.to();
      case Quota q -> q.to();
      case SettingsProfile p -> p.to();
      case User _, Role _ -> Subjects.NONE;
    };
  }

  /** Whether some quota limits failed logins. */
  boolean limitsLogins() {
    return loginQuotas > 0;
  }

  private static int limitsLogins(@Nullable AccessEntity e) {
    return e instanceof Quota q
            && q.intervals().stream()
                .anyMatch(
                    i -> i.max().containsKey(Quota.Resource.FAILED_SEQUENTIAL_AUTHENTICATIONS))
        ? 1
        : 0;
  }

  synchronized void changed(@Nullable AccessEntity before, @Nullable AccessEntity after) {
    loginQuotas += limitsLogins(after) - limitsLogins(before);
    if (before != null && holds(before.kind())) {
      Group g = group(before);
      g.remove(before, subjects(before));
      if (before instanceof RowPolicy p && g.size == 0) {
        policies.remove(new Table(p.database(), p.table()));
      }
      if (before instanceof MaskingPolicy p && g.size == 0) {
        masks.remove(new Table(p.database(), p.table()));
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
      case MaskingPolicy p ->
          masks.computeIfAbsent(new Table(p.database(), p.table()), _ -> new Group());
      case Quota _ -> quotas;
      case SettingsProfile _, User _, Role _ -> profiles;
    };
  }

  /** Whether a table has a policy for anybody. */
  boolean hasPolicies(String database, String table) {
    if (!readers.isEmpty()) {
      boolean maybe =
          expected.contains(new Table(database, table))
              || expected.contains(new Table(database, ""));
      if (maybe) {
        await();
      }
    }
    return isBroken(database, table) || isKnown(database, table);
  }

  private synchronized boolean isKnown(String database, String table) {
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

  /** The masking policies of a table that are about a user with these roles. */
  synchronized List<MaskingPolicy> masks(
      String database, String table, UUID user, Set<UUID> roles) {
    Group g = masks.isEmpty() ? null : masks.get(new Table(database, table));
    if (g == null) {
      return List.of();
    }
    List<AccessEntity> out = new ArrayList<>();
    g.collect(user, roles, out);
    return out.stream().map(MaskingPolicy.class::cast).toList();
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
