package io.longhouse.sql.format;

import io.longhouse.sql.ast.Grant;
import java.util.List;

/** The text of GRANT and REVOKE. */
final class Grants {
  private Grants() {}

  static void print(Out out, Grant g) {
    out.add(g.revoke() ? "REVOKE" : "GRANT");
    Statements.cluster(out, g.cluster());
    boolean roles = g.roles() != null;
    if (g.revoke() && g.withOption()) {
      out.add(roles ? " ADMIN OPTION FOR" : " GRANT OPTION FOR");
    }
    out.add(' ');
    if (g.currentGrants()) {
      privileges(out.add("CURRENT GRANTS("), g.privileges());
      out.add(')');
    } else if (g.roles() != null) {
      Users.set(out, g.roles(), "ALL");
    } else {
      privileges(out, g.privileges());
    }
    Users.set(out.add(g.revoke() ? " FROM " : " TO "), g.grantees(), "ALL");
    if (!g.revoke() && g.withOption()) {
      out.add(roles ? " WITH ADMIN OPTION" : " WITH GRANT OPTION");
    }
    out.add(g.replaceOption() ? " WITH REPLACE OPTION" : "");
  }

  /** Neighbours with the same target share one ON. */
  static void privileges(Out out, List<Grant.Privilege> privileges) {
    for (int i = 0; i < privileges.size(); i++) {
      Grant.Privilege p = privileges.get(i);
      out.add(i > 0 ? ", " : "").add(p.type());
      if (!p.columns().isEmpty()) {
        Queries.names(out.add('('), p.columns());
        out.add(')');
      }
      boolean last = i + 1 == privileges.size();
      if (last || !privileges.get(i + 1).target().equals(p.target())) {
        target(out.add(" ON "), p.target());
      }
    }
  }

  private static void target(Out out, Grant.Target t) {
    if (t.anyDatabase()) {
      out.add("*.*");
      return;
    }
    if (t.database() != null) {
      out.name(t.database()).add(t.anyTable() && t.wildcard() ? "*." : ".");
    }
    if (t.anyTable()) {
      out.add('*');
    } else if (t.table() != null) {
      out.name(t.table()).add(t.wildcard() ? "*" : "");
    }
    if (t.filter() != null) {
      out.add('(').string(t.filter()).add(')');
    }
  }
}
