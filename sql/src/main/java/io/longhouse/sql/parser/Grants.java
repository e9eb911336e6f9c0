package io.longhouse.sql.parser;

import io.longhouse.sql.ast.CheckGrant;
import io.longhouse.sql.ast.ExecuteAs;
import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.RoleSet;
import io.longhouse.sql.ast.SetRole;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** GRANT, REVOKE, SET ROLE, CHECK GRANT and EXECUTE AS. */
final class Grants {
  private Grants() {}

  /** A grant as kept users and roles have it: {@code ATTACH GRANT}. */
  static Statement attached(Cursor c) {
    c.expect("ATTACH");
    return grant(c);
  }

  static Statement grant(Cursor c) {
    boolean revoke = c.accept("REVOKE");
    if (!revoke) {
      c.expect("GRANT");
    }
    String cluster = Names.cluster(c);
    Statement tenant = Tenants.tryGrant(c, revoke, cluster);
    if (tenant != null) {
      return tenant;
    }
    boolean option = false;
    if (revoke && (c.at("GRANT OPTION FOR") || c.at("ADMIN OPTION FOR"))) {
      c.advance();
      c.advance();
      c.advance();
      option = true;
    }
    boolean current = c.accept("CURRENT GRANTS");
    List<Grant.Privilege> privileges;
    RoleSet roles = null;
    if (current) {
      privileges = currentGrants(c);
    } else {
      List<Grant.Privilege> tried = c.attempt(Grants::privileges);
      privileges = tried == null ? List.of() : tried;
      roles = tried == null ? UserNames.set(c) : null;
    }
    if (cluster == null) {
      cluster = Names.cluster(c);
    }
    c.expect(revoke ? "FROM" : "TO");
    RoleSet grantees = UserNames.set(c);
    if (cluster == null) {
      cluster = Names.cluster(c);
    }
    if (!revoke) {
      option = c.accept("WITH GRANT OPTION") || c.accept("WITH ADMIN OPTION");
    }
    boolean replace = !revoke && c.accept("WITH REPLACE OPTION");
    return new Grant(revoke, cluster, current, privileges, roles, grantees, option, replace);
  }

  private static List<Grant.Privilege> currentGrants(Cursor c) {
    if (c.accept(TokenKind.OPEN_ROUND)) {
      List<Grant.Privilege> privileges = privileges(c);
      c.expect(TokenKind.CLOSE_ROUND);
      return privileges;
    }
    Grant.Target target =
        c.accept("ON") ? target(c) : new Grant.Target(null, null, true, true, false, null);
    return List.of(new Grant.Privilege("ALL", List.of(), target));
  }

  /** {@code SELECT(a, b), INSERT ON db.t, ALTER ON u}. */
  private static List<Grant.Privilege> privileges(Cursor c) {
    var all = new ArrayList<Grant.Privilege>();
    do {
      var types = new ArrayList<Grant.Privilege>();
      Grant.Target none = new Grant.Target(null, null, true, true, false, null);
      do {
        types.add(privilege(c, none));
      } while (c.accept(TokenKind.COMMA));
      c.expect("ON");
      Grant.Target target = target(c);
      for (Grant.Privilege p : types) {
        all.add(new Grant.Privilege(p.type(), p.columns(), target));
      }
    } while (c.accept(TokenKind.COMMA));
    return List.copyOf(all);
  }

  private static Grant.Privilege privilege(Cursor c, Grant.Target target) {
    var type = new StringBuilder();
    while (c.kind() == TokenKind.WORD && !c.at("ON")) {
      type.append(type.isEmpty() ? "" : " ").append(c.tokenText().toUpperCase(Locale.ROOT));
      c.advance();
    }
    if (type.isEmpty()) {
      throw c.fail("privilege");
    }
    List<String> columns = List.of();
    if (c.accept(TokenKind.OPEN_ROUND)) {
      columns = Names.identifiers(c);
      c.expect(TokenKind.CLOSE_ROUND);
    }
    String name = type.toString().equals("ALL PRIVILEGES") ? "ALL" : type.toString();
    return new Grant.Privilege(name, columns, target);
  }

  /** {@code *.*}, {@code db.*}, {@code db.t}, {@code db.t*}, {@code db*.*}, {@code t}. */
  private static Grant.Target target(Cursor c) {
    if (c.accept(TokenKind.ASTERISK)) {
      if (c.accept(TokenKind.DOT)) {
        c.expect(TokenKind.ASTERISK);
        return new Grant.Target(null, null, true, true, false, null);
      }
      return new Grant.Target(null, null, false, true, false, null);
    }
    String first = Names.identifier(c);
    if (c.accept(TokenKind.OPEN_ROUND)) {
      String filter = Literals.string(c);
      c.expect(TokenKind.CLOSE_ROUND);
      return new Grant.Target(null, first, false, false, false, filter);
    }
    if (c.accept(TokenKind.ASTERISK)) {
      if (c.accept(TokenKind.DOT)) {
        c.expect(TokenKind.ASTERISK);
        return new Grant.Target(first, null, false, true, true, null);
      }
      return new Grant.Target(null, first, false, false, true, null);
    }
    if (!c.accept(TokenKind.DOT)) {
      return new Grant.Target(null, first, false, false, false, null);
    }
    if (c.accept(TokenKind.ASTERISK)) {
      return new Grant.Target(first, null, false, true, false, null);
    }
    String table = Names.identifier(c);
    return new Grant.Target(first, table, false, false, c.accept(TokenKind.ASTERISK), null);
  }

  /** What follows CHECK GRANT. */
  static Statement check(Cursor c) {
    return new CheckGrant(privileges(c));
  }

  /** What follows SET. */
  static Statement setRole(Cursor c) {
    if (c.accept("ROLE DEFAULT")) {
      return new SetRole(SetRole.Kind.SET_ROLE_DEFAULT, null, null);
    }
    if (c.accept("ROLE")) {
      return new SetRole(SetRole.Kind.SET_ROLE, UserNames.set(c), null);
    }
    c.expect("DEFAULT ROLE");
    RoleSet roles = UserNames.set(c);
    c.expect("TO");
    return new SetRole(SetRole.Kind.SET_DEFAULT_ROLE, roles, UserNames.set(c));
  }

  /** What follows EXECUTE AS. */
  static Statement executeAs(Cursor c) {
    UserName user = UserNames.parse(c);
    return new ExecuteAs(user, c.atEnd() ? null : Statements.parse(c));
  }
}
