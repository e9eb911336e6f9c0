package io.longhouse.client;

import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line: clickhouse-client's and clickhouse-local's names, settings by their own names,
 * query parameters as {@code --param_name}.
 */
final class Options {
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("-q", "query"),
          Map.entry("-d", "database"),
          Map.entry("-f", "format"),
          Map.entry("-E", "vertical"),
          Map.entry("-t", "time"),
          Map.entry("-n", "multiquery"),
          Map.entry("-m", "multiline"),
          Map.entry("-V", "version"),
          Map.entry("-s", "silent"));
  private static final Map<String, String> SHORT_CLIENT =
      Map.of("-h", "host", "-u", "user", "-s", "secure");
  private static final Map<String, String> SHORT_LOCAL =
      Map.of("-f", "file", "-S", "structure", "-N", "table", "-h", "help");

  private static final Set<String> FLAGS =
      Set.of(
          "vertical",
          "time",
          "multiquery",
          "multiline",
          "version",
          "silent",
          "secure",
          "help",
          "stacktrace",
          "echo",
          "ignore-error",
          "progress",
          "accept-invalid-certificate",
          "verbose",
          "ask-password",
          "highlight",
          "no-secure",
          "disable_suggestion",
          "memory-usage");
  private static final Set<String> VALUES =
      Set.of(
          "query",
          "queries-file",
          "database",
          "format",
          "host",
          "port",
          "user",
          "password",
          "jwt",
          "certificate",
          "private-key",
          "file",
          "structure",
          "table",
          "input-format",
          "output-format",
          "query_id",
          "compression",
          "history_file",
          "config-file",
          "path",
          "log-level",
          "prompt",
          "connection",
          "quota_key",
          "suggestion_limit",
          "server_logs_file",
          "input-compression");

  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<String> queries = new ArrayList<>();
  private final List<String> queryFiles = new ArrayList<>();
  private final List<String> positional = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, String> parameters = new LinkedHashMap<>();

  /**
   * @throws LonghouseException UNRECOGNIZED_ARGUMENTS (552), BAD_ARGUMENTS (36)
   */
  static Options parse(List<String> arguments, boolean local) {
    Options o = new Options();
    Map<String, String> shorts = local ? SHORT_LOCAL : SHORT_CLIENT;
    for (int i = 0; i < arguments.size(); i++) {
      String a = arguments.get(i);
      if (a.equals("--")) {
        continue;
      }
      if (!a.startsWith("-") || a.length() == 1) {
        o.positional.add(a);
        continue;
      }
      String name;
      String value = null;
      if (a.startsWith("--")) {
        int eq = a.indexOf('=');
        name = eq < 0 ? a.substring(2) : a.substring(2, eq);
        value = eq < 0 ? null : a.substring(eq + 1);
      } else {
        String two = a.substring(0, 2);
        String known = shorts.get(two);
        name = known != null ? known : SHORT.getOrDefault(two, "");
        if (name.isEmpty()) {
          throw unknown(a);
        }
        value = a.length() > 2 ? a.substring(2) : null;
      }
      i = o.accept(name, value, arguments, i);
    }
    return o;
  }

  private int accept(String name, @Nullable String given, List<String> arguments, int at) {
    String key = canonical(name);
    if (FLAGS.contains(key)) {
      values.put(key, given == null ? "1" : given);
      return at;
    }
    boolean parameter = name.startsWith("param_") || name.startsWith("param-");
    boolean setting = !VALUES.contains(key) && isSetting(name);
    if (!parameter && !setting && !VALUES.contains(key)) {
      throw unknown("--" + name);
    }
    String value = given;
    int next = at;
    if (value == null) {
      boolean follows = at + 1 < arguments.size();
      boolean passwordAlone =
          key.equals("password") && (!follows || arguments.get(at + 1).startsWith("-"));
      boolean flagSetting =
          setting && isBool(name) && (!follows || arguments.get(at + 1).startsWith("-"));
      if (passwordAlone) {
        values.put("ask-password", "1");
        return at;
      }
      if (flagSetting) {
        value = "1";
      } else if (follows) {
        next = at + 1;
        value = arguments.get(next);
      } else {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "the required argument for option '--" + name + "' is missing");
      }
    }
    if (parameter) {
      parameters.put(name.substring("param_".length()), value);
    } else if (setting) {
      settings.put(name, value);
    } else if (key.equals("query")) {
      queries.add(value);
    } else if (key.equals("queries-file")) {
      queryFiles.add(value);
    } else {
      values.put(key, value);
    }
    return next;
  }

  private static String canonical(String name) {
    return switch (name) {
      case "output_format" -> "output-format";
      case "input_format" -> "input-format";
      case "queries_file" -> "queries-file";
      case "ignore_error" -> "ignore-error";
      case "config_file", "config" -> "config-file";
      case "history-file" -> "history_file";
      case "ask_password" -> "ask-password";
      default -> name;
    };
  }

  private static boolean isSetting(String name) {
    return Settings.table().find(name) != null || name.startsWith("SQL_");
  }

  private static boolean isBool(String name) {
    var d = Settings.table().find(name);
    return d != null && d.type().equals("Bool");
  }

  private static LonghouseException unknown(String argument) {
    return new LonghouseException(
        ErrorCode.UNRECOGNIZED_ARGUMENTS, "Unrecognized option '" + argument + "'");
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  boolean isOn(String name) {
    String v = values.get(name);
    return v != null && !v.equals("0") && !v.equals("false") && !v.equals("off");
  }

  String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  int number(String name, int otherwise) {
    String v = values.get(name);
    if (v == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(v);
    } catch (NumberFormatException e) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "the argument ('" + v + "') for option '--" + name + "' is invalid");
    }
  }

  List<String> queries() {
    return queries;
  }

  List<String> queryFiles() {
    return queryFiles;
  }

  List<String> positional() {
    return positional;
  }

  Map<String, String> settings() {
    return settings;
  }

  Map<String, String> parameters() {
    return parameters;
  }

  void set(String name, String value) {
    values.putIfAbsent(name, value);
  }
}
