package io.longhouse.engine.access;

import io.longhouse.engine.access.ProfileElements.Setting;
import io.longhouse.engine.settings.SettingTable;
import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.SettingsElement.Writability;
import io.longhouse.tenancy.GeneratedId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the profiles of a user and its roles say of settings: the default profile first, then
 * profiles that name the user or a role, then what the roles and the user say themselves. Of two
 * that speak of one setting the later wins, part by part.
 */
public final class SettingsConstraints {
  private final Map<String, Setting> settings;
  private final Map<String, String> imposed;

  private SettingsConstraints(Map<String, Setting> settings, Map<String, String> imposed) {
    this.settings = settings;
    this.imposed = imposed;
  }

  static SettingsConstraints of(AccessControl control, @Nullable User user, Set<UUID> roles) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    if (user == null) {
      return new SettingsConstraints(settings, Map.of());
    }
    Set<UUID> open = new HashSet<>();
    UUID base =
        control.find(
            AccessEntityKind.SETTINGS_PROFILE, control.configured("default_profile", "default"));
    if (base != null) {
      add(List.of(new ProfileElements.Inherit(base)), control, settings, open);
    }
    for (SettingsProfile p : control.index().profiles(user.id(), roles)) {
      add(p.settings().elements(), control, settings, open);
    }
    for (UUID id : roles) {
      if (control.find(id) instanceof Role r) {
        add(r.settings().elements(), control, settings, open);
      }
    }
    add(user.settings().elements(), control, settings, open);
    return new SettingsConstraints(settings, ofTenants(control, roles, settings));
  }

  /** What makes a session a tenant's stands over everything that anybody says. */
  private static Map<String, String> ofTenants(
      AccessControl control, Set<UUID> roles, Map<String, Setting> settings) {
    Map<String, String> imposed = new LinkedHashMap<>();
    for (UUID id : roles) {
      GeneratedId g = GeneratedId.of(id);
      if (g != null
          && g.kind() == GeneratedId.Kind.TENANT_ROLE
          && control.find(id) instanceof Role r) {
        for (ProfileElements.Element e : r.settings().elements()) {
          if (e instanceof Setting s
              && s.writability() == Writability.CONST
              && s.value() instanceof String value) {
            settings.put(s.name(), s);
            imposed.put(s.name(), value);
          }
        }
      }
    }
    return imposed;
  }

  /** Values that a query has whatever the session's were before. */
  public Map<String, String> imposed() {
    return imposed;
  }

  /** The same with values that cannot be changed. */
  SettingsConstraints with(Map<String, String> fixed) {
    if (fixed.isEmpty()) {
      return this;
    }
    Map<String, Setting> all = new LinkedHashMap<>(settings);
    fixed.forEach(
        (name, value) -> all.put(name, new Setting(name, value, null, null, Writability.CONST)));
    imposed.keySet().forEach(name -> put(all, name, settings));
    Map<String, String> values = new LinkedHashMap<>(fixed);
    values.putAll(imposed);
    return new SettingsConstraints(all, values);
  }

  private static void put(Map<String, Setting> all, String name, Map<String, Setting> from) {
    Setting s = from.get(name);
    if (s != null) {
      all.put(name, s);
    }
  }

  private static void add(
      List<ProfileElements.Element> elements,
      AccessControl control,
      Map<String, Setting> into,
      Set<UUID> open) {
    for (ProfileElements.Element e : elements) {
      switch (e) {
        case Setting s -> into.merge(s.name(), s, SettingsConstraints::merged);
        case ProfileElements.Inherit i -> {
          if (open.add(i.profile()) && control.find(i.profile()) instanceof SettingsProfile p) {
            add(p.settings().elements(), control, into, open);
          }
          open.remove(i.profile());
        }
      }
    }
  }

  private static Setting merged(Setting old, Setting now) {
    return new Setting(
        now.name(),
        now.value() == null ? old.value() : now.value(),
        now.min() == null ? old.min() : now.min(),
        now.max() == null ? old.max() : now.max(),
        now.writability() == Writability.UNSPECIFIED ? old.writability() : now.writability());
  }

  /** The values that a session begins with. */
  public Map<String, String> values() {
    Map<String, String> out = new LinkedHashMap<>();
    settings.forEach((name, s) -> {
      String value = s.value();
      if (value != null) {
        out.put(name, value);
      }
    });
    return out;
  }

  private @Nullable Setting of(String name) {
    SettingTable.Definition d = Settings.table().find(name);
    return settings.get(d == null ? name : d.name());
  }

  public @Nullable String min(String name) {
    Setting s = of(name);
    return s == null ? null : s.min();
  }

  public @Nullable String max(String name) {
    Setting s = of(name);
    return s == null ? null : s.max();
  }

  public boolean isConst(String name) {
    Setting s = of(name);
    return s != null && s.writability() == Writability.CONST;
  }

  public boolean isChangeableInReadonly(String name) {
    Setting s = of(name);
    return s != null && s.writability() == Writability.CHANGEABLE_IN_READONLY;
  }

  /**
   * Whether a setting may get another value.
   *
   * @throws LonghouseException SETTING_CONSTRAINT_VIOLATION (452)
   */
  public void check(String name, String value) {
    Setting s = of(name);
    if (s == null) {
      return;
    }
    if (s.writability() == Writability.CONST) {
      throw violation(name, "should not be changed");
    }
    String min = s.min();
    String max = s.max();
    boolean automatic = value.equals("0") && name.equals("max_threads");
    if (min != null && !automatic && compare(value, min) < 0) {
      throw violation(name, "shouldn't be less than " + min);
    }
    if (max != null && compare(value, max) > 0) {
      throw violation(name, "shouldn't be greater than " + max);
    }
  }

  /** Whether somebody with these bounds may say that of a setting for others. */
  void checkSaid(Setting said, Settings now) {
    String name = said.name();
    for (String value : new @Nullable String[] {said.value(), said.min(), said.max()}) {
      if (value != null && !value.equals(now.get(name))) {
        check(name, value);
      }
    }
    if (isConst(name) && said.writability() != Writability.CONST) {
      throw violation(name, "should not be changed");
    }
  }

  /** The allowed value that is nearest to one; null when there is none. */
  public @Nullable String nearest(String name, String value) {
    Setting s = of(name);
    if (s == null) {
      return value;
    }
    if (s.writability() == Writability.CONST) {
      return null;
    }
    String min = s.min();
    String max = s.max();
    String v = min != null && compare(value, min) < 0 ? min : value;
    return max != null && compare(v, max) > 0 ? max : v;
  }

  private static LonghouseException violation(String name, String what) {
    return new LonghouseException(
        ErrorCode.SETTING_CONSTRAINT_VIOLATION, "Setting " + name + " " + what);
  }

  /** As numbers where both are, with 'auto(2)' counting as 2; else as text. */
  private static int compare(String a, String b) {
    try {
      return Long.compareUnsigned(Long.parseUnsignedLong(bare(a)), Long.parseUnsignedLong(bare(b)));
    } catch (NumberFormatException e) {
      return decimals(a, b);
    }
  }

  private static int decimals(String a, String b) {
    try {
      return Double.compare(Double.parseDouble(bare(a)), Double.parseDouble(bare(b)));
    } catch (NumberFormatException e) {
      return a.compareTo(b);
    }
  }

  private static String bare(String value) {
    String v = value.replace("'", "");
    return v.startsWith("auto(") ? v.substring(5, v.length() - 1) : v;
  }
}
