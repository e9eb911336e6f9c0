package io.longhouse.engine.access;

import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table a session may see: those that the row policies show it, and of some system
 * tables its own.
 */
record VisibleRows(SessionAccess access, User user, Membership membership) {
  /** Tables in which one's own rows may be read without a grant. */
  private static final List<String> OWN_ROWS = List.of("query_log", "session_log", "tenant_usage");

  /** The condition that rows must meet, null for no condition. */
  @Nullable Expression of(String database, String table) {
    if (database.equals("system") && OWN_ROWS.contains(table)) {
      return access.granted().isGranted(Privilege.SELECT, database, table) ? null : ownRows(table);
    }
    AccessControl control = access.control();
    if (!control.index().hasPolicies(database, table)
        || access.granted().isGranted(Privilege.CREATE_ROW_POLICY, database, table)) {
      return null;
    }
    if (control.index().isBroken(database, table)) {
      return Literal.of(0);
    }
    List<Expression> permissive = new ArrayList<>();
    List<Expression> all = new ArrayList<>();
    for (RowPolicy p :
        control.index().policies(database, table, user.id(), access.enabledRoles())) {
      Expression filter = membership.filter(p);
      if (filter != null) {
        (p.restrictive() ? all : permissive).add(filter);
      }
    }
    all.removeIf(VisibleRows::isTrue);
    if (!permissive.isEmpty()) {
      if (permissive.stream().noneMatch(VisibleRows::isTrue)) {
        all.add(joined("or", permissive));
      }
    } else if (!control.isOpenWithoutPolicies()) {
      return Literal.of(0);
    }
    return all.isEmpty() ? null : joined("and", all);
  }

  /** {@code USING 1}, which hides nothing. */
  private static boolean isTrue(Expression filter) {
    return filter.bare().equals(Literal.of(1))
        || filter.bare().equals(new Literal.BoolLiteral(true));
  }

  /** Members of a tenant share its usage, but not what they asked. */
  private Expression ownRows(String table) {
    List<Expression> all = new ArrayList<>();
    all.add(is("tenant_space", access.account().space()));
    all.add(is("tenant", access.account().tenant()));
    if (!table.equals("tenant_usage")) {
      all.add(is("user", user.name()));
    }
    return joined("and", all);
  }

  private static Expression is(String column, String value) {
    return FunctionCall.call("equals", Identifier.of(column), Literal.of(value));
  }

  private static Expression joined(String function, List<Expression> parts) {
    return parts.size() == 1
        ? parts.getFirst()
        : FunctionCall.call(function, parts.toArray(Expression[]::new));
  }
}
