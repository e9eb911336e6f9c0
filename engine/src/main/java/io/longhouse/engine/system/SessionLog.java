package io.longhouse.engine.system;

import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.access.Account;
import io.longhouse.engine.access.AuthenticationMethod.Kind;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.LocalEngine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code system.session_log}: who came in, who was not let in, who left. */
public final class SessionLog extends SystemLog<SessionLog.Row> {
  private static final String LOW = "LowCardinality(String)";
  private static final List<String> INTERFACES =
      List.of(
          "TCP",
          "HTTP",
          "gRPC",
          "MySQL",
          "PostgreSQL",
          "Local",
          "TCP_Interserver",
          "Prometheus",
          "Background",
          "ArrowFlight");

  /** In ClickHouse's order. */
  private enum Type {
    LOGIN_FAILURE("LoginFailure"),
    LOGIN_SUCCESS("LoginSuccess"),
    LOGOUT("Logout");

    private final String sql;

    Type(String sql) {
      this.sql = sql;
    }
  }

  /** A login that was let in. */
  public record Entered(UUID id, String user, Kind method, Account account, ClientInfo client) {}

  /** One row; names are looked up when it is written. */
  record Row(
      Type type,
      Instant time,
      Entered who,
      @Nullable SessionAccess access,
      Map<String, String> settings,
      String reason) {
    List<String> profiles() {
      return access == null ? List.of() : access.profileNames();
    }

    List<String> roles() {
      return access == null ? List.of() : access.names(access.currentRoles());
    }
  }

  public SessionLog(LocalEngine engine) {
    super("session_log", client(what(times(new SystemColumns<>()))), engine);
  }

  /** Somebody came in with these settings. */
  public void entered(Entered who, SessionAccess access, Map<String, String> settings) {
    add(new Row(Type.LOGIN_SUCCESS, Instant.now(), who, access, new TreeMap<>(settings), ""));
  }

  /** Somebody was not let in. */
  public void refused(String user, ClientInfo client, String reason) {
    var who = new Entered(UUID.randomUUID(), user, Kind.NO_PASSWORD, Account.ofUser(user), client);
    add(new Row(Type.LOGIN_FAILURE, Instant.now(), who, null, Map.of(), reason));
  }

  /** Somebody left. */
  public void left(Entered who) {
    add(new Row(Type.LOGOUT, Instant.now(), who, null, Map.of(), ""));
  }

  private static SystemColumns<Row> times(SystemColumns<Row> columns) {
    String host = QueryLog.hostname();
    return columns
        .add("hostname", LOW, _ -> host)
        .add(
            "type",
            AccessColumns.enumType(Stream.of(Type.values()).map(t -> t.sql).toList()),
            r -> r.type.sql)
        .add("auth_id", "UUID", r -> r.who.id().toString())
        .text("session_id", r -> r.who.client().sessionId())
        .add(
            "event_date", "Date", r -> r.time.atZone(TimeZones.server()).toLocalDate().toEpochDay())
        .add("event_time", "DateTime", Row::time)
        .add("event_time_microseconds", "DateTime64(6)", r -> QueryLog.micros(r.time));
  }

  private static SystemColumns<Row> what(SystemColumns<Row> columns) {
    String methods = AccessColumns.enumType(Stream.of(Kind.values()).map(Kind::name).toList());
    return columns
        .add("user", "Nullable(String)", r -> r.who.user())
        .add("auth_type", "Nullable(" + methods + ")", r -> r.who.method().name())
        .add("profiles", "Array(LowCardinality(String))", Row::profiles)
        .add("roles", "Array(LowCardinality(String))", Row::roles)
        .add(
            "settings",
            "Array(Tuple(LowCardinality(String), String))",
            r ->
                r.settings.entrySet().stream()
                    .map(e -> List.of(e.getKey(), e.getValue()))
                    .toList());
  }

  private static SystemColumns<Row> client(SystemColumns<Row> columns) {
    String interfaces =
        Stream.iterate(0, i -> i < INTERFACES.size(), i -> i + 1)
            .map(i -> "'" + INTERFACES.get(i) + "' = " + (i + 1))
            .collect(Collectors.joining(", ", "Enum8(", ")"));
    return columns
        .add("client_address", "IPv6", r -> Addresses.ip(r.who.client().address()))
        .add("client_port", "UInt16", r -> Addresses.port(r.who.client().address()))
        .add(
            "interface",
            interfaces,
            r -> INTERFACES.get(Addresses.interfaceCode(r.who.client().protocol()) - 1))
        .text("client_hostname", r -> r.who.client().clientHostname())
        .text("client_name", r -> r.who.client().clientName())
        .add("client_revision", "UInt32", r -> r.who.client().tcpRevision())
        .add("client_version_major", "UInt32", r -> r.who.client().versionMajor())
        .add("client_version_minor", "UInt32", r -> r.who.client().versionMinor())
        .add("client_version_patch", "UInt32", r -> r.who.client().versionPatch())
        .text("failure_reason", Row::reason)
        .add("tenant_space", LOW, r -> r.who.account().space())
        .add("tenant", LOW, r -> r.who.account().tenant());
  }
}
