package io.longhouse.engine.access;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Grants one by one, as {@code system.grants} lists them. */
public final class GrantRows {
  private GrantRows() {}

  /**
   * One privilege on one name.
   *
   * @param object a name that is no table: of a source, a user, an engine
   */
  public record Row(
      AccessEntity of,
      Privilege privilege,
      String object,
      @Nullable String database,
      @Nullable String table,
      @Nullable String column,
      boolean partialRevoke,
      boolean grantOption,
      boolean wildcard) {}

  public static List<Row> of(AccessEntity e) {
    AccessRights rights =
        switch (e) {
          case User u -> u.rights();
          case Role r -> r.rights();
          case RowPolicy _, MaskingPolicy _, Quota _, SettingsProfile _ -> new AccessRights();
        };
    List<Row> out = new ArrayList<>();
    for (GrantText.Line l : GrantText.lines(rights)) {
      for (Privilege p : l.privileges().names()) {
        if (l.columns().isEmpty()) {
          out.add(row(e, p, l, null));
        }
        l.columns().forEach(c -> out.add(row(e, p, l, c)));
      }
    }
    return out;
  }

  private static Row row(AccessEntity e, Privilege p, GrantText.Line l, @Nullable String column) {
    List<String> path = l.path();
    String first = path.isEmpty() ? null : path.get(0);
    boolean parameter = l.privileges().isOnParameter();
    return new Row(
        e,
        p,
        parameter && first != null ? first : "",
        parameter ? null : first,
        parameter || path.size() < 2 ? null : path.get(1),
        column,
        l.revoke(),
        l.grantOption(),
        l.wildcard());
  }
}
