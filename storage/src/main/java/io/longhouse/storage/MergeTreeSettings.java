package io.longhouse.storage;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of one MergeTree table: those of ClickHouse 26.7 with their defaults, from the table
 * {@code merge_tree_settings.tsv}, and what the table changes.
 */
public final class MergeTreeSettings {
  /** One line of the table. */
  public record Definition(
      String name, String type, String defaultValue, String description, String tier) {}

  private static final Map<String, Definition> DEFINITIONS = load();

  /** All defaults. */
  public static final MergeTreeSettings DEFAULT = new MergeTreeSettings(Map.of());

  private final Map<String, String> changed;

  private MergeTreeSettings(Map<String, String> changed) {
    this.changed = changed;
  }

  /**
   * The defaults with these changes.
   *
   * @throws LonghouseException UNKNOWN_SETTING (115)
   */
  public static MergeTreeSettings of(Map<String, String> changes) {
    for (String name : changes.keySet()) {
      if (!DEFINITIONS.containsKey(name)) {
        throw new LonghouseException(
            ErrorCode.UNKNOWN_SETTING, "Unknown setting '" + name + "': for storage MergeTree");
      }
    }
    return new MergeTreeSettings(Map.copyOf(changes));
  }

  /** All settings there are, by name. */
  public static Map<String, Definition> definitions() {
    return DEFINITIONS;
  }

  /** These settings with one changed. */
  public MergeTreeSettings with(String name, String value) {
    var all = new LinkedHashMap<>(changed);
    all.put(name, value);
    return of(all);
  }

  /** What differs from the defaults. */
  public Map<String, String> changed() {
    return changed;
  }

  public String text(String name) {
    String v = changed.get(name);
    return v != null ? v : definition(name).defaultValue();
  }

  public boolean isOn(String name) {
    String v = text(name);
    return v.equals("1") || v.equalsIgnoreCase("true");
  }

  /**
   * A whole number, also as {@code 10M} or {@code 64Ki}; times are in the unit that the setting's
   * type names.
   */
  public long number(String name) {
    String v = text(name);
    try {
      Matcher scaled = SCALED.matcher(v);
      if (scaled.matches()) {
        long base = scaled.group(3).isEmpty() ? 1000 : 1024;
        long number = Long.parseLong(scaled.group(1));
        for (int i = "kmgt".indexOf(Character.toLowerCase(scaled.group(2).charAt(0)));
            i >= 0;
            i--) {
          number = Math.multiplyExact(number, base);
        }
        return number;
      }
      return v.startsWith("-") ? Long.parseLong(v) : Long.parseUnsignedLong(v);
    } catch (NumberFormatException | ArithmeticException e) {
      throw new LonghouseException(
          ErrorCode.CANNOT_PARSE_NUMBER,
          "MergeTree setting " + name + " must be a number, found '" + v + "'",
          e);
    }
  }

  public double fraction(String name) {
    return Double.parseDouble(text(name));
  }

  private static final Pattern SCALED = Pattern.compile("([0-9]{1,15})([kKmMgGtT])(i?)[bB]?");

  private static Definition definition(String name) {
    return Objects.requireNonNull(DEFINITIONS.get(name), name);
  }

  private static Map<String, Definition> load() {
    Map<String, Definition> all = new LinkedHashMap<>();
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    MergeTreeSettings.class.getResourceAsStream("merge_tree_settings.tsv")),
                StandardCharsets.UTF_8))) {
      in.lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .forEach(f -> all.put(f[0], new Definition(f[0], f[1], f[2], f[3], f[4])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(all);
  }
}
