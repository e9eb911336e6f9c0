package io.longhouse.engine.access;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.storage.index.TextRange;
import io.longhouse.tenancy.Names;
import io.longhouse.tenancy.TenantStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that access control knows, over the storages that keep it. Safe for many threads. */
public final class AccessControl implements AutoCloseable {
  private static final int KNOWN_MAX = 4096;

  private final Map<Object, Known> known = new ConcurrentHashMap<>();
  private final List<AccessStorage> storages;
  private final AtomicLong version = new AtomicLong();
  private final SubjectIndex index = new SubjectIndex();
  private final QuotaUsage quotas = new QuotaUsage();
  private final Map<String, String> configuration;
  private final TenantStore tenants;
  private final TenantAccessStorage ofTenants;

  private final HttpAuthenticators http;

  /** A hash of bcrypt that some user has; null as long as none was met. */
  private volatile @Nullable String slowHash;

  /**
   * @param storages looked through in this order; new entities go to the first that can be written
   * @param configuration the server's keys
   * @param tenants whose roles, policies and quotas come behind those of {@code storages}
   */
  public AccessControl(
      List<AccessStorage> storages, Map<String, String> configuration, TenantStore tenants) {
    this.tenants = tenants;
    this.ofTenants = new TenantAccessStorage(tenants);
    List<AccessStorage> all = new ArrayList<>(storages);
    all.add(ofTenants);
    this.storages = List.copyOf(all);
    this.configuration = configuration;
    this.http = new HttpAuthenticators(configuration);
    for (AccessStorage s : this.storages) {
      index.load(s);
      s.listen(this::changed);
    }
  }

  /** Takes over users, roles, profiles and quotas of a new configuration. */
  public void reload(Map<String, String> keys) {
    for (AccessStorage s : storages) {
      if (s instanceof ConfigAccessStorage c) {
        c.reload(keys);
      }
    }
  }

  /** Whether {@code default} comes in without a password from other machines. */
  public boolean isDefaultOpen() {
    User user = user("default");
    return user != null
        && !user.hosts().isLocalOnly()
        && user.authentication().stream()
            .anyMatch(m -> m.kind() == AuthenticationMethod.Kind.NO_PASSWORD);
  }

  /** A storage for users that come with tokens. */
  public static AccessStorage ofTokens(String parameters) {
    return new TokenAccessStorage(parameters);
  }

  private void changed(@Nullable AccessEntity before, @Nullable AccessEntity after) {
    if (after instanceof User u) {
      met(u);
    }
    index.await();
    index.changed(before, after);
    if (before instanceof Quota q && after == null) {
      quotas.forget(q.id());
    }
    version.incrementAndGet();
  }

  /** Changes whenever an entity does. */
  long version() {
    return version.get();
  }

  private record Known(long version, SessionAccess access) {}

  /**
   * What a login may do that gave the same as one before: clients that come for one statement come
   * again and again.
   *
   * @param identity of the login; equal logins get the same
   * @param now the version before it is computed
   */
  SessionAccess access(Object identity, long now, Supplier<SessionAccess> computed) {
    Known k = known.get(identity);
    if (k == null || k.version != now) {
      k = new Known(now, computed.get());
      if (known.size() >= KNOWN_MAX) {
        known.clear();
      }
      known.put(identity, k);
    }
    return k.access;
  }

  SubjectIndex index() {
    return index;
  }

  /** The tenants and their spaces. */
  public TenantStore tenants() {
    return tenants;
  }

  /** The quotas about a user with these roles. */
  Collection<Quota> quotas(UUID user, Set<UUID> roles) {
    List<Quota> out = new ArrayList<>(index.quotas(user, roles));
    for (UUID role : roles) {
      Quota q = ofTenants.quotaOf(role);
      if (q != null) {
        out.add(q);
      }
    }
    return out;
  }

  public QuotaUsage quotas() {
    return quotas;
  }

  public List<AccessStorage> storages() {
    return storages;
  }

  /** A key of the server's configuration, or what it is otherwise. */
  String configured(String key, String otherwise) {
    return configuration.getOrDefault(key, otherwise).strip();
  }

  /** Whether an improvement of access control is on that is off where nothing is said. */
  private boolean isOn(String improvement) {
    String v = configured("access_control_improvements." + improvement, "0");
    return v.equals("1") || v.equalsIgnoreCase("true");
  }

  /** Whether CREATE TABLE asks for TABLE ENGINE too. */
  public boolean requiresEngineGrants() {
    return isOn("table_engines_require_grant");
  }

  /**
   * @throws LonghouseException SUPPORT_IS_DISABLED (344)
   */
  void checkImpersonation() {
    if (!isOn("allow_impersonate_user")) {
      throw new LonghouseException(
          ErrorCode.SUPPORT_IS_DISABLED,
          "IMPERSONATE feature is disabled, set access_control_improvements.allow_impersonate_user"
              + " to 1 to enable");
    }
  }

  /**
   * Whether a table with policies is open to those who have none, as in ClickHouse; in Longhouse it
   * is closed.
   */
  boolean isOpenWithoutPolicies() {
    String key = "access_control_improvements.users_without_row_policies_can_read_rows";
    String v = configured(key, configured("users_without_row_policies_can_read_rows", "0"));
    return v.equals("1") || v.equalsIgnoreCase("true");
  }

  // ---- Finding

  public @Nullable AccessEntity find(UUID id) {
    for (AccessStorage s : storages) {
      AccessEntity e = s.find(id);
      if (e != null) {
        return e;
      }
    }
    return null;
  }

  public @Nullable UUID find(AccessEntityKind kind, String name) {
    for (AccessStorage s : storages) {
      UUID id = s.find(kind, name);
      if (id != null) {
        return id;
      }
    }
    return null;
  }

  public @Nullable User user(String name) {
    UUID id = find(AccessEntityKind.USER, name);
    User user = id == null ? null : (User) find(id);
    if (user != null) {
      met(user);
    }
    return user;
  }

  private void met(User user) {
    for (AuthenticationMethod m : user.authentication()) {
      if (slowHash == null && m.kind() == AuthenticationMethod.Kind.BCRYPT_PASSWORD) {
        slowHash = m.secret();
      }
    }
  }

  /** What a password can be compared with in vain, for the time that it takes. */
  Optional<String> slowHash() {
    return Optional.ofNullable(slowHash);
  }

  /** Servers that know passwords. */
  HttpAuthenticators http() {
    return http;
  }

  /** Whether a user is none but by its tokens. */
  boolean isStranger(User user) {
    return storages.stream()
        .anyMatch(s -> s instanceof TokenAccessStorage && s.nameOf(user.id()) != null);
  }

  /** The user of a token that is no user otherwise; null when such are not let in. */
  @Nullable User stranger(TokenIdentity who) {
    TokenIdentity.Stranger stranger = who.stranger();
    if (stranger == null) {
      return null;
    }
    ProfileElements settings = ProfileElements.NONE;
    if (!stranger.profile().isEmpty()) {
      UUID profile = find(AccessEntityKind.SETTINGS_PROFILE, stranger.profile());
      if (profile == null) {
        return null;
      }
      settings = new ProfileElements(List.of(new ProfileElements.Inherit(profile)));
    }
    for (AccessStorage s : storages) {
      if (s instanceof TokenAccessStorage t) {
        return t.user(who, stranger, settings);
      }
    }
    return null;
  }

  /**
   * @throws LonghouseException UNKNOWN_USER (192), UNKNOWN_ROLE (511), UNKNOWN_QUOTA (199),
   *     UNKNOWN_ROW_POLICY (523), THERE_IS_NO_PROFILE (180)
   */
  public AccessEntity require(AccessEntityKind kind, String name) {
    UUID id = find(kind, name);
    AccessEntity e = id == null ? null : find(id);
    if (e == null) {
      throw absent(kind, name);
    }
    return e;
  }

  static LonghouseException absent(AccessEntityKind kind, String name) {
    ErrorCode code =
        switch (kind) {
          case USER -> ErrorCode.UNKNOWN_USER;
          case ROLE -> ErrorCode.UNKNOWN_ROLE;
          case SETTINGS_PROFILE -> ErrorCode.THERE_IS_NO_PROFILE;
          case ROW_POLICY -> ErrorCode.UNKNOWN_ROW_POLICY;
          case MASKING_POLICY -> ErrorCode.UNKNOWN_MASKING_POLICY;
          case QUOTA -> ErrorCode.UNKNOWN_QUOTA;
        };
    return new LonghouseException(
        code, "There is no " + described(kind, name) + " in `user directories`.");
  }

  /** {@code user `u`}. */
  static String described(AccessEntityKind kind, String name) {
    String word = kind.sql().toLowerCase(Locale.ROOT);
    return word + " `" + name + "`";
  }

  /** The name of an entity, or null when it is no more. */
  public @Nullable String nameOf(UUID id) {
    for (AccessStorage s : storages) {
      String name = s.nameOf(id);
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  /** All entities of a kind, by their names. */
  public List<AccessEntity> all(AccessEntityKind kind) {
    List<AccessEntity> out = new ArrayList<>();
    for (AccessStorage s : storages) {
      for (UUID id : s.ids(kind)) {
        AccessEntity e = s.find(id);
        if (e != null) {
          out.add(e);
        }
      }
    }
    out.sort(java.util.Comparator.comparing(AccessEntity::name));
    return out;
  }

  /**
   * The same one after the other, without all of them in memory: first those that were made by
   * hand, by name, then those of tenants.
   */
  public Stream<AccessEntity> stream(AccessEntityKind kind) {
    return stream(kind, TextRange.ALL);
  }

  /** The same of those whose names are in some ranges; others are not read. */
  public Stream<AccessEntity> stream(AccessEntityKind kind, List<TextRange> names) {
    List<AccessEntity> byHand = new ArrayList<>();
    for (AccessStorage s : storages) {
      for (UUID id : s == ofTenants ? List.<UUID>of() : s.ids(kind)) {
        String name = s.nameOf(id);
        AccessEntity e = name != null && TextRange.contains(names, name) ? s.find(id) : null;
        if (e != null) {
          byHand.add(e);
        }
      }
    }
    byHand.sort(java.util.Comparator.comparing(AccessEntity::name));
    return Stream.concat(byHand.stream(), ofTenants.stream(kind, names));
  }

  Collection<UUID> ids(AccessEntityKind kind) {
    List<UUID> out = new ArrayList<>();
    storages.forEach(s -> out.addAll(s.ids(kind)));
    return out;
  }

  /** Where an entity is kept. */
  public String storageOf(UUID id) {
    for (AccessStorage s : storages) {
      if (s.nameOf(id) != null) {
        return s.name();
      }
    }
    return "";
  }

  // ---- Changing

  private AccessStorage writable(@Nullable String name) {
    for (AccessStorage s : storages) {
      if (name == null ? !s.isReadOnly() : s.name().equals(name)) {
        return s;
      }
    }
    throw new LonghouseException(
        name == null
            ? ErrorCode.ACCESS_STORAGE_FOR_INSERTION_NOT_FOUND
            : ErrorCode.ACCESS_ENTITY_NOT_FOUND,
        name == null
            ? "There is no writeable access storage in user directories"
            : "Access storage with name " + Quoting.identifier(name) + " is not found");
  }

  /** Adds an entity; {@code storage} null for the first that can be written. */
  void insert(AccessEntity e, @Nullable String storage) {
    checkName(e);
    UUID same = find(e.kind(), e.name());
    if (same != null) {
      throw new LonghouseException(
          ErrorCode.ACCESS_ENTITY_ALREADY_EXISTS,
          described(e.kind(), e.name())
              + ": cannot insert because "
              + described(e.kind(), e.name())
              + " already exists in `"
              + storageOf(same)
              + "`");
    }
    writable(storage).insert(e);
  }

  /** Names that are made for tenants are nobody else's, whether or not there is such a tenant. */
  private static void checkName(AccessEntity e) {
    boolean named = e.kind() == AccessEntityKind.ROLE || e.kind() == AccessEntityKind.QUOTA;
    if (named && Names.owner(e.name()) != null) {
      throw new LonghouseException(
          ErrorCode.ACCESS_STORAGE_READONLY,
          described(e.kind(), e.name()) + ": names like this one are made for tenants");
    }
  }

  void update(UUID id, UnaryOperator<AccessEntity> change) {
    UnaryOperator<AccessEntity> checked =
        old -> {
          AccessEntity changed = change.apply(old);
          if (!changed.name().equals(old.name())) {
            checkName(changed);
          }
          return changed;
        };
    for (AccessStorage s : storages) {
      if (s.update(id, checked)) {
        return;
      }
    }
  }

  /** Removes an entity; what refers to it forgets it when it is read. */
  void remove(UUID id) {
    for (AccessStorage s : storages) {
      if (s.remove(id)) {
        return;
      }
    }
  }

  void move(AccessEntity e, String storage) {
    AccessStorage to = writable(storage);
    if (to.nameOf(e.id()) != null) {
      return;
    }
    if (to.isReadOnly()) {
      to.insert(e);
    }
    remove(e.id());
    to.insert(e);
  }

  @Override
  public void close() {
    storages.forEach(AccessStorage::close);
  }
}
