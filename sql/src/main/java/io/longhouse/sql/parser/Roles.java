package io.longhouse.sql.parser;

import io.longhouse.sql.ast.AccessVerb;
import io.longhouse.sql.ast.CreateRole;
import io.longhouse.sql.ast.CreateSettingsProfile;
import io.longhouse.sql.ast.RoleSet;
import io.longhouse.sql.ast.SettingsChange;
import io.longhouse.sql.ast.SettingsElement;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.UserName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE and ALTER of roles and settings profiles. */
final class Roles {
  private Roles() {}

  static Statement role(Cursor c, AccessVerb.Kind how) {
    List<UserName> names = UserNames.list(c);
    Clauses clauses = clauses(c, how, false);
    return new CreateRole(
        new AccessVerb(how, clauses.cluster, clauses.storage),
        names,
        clauses.newName,
        clauses.settings,
        clauses.change);
  }

  static Statement profile(Cursor c, AccessVerb.Kind how) {
    var names = new ArrayList<String>();
    do {
      names.add(Names.identifierOrString(c));
    } while (c.accept(TokenKind.COMMA));
    Clauses clauses = clauses(c, how, true);
    return new CreateSettingsProfile(
        new AccessVerb(how, clauses.cluster, clauses.storage),
        List.copyOf(names),
        clauses.newName,
        clauses.settings,
        clauses.change,
        clauses.to);
  }

  private static final class Clauses {
    private @Nullable String newName;
    private @Nullable String cluster;
    private @Nullable String storage;
    private List<SettingsElement> settings = List.of();
    private @Nullable SettingsChange change;
    private @Nullable RoleSet to;
  }

  private static Clauses clauses(Cursor c, AccessVerb.Kind how, boolean profile) {
    boolean alter = how == AccessVerb.Kind.ALTER || how == AccessVerb.Kind.ALTER_IF_EXISTS;
    var clauses = new Clauses();
    while (c.kind() == TokenKind.WORD) {
      if (alter && clauses.newName == null && c.accept("RENAME TO")) {
        clauses.newName = Names.identifierOrString(c);
      } else if (!alter && clauses.settings.isEmpty() && (c.at("SETTINGS") || c.at("SETTING"))) {
        clauses.settings = ProfileElements.list(c);
      } else if (clauses.cluster == null && c.at("ON CLUSTER")) {
        clauses.cluster = Names.cluster(c);
      } else if (!alter && clauses.storage == null && c.accept("IN")) {
        clauses.storage = Names.identifier(c);
      } else if (profile && clauses.to == null && c.accept("TO")) {
        clauses.to = UserNames.set(c);
      } else {
        SettingsChange change =
            alter && clauses.change == null ? ProfileElements.tryChange(c) : null;
        if (change == null) {
          break;
        }
        clauses.change = change;
      }
    }
    return clauses;
  }
}
