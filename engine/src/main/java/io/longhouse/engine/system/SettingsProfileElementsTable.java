package io.longhouse.engine.system;

import io.longhouse.engine.access.AccessControl;
import io.longhouse.engine.access.AccessEntity;
import io.longhouse.engine.access.ProfileElements;
import io.longhouse.engine.access.Role;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.access.SettingsProfile;
import io.longhouse.engine.access.User;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.SettingsElement.Writability;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code system.settings_profile_elements}: what profiles, users and roles say of settings. */
@Register(
    kind = SystemTable.class,
    name = "settings_profile_elements",
    doc = "What profiles, users and roles say of settings.")
final class SettingsProfileElementsTable extends SystemTable<SettingsProfileElementsTable.Row> {
  /** One of them with its place. */
  record Row(AccessEntity of, int index, ProfileElements.Element element, AccessControl control) {
    @Nullable Object setting(Function<ProfileElements.Setting, @Nullable Object> value) {
      return element instanceof ProfileElements.Setting s ? value.apply(s) : null;
    }
  }

  SettingsProfileElementsTable() {
    super(
        "settings_profile_elements",
        new SystemColumns<Row>()
            .add(
                "profile_name",
                "Nullable(String)",
                r -> r.of instanceof SettingsProfile p ? p.name() : null)
            .add("user_name", "Nullable(String)", r -> r.of instanceof User u ? u.name() : null)
            .add("role_name", "Nullable(String)", r -> r.of instanceof Role x ? x.name() : null)
            .number("index", r -> r.index)
            .add("setting_name", "Nullable(String)", r -> r.setting(s -> s.name()))
            .add("value", "Nullable(String)", r -> r.setting(s -> s.value()))
            .add("min", "Nullable(String)", r -> r.setting(s -> s.min()))
            .add("max", "Nullable(String)", r -> r.setting(s -> s.max()))
            .add(
                "writability",
                "Nullable(Enum8('WRITABLE' = 0, 'CONST' = 1, 'CHANGEABLE_IN_READONLY' = 2))",
                r -> r.setting(SettingsProfileElementsTable::writability))
            .add(
                "inherit_profile",
                "Nullable(String)",
                r ->
                    r.element instanceof ProfileElements.Inherit i
                        ? r.control.nameOf(i.profile())
                        : null));
  }

  private static @Nullable Object writability(ProfileElements.Setting s) {
    return s.writability() == Writability.UNSPECIFIED ? null : s.writability().name();
  }

  @Override
  protected String databaseColumn() {
    return "user_name";
  }

  @Override
  protected String tableColumn() {
    return "role_name";
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<Row> rows(QueryContext context, WantedNames names) {
    AccessControl control = context.require(SessionAccess.class).control();
    return () ->
        Stream.concat(
                control.stream(AccessEntityKind.USER),
                Stream.concat(
                    AccessColumns.roles(control, names),
                    control.stream(AccessEntityKind.SETTINGS_PROFILE)))
            .flatMap(e -> of(e, control).stream())
            .iterator();
  }

  private static List<Row> of(AccessEntity e, AccessControl control) {
    List<Row> rows = new ArrayList<>();
    List<ProfileElements.Element> elements = elements(e);
    for (int i = 0; i < elements.size(); i++) {
      rows.add(new Row(e, i, elements.get(i), control));
    }
    return rows;
  }

  private static List<ProfileElements.Element> elements(AccessEntity e) {
    return switch (e) {
      case User u -> u.settings().elements();
      case Role r -> r.settings().elements();
      case SettingsProfile p -> p.settings().elements();
      default -> List.of();
    };
  }
}
