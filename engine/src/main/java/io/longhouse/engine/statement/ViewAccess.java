package io.longhouse.engine.statement;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.sql.ast.Identifier;
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

  /** What a view keeps: a definer by name. */
  static @Nullable SqlSecurity resolved(@Nullable SqlSecurity s, StatementContext context) {
    if (s == null) {
      return null;
    }
    SqlSecurity.Type type =
        s.type() == null && (s.definer() != null || s.currentUser())
            ? SqlSecurity.Type.DEFINER
            : s.type();
    boolean mine = type == SqlSecurity.Type.DEFINER && s.definer() == null;
    return new SqlSecurity(type, mine ? currentUser(context) : s.definer(), false);
  }

  /**
   * The same for a materialized view, which reads without anybody asking. Who may not do everything
   * is its definer, so that it never gets more than its maker may read.
   */
  static @Nullable SqlSecurity ofMaterialized(@Nullable SqlSecurity s, StatementContext context) {
    SessionAccess access = context.query().require(SessionAccess.class);
    boolean everything = access.isGranted(Privilege.SELECT) && access.isGranted(Privilege.INSERT);
    return s == null && !everything
        ? new SqlSecurity(SqlSecurity.Type.DEFINER, currentUser(context), false)
        : resolved(s, context);
  }

  private static UserName currentUser(StatementContext context) {
    return new UserName(Identifier.of(context.session().user()), null);
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
