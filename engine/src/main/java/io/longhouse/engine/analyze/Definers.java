package io.longhouse.engine.analyze;

import io.longhouse.engine.access.AccessControl;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.access.User;
import io.longhouse.engine.table.Table;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateMaterializedView;
import io.longhouse.sql.ast.CreateView;
import io.longhouse.sql.ast.SqlSecurity;
import io.longhouse.sql.ast.UserName;
import org.jspecify.annotations.Nullable;

/** As whom a view reads: as who asks, as who defined it, or as nobody in particular. */
public final class Definers {
  private Definers() {}

  /** What is inside a view is read with the access that is answered. */
  static SessionAccess of(Table view, SessionAccess invoker) {
    SqlSecurity s = view.definition() instanceof CreateView v ? v.security() : null;
    return of(s, invoker, invoker);
  }

  /** The same for the rows that a materialized view makes of an insert. */
  public static SessionAccess ofInsert(CreateMaterializedView view, SessionAccess invoker) {
    return of(view.security(), invoker, SessionAccess.unrestricted(invoker.control()));
  }

  private static SessionAccess of(
      @Nullable SqlSecurity s, SessionAccess invoker, SessionAccess otherwise) {
    if (s == null) {
      return otherwise;
    }
    SqlSecurity.Type type = s.type() == null ? SqlSecurity.Type.DEFINER : s.type();
    return switch (type) {
      case INVOKER -> invoker;
      case NONE -> SessionAccess.unrestricted(invoker.control());
      case DEFINER -> definer(s.definer(), invoker);
    };
  }

  private static SessionAccess definer(@Nullable UserName name, SessionAccess invoker) {
    AccessControl control = invoker.control();
    if (name == null) {
      return invoker;
    }
    User user = control.user(name.fullName());
    if (user == null) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_USER, "The definer " + name.fullName() + " of a view does not exist");
    }
    return SessionAccess.of(control, user);
  }
}
