package io.longhouse.sql.ast;

import java.util.List;

/** Users and roles: {@code ALL EXCEPT a, b}. */
public record RoleSet(
    boolean all,
    boolean none,
    boolean currentUser,
    List<UserName> names,
    List<UserName> except,
    boolean exceptCurrentUser) {
  public RoleSet {
    names = List.copyOf(names);
    except = List.copyOf(except);
  }
}
