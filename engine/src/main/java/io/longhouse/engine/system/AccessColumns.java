package io.longhouse.engine.system;

import io.longhouse.engine.access.AccessControl;
import io.longhouse.engine.access.AccessEntity;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.access.Subjects;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.storage.index.TextRange;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the tables about access have in common. */
final class AccessColumns {
  private AccessColumns() {}

  /** An entity with what knows the names of others. */
  record Of<E>(E entity, AccessControl control) {
    List<String> names(Collection<UUID> ids) {
      return ids.stream().map(control::nameOf).filter(Objects::nonNull).sorted().toList();
    }
  }

  /** All entities of a kind, for whom may see them. */
  static <E> Iterable<Of<E>> all(AccessEntityKind kind, Class<E> type, QueryContext context) {
    return all(kind, type, context, TextRange.ALL);
  }

  /** The same of those whose names are in some ranges. */
  static <E> Iterable<Of<E>> all(
      AccessEntityKind kind, Class<E> type, QueryContext context, List<TextRange> names) {
    AccessControl control = context.require(SessionAccess.class).control();
    return () -> control.stream(kind, names).map(e -> new Of<>(type.cast(e), control)).iterator();
  }

  /**
   * Users and roles, each of which has a row with NULL for the name of the other.
   *
   * @param names of users for databases, of roles for tables
   */
  static Stream<AccessEntity> usersAndRoles(AccessControl control, WantedNames names) {
    return Stream.concat(control.stream(AccessEntityKind.USER), roles(control, names));
  }

  /** The roles of those. */
  static Stream<AccessEntity> roles(AccessControl control, WantedNames names) {
    boolean ofUsers = !names.databaseRanges().equals(TextRange.ALL);
    return ofUsers ? Stream.empty() : control.stream(AccessEntityKind.ROLE, names.tableRanges());
  }

  /** {@code apply_to_all}, {@code apply_to_list}, {@code apply_to_except}. */
  static <E> SystemColumns<Of<E>> subjects(SystemColumns<Of<E>> columns, Function<E, Subjects> of) {
    return columns
        .flag("apply_to_all", r -> of.apply(r.entity).all())
        .add("apply_to_list", "Array(String)", r -> r.names(of.apply(r.entity).ids()))
        .add("apply_to_except", "Array(String)", r -> r.names(of.apply(r.entity).except()));
  }

  /** The type of a column with the name of a privilege. */
  static String privilegeType() {
    return "Enum16("
        + Stream.of(Privilege.values())
            .map(p -> "'" + p.sql() + "' = " + p.ordinal())
            .collect(Collectors.joining(", "))
        + ")";
  }

  /** {@code Enum8('a' = 0, 'b' = 1)}. */
  static String enumType(List<String> names) {
    var out = new StringBuilder("Enum8(");
    for (int i = 0; i < names.size(); i++) {
      out.append(i > 0 ? ", " : "").append("'").append(names.get(i)).append("' = ").append(i);
    }
    return out.append(')').toString();
  }

  static String lower(Enum<?> e) {
    return e.name().toLowerCase(Locale.ROOT);
  }
}
