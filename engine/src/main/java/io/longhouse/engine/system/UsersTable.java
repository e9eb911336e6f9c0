package io.longhouse.engine.system;

import io.longhouse.engine.access.AllowedHosts;
import io.longhouse.engine.access.AuthenticationMethod;
import io.longhouse.engine.access.User;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.AccessEntityKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code system.users}; nothing of a password is in it. */
@Register(kind = SystemTable.class, name = "users", doc = "The users.")
final class UsersTable extends SystemTable<AccessColumns.Of<User>> {
  private static final String METHODS =
      AccessColumns.enumType(
          Stream.of(AuthenticationMethod.Kind.values())
              .map(AuthenticationMethod.Kind::sql)
              .toList());

  UsersTable() {
    super("users", roles(hosts(who(new SystemColumns<>()))));
  }

  private static SystemColumns<AccessColumns.Of<User>> who(
      SystemColumns<AccessColumns.Of<User>> columns) {
    return columns
        .text("name", r -> r.entity().name())
        .add("id", "UUID", r -> r.entity().id().toString())
        .text("storage", r -> r.control().storageOf(r.entity().id()))
        .add(
            "auth_type",
            "Array(" + METHODS + ")",
            r -> r.entity().authentication().stream().map(m -> m.kind().sql()).toList())
        .add(
            "auth_params",
            "Array(String)",
            r -> r.entity().authentication().stream().map(UsersTable::parameters).toList())
        .add(
            "valid_until",
            "Array(DateTime)",
            r ->
                r.entity().authentication().stream()
                    .map(m -> java.time.Instant.ofEpochSecond(m.validUntil()))
                    .toList());
  }

  private static String parameters(AuthenticationMethod m) {
    List<String> out = new ArrayList<>();
    if (!m.commonNames().isEmpty()) {
      out.add("\"common_names\":[" + quoted(m.commonNames()) + "]");
    }
    if (!m.alternativeNames().isEmpty()) {
      out.add("\"subject_alt_names\":[" + quoted(m.alternativeNames()) + "]");
    }
    m.parameters()
        .forEach((word, value) ->
            out.add("\"" + word.toLowerCase(Locale.ROOT) + "\":" + quoted(List.of(value))));
    return "{" + String.join(",", out) + "}";
  }

  private static String quoted(List<String> names) {
    return String.join(
        ",",
        names.stream()
            .map(n -> "\"" + n.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
            .toList());
  }

  private static SystemColumns<AccessColumns.Of<User>> hosts(
      SystemColumns<AccessColumns.Of<User>> columns) {
    return columns
        .add("host_ip", "Array(String)", r -> ips(r.entity().hosts()))
        .add("host_names", "Array(String)", r -> names(r.entity().hosts()))
        .add("host_names_regexp", "Array(String)", r -> r.entity().hosts().regexps())
        .add("host_names_like", "Array(String)", r -> r.entity().hosts().likes());
  }

  private static List<String> ips(AllowedHosts h) {
    return h.any() ? List.of("::/0") : h.ips();
  }

  private static List<String> names(AllowedHosts h) {
    List<String> out = new ArrayList<>();
    if (h.local()) {
      out.add("localhost");
    }
    out.addAll(h.names());
    return out;
  }

  private static SystemColumns<AccessColumns.Of<User>> roles(
      SystemColumns<AccessColumns.Of<User>> columns) {
    return columns
        .flag("default_roles_all", r -> r.entity().defaultRoles().all())
        .add("default_roles_list", "Array(String)", r -> r.names(r.entity().defaultRoles().ids()))
        .add(
            "default_roles_except",
            "Array(String)",
            r -> r.names(r.entity().defaultRoles().except()))
        .flag("grantees_any", r -> r.entity().grantees().all())
        .add("grantees_list", "Array(String)", r -> r.names(r.entity().grantees().ids()))
        .add("grantees_except", "Array(String)", r -> r.names(r.entity().grantees().except()))
        .text("default_database", r -> r.entity().defaultDatabase());
  }

  @Override
  protected Iterable<AccessColumns.Of<User>> rows(QueryContext context) {
    return AccessColumns.all(AccessEntityKind.USER, User.class, context);
  }
}
