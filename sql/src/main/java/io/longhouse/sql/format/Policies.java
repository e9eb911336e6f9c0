package io.longhouse.sql.format;

import io.longhouse.sql.ast.CreateMaskingPolicy;
import io.longhouse.sql.ast.CreateRowPolicy;
import io.longhouse.sql.ast.RowPolicyName;
import java.util.List;
import java.util.Objects;

/** The text of row policies and masking policies. */
final class Policies {
  private Policies() {}

  static void names(Out out, List<RowPolicyName> names) {
    for (int i = 0; i < names.size(); i++) {
      RowPolicyName name = names.get(i);
      out.add(i > 0 ? ", " : "").name(name.name());
      boolean sameTable = i + 1 < names.size() && isSameTable(name, names.get(i + 1));
      if (!sameTable || !isOneTable(names)) {
        table(out.add(" ON "), name);
      }
    }
  }

  private static boolean isOneTable(List<RowPolicyName> names) {
    return names.stream().allMatch(n -> isSameTable(n, names.getFirst()));
  }

  private static boolean isSameTable(RowPolicyName a, RowPolicyName b) {
    return a.table().equals(b.table()) && Objects.equals(a.database(), b.database());
  }

  private static void table(Out out, RowPolicyName name) {
    if (name.database() != null) {
      out.name(name.database()).add('.');
    }
    if (name.table().equals("*")) {
      out.add('*');
    } else {
      out.name(name.table());
    }
  }

  static void row(Out out, CreateRowPolicy p) {
    Access.verb(out, p.verb(), "ROW POLICY ");
    names(out, p.names());
    Access.place(out, p.verb());
    if (p.newName() != null) {
      out.add(" RENAME TO ").name(p.newName());
    }
    if (p.restrictive() != null) {
      out.add(p.restrictive() ? " AS RESTRICTIVE" : " AS PERMISSIVE");
    }
    if (p.hasFilter()) {
      out.add(" FOR SELECT USING ");
      if (p.using() == null) {
        out.add("NONE");
      } else {
        Expressions.print(out, p.using());
      }
    }
    if (p.to() != null) {
      Users.set(out.add(" TO "), p.to(), "ALL");
    }
  }

  static void masking(Out out, CreateMaskingPolicy p) {
    Access.verb(out, p.verb(), "MASKING POLICY ");
    out.name(p.name()).add(" ON ");
    Expressions.identifier(out, p.table());
    Access.place(out, p.verb());
    if (!p.assignments().isEmpty()) {
      Storages.assignments(out.add(" UPDATE "), p.assignments());
    }
    if (p.where() != null) {
      Expressions.print(out.add(" WHERE "), p.where());
    }
    if (p.to() != null) {
      Users.set(out.add(" TO "), p.to(), "ALL");
    }
    if (p.priority() != null) {
      Expressions.print(out.add(" PRIORITY "), p.priority());
    }
  }
}
