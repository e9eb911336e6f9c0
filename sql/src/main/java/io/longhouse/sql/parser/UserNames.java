package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.RoleSet;
import io.longhouse.sql.ast.UserName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users and roles, one or sets of them. */
final class UserNames {
  private UserNames() {}

  /** {@code name@'host'}. */
  static UserName parse(Cursor c) {
    String id = tryId(c);
    if (id != null) {
      return new UserName(Identifier.of(id), null, true);
    }
    Identifier name =
        c.kind() == TokenKind.STRING ? Identifier.of(Literals.string(c)) : Names.single(c);
    String host = null;
    if (c.kind() == TokenKind.AT) {
      c.advance();
      host = Names.identifierOrString(c);
    }
    return new UserName(name, "%".equals(host) ? null : host);
  }

  /** {@code ID('...')}, which kept entities have instead of names; null when it is not there. */
  static @Nullable String tryId(Cursor c) {
    if (!c.at("ID") || c.kind(1) != TokenKind.OPEN_ROUND) {
      return null;
    }
    c.advance();
    c.advance();
    String id = Literals.string(c);
    c.expect(TokenKind.CLOSE_ROUND);
    return id;
  }

  /** Names whose hosts are part of them. */
  static List<UserName> fullNames(Cursor c) {
    var names = new ArrayList<UserName>();
    for (UserName name : list(c)) {
      names.add(name.host() == null ? name : new UserName(Identifier.of(name.fullName()), null));
    }
    return List.copyOf(names);
  }

  static List<UserName> list(Cursor c) {
    var names = new ArrayList<UserName>();
    do {
      names.add(parse(c));
    } while (c.accept(TokenKind.COMMA));
    return List.copyOf(names);
  }

  /** {@code ALL EXCEPT a, b}, {@code NONE}, {@code a, CURRENT_USER}. */
  static RoleSet set(Cursor c) {
    boolean all = false;
    boolean none = false;
    boolean current = false;
    var names = new ArrayList<UserName>();
    do {
      if (c.accept("ALL") || c.accept("ANY")) {
        all = true;
      } else if (c.accept("NONE")) {
        none = true;
      } else if (c.accept("CURRENT_USER") || c.accept("CURRENTUSER")) {
        current = true;
      } else {
        names.add(parse(c));
      }
    } while (c.accept(TokenKind.COMMA));
    var except = new ArrayList<UserName>();
    boolean exceptCurrent = false;
    if (c.accept("EXCEPT")) {
      do {
        if (c.accept("CURRENT_USER") || c.accept("CURRENTUSER")) {
          exceptCurrent = true;
        } else {
          except.add(parse(c));
        }
      } while (c.accept(TokenKind.COMMA));
    }
    return new RoleSet(all, none, current, names, except, exceptCurrent);
  }
}
