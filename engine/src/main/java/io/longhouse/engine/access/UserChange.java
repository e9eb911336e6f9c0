package io.longhouse.engine.access;

import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.access.AuthenticationMethod.Kind;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.Authentication;
import io.longhouse.sql.ast.CreateUser;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.RoleSet;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What CREATE USER, ALTER USER and ATTACH USER make of a user. */
final class UserChange {
  private final CreateUser q;
  private final References references;

  UserChange(CreateUser q, References references) {
    this.q = q;
    this.references = references;
  }

  User apply(User base) {
    String name = q.newName() != null ? q.newName() : base.name();
    RoleSet roles = q.defaultRoles();
    RoleSet grantees = q.grantees();
    String database = q.defaultDatabase();
    return new User(
        base.id(),
        name,
        authentication(base.authentication()),
        hosts(base.hosts()),
        base.rights(),
        base.roles(),
        roles == null ? base.defaultRoles() : references.subjects(roles, AccessEntityKind.ROLE),
        grantees == null
            ? base.grantees()
            : references.subjects(grantees, AccessEntityKind.USER, AccessEntityKind.ROLE),
        database == null ? base.defaultDatabase() : database.equals("NONE") ? "" : database,
        new ProfileChange(references).apply(base.settings(), q.settings(), q.settingsChange()));
  }

  private List<AuthenticationMethod> authentication(List<AuthenticationMethod> before) {
    List<AuthenticationMethod> out = new ArrayList<>();
    if (q.notIdentified()) {
      out.add(AuthenticationMethod.noPassword());
    }
    for (Authentication a : q.authentication()) {
      out.add(method(a));
    }
    if (out.isEmpty()) {
      out.addAll(q.resetAuthentication() ? List.of(before.getLast()) : before);
    } else if (q.addIdentified()) {
      out.addAll(0, before.stream().filter(m -> m.kind() != Kind.NO_PASSWORD).toList());
    }
    if (out.size() > 1 && out.stream().anyMatch(m -> m.kind() == Kind.NO_PASSWORD)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "The authentication method 'no_password' cannot be used together with other"
              + " authentication methods");
    }
    Expression until = q.validUntil();
    if (until != null) {
      long seconds = time(text(until));
      out.replaceAll(m -> m.validUntil(seconds));
    }
    return out;
  }

  private static AuthenticationMethod method(Authentication a) {
    Map<String, List<String>> words = new HashMap<>();
    for (Authentication.Argument argument : a.arguments()) {
      if (argument instanceof Authentication.Words w) {
        words.put(w.word(), w.values().stream().map(UserChange::text).toList());
      }
    }
    String by = words.getOrDefault("BY", List.of("")).getFirst();
    String salt = words.getOrDefault("SALT", List.of("")).getFirst();
    String name = a.method() == null ? "sha256_password" : a.method().toLowerCase(Locale.ROOT);
    boolean secret = words.containsKey("BY");
    AuthenticationMethod m =
        switch (name) {
          case "no_password" -> AuthenticationMethod.noPassword();
          case "no_authentication" -> AuthenticationMethod.of(Kind.NO_AUTHENTICATION, "", "");
          case "plaintext_password" -> given(secret, Kind.PLAINTEXT_PASSWORD, by, "");
          case "sha256_password" -> salted(secret, by);
          case "sha256_hash" ->
              given(secret, Kind.SHA256_PASSWORD, hex(by, 32), salt.toUpperCase(Locale.ROOT));
          case "double_sha1_password" ->
              given(secret, Kind.DOUBLE_SHA1_PASSWORD, PasswordHashes.doubleSha1(by), "");
          case "double_sha1_hash" -> given(secret, Kind.DOUBLE_SHA1_PASSWORD, hex(by, 20), "");
          case "scram_sha256_password" -> scram(secret, by);
          case "scram_sha256_hash" -> given(secret, Kind.SCRAM_SHA256_PASSWORD, hex(by, 32), salt);
          case "http" -> http(words);
          case "bcrypt_password" ->
              given(secret, Kind.BCRYPT_PASSWORD, PasswordHashes.bcrypt(by, 12), "");
          case "bcrypt_hash" -> given(secret, Kind.BCRYPT_PASSWORD, by, "");
          case "ssl_certificate" ->
              AuthenticationMethod.certificate(
                  words.getOrDefault("CN", List.of()), words.getOrDefault("SAN", List.of()));
          case "jwt" ->
              AuthenticationMethod.of(
                  Kind.JWT,
                  words.containsKey("CLAIMS")
                      ? Map.of("CLAIMS", words.get("CLAIMS").getFirst())
                      : Map.of());
          default ->
              throw new LonghouseException(
                  ErrorCode.NOT_IMPLEMENTED, "IDENTIFIED WITH " + name + " is not implemented");
        };
    Expression until = a.validUntil();
    return until == null ? m : m.validUntil(time(text(until)));
  }

  private static AuthenticationMethod given(boolean secret, Kind kind, String value, String salt) {
    if (!secret) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Expected BY '...' behind " + kind.sql());
    }
    return AuthenticationMethod.of(kind, value, salt);
  }

  private static AuthenticationMethod salted(boolean secret, String password) {
    String salt = PasswordHashes.salt();
    return given(secret, Kind.SHA256_PASSWORD, PasswordHashes.sha256(password, salt), salt);
  }

  private static AuthenticationMethod scram(boolean secret, String password) {
    String salt = PasswordHashes.salt();
    return given(
        secret, Kind.SCRAM_SHA256_PASSWORD, PasswordHashes.scramSha256(password, salt), salt);
  }

  private static AuthenticationMethod http(Map<String, List<String>> words) {
    String scheme = words.getOrDefault("SCHEME", List.of("BASIC")).getFirst();
    if (!words.containsKey("SERVER") || !scheme.equalsIgnoreCase("basic")) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Expected SERVER '...' SCHEME 'BASIC' behind http");
    }
    return AuthenticationMethod.of(
        Kind.HTTP, Map.of("SERVER", words.get("SERVER").getFirst(), "SCHEME", "BASIC"));
  }

  private static String hex(String hash, int bytes) {
    if (hash.length() != 2 * bytes || !hash.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Password hash has "
              + hash.length()
              + " characters: expected "
              + 2 * bytes
              + " hexadecimal digits");
    }
    return hash.toUpperCase(Locale.ROOT);
  }

  static String text(Expression e) {
    if (e instanceof Literal.StringLiteral s) {
      return s.value();
    }
    throw new LonghouseException(
        ErrorCode.BAD_ARGUMENTS, "Query parameters cannot stand in this clause of CREATE USER");
  }

  /**
   * Seconds since 1970 of {@code infinity}, a date or a date and time, by the session's zone unless
   * the text says UTC; or of such seconds.
   */
  private static long time(String text) {
    if (text.equalsIgnoreCase("infinity")) {
      return 0;
    }
    String t = text.strip().replaceFirst("(?<=\\d)T(?=\\d)", " ").replaceFirst(" ?(Z|UTC)$", "");
    ZoneId zone = t.length() < text.strip().length() ? ZoneOffset.UTC : TimeZones.current();
    if (t.matches("\\d+")) {
      return Long.parseLong(t);
    }
    try {
      String full = t.length() == 10 ? t + " 00:00:00" : t;
      long seconds =
          LocalDateTime.parse(full, DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"))
              .atZone(zone)
              .toEpochSecond();
      return Math.max(1, seconds);
    } catch (DateTimeParseException e) {
      throw new LonghouseException(
          ErrorCode.CANNOT_PARSE_DATETIME, "VALID UNTIL: cannot parse time '" + text + "'", e);
    }
  }

  // ---- Hosts

  private AllowedHosts hosts(AllowedHosts before) {
    AllowedHosts out = before;
    if (q.hosts() != null) {
      out = hosts(q.hosts(), AllowedHosts.NONE);
    } else if (q.names().size() == 1
        && q.names().getFirst().host() instanceof String like
        && !q.verb().isAlter()) {
      out = new AllowedHosts(false, false, List.of(), List.of(), List.of(), List.of(like));
    }
    if (q.addHosts() != null) {
      out = hosts(q.addHosts(), out.any() ? AllowedHosts.NONE : out);
    }
    return q.dropHosts() == null ? out : dropped(out, hosts(q.dropHosts(), AllowedHosts.NONE));
  }

  private static AllowedHosts hosts(CreateUser.@Nullable HostClause clause, AllowedHosts before) {
    if (clause == null) {
      return before;
    }
    boolean local = before.local();
    List<String> ips = new ArrayList<>(before.ips());
    List<String> names = new ArrayList<>(before.names());
    List<String> regexps = new ArrayList<>(before.regexps());
    List<String> likes = new ArrayList<>(before.likes());
    boolean any = before.any() || clause.any();
    for (CreateUser.Host h : clause.hosts()) {
      switch (h.kind()) {
        case LOCAL -> local = true;
        case IP -> {
          if (h.value().equals("::/0") || h.value().equals("0.0.0.0/0")) {
            any = true;
          } else if (AllowedHosts.isLoopback(h.value())) {
            local = true;
          } else {
            ips.add(h.value());
          }
        }
        case NAME -> {
          if (h.value().equals("localhost")) {
            local = true;
          } else {
            names.add(h.value());
          }
        }
        case REGEXP -> regexps.add(h.value());
        case LIKE -> {
          if (h.value().equals("%")) {
            any = true;
          } else {
            likes.add(h.value());
          }
        }
      }
    }
    return any ? AllowedHosts.ANY : new AllowedHosts(false, local, ips, names, regexps, likes);
  }

  private static AllowedHosts dropped(AllowedHosts from, AllowedHosts what) {
    return new AllowedHosts(
        from.any() && !what.any(),
        from.local() && !what.local(),
        without(from.ips(), what.ips()),
        without(from.names(), what.names()),
        without(from.regexps(), what.regexps()),
        without(from.likes(), what.likes()));
  }

  private static List<String> without(List<String> all, List<String> some) {
    return all.stream().filter(x -> !some.contains(x)).toList();
  }
}
