package io.longhouse.engine.access;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import java.util.ArrayList;
import java.util.List;

/**
 * ACCESS_DENIED (497): what a user would need for what was asked, and what of it is missing.
 *
 * @param granted what was granted to the user and its roles
 * @param implied the same with what follows from it
 */
record Denial(String userName, AccessRights granted, AccessRights implied) {
  /** A table is read without naming a column, and none of its columns may be read. */
  LonghouseException ofAnyColumn(String database, String table) {
    return new LonghouseException(
        ErrorCode.ACCESS_DENIED,
        necessary()
            + "SELECT for at least one column on "
            + Quoting.identifier(database)
            + "."
            + Quoting.identifier(table));
  }

  private String necessary() {
    return userName
        + ": Not enough privileges. To execute this query, it's necessary to have the grant ";
  }

  /** None, or not all, of what was needed is granted. */
  LonghouseException of(List<GrantElement> needed) {
    GrantElement first = needed.getFirst();
    boolean option = first.grantOption();
    String wanted = text(needed);
    var plain = new AccessRights();
    needed.forEach(e -> plain.grant(e.withGrantOption(false)));
    if (option && needed.stream().allMatch(e -> implied.isGranted(e.withGrantOption(false)))) {
      return new LonghouseException(
          ErrorCode.ACCESS_DENIED,
          userName
              + ": Not enough privileges. The required privileges have been granted, but without"
              + " grant option. To execute this query, it's necessary to have the grant "
              + wanted
              + " WITH GRANT OPTION");
    }
    AccessRights missing = plain.minus(granted);
    String message = necessary() + wanted + (option ? " WITH GRANT OPTION" : "");
    if (!missing.elements().equals(plain.elements())) {
      message += ". (Missing permissions: " + missing(missing) + ")";
      if (option) {
        message += ". You can try to use the `GRANT CURRENT GRANTS(...)` statement";
      }
    }
    return new LonghouseException(ErrorCode.ACCESS_DENIED, message);
  }

  /** Names of columns are told to those only who may know them. */
  private String text(List<GrantElement> needed) {
    GrantElement first = needed.getFirst();
    if (first.path().size() < 3) {
      return first.text();
    }
    List<String> table = first.path().subList(0, 2);
    List<String> columns = needed.stream().map(e -> e.path().get(2)).toList();
    return GrantText.of(
        List.of(new GrantText.Line(first.privileges(), table, hints(table, columns), false)));
  }

  private List<String> hints(List<String> table, List<String> columns) {
    boolean shown =
        columns.stream()
            .allMatch(
                c -> implied.isGranted(Privilege.SHOW_COLUMNS, table.get(0), table.get(1), c));
    return shown ? columns : List.of();
  }

  private String missing(AccessRights rights) {
    List<String> parts = new ArrayList<>();
    List<GrantText.Line> group = new ArrayList<>();
    GrantText.Line last = null;
    for (GrantText.Line l : GrantText.lines(rights)) {
      List<String> columns = l.columns().isEmpty() ? List.of() : hints(l.path(), l.columns());
      if (last != null && !last.continues(l)) {
        parts.add(GrantText.of(group));
        group.clear();
      }
      group.add(new GrantText.Line(l.privileges(), l.path(), columns, l.wildcard()));
      last = l;
    }
    parts.add(GrantText.of(group));
    return String.join(", ", parts);
  }
}
