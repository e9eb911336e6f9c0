package io.longhouse.engine.access;

import io.longhouse.column.type.TimeZones;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.AccessVerb;
import io.longhouse.sql.ast.Assignment;
import io.longhouse.sql.ast.Authentication;
import io.longhouse.sql.ast.CreateMaskingPolicy;
import io.longhouse.sql.ast.CreateQuota;
import io.longhouse.sql.ast.CreateRole;
import io.longhouse.sql.ast.CreateRowPolicy;
import io.longhouse.sql.ast.CreateSettingsProfile;
import io.longhouse.sql.ast.CreateUser;
import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.RoleSet;
import io.longhouse.sql.ast.RowPolicyName;
import io.longhouse.sql.ast.SettingsElement;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.UserName;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Entities as statements: CREATE for people, without secrets and with names; ATTACH for keeping,
 * with secrets and with ids.
 */
public final class EntityText {
  private final AccessVerb verb;
  private final boolean kept;
  private final Function<UUID, @Nullable String> names;

  private EntityText(boolean kept, Function<UUID, @Nullable String> names) {
    this.verb = new AccessVerb(kept ? AccessVerb.Kind.ATTACH : AccessVerb.Kind.CREATE, null, null);
    this.kept = kept;
    this.names = names;
  }

  /**
   * The statement that makes an entity, for SHOW CREATE.
   *
   * @param names names of other entities by id, null for those that are gone
   */
  public static Statement create(AccessEntity e, Function<UUID, @Nullable String> names) {
    return new EntityText(false, names).ast(e);
  }

  /** The grants of a user or role, for SHOW GRANTS. */
  public static List<Grant> grants(AccessEntity e, Function<UUID, @Nullable String> names) {
    return new EntityText(false, names).grantsOf(e);
  }

  /** A set of users and roles as people write it. */
  static RoleSet set(Subjects s, Function<UUID, @Nullable String> names) {
    return new EntityText(false, names).set(s);
  }

  /** What is kept of an entity: its ATTACH statements, each behind it a semicolon and a line. */
  public static String attach(AccessEntity e) {
    var text = new EntityText(true, id -> null);
    var out = new StringBuilder(Formatter.formatOneLine(text.ast(e))).append(";\n");
    for (Grant g : text.grantsOf(e)) {
      out.append("ATTACH ").append(Formatter.formatOneLine(g)).append(";\n");
    }
    return out.toString();
  }

  /**
   * The entity that was kept.
   *
   * @throws LonghouseException INCORRECT_ACCESS_ENTITY_DEFINITION (515), SYNTAX_ERROR (62)
   */
  public static AccessEntity parse(UUID id, String text, String where) {
    AccessEntity entity = null;
    References references = References.kept();
    for (var parsed : Parser.parseMany(text, io.longhouse.sql.parser.ParserLimits.DEFAULT)) {
      Statement s = parsed.statement();
      entity =
          switch (s) {
            case CreateUser q ->
                new UserChange(q, references)
                    .apply(User.named(id, q.names().getFirst().fullName()));
            case CreateRole q -> {
              Role base = Role.named(id, q.names().getFirst().fullName());
              yield role(base, q, references);
            }
            case CreateRowPolicy q -> policy(id, q.names().getFirst(), q, references);
            case CreateMaskingPolicy q -> mask(mask(id, q, references), q, references);
            case CreateQuota q -> QuotaChange.apply(quota(id, q.names().getFirst()), q, references);
            case CreateSettingsProfile q ->
                profile(
                    new SettingsProfile(
                        id, q.names().getFirst(), ProfileElements.NONE, Subjects.NONE),
                    q,
                    references);
            case Grant g -> granted(entity, g, where);
            default -> throw broken("Not the definition of an access entity in ", where);
          };
    }
    if (entity == null) {
      throw broken("No access entities attached in ", where);
    }
    return entity;
  }

  private static LonghouseException broken(String what, String where) {
    return new LonghouseException(ErrorCode.INCORRECT_ACCESS_ENTITY_DEFINITION, what + where);
  }

  private static AccessEntity granted(@Nullable AccessEntity e, Grant g, String where) {
    if (!(e instanceof User) && !(e instanceof Role)) {
      throw broken("A user or role should be attached before grant in ", where);
    }
    GrantedRoles roles = e instanceof User u ? u.roles() : ((Role) e).roles();
    AccessRights rights = e instanceof User u ? u.rights() : ((Role) e).rights();
    RoleSet granted = g.roles();
    if (granted != null) {
      for (UserName n : granted.names()) {
        roles = roles.with(UUID.fromString(n.name().name()), g.withOption());
      }
    }
    for (GrantElement x : GrantElement.of(g.privileges(), "", false)) {
      if (g.revoke()) {
        rights.revoke(x.withGrantOption(g.withOption()));
      } else {
        rights.grant(x.withGrantOption(g.withOption()));
      }
    }
    return e instanceof User u
        ? u.withGrants(rights, roles)
        : new Role(e.id(), e.name(), rights, roles, ((Role) e).settings());
  }

  // ---- What statements make of entities

  static Role role(Role base, CreateRole q, References references) {
    String name = q.newName() != null ? q.newName() : base.name();
    ProfileElements settings =
        new ProfileChange(references).apply(base.settings(), q.settings(), q.settingsChange());
    return new Role(base.id(), name, base.rights(), base.roles(), settings);
  }

  static SettingsProfile profile(
      SettingsProfile base, CreateSettingsProfile q, References references) {
    String name = q.newName() != null ? q.newName() : base.name();
    RoleSet to = q.to();
    return new SettingsProfile(
        base.id(),
        name,
        new ProfileChange(references).apply(base.settings(), q.settings(), q.settingsChange()),
        to == null
            ? base.to()
            : references.subjects(to, AccessEntityKind.USER, AccessEntityKind.ROLE));
  }

  static RowPolicy policy(UUID id, RowPolicyName n, CreateRowPolicy q, References references) {
    String database = n.database() == null ? references.database() : n.database();
    String table = n.table().equals("*") ? "" : n.table();
    return policy(
        new RowPolicy(id, n.name(), database, table, null, false, Subjects.NONE), q, references);
  }

  static RowPolicy policy(RowPolicy base, CreateRowPolicy q, References references) {
    String name = q.newName() != null ? q.newName() : base.shortName();
    Boolean restrictive = q.restrictive();
    RoleSet to = q.to();
    return new RowPolicy(
        base.id(),
        name,
        base.database(),
        base.table(),
        q.hasFilter() ? q.using() : base.filter(),
        restrictive == null ? base.restrictive() : restrictive,
        to == null
            ? base.to()
            : references.subjects(to, AccessEntityKind.USER, AccessEntityKind.ROLE));
  }

  /** An empty policy of that name. */
  static MaskingPolicy mask(UUID id, CreateMaskingPolicy q, References references) {
    String in = q.table().qualifier();
    return new MaskingPolicy(
        id,
        q.name(),
        in == null ? references.database() : in,
        q.table().last(),
        List.of(),
        null,
        Subjects.NONE,
        0);
  }

  /**
   * @throws LonghouseException BAD_ARGUMENTS (36) for a policy that masks nothing, or a column
   *     twice
   */
  static MaskingPolicy mask(MaskingPolicy base, CreateMaskingPolicy q, References references) {
    RoleSet to = q.to();
    List<Assignment> assignments = q.assignments().isEmpty() ? base.assignments() : q.assignments();
    long different = assignments.stream().map(Assignment::column).distinct().count();
    if (assignments.isEmpty() || different < assignments.size()) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "A masking policy has UPDATE column = expression, each column once: " + base.name());
    }
    return new MaskingPolicy(
        base.id(),
        base.shortName(),
        base.database(),
        base.table(),
        assignments,
        q.where() == null ? base.where() : q.where(),
        to == null
            ? base.to()
            : references.subjects(to, AccessEntityKind.USER, AccessEntityKind.ROLE),
        q.priority() instanceof NumberLiteral n ? n.bits() : base.priority());
  }

  static Quota quota(UUID id, String name) {
    return new Quota(id, name, List.of(), 0, 0, List.of(), Subjects.NONE);
  }

  // ---- Back to statements

  private Statement ast(AccessEntity e) {
    return switch (e) {
      case User u -> user(u);
      case Role r ->
          new CreateRole(verb, List.of(own(r.name())), null, settings(r.settings()), null);
      case SettingsProfile p ->
          new CreateSettingsProfile(
              verb, List.of(p.name()), null, settings(p.settings()), null, orNull(p.to()));
      case Quota q -> QuotaChange.ast(q, verb, set(q.to()));
      case MaskingPolicy p ->
          new CreateMaskingPolicy(
              verb,
              p.shortName(),
              Identifier.of(p.database(), p.table()),
              p.assignments(),
              p.where(),
              orNull(p.to()),
              p.priority() == 0 ? null : Literal.of(p.priority()));
      case RowPolicy p ->
          new CreateRowPolicy(
              verb,
              List.of(
                  new RowPolicyName(
                      p.shortName(), p.database(), p.table().isEmpty() ? "*" : p.table())),
              null,
              p.restrictive() ? Boolean.TRUE : null,
              p.filter() != null,
              p.filter(),
              orNull(p.to()));
    };
  }

  private static UserName own(String name) {
    return new UserName(Identifier.of(name), null);
  }

  private @Nullable RoleSet orNull(Subjects s) {
    return s.isNone() ? null : set(s);
  }

  private List<SettingsElement> settings(ProfileElements elements) {
    return ProfileChange.ast(
        elements,
        id ->
            kept
                ? new SettingsElement.Inherit(id.toString(), true)
                : new SettingsElement.Inherit(nameOf(id)));
  }

  private CreateUser user(User u) {
    List<Authentication> methods = new ArrayList<>();
    u.authentication().forEach(m -> methods.add(method(m)));
    AllowedHosts h = u.hosts();
    return new CreateUser(
        verb,
        List.of(own(u.name())),
        null,
        methods,
        false,
        false,
        false,
        h.equals(AllowedHosts.ANY) ? null : hosts(h),
        null,
        null,
        null,
        u.defaultRoles().equals(Subjects.ALL) ? null : set(u.defaultRoles()),
        u.defaultDatabase().isEmpty() ? null : u.defaultDatabase(),
        u.grantees().equals(Subjects.ALL) ? null : set(u.grantees()),
        settings(u.settings()),
        null);
  }

  private Authentication method(AuthenticationMethod m) {
    List<Authentication.Argument> arguments = new ArrayList<>();
    String word = m.kind().sql();
    if (kept && !m.secret().isEmpty()) {
      String hash = m.kind().hashSql();
      word = hash == null ? word : hash;
      arguments.add(new Authentication.Words("BY", List.of(Literal.of(m.secret()))));
      if (!m.salt().isEmpty()) {
        arguments.add(new Authentication.Words("SALT", List.of(Literal.of(m.salt()))));
      }
    }
    if (!m.commonNames().isEmpty()) {
      arguments.add(words("CN", m.commonNames()));
    }
    if (!m.alternativeNames().isEmpty()) {
      arguments.add(words("SAN", m.alternativeNames()));
    }
    new java.util.TreeMap<>(m.parameters())
        .descendingMap()
        .forEach((name, value) -> arguments.add(words(name, List.of(value))));
    Literal until = m.validUntil() == 0 ? null : Literal.of(time(m.validUntil()));
    return new Authentication(word, arguments, until);
  }

  private static Authentication.Words words(String word, List<String> values) {
    return new Authentication.Words(
        word, values.stream().<io.longhouse.sql.ast.Expression>map(Literal::of).toList());
  }

  /** What is kept means the same in every zone, and is read by ClickHouse too. */
  private String time(long seconds) {
    return kept
        ? Long.toString(seconds)
        : DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
            .format(Instant.ofEpochSecond(seconds).atZone(TimeZones.current()));
  }

  private static CreateUser.HostClause hosts(AllowedHosts h) {
    List<CreateUser.Host> list = new ArrayList<>();
    if (h.local()) {
      list.add(new CreateUser.Host(CreateUser.Host.Kind.LOCAL, ""));
    }
    add(CreateUser.Host.Kind.IP, h.ips(), list);
    add(CreateUser.Host.Kind.NAME, h.names(), list);
    add(CreateUser.Host.Kind.REGEXP, h.regexps(), list);
    add(CreateUser.Host.Kind.LIKE, h.likes(), list);
    return new CreateUser.HostClause(h.any(), list.isEmpty(), list);
  }

  private static void add(
      CreateUser.Host.Kind kind, List<String> values, List<CreateUser.Host> out) {
    values.forEach(v -> out.add(new CreateUser.Host(kind, v)));
  }

  private List<Grant> grantsOf(AccessEntity e) {
    AccessRights rights;
    GrantedRoles roles;
    switch (e) {
      case User u -> {
        rights = u.rights();
        roles = u.roles();
      }
      case Role r -> {
        rights = r.rights();
        roles = r.roles();
      }
      case RowPolicy _, MaskingPolicy _, Quota _, SettingsProfile _ -> {
        return List.of();
      }
    }
    RoleSet to = only(List.of(own(e.name())));
    List<Grant> out = new ArrayList<>(GrantText.statements(rights, to));
    for (boolean admin : new boolean[] {false, true}) {
      Set<UUID> ids = new java.util.HashSet<>();
      roles
          .roles()
          .forEach((id, option) -> {
            if (option == admin) {
              ids.add(id);
            }
          });
      if (!ids.isEmpty()) {
        out.add(new Grant(false, null, false, List.of(), set(Subjects.of(ids)), to, admin, false));
      }
    }
    return out;
  }

  private RoleSet set(Subjects s) {
    boolean none = s.isNone();
    return new RoleSet(s.all(), none, false, users(s.ids()), users(s.except()), false);
  }

  private static RoleSet only(List<UserName> names) {
    return new RoleSet(false, false, false, names, List.of(), false);
  }

  private List<UserName> users(Set<UUID> ids) {
    List<UserName> out = new ArrayList<>();
    for (UUID id : ids) {
      if (kept) {
        out.add(new UserName(Identifier.of(id.toString()), null, true));
      } else if (names.apply(id) instanceof String name) {
        out.add(own(name));
      }
    }
    out.sort(Comparator.comparing(UserName::fullName));
    return out;
  }

  private String nameOf(UUID id) {
    String name = names.apply(id);
    return name == null ? id.toString() : name;
  }
}
