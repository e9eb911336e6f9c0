package io.longhouse.sql.format;

import io.longhouse.sql.ast.Authentication;
import io.longhouse.sql.ast.CreateUser;
import io.longhouse.sql.ast.RoleSet;
import io.longhouse.sql.ast.UserName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of users and of sets of them. */
final class Users {
  private Users() {}

  static void name(Out out, UserName user) {
    if (user.isId()) {
      out.add("ID(").string(user.name().name()).add(')');
      return;
    }
    Expressions.identifier(out, user.name());
    if (user.host() != null) {
      out.add('@').string(user.host());
    }
  }

  static void names(Out out, List<UserName> names) {
    for (int i = 0; i < names.size(); i++) {
      out.add(i > 0 ? ", " : "");
      if (names.get(i).isId()) {
        name(out, names.get(i));
      } else {
        out.name(names.get(i).fullName());
      }
    }
  }

  /**
   * @param all the word for all of them
   */
  static void set(Out out, RoleSet set, String all) {
    boolean first = true;
    if (set.all()) {
      out.add(all);
      first = false;
    }
    if (set.none()) {
      out.add("NONE");
      first = false;
    }
    for (UserName name : set.names()) {
      out.add(first ? "" : ", ");
      first = false;
      if (name.host() == null) {
        name(out, name);
      } else {
        out.name(name.fullName());
      }
    }
    if (set.currentUser()) {
      out.add(first ? "" : ", ").add("CURRENT_USER");
    }
    if (!set.except().isEmpty() || set.exceptCurrentUser()) {
      out.add(" EXCEPT ");
      names(out, set.except());
      out.add(set.exceptCurrentUser() && !set.except().isEmpty() ? ", " : "");
      out.add(set.exceptCurrentUser() ? "CURRENT_USER" : "");
    }
  }

  static void create(Out out, CreateUser u) {
    Access.verb(out, u.verb(), "USER ");
    for (int i = 0; i < u.names().size(); i++) {
      name(out.add(i > 0 ? ", " : ""), u.names().get(i));
    }
    Access.place(out, u.verb());
    if (u.newName() != null) {
      out.add(" RENAME TO ").string(u.newName());
    }
    authentication(out, u);
    hosts(out, " HOST ", u.hosts());
    hosts(out, " ADD HOST ", u.addHosts());
    hosts(out, " DROP HOST ", u.dropHosts());
    if (u.validUntil() != null) {
      Expressions.print(out.add(" VALID UNTIL "), u.validUntil());
    }
    if (u.defaultDatabase() != null) {
      out.add(" DEFAULT DATABASE ").name(u.defaultDatabase());
    }
    if (u.defaultRoles() != null) {
      set(out.add(" DEFAULT ROLE "), u.defaultRoles(), "ALL");
    }
    Profiles.settings(out, u.settings(), "PROFILE ");
    Profiles.change(out, u.settingsChange());
    if (u.grantees() != null) {
      set(out.add(" GRANTEES "), u.grantees(), "ANY");
    }
  }

  private static void authentication(Out out, CreateUser u) {
    out.add(u.resetAuthentication() ? " RESET AUTHENTICATION METHODS TO NEW" : "");
    out.add(u.notIdentified() ? " NOT IDENTIFIED" : "");
    if (u.authentication().isEmpty()) {
      return;
    }
    out.add(u.addIdentified() ? " ADD IDENTIFIED" : " IDENTIFIED");
    for (int i = 0; i < u.authentication().size(); i++) {
      Authentication a = u.authentication().get(i);
      if (i > 0) {
        out.add(',');
      }
      if (a.method() != null) {
        out.add(i == 0 ? " WITH " : " ").add(a.method());
      }
      arguments(out, a);
    }
  }

  private static void arguments(Out out, Authentication a) {
    boolean key = false;
    for (Authentication.Argument argument : a.arguments()) {
      switch (argument) {
        case Authentication.Words w -> {
          out.add(' ').add(w.word()).add(' ');
          Expressions.list(out, w.values());
        }
        case Authentication.Key k -> {
          out.add(key ? ", KEY " : " BY KEY ").name(k.key()).add(" TYPE ").name(k.type());
          key = true;
        }
      }
    }
    if (a.validUntil() != null) {
      Expressions.print(out.add(" VALID UNTIL "), a.validUntil());
    }
  }

  private static void hosts(Out out, String words, CreateUser.@Nullable HostClause hosts) {
    if (hosts == null) {
      return;
    }
    if (hosts.any()) {
      out.add(words.equals(" HOST ") && hosts.hosts().isEmpty() ? " HOST ANY" : words + "ANY");
      return;
    }
    if (hosts.none() && hosts.hosts().isEmpty()) {
      out.add(words).add("NONE");
      return;
    }
    out.add(words);
    CreateUser.Host.Kind last = null;
    for (CreateUser.Host host : hosts.hosts()) {
      out.add(last == null ? "" : ", ");
      if (host.kind() != last) {
        out.add(host.kind().name());
        out.add(host.kind() == CreateUser.Host.Kind.LOCAL ? "" : " ");
      }
      if (host.kind() != CreateUser.Host.Kind.LOCAL) {
        out.string(host.value());
      }
      last = host.kind();
    }
  }
}
