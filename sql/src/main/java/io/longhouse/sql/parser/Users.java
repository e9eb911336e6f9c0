package io.longhouse.sql.parser;

import io.longhouse.sql.ast.AccessVerb;
import io.longhouse.sql.ast.Authentication;
import io.longhouse.sql.ast.CreateUser;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.RoleSet;
import io.longhouse.sql.ast.SettingsChange;
import io.longhouse.sql.ast.SettingsElement;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.UserName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** CREATE USER and ALTER USER; the clauses may come in any order. Made for one use. */
final class Users {
  private static final List<String> METHODS =
      List.of(
          "no_password",
          "plaintext_password",
          "sha256_password",
          "sha256_hash",
          "double_sha1_password",
          "double_sha1_hash",
          "ldap",
          "kerberos",
          "ssl_certificate",
          "bcrypt_password",
          "bcrypt_hash",
          "ssh_key",
          "http",
          "jwt",
          "scram_sha256_password",
          "scram_sha256_hash",
          "no_authentication");

  private final Cursor c;
  private final AccessVerb.Kind how;
  private final boolean alter;
  private @Nullable String newName;
  private final List<Authentication> authentication = new ArrayList<>();
  private boolean notIdentified;
  private boolean addIdentified;
  private boolean resetAuthentication;
  private CreateUser.@Nullable HostClause hosts;
  private CreateUser.@Nullable HostClause addHosts;
  private CreateUser.@Nullable HostClause dropHosts;
  private @Nullable Expression validUntil;
  private @Nullable RoleSet roles;
  private @Nullable String database;
  private @Nullable RoleSet grantees;
  private List<SettingsElement> settings = List.of();
  private @Nullable SettingsChange change;
  private @Nullable String cluster;
  private @Nullable String storage;

  private Users(Cursor c, AccessVerb.Kind how) {
    this.c = c;
    this.how = how;
    this.alter = how == AccessVerb.Kind.ALTER || how == AccessVerb.Kind.ALTER_IF_EXISTS;
  }

  static Statement parse(Cursor c, AccessVerb.Kind how) {
    return new Users(c, how).parse();
  }

  private Statement parse() {
    List<UserName> names = UserNames.list(c);
    while (clause()) {
      // one after another
    }
    return new CreateUser(
        new AccessVerb(how, cluster, storage),
        names,
        newName,
        List.copyOf(authentication),
        notIdentified,
        addIdentified,
        resetAuthentication,
        hosts,
        addHosts,
        dropHosts,
        validUntil,
        roles,
        database,
        grantees,
        settings,
        change);
  }

  private boolean clause() {
    if (c.kind() != TokenKind.WORD) {
      return false;
    }
    if (authentication.isEmpty() && (c.at("IDENTIFIED") || c.at("NOT IDENTIFIED"))) {
      identified();
    } else if (hosts == null && c.accept("HOST")) {
      hosts = hosts();
    } else if (validUntil == null && c.accept("VALID UNTIL")) {
      validUntil = Literal.of(Literals.string(c));
    } else if (roles == null && c.accept("DEFAULT ROLE")) {
      roles = UserNames.set(c);
    } else if (database == null && c.accept("DEFAULT DATABASE")) {
      database = c.accept("NONE") ? "NONE" : Names.identifier(c);
    } else if (grantees == null && c.accept("GRANTEES")) {
      grantees = UserNames.set(c);
    } else if (cluster == null && c.at("ON CLUSTER")) {
      cluster = Names.cluster(c);
    } else if (!alter && settings.isEmpty() && (c.at("SETTINGS") || c.at("SETTING"))) {
      settings = ProfileElements.list(c);
    } else if (!alter && storage == null && c.accept("IN")) {
      storage = Names.identifier(c);
    } else {
      return alter && alterClause();
    }
    return true;
  }

  private boolean alterClause() {
    if (newName == null && c.accept("RENAME TO")) {
      newName = Names.identifierOrString(c);
    } else if (authentication.isEmpty() && c.accept("ADD IDENTIFIED")) {
      addIdentified = true;
      methods();
    } else if (!resetAuthentication && c.accept("RESET AUTHENTICATION METHODS TO NEW")) {
      resetAuthentication = true;
    } else if (addHosts == null && c.accept("ADD HOST")) {
      addHosts = hosts();
    } else if (dropHosts == null && c.accept("DROP HOST")) {
      dropHosts = hosts();
    } else if (change == null) {
      change = ProfileElements.tryChange(c);
      return change != null;
    } else {
      return false;
    }
    return true;
  }

  // ---- Authentication

  private void identified() {
    if (c.accept("NOT IDENTIFIED")) {
      notIdentified = true;
      return;
    }
    c.expect("IDENTIFIED");
    methods();
  }

  private void methods() {
    if (c.at("BY")) {
      authentication.add(method(null));
      return;
    }
    c.expect("WITH");
    do {
      authentication.add(method(methodName()));
    } while (c.kind() == TokenKind.COMMA && isMethod() && c.accept(TokenKind.COMMA));
  }

  private boolean isMethod() {
    return METHODS.contains(c.tokenText(1).toLowerCase(Locale.ROOT)) || c.atAhead(1, "BY");
  }

  private String methodName() {
    String name = c.tokenText().toLowerCase(Locale.ROOT);
    if (!METHODS.contains(name)) {
      throw c.fail(METHODS.toArray(String[]::new));
    }
    c.advance();
    return name;
  }

  private Authentication method(@Nullable String name) {
    var arguments = new ArrayList<Authentication.Argument>();
    boolean more = true;
    while (more) {
      more = false;
      if (c.accept("BY KEY")) {
        keys(arguments);
      }
      for (String word :
          List.of("BY", "SALT", "SERVER", "REALM", "SCHEME", "CLAIMS", "CN", "SAN")) {
        if (c.accept(word)) {
          arguments.add(new Authentication.Words(word, values(word)));
          more = true;
        }
      }
    }
    Expression until = c.accept("VALID UNTIL") ? Literal.of(Literals.string(c)) : null;
    return new Authentication(name, arguments, until);
  }

  private List<Expression> values(String word) {
    var values = new ArrayList<Expression>();
    values.add(value());
    while ((word.equals("CN") || word.equals("SAN"))
        && c.kind() == TokenKind.COMMA
        && c.kind(1) == TokenKind.STRING) {
      c.advance();
      values.add(value());
    }
    return List.copyOf(values);
  }

  private Expression value() {
    return c.kind() == TokenKind.OPEN_CURLY ? Names.parameter(c) : Literal.of(Literals.string(c));
  }

  private void keys(List<Authentication.Argument> arguments) {
    do {
      if (!arguments.isEmpty()) {
        c.accept("KEY");
      }
      String key = Names.identifierOrString(c);
      c.expect("TYPE");
      arguments.add(new Authentication.Key(key, Names.identifierOrString(c)));
    } while (c.kind() == TokenKind.COMMA && c.atAhead(1, "KEY") && c.accept(TokenKind.COMMA));
  }

  // ---- Hosts

  private CreateUser.HostClause hosts() {
    boolean any = false;
    boolean none = false;
    var list = new ArrayList<CreateUser.Host>();
    do {
      if (c.accept("ANY")) {
        any = true;
      } else if (c.accept("NONE")) {
        none = true;
      } else if (c.accept("LOCAL")) {
        list.add(new CreateUser.Host(CreateUser.Host.Kind.LOCAL, ""));
      } else {
        list.addAll(patterns());
      }
    } while (c.accept(TokenKind.COMMA));
    list.sort(Comparator.comparing(CreateUser.Host::kind));
    return new CreateUser.HostClause(any, none, list);
  }

  private List<CreateUser.Host> patterns() {
    for (CreateUser.Host.Kind kind : CreateUser.Host.Kind.values()) {
      if (kind != CreateUser.Host.Kind.LOCAL && c.accept(kind.name())) {
        var list = new ArrayList<CreateUser.Host>();
        list.add(new CreateUser.Host(kind, Literals.string(c)));
        while (c.kind() == TokenKind.COMMA && c.kind(1) == TokenKind.STRING) {
          c.advance();
          list.add(new CreateUser.Host(kind, Literals.string(c)));
        }
        return list;
      }
    }
    throw c.fail("ANY", "NONE", "LOCAL", "NAME", "REGEXP", "IP", "LIKE");
  }
}
