package io.longhouse.engine.access;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.UserName;
import java.util.UUID;

/** Names as the entities have them now. */
final class LiveReferences implements References {
  private final AccessControl control;
  private final SessionAccess access;
  private final String database;

  LiveReferences(StatementContext context) {
    this.access = context.query().require(SessionAccess.class);
    this.control = access.control();
    this.database = context.session().database();
  }

  @Override
  public UUID id(UserName name, AccessEntityKind... kinds) {
    for (AccessEntityKind kind : kinds) {
      UUID id = control.find(kind, name.fullName());
      if (id != null) {
        return id;
      }
    }
    throw AccessControl.absent(kinds[kinds.length - 1], name.fullName());
  }

  @Override
  public UUID profile(String name, boolean isId) {
    return control.require(AccessEntityKind.SETTINGS_PROFILE, name).id();
  }

  @Override
  public UUID currentUser() {
    User user = access.user();
    if (user == null) {
      throw new LonghouseException(ErrorCode.UNKNOWN_USER, "There is no current user");
    }
    return user.id();
  }

  @Override
  public String database() {
    return database;
  }
}
