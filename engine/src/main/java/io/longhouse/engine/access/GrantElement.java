package io.longhouse.engine.access;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Grant;
import java.util.ArrayList;
import java.util.List;

/**
 * Privileges on one name.
 *
 * @param path nothing for everywhere; a database or another kind of name; a table (or a source's
 *     filter); a column
 * @param wildcard whether the last of the path is a beginning of names
 */
public record GrantElement(
    Privileges privileges,
    List<String> path,
    boolean wildcard,
    boolean grantOption,
    boolean partialRevoke) {
  public GrantElement {
    path = List.copyOf(path);
  }

  static GrantElement of(Privileges privileges, String... path) {
    return new GrantElement(privileges, List.of(path), false, false, false);
  }

  /**
   * The elements of a GRANT, REVOKE or CHECK GRANT.
   *
   * @param strict whether a privilege that cannot be granted so narrowly is an error, as for GRANT
   * @throws LonghouseException INVALID_GRANT (509)
   */
  static List<GrantElement> of(List<Grant.Privilege> written, String database, boolean strict) {
    List<GrantElement> out = new ArrayList<>();
    for (Grant.Privilege p : written) {
      Privilege named = Privilege.of(p.type());
      Privileges set = named.set();
      Grant.Target t = p.target();
      if (!set.isEmpty() && named.level().hasParameter()) {
        parameter(named, t, out);
        continue;
      }
      if (named == Privilege.SOURCES && t.anyDatabase()) {
        out.add(of(sources()));
        continue;
      }
      if (isSource(named) && t.anyDatabase()) {
        out.add(of(sources(), named.sql()));
        continue;
      }
      List<String> path = path(t, database);
      if (p.columns().isEmpty()) {
        add(named, set, path, t.wildcard(), strict, out);
      }
      for (String column : p.columns()) {
        if (path.size() < 2) {
          throw new LonghouseException(
              ErrorCode.INVALID_GRANT,
              named.sql() + " on wildcards cannot be granted on the column level");
        }
        add(named, set, List.of(path.get(0), path.get(1), column), false, strict, out);
      }
    }
    return out;
  }

  private static Privileges sources() {
    return Privilege.READ.set().plus(Privilege.WRITE.set());
  }

  private static boolean isSource(Privilege p) {
    return p.ordinal() >= Privilege.FILE.ordinal() && p.ordinal() < Privilege.SOURCES.ordinal();
  }

  private static void add(
      Privilege named,
      Privileges set,
      List<String> path,
      boolean wildcard,
      boolean strict,
      List<GrantElement> out) {
    Privileges allowed = set.and(grantable(path.size()));
    if (allowed.isEmpty() && !set.isEmpty()) {
      if (!strict) {
        return;
      }
      throw new LonghouseException(
          ErrorCode.INVALID_GRANT,
          named.sql()
              + " cannot be granted on the "
              + (path.size() == 3 ? "column" : path.size() == 2 ? "table" : "database")
              + " level");
    }
    out.add(new GrantElement(allowed, path, wildcard, false, false));
  }

  private static Privileges grantable(int depth) {
    return switch (depth) {
      case 0 -> Privileges.all();
      case 1 -> Privileges.onDatabase();
      case 2 -> Privileges.onTable();
      default -> Privileges.onColumn();
    };
  }

  private static void parameter(Privilege named, Grant.Target t, List<GrantElement> out) {
    if (t.anyDatabase() || t.anyTable() && t.database() == null) {
      out.add(of(named.set()));
      return;
    }
    String name = t.table();
    if (t.database() != null || name == null) {
      throw new LonghouseException(
          ErrorCode.INVALID_GRANT, named.sql() + " cannot be granted on the table level");
    }
    String filter = t.filter();
    out.add(
        filter == null
            ? new GrantElement(named.set(), List.of(name), t.wildcard(), false, false)
            : of(named.set(), name, filter));
  }

  private static List<String> path(Grant.Target t, String database) {
    if (t.anyDatabase()) {
      return List.of();
    }
    String in = t.database() == null ? database : t.database();
    if (t.anyTable()) {
      return List.of(in);
    }
    String table = t.table();
    return table == null ? List.of(in) : List.of(in, table);
  }

  GrantElement withGrantOption(boolean option) {
    return new GrantElement(privileges, path, wildcard, option, partialRevoke);
  }

  GrantElement withPrivileges(Privileges other) {
    return new GrantElement(other, path, wildcard, grantOption, partialRevoke);
  }

  /** {@code SELECT(a, b) ON db.t}: for messages about what is missing. */
  String text() {
    return GrantText.of(List.of(new GrantText.Line(privileges, path, List.of(), wildcard)));
  }
}
