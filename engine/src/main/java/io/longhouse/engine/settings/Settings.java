package io.longhouse.engine.settings;

import io.longhouse.column.type.FormatSettings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a session or query: what differs from the defaults, over the table of all
 * settings. Names in a custom form ({@code SQL_...} or with a dot) hold any text. Not safe for two
 * threads that write; a query works on a copy of its own.
 */
public final class Settings {
  private static final class Table {
    static final SettingTable QUERY = new SettingTable(Settings.class, "settings.tsv");
  }

  /** The settings that say how values and formats are read and written. */
  private static final class Formats {
    static final Set<String> NAMES = new HashSet<>();

    static {
      FormatSettings.from(name -> {
        SettingTable.Definition d = table().find(name);
        NAMES.add(d == null ? name : d.name());
        return null;
      });
    }
  }

  /** Asked before a value changes. */
  public interface Guard {
    /**
     * @throws LonghouseException SETTING_CONSTRAINT_VIOLATION (452)
     */
    void check(String name, String value);
  }

  private final Map<String, String> changed;
  private @Nullable Guard guard;

  public Settings() {
    this.changed = new TreeMap<>();
  }

  private Settings(Map<String, String> changed, @Nullable Guard guard) {
    this.changed = new TreeMap<>(changed);
    this.guard = guard;
  }

  /** From now on every change is asked for, in copies too. */
  public void guard(Guard by) {
    guard = by;
  }

  private void ask(String name, String value) {
    Guard g = guard;
    if (g != null && !value.equals(get(name))) {
      g.check(name, value);
    }
  }

  /** Takes over all values and the guard of others. */
  public void become(Settings other) {
    changed.clear();
    changed.putAll(other.changed);
    guard = other.guard;
  }

  public static SettingTable table() {
    return Table.QUERY;
  }

  public Settings copy() {
    return new Settings(changed, guard);
  }

  /** Names and values that were set, whether or not they equal the default. */
  public Map<String, String> changed() {
    return Collections.unmodifiableMap(changed);
  }

  /**
   * Sets a value given as text.
   *
   * @throws LonghouseException UNKNOWN_SETTING (115) or what {@link SettingTable#normalize} throws
   */
  public void set(String name, String value) {
    if (isCustom(name)) {
      ask(name, value);
      changed.put(name, value);
      return;
    }
    SettingTable.Definition d = table().find(name);
    if (d == null) {
      throw new LonghouseException(ErrorCode.UNKNOWN_SETTING, "Unknown setting '" + name + "'");
    }
    String normal = SettingTable.normalize(d, value);
    ask(d.name(), normal);
    changed.put(d.name(), normal);
  }

  /** Sets a value without asking, in its normal form. */
  public void impose(String name, String value) {
    SettingTable.Definition d = table().find(name);
    changed.put(d == null ? name : d.name(), d == null ? value : SettingTable.normalize(d, value));
  }

  /** Back to the default. */
  public void reset(String name) {
    SettingTable.Definition d = table().find(name);
    ask(d == null ? name : d.name(), d == null ? "" : d.defaultValue());
    changed.remove(d == null ? name : d.name());
  }

  /** Whether a name needs no definition: {@code SQL_x}, {@code custom_x}, {@code a.b}. */
  public static boolean isCustom(String name) {
    return name.startsWith("SQL_") || name.startsWith("custom_") || name.indexOf('.') > 0;
  }

  /** The value as text, or null for a name that does not exist. */
  public @Nullable String get(String name) {
    String own = changed.get(name);
    if (own != null) {
      return own;
    }
    SettingTable.Definition d = table().find(name);
    if (d == null) {
      return null;
    }
    own = changed.get(d.name());
    return own != null ? own : d.defaultValue();
  }

  /** Those that say how values and formats are read and written. */
  public FormatSettings formats() {
    boolean none = Collections.disjoint(changed.keySet(), Formats.NAMES);
    return none ? FormatSettings.DEFAULT : FormatSettings.from(this::get);
  }

  private String require(String name) {
    String v = get(name);
    if (v == null) {
      throw new LonghouseException(ErrorCode.UNKNOWN_SETTING, "Unknown setting '" + name + "'");
    }
    return v;
  }

  public boolean isOn(String name) {
    String v = require(name);
    return v.equals("1") || v.equals("true");
  }

  /** A number; {@code 'auto(8)'} counts as 8. */
  public long number(String name) {
    String v = require(name).replace("'", "");
    if (v.startsWith("auto")) {
      int open = v.indexOf('(');
      v = open < 0 ? "0" : v.substring(open + 1, v.length() - 1);
    }
    return v.isEmpty()
        ? 0
        : v.indexOf('.') >= 0
            ? (long) Double.parseDouble(v)
            : Long.parseUnsignedLong(v.startsWith("-") ? v.substring(1) : v)
                * (v.startsWith("-") ? -1 : 1);
  }

  public double decimal(String name) {
    return Double.parseDouble(require(name));
  }

  public String text(String name) {
    return require(name);
  }

  public boolean isChanged(String name) {
    return changed.containsKey(name);
  }
}
