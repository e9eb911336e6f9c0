package io.longhouse.engine.access;

import io.longhouse.sql.ast.CheckGrant;
import io.longhouse.sql.ast.Grant;
import io.longhouse.sql.ast.RoleSet;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.List;

/** From rights to GRANT and REVOKE statements as ClickHouse writes them. */
final class GrantText {
  private GrantText() {}

  /**
   * What one statement says of one name.
   *
   * @param path at most a database and a table, or another name and a source's filter
   */
  record Line(
      Privileges privileges,
      List<String> path,
      List<String> columns,
      boolean wildcard,
      boolean grantOption,
      boolean revoke) {
    Line(Privileges privileges, List<String> path, List<String> columns, boolean wildcard) {
      this(privileges, path, columns, wildcard, false, false);
    }

    boolean continues(Line o) {
      return path.equals(o.path)
          && wildcard == o.wildcard
          && grantOption == o.grantOption
          && revoke == o.revoke
          && privileges.isOnParameter() == o.privileges.isOnParameter();
    }
  }

  /** {@code SELECT(a), INSERT ON db.t}. */
  static String of(List<Line> lines) {
    String text = Formatter.formatOneLine(new CheckGrant(ast(lines)));
    return text.substring("CHECK GRANT ".length());
  }

  /** The statements that give all of these rights to somebody who has none. */
  static List<Grant> statements(AccessRights rights, RoleSet to) {
    List<Grant> out = new ArrayList<>();
    List<Line> group = new ArrayList<>();
    for (Line line : lines(rights)) {
      if (!group.isEmpty() && !group.getLast().continues(line)) {
        out.add(statement(group, to));
        group.clear();
      }
      group.add(line);
    }
    if (!group.isEmpty()) {
      out.add(statement(group, to));
    }
    return out;
  }

  private static Grant statement(List<Line> group, RoleSet to) {
    Line first = group.getFirst();
    return new Grant(first.revoke(), null, false, ast(group), null, to, first.grantOption(), false);
  }

  /** With columns of one table together and privileges on different kinds of names apart. */
  static List<Line> lines(AccessRights rights) {
    List<GrantElement> all = rights.elements();
    List<Line> out = new ArrayList<>();
    for (int i = 0; i < all.size(); ) {
      GrantElement e = all.get(i);
      int n = e.path().size() == 3 ? sameTable(all, i) : 1;
      if (n > 1) {
        columns(all.subList(i, i + n), out);
      } else {
        single(e, all.size() == 1 && e.privileges().contains(Privileges.all()), out);
      }
      i += n;
    }
    return out;
  }

  private static void single(GrantElement e, boolean everything, List<Line> out) {
    List<String> columns = e.path().size() == 3 ? List.of(e.path().get(2)) : List.of();
    List<String> path = e.path().size() == 3 ? e.path().subList(0, 2) : e.path();
    List<Privileges> parts = everything ? List.of(e.privileges()) : e.privileges().byParameter();
    for (Privileges part : parts) {
      out.add(new Line(part, path, columns, e.wildcard(), e.grantOption(), e.partialRevoke()));
    }
  }

  private static int sameTable(List<GrantElement> all, int from) {
    GrantElement first = all.get(from);
    int n = 1;
    while (from + n < all.size()) {
      GrantElement e = all.get(from + n);
      if (e.path().size() != 3
          || !e.path().subList(0, 2).equals(first.path().subList(0, 2))
          || e.grantOption() != first.grantOption()
          || e.partialRevoke() != first.partialRevoke()) {
        break;
      }
      n++;
    }
    return n;
  }

  /** Columns with the same privileges share a line. */
  private static void columns(List<GrantElement> columns, List<Line> out) {
    Privileges done = Privileges.NONE;
    int begin = 0;
    int end = columns.size();
    while (true) {
      while (begin < end && columns.get(begin).privileges().minus(done).isEmpty()) {
        begin++;
      }
      while (begin < end && columns.get(end - 1).privileges().minus(done).isEmpty()) {
        end--;
      }
      if (begin >= end) {
        return;
      }
      GrantElement first = columns.get(begin);
      Privileges common = first.privileges().minus(done);
      for (GrantElement e : columns.subList(begin + 1, end)) {
        Privileges less = e.privileges().minus(done).and(common);
        common = less.isEmpty() ? common : less;
      }
      List<String> names = new ArrayList<>();
      for (GrantElement e : columns.subList(begin, end)) {
        if (e.privileges().minus(done).contains(common)) {
          names.add(e.path().get(2));
        }
      }
      out.add(
          new Line(
              common,
              first.path().subList(0, 2),
              names,
              false,
              first.grantOption(),
              first.partialRevoke()));
      done = done.plus(common);
    }
  }

  private static List<Grant.Privilege> ast(List<Line> lines) {
    List<Grant.Privilege> out = new ArrayList<>();
    for (Line line : lines) {
      List<Privilege> names = line.privileges().names();
      Grant.Target target = target(line);
      if (isSource(names, line)) {
        String name = line.path().isEmpty() ? "SOURCES" : line.path().getFirst();
        out.add(
            new Grant.Privilege(
                name, List.of(), new Grant.Target(null, null, true, true, false, null)));
        continue;
      }
      if (names.isEmpty()) {
        names = List.of(Privilege.NONE);
      }
      for (Privilege p : names) {
        String sql = p == Privilege.NONE ? "USAGE" : p.sql();
        out.add(new Grant.Privilege(sql, line.columns(), target));
      }
    }
    return out;
  }

  /** Reading and writing together are written in the older form. */
  private static boolean isSource(List<Privilege> names, Line line) {
    return names.equals(List.of(Privilege.READ, Privilege.WRITE))
        && line.path().size() < 2
        && !line.wildcard();
  }

  private static Grant.Target target(Line line) {
    List<String> path = line.path();
    if (line.privileges().isOnParameter()) {
      return switch (path.size()) {
        case 0 -> new Grant.Target(null, null, false, true, false, null);
        case 1 -> new Grant.Target(null, path.getFirst(), false, false, line.wildcard(), null);
        default -> new Grant.Target(null, path.get(0), false, false, false, path.get(1));
      };
    }
    return switch (path.size()) {
      case 0 -> new Grant.Target(null, null, true, true, false, null);
      case 1 -> new Grant.Target(path.getFirst(), null, false, true, line.wildcard(), null);
      default -> new Grant.Target(path.get(0), path.get(1), false, false, line.wildcard(), null);
    };
  }
}
