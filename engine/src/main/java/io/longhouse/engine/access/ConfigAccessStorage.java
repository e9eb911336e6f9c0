package io.longhouse.engine.access;

import io.longhouse.engine.access.AuthenticationMethod.Kind;
import io.longhouse.engine.settings.SettingTable;
import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.SettingsElement.Writability;
import io.longhouse.sql.parser.Parser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The users, roles, profiles and quotas of the configuration ({@code users.xml}), read-only. A
 * repeated key is numbered as in {@code ip}, {@code ip[1]}. Without any user there is {@code
 * default}, who may manage access and, without a password, comes in from this machine only.
 */
public final class ConfigAccessStorage extends ListedAccessStorage
    implements ReadOnlyAccessStorage {
  private final Map<String, String> keys;

  /**
   * @param keys the server's configuration, flattened
   */
  public ConfigAccessStorage(Map<String, String> keys) {
    super("users_xml");
    this.keys = withDefault(keys);
    names("profiles").forEach(this::profile);
    names("roles").forEach(this::role);
    names("users").forEach(this::user);
    names("quotas").forEach(this::quota);
    policies();
  }

  private static Map<String, String> withDefault(Map<String, String> given) {
    Map<String, String> keys = new LinkedHashMap<>(given);
    keys.putIfAbsent("profiles.default", "");
    boolean passwordOnly =
        keys.keySet().stream()
            .filter(k -> k.startsWith("users."))
            .allMatch(k -> k.startsWith("users.default.password"));
    if (passwordOnly) {
      keys.put("users.default.profile", "default");
      keys.put("users.default.access_management", "1");
      keys.put("users.default.named_collection_control", "1");
      if (keys.keySet().stream().noneMatch(k -> k.startsWith("users.default.password"))) {
        keys.put("users.default.networks.host", "localhost");
      }
    }
    return keys;
  }

  /**
   * Takes over another configuration.
   *
   * @throws LonghouseException when it is not one; nothing has changed then
   */
  void reload(Map<String, String> configuration) {
    become(new ConfigAccessStorage(configuration));
  }

  @Override
  public String type() {
    return "users_xml";
  }

  /** As ClickHouse makes ids of names of its configuration. */
  static UUID id(AccessEntityKind kind, String name) {
    String letter =
        switch (kind) {
          case USER -> "U";
          case ROLE -> "R";
          case ROW_POLICY -> "P";
          case QUOTA -> "Q";
          case SETTINGS_PROFILE -> "S";
          case MASKING_POLICY -> "M";
        };
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5")
              .digest((name + letter + "USRSXML").getBytes(StandardCharsets.UTF_8));
      return new UUID(backwards(digest, 0), backwards(digest, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long backwards(byte[] bytes, int at) {
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = value << 8 | bytes[at + i] & 0xFF;
    }
    return value;
  }

  // ---- Keys

  private Set<String> names(String section) {
    Set<String> names = new LinkedHashSet<>();
    String prefix = section + ".";
    for (String key : keys.keySet()) {
      if (key.startsWith(prefix)) {
        String rest = key.substring(prefix.length());
        int dot = rest.indexOf('.');
        names.add(dot < 0 ? rest : rest.substring(0, dot));
      }
    }
    return names;
  }

  /** The values of a key that may be repeated. */
  private List<String> all(String section, String key) {
    List<String> out = new ArrayList<>();
    for (String name : names(section)) {
      if (name.equals(key) || name.startsWith(key + "[")) {
        String value = keys.get(section + "." + name);
        if (value != null && !value.isBlank()) {
          out.add(value.strip());
        }
      }
    }
    return out;
  }

  private boolean isOn(String key) {
    String v = keys.getOrDefault(key, "0").strip().toLowerCase(Locale.ROOT);
    return v.equals("1") || v.equals("true");
  }

  // ---- Entities

  private void user(String name) {
    String at = "users." + name;
    String profile = keys.get(at + ".profile");
    List<ProfileElements.Element> elements = new ArrayList<>();
    if (profile != null) {
      elements.add(
          new ProfileElements.Inherit(id(AccessEntityKind.SETTINGS_PROFILE, profile.strip())));
    }
    List<String> grants = all(at + ".grants", "query");
    var rights = new AccessRights();
    GrantedRoles roles = GrantedRoles.NONE;
    if (grants.isEmpty()) {
      rights = everythingBut(at);
    } else {
      roles = grants(grants, rights);
    }
    UUID id = id(AccessEntityKind.USER, name);
    know(
        id,
        AccessEntityKind.USER,
        name,
        new User(
            id,
            name,
            List.of(authentication(at)),
            hosts(at + ".networks"),
            rights,
            roles,
            Subjects.ALL,
            Subjects.ALL,
            keys.getOrDefault(at + ".default_database", "").strip(),
            new ProfileElements(elements)));
  }

  /** Users of the configuration may do everything, but manage access only if they are told so. */
  private AccessRights everythingBut(String at) {
    if (isOn(at + ".access_management")) {
      return AccessRights.everything();
    }
    var rights = new AccessRights();
    Privileges set = Privileges.all().minus(Privilege.ACCESS_MANAGEMENT.set());
    rights.grant(new GrantElement(set, List.of(), false, false, false));
    return rights;
  }

  private GrantedRoles grants(List<String> queries, AccessRights rights) {
    GrantedRoles roles = GrantedRoles.NONE;
    for (String q : queries) {
      String text = q.matches("(?is).*\\b(TO|FROM)\\s+\\S+\\s*(WITH .*)?") ? q : completed(q);
      if (!(Parser.parseStatement(text).statement() instanceof Grant g)) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS, "Expected GRANT or REVOKE in the configuration, found " + q);
      }
      if (g.roles() != null) {
        for (var n : g.roles().names()) {
          roles = roles.with(id(AccessEntityKind.ROLE, n.fullName()), g.withOption());
        }
      }
      for (GrantElement e : GrantElement.of(g.privileges(), "default", true)) {
        if (g.revoke()) {
          rights.revoke(e.withGrantOption(g.withOption()));
        } else {
          rights.grant(e.withGrantOption(g.withOption()));
        }
      }
    }
    return roles;
  }

  private static String completed(String q) {
    if (q.stripLeading().toUpperCase(Locale.ROOT).startsWith("REVOKE")) {
      return q + " FROM CURRENT_USER";
    }
    int with = q.toUpperCase(Locale.ROOT).lastIndexOf(" WITH ");
    return with < 0
        ? q + " TO CURRENT_USER"
        : q.substring(0, with) + " TO CURRENT_USER" + q.substring(with);
  }

  private AuthenticationMethod authentication(String at) {
    String sha256 = keys.get(at + ".password_sha256_hex");
    if (sha256 != null) {
      return AuthenticationMethod.of(
          Kind.SHA256_PASSWORD, sha256.strip().toUpperCase(Locale.ROOT), "");
    }
    String sha1 = keys.get(at + ".password_double_sha1_hex");
    if (sha1 != null) {
      return AuthenticationMethod.of(
          Kind.DOUBLE_SHA1_PASSWORD, sha1.strip().toUpperCase(Locale.ROOT), "");
    }
    List<String> commonNames = all(at + ".ssl_certificates", "common_name");
    List<String> alternative = all(at + ".ssl_certificates", "subject_alt_name");
    if (!commonNames.isEmpty() || !alternative.isEmpty()) {
      return AuthenticationMethod.certificate(commonNames, alternative);
    }
    for (String other : List.of("ldap", "kerberos", "ssh_keys")) {
      if (keys.keySet().stream().anyMatch(k -> k.startsWith(at + "." + other))) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED, at + "." + other + " is not implemented");
      }
    }
    if (keys.keySet().stream().anyMatch(k -> k.equals(at + ".jwt") || k.startsWith(at + ".jwt."))) {
      String claims = keys.getOrDefault(at + ".jwt.claims", "").strip();
      return AuthenticationMethod.of(
          Kind.JWT, claims.isEmpty() ? Map.of() : Map.of("CLAIMS", claims));
    }
    String scram = keys.get(at + ".password_scram_sha256_hex");
    if (scram != null) {
      return AuthenticationMethod.of(
          Kind.SCRAM_SHA256_PASSWORD, scram.strip().toUpperCase(Locale.ROOT), "");
    }
    String server = keys.get(at + ".http_authentication.server");
    if (server != null) {
      return AuthenticationMethod.of(
          Kind.HTTP, Map.of("SERVER", server.strip(), "SCHEME", "BASIC"));
    }
    String plain = keys.get(at + ".password");
    return plain == null || plain.isEmpty()
        ? AuthenticationMethod.noPassword()
        : AuthenticationMethod.of(Kind.PLAINTEXT_PASSWORD, plain, "");
  }

  private AllowedHosts hosts(String at) {
    List<String> ips = all(at, "ip");
    List<String> names = all(at, "host");
    List<String> regexps = all(at, "host_regexp");
    if (ips.isEmpty() && names.isEmpty() && regexps.isEmpty()) {
      return keys.containsKey(at) ? AllowedHosts.NONE : AllowedHosts.ANY;
    }
    boolean any = ips.contains("::/0") || ips.contains("0.0.0.0/0");
    boolean local = names.remove("localhost") | ips.removeIf(AllowedHosts::isLoopback);
    return any ? AllowedHosts.ANY : new AllowedHosts(false, local, ips, names, regexps, List.of());
  }

  private void role(String name) {
    var rights = new AccessRights();
    GrantedRoles roles = grants(all("roles." + name + ".grants", "query"), rights);
    UUID id = id(AccessEntityKind.ROLE, name);
    know(id, AccessEntityKind.ROLE, name, new Role(id, name, rights, roles, ProfileElements.NONE));
  }

  private void profile(String name) {
    String at = "profiles." + name;
    Map<String, ProfileElements.Setting> settings = new LinkedHashMap<>();
    List<ProfileElements.Element> elements = new ArrayList<>();
    for (String key : names(at)) {
      if (key.equals("profile") || key.startsWith("profile[")) {
        elements.add(
            new ProfileElements.Inherit(
                id(AccessEntityKind.SETTINGS_PROFILE, keys.getOrDefault(at + "." + key, ""))));
      } else if (key.equals("constraints")) {
        for (String setting : names(at + ".constraints")) {
          constraint(at + ".constraints." + setting, setting, settings);
        }
      } else {
        String value = keys.get(at + "." + key);
        settings.merge(
            key,
            new ProfileElements.Setting(
                key, normal(key, value), null, null, Writability.UNSPECIFIED),
            (old, now) ->
                new ProfileElements.Setting(
                    key, now.value(), old.min(), old.max(), old.writability()));
      }
    }
    elements.addAll(settings.values());
    UUID id = id(AccessEntityKind.SETTINGS_PROFILE, name);
    know(
        id,
        AccessEntityKind.SETTINGS_PROFILE,
        name,
        new SettingsProfile(id, name, new ProfileElements(elements), Subjects.NONE));
  }

  private void constraint(
      String at, String setting, Map<String, ProfileElements.Setting> settings) {
    Set<String> words = names(at);
    Writability w =
        words.contains("const") || words.contains("readonly")
            ? Writability.CONST
            : words.contains("changeable_in_readonly")
                ? Writability.CHANGEABLE_IN_READONLY
                : Writability.UNSPECIFIED;
    var now =
        new ProfileElements.Setting(
            setting,
            null,
            normal(setting, keys.get(at + ".min")),
            normal(setting, keys.get(at + ".max")),
            w);
    settings.merge(
        setting,
        now,
        (old, x) ->
            new ProfileElements.Setting(setting, old.value(), x.min(), x.max(), x.writability()));
  }

  private static @Nullable String normal(String setting, @Nullable String value) {
    if (value == null) {
      return null;
    }
    SettingTable.Definition d = Settings.table().find(setting);
    return d == null ? value : SettingTable.normalize(d, value.strip());
  }

  private void quota(String name) {
    String at = "quotas." + name;
    List<Quota.Interval> intervals = new ArrayList<>();
    for (String key : names(at)) {
      if (key.equals("interval") || key.startsWith("interval[")) {
        intervals.add(interval(at + "." + key));
      }
    }
    intervals.sort(java.util.Comparator.comparing(Quota.Interval::seconds).reversed());
    List<Quota.Key> by = List.of(Quota.Key.USER_NAME);
    if (keys.containsKey(at + ".keyed_by_ip")) {
      by = List.of(Quota.Key.IP_ADDRESS);
    } else if (keys.containsKey(at + ".keyed")) {
      by = List.of(Quota.Key.CLIENT_KEY, Quota.Key.USER_NAME);
    }
    Set<UUID> to = new LinkedHashSet<>();
    for (String user : names("users")) {
      if (name.equals(keys.getOrDefault("users." + user + ".quota", "").strip())) {
        to.add(id(AccessEntityKind.USER, user));
      }
    }
    UUID id = id(AccessEntityKind.QUOTA, name);
    know(
        id,
        AccessEntityKind.QUOTA,
        name,
        new Quota(id, name, by, 0, 0, intervals, Subjects.of(to)));
  }

  private Quota.Interval interval(String at) {
    Map<Quota.Resource, Long> max = new EnumMap<>(Quota.Resource.class);
    for (Quota.Resource r : Quota.Resource.values()) {
      String value = keys.getOrDefault(at + "." + r.sql(), "0").strip();
      double n = Double.parseDouble(value);
      if (n > 0) {
        max.put(r, r == Quota.Resource.EXECUTION_TIME ? Math.round(n * 1e9) : (long) n);
      }
    }
    long seconds = Long.parseLong(keys.getOrDefault(at + ".duration", "3600").strip());
    return new Quota.Interval(seconds, isOn(at + ".randomize"), max);
  }

  /** A filter of one user on a table makes the table open, with no filter, to the others. */
  private void policies() {
    Map<String, Map<String, String>> filters = new TreeMap<>();
    for (String user : names("users")) {
      for (String database : names("users." + user + ".databases")) {
        for (String table : names("users." + user + ".databases." + database)) {
          String filter =
              keys.get("users." + user + ".databases." + database + "." + table + ".filter");
          if (filter != null) {
            filters.computeIfAbsent(database + "." + table, _ -> new TreeMap<>()).put(user, filter);
          }
        }
      }
    }
    filters.forEach((table, byUser) -> {
      int dot = table.indexOf('.');
      for (String user : names("users")) {
        var filter = Parser.parseExpression(byUser.getOrDefault(user, "1"));
        String name = RowPolicy.name(user, table.substring(0, dot), table.substring(dot + 1));
        UUID id = id(AccessEntityKind.ROW_POLICY, name);
        know(
            id,
            AccessEntityKind.ROW_POLICY,
            name,
            new RowPolicy(
                id,
                user,
                table.substring(0, dot),
                table.substring(dot + 1),
                filter,
                false,
                Subjects.of(Set.of(id(AccessEntityKind.USER, user)))));
      }
    });
  }
}
