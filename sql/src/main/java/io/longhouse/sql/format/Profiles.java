package io.longhouse.sql.format;

import io.longhouse.sql.ast.CreateRole;
import io.longhouse.sql.ast.CreateSettingsProfile;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.SettingsChange;
import io.longhouse.sql.ast.SettingsElement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of settings profiles and of the settings of users and roles. */
final class Profiles {
  private Profiles() {}

  static void role(Out out, CreateRole r) {
    Access.verb(out, r.verb(), "ROLE ");
    Users.names(out, r.names());
    Access.place(out, r.verb());
    rename(out, r.newName());
    settings(out, r.settings(), "PROFILE ");
    change(out, r.settingsChange());
  }

  static void profile(Out out, CreateSettingsProfile p) {
    Access.verb(out, p.verb(), "SETTINGS PROFILE ");
    for (int i = 0; i < p.names().size(); i++) {
      out.add(i > 0 ? ", " : "").quoted(p.names().get(i));
    }
    Access.place(out, p.verb());
    rename(out, p.newName());
    settings(out, p.settings(), "INHERIT ");
    change(out, p.settingsChange());
    if (p.to() != null) {
      Users.set(out.add(" TO "), p.to(), "ALL");
    }
  }

  private static void rename(Out out, @Nullable String name) {
    if (name != null) {
      out.add(" RENAME TO ").string(name);
    }
  }

  static void settings(Out out, List<SettingsElement> settings, String inherit) {
    if (settings.isEmpty()) {
      return;
    }
    out.add(" SETTINGS ");
    for (int i = 0; i < settings.size(); i++) {
      element(out.add(i > 0 ? ", " : ""), settings.get(i), inherit);
    }
  }

  private static void element(Out out, SettingsElement element, String inherit) {
    switch (element) {
      case SettingsElement.None _ -> out.add("NONE");
      case SettingsElement.Inherit i when i.isId() ->
          out.add(inherit).add("ID(").string(i.profile()).add(')');
      case SettingsElement.Inherit i -> out.add(inherit).quoted(i.profile());
      case SettingsElement.Constraint c -> {
        out.name(c.name());
        part(out, " = ", c.value());
        part(out, " MIN ", c.min());
        part(out, " MAX ", c.max());
        switch (c.writability()) {
          case UNSPECIFIED -> {}
          case WRITABLE, CONST, CHANGEABLE_IN_READONLY -> out.add(' ').add(c.writability().name());
        }
      }
    }
  }

  private static void part(Out out, String words, @Nullable Expression e) {
    if (e != null) {
      Expressions.print(out.add(words), e);
    }
  }

  static void change(Out out, @Nullable SettingsChange change) {
    if (change == null) {
      return;
    }
    String comma = " ";
    if (change.dropAllSettings()) {
      out.add(comma).add("DROP ALL SETTINGS");
      comma = ", ";
    }
    if (change.dropAllProfiles()) {
      out.add(comma).add("DROP ALL PROFILES");
      comma = ", ";
    }
    if (!change.dropSettings().isEmpty()) {
      out.add(comma).add(change.dropSettings().size() > 1 ? "DROP SETTINGS " : "DROP SETTING ");
      Queries.names(out, change.dropSettings());
      comma = ", ";
    }
    if (!change.dropProfiles().isEmpty()) {
      out.add(comma).add(change.dropProfiles().size() > 1 ? "DROP PROFILES " : "DROP PROFILE ");
      for (int i = 0; i < change.dropProfiles().size(); i++) {
        out.add(i > 0 ? ", " : "").quoted(change.dropProfiles().get(i));
      }
      comma = ", ";
    }
    comma = elements(out, comma, "ADD ", change.add());
    elements(out, comma, "MODIFY ", change.modify());
  }

  private static String elements(
      Out out, String comma, String word, List<SettingsElement> elements) {
    List<SettingsElement> settings =
        elements.stream().filter(e -> !(e instanceof SettingsElement.Inherit)).toList();
    List<SettingsElement> profiles =
        elements.stream().filter(SettingsElement.Inherit.class::isInstance).toList();
    String next = part(out, comma, word + "SETTING", settings);
    return part(out, next, word + "PROFILE", profiles);
  }

  private static String part(Out out, String comma, String words, List<SettingsElement> elements) {
    if (elements.isEmpty()) {
      return comma;
    }
    out.add(comma).add(words).add(elements.size() > 1 ? "S " : " ");
    for (int i = 0; i < elements.size(); i++) {
      element(out.add(i > 0 ? ", " : ""), elements.get(i), "");
    }
    return ", ";
  }
}
