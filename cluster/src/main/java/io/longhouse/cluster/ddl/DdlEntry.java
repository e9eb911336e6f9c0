package io.longhouse.cluster.ddl;

import io.longhouse.engine.statement.SettingText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.SetSettings;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.parser.Parser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A statement on its way to the servers of a cluster.
 *
 * <pre>
 * version: 5
 * query: CREATE TABLE db.t ON CLUSTER c ...          escaped
 * hosts: ['127%2E0%2E0%2E1:9000','b:9000']
 * initiator: a:9000
 * settings: max_threads = 4, s = 'x'                 from 2 on, when there are any
 * tracing: UUID, number, text, number                from 4 on, each on a line
 * initial_query_id: x                                from 5 on, escaped
 * is_backup_restore: 0                               from 6 on
 * parent: -                                          from 7 on
 * initiator_user: u                                  from 8 on
 * initiator_roles: ['r']
 * </pre>
 *
 * @param settings by name, as text
 * @param user whose statement it is; empty for the server's own
 * @param roles the user's in its session
 */
public record DdlEntry(
    int version,
    String query,
    List<HostId> hosts,
    String initiator,
    Map<String, String> settings,
    String initialQueryId,
    String user,
    List<String> roles) {
  public static final int OLDEST = 1;
  public static final int WITH_SETTINGS = 2;
  public static final int WITH_UUIDS = 3;
  public static final int WITH_TRACING = 4;
  public static final int WITH_QUERY_ID = 5;
  public static final int WITH_BACKUP = 6;
  public static final int WITH_PARENT = 7;
  public static final int WITH_USER = 8;
  private static final String NO_TRACE = "00000000-0000-0000-0000-000000000000\n0\n\n0\n";

  public DdlEntry {
    hosts = List.copyOf(hosts);
    settings = Map.copyOf(settings);
    roles = List.copyOf(roles);
  }

  static void checkVersion(long version) {
    if (version < OLDEST || version > WITH_USER) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_FORMAT_VERSION,
          "Unknown DDLLogEntry format version: "
              + version
              + ". Maximum supported version is "
              + WITH_USER);
    }
  }

  public String text() {
    // What the third version brought happens before an entry is written.
    int written = version == WITH_UUIDS ? WITH_SETTINGS : version;
    var out = new StringBuilder();
    line(out, "version", String.valueOf(written));
    line(out, "query", DdlText.escaped(query));
    if (written == OLDEST || !hosts.isEmpty()) {
      line(out, "hosts", DdlText.list(hosts.stream().map(HostId::text).toList()));
    }
    line(out, "initiator", initiator);
    if (written >= WITH_SETTINGS && !settings.isEmpty()) {
      line(out, "settings", settingsText());
    }
    if (written >= WITH_TRACING) {
      out.append("tracing: ").append(NO_TRACE);
    }
    if (written >= WITH_QUERY_ID) {
      line(out, "initial_query_id", DdlText.escaped(initialQueryId));
    }
    if (written >= WITH_BACKUP) {
      line(out, "is_backup_restore", "0");
    }
    if (written >= WITH_PARENT) {
      line(out, "parent", "-");
    }
    if (written >= WITH_USER) {
      line(out, "initiator_user", user);
      line(out, "initiator_roles", DdlText.list(roles));
    }
    return out.toString();
  }

  private static void line(StringBuilder out, String key, String value) {
    out.append(key).append(": ").append(value).append('\n');
  }

  private String settingsText() {
    return settings.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> e.getKey() + " = " + literal(e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String literal(String value) {
    return value.matches("\\d{1,18}") ? value : Quoting.string(value);
  }

  /**
   * Reads an entry of any version.
   *
   * @throws LonghouseException UNKNOWN_FORMAT_VERSION (46), SYNTAX_ERROR (62)
   */
  public static DdlEntry parse(String text) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      int colon = line.indexOf(": ");
      // Lines that go on with the tracing have no key.
      if (colon > 0 && line.substring(0, colon).matches("[a-z_]+")) {
        lines.putIfAbsent(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    String version = lines.getOrDefault("version", "").strip();
    if (!version.matches("\\d{1,9}")) {
      throw new LonghouseException(ErrorCode.SYNTAX_ERROR, "An entry of the queue has no version");
    }
    checkVersion(Integer.parseInt(version));
    return new DdlEntry(
        Integer.parseInt(version),
        DdlText.unescaped(lines.getOrDefault("query", "")),
        DdlText.list(lines.getOrDefault("hosts", "[]")).stream().map(HostId::parse).toList(),
        lines.getOrDefault("initiator", ""),
        settings(lines.getOrDefault("settings", "")),
        DdlText.unescaped(lines.getOrDefault("initial_query_id", "")),
        lines.getOrDefault("initiator_user", ""),
        DdlText.list(lines.getOrDefault("initiator_roles", "[]")));
  }

  private static Map<String, String> settings(String text) {
    Map<String, String> out = new LinkedHashMap<>();
    if (!text.isEmpty()
        && Parser.parseStatement("SET " + text).statement() instanceof SetSettings set) {
      for (Setting s : set.settings()) {
        Expression value = s.value();
        if (value != null) {
          out.put(s.name(), SettingText.of(s.name(), value));
        }
      }
    }
    return out;
  }
}
