package io.longhouse.engine.statement;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.sql.ast.SqlSecurity;
import io.longhouse.sql.ast.UserName;
import org.jspecify.annotations.Nullable;

/** Who may make a view that reads as somebody else. */
final class ViewAccess {
  private final SessionAccess access;
  private final String user;

  ViewAccess(StatementContext context, SessionAccess access) {
    this.access = access;
    this.user = context.session().user();
  }

  void check(@Nullable SqlSecurity security) {
    if (security == null) {
      return;
    }
    UserName definer = security.definer();
    if (definer != null && !definer.fullName().equals(user)) {
      access.check(Privilege.SET_DEFINER, definer.fullName());
    }
    if (security.type() == SqlSecurity.Type.NONE) {
      access.check(Privilege.ALLOW_SQL_SECURITY_NONE);
    }
  }
}
