package io.longhouse.engine.settings;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one area, read from a table of name, type, default, alias, tier and
 * documentation.
 */
public final class SettingTable {
  /**
   * One setting.
   *
   * @param aliasFor the setting this is another name of; empty if it is none
   */
  public record Definition(
      String name, String type, String defaultValue, String aliasFor, String tier, String doc) {}

  private final Map<String, Definition> definitions = new LinkedHashMap<>();

  /** Reads the table at a resource; columns are found by the names in its first line. */
  public SettingTable(Class<?> owner, String resource) {
    InputStream in = owner.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("no resource " + resource);
    }
    try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Map<String, Integer> columns = new HashMap<>();
      String line = lines.readLine();
      String[] names = line == null ? new String[0] : line.split("\t", -1);
      for (int i = 0; i < names.length; i++) {
        columns.put(names[i], i);
      }
      while ((line = lines.readLine()) != null) {
        String[] f = line.split("\t", -1);
        var d =
            new Definition(
                field(f, columns, "name"),
                field(f, columns, "type"),
                defaultOf(field(f, columns, "type"), field(f, columns, "default")),
                field(f, columns, "alias_for"),
                field(f, columns, "tier"),
                field(f, columns, "description"));
        definitions.put(d.name(), d);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code auto} threads are as many as there are cores, and said so. */
  private static String defaultOf(String type, String value) {
    return type.equals("MaxThreads") && value.equals("auto")
        ? "auto(" + Runtime.getRuntime().availableProcessors() + ")"
        : value;
  }

  private static String field(String[] fields, Map<String, Integer> columns, String name) {
    Integer at = columns.get(name);
    return at == null || at >= fields.length ? "" : unescaped(fields[at]);
  }

  /** The table is tab-separated as ClickHouse writes it, with escapes. */
  private static String unescaped(String field) {
    return field.indexOf('\\') < 0
        ? field
        : field
            .replace("\\\\", "\0")
            .replace("\\t", "\t")
            .replace("\\n", "\n")
            .replace("\\'", "'")
            .replace('\0', '\\');
  }

  public Collection<Definition> all() {
    return Collections.unmodifiableCollection(definitions.values());
  }

  /** The definition of a name or alias, or null. */
  public @Nullable Definition find(String name) {
    Definition d = definitions.get(name);
    return d == null || d.aliasFor().isEmpty() ? d : definitions.get(d.aliasFor());
  }

  /**
   * A value as {@code system.settings} shows it: booleans as 0 and 1, numbers in digits.
   *
   * @throws LonghouseException CANNOT_PARSE_NUMBER (72) or BAD_ARGUMENTS (36) for a value that does
   *     not fit the type
   */
  public static String normalize(Definition d, String value) {
    String v = value.strip();
    return switch (d.type()) {
      case "Bool" ->
          switch (v.toLowerCase(Locale.ROOT)) {
            case "1", "true", "yes", "on" -> "1";
            case "0", "false", "no", "off" -> "0";
            default -> throw bad(d, value, "a Bool");
          };
      case "UInt64", "Int64", "Int32", "UInt32", "NonZeroUInt64", "UInt64Auto", "MaxThreads" ->
          integer(d, v);
      case "Map" -> map(value);
      default -> value;
    };
  }

  private static String map(String value) {
    if (value.isBlank()) {
      return "";
    }
    try {
      return Parser.parseMap(value).entries().stream()
          .map(e -> Formatter.formatOneLine(e.key()) + ":" + Formatter.formatOneLine(e.value()))
          .collect(Collectors.joining(",", "{", "}"));
    } catch (LonghouseException e) {
      throw new LonghouseException(
          ErrorCode.CANNOT_PARSE_INPUT_ASSERTION_FAILED,
          "Cannot parse input: expected a map of strings, found: " + value,
          e);
    }
  }

  private static String integer(Definition d, String v) {
    if (v.startsWith("'") || v.equals("auto") || v.startsWith("auto")) {
      return v;
    }
    if (v.equals("true") || v.equals("false")) {
      return v.equals("true") ? "1" : "0";
    }
    int digits = v.length();
    while (digits > 0 && Character.isLetter(v.charAt(digits - 1))) {
      digits--;
    }
    long factor = factor(d, v, v.substring(digits));
    try {
      long n =
          Long.parseUnsignedLong(v.substring(v.startsWith("-") ? 1 : 0, digits).split("\\.")[0]);
      return v.startsWith("-") ? Long.toString(-n) : Long.toUnsignedString(n * factor);
    } catch (NumberFormatException e) {
      throw bad(d, v, "a number");
    }
  }

  private static long factor(Definition d, String value, String suffix) {
    return switch (suffix) {
      case "" -> 1L;
      case "k", "K" -> 1000L;
      case "Ki" -> 1L << 10;
      case "M" -> 1_000_000L;
      case "Mi" -> 1L << 20;
      case "G" -> 1_000_000_000L;
      case "Gi" -> 1L << 30;
      case "T" -> 1_000_000_000_000L;
      case "Ti" -> 1L << 40;
      default -> throw bad(d, value, "a number");
    };
  }

  private static LonghouseException bad(Definition d, String value, String expected) {
    return new LonghouseException(
        ErrorCode.CANNOT_PARSE_NUMBER,
        "Cannot parse value '" + value + "' of setting " + d.name() + ": expected " + expected);
  }
}
