package io.longhouse.engine.access;

import io.longhouse.engine.settings.SettingTable;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.statement.SettingText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.SettingsChange;
import io.longhouse.sql.ast.SettingsElement;
import io.longhouse.sql.ast.SettingsElement.Writability;
import io.longhouse.sql.parser.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** SETTINGS of users, roles and profiles: from statements to elements and back. */
final class ProfileChange {
  private final References references;

  ProfileChange(References references) {
    this.references = references;
  }

  ProfileElements apply(
      ProfileElements before, List<SettingsElement> settings, @Nullable SettingsChange change) {
    if (!settings.isEmpty()) {
      return new ProfileElements(elements(settings));
    }
    if (change == null) {
      return before;
    }
    List<ProfileElements.Element> out = new ArrayList<>(before.elements());
    if (change.dropAllSettings()) {
      out.removeIf(ProfileElements.Setting.class::isInstance);
    }
    if (change.dropAllProfiles()) {
      out.removeIf(ProfileElements.Inherit.class::isInstance);
    }
    for (String name : change.dropSettings()) {
      out.removeIf(e -> e instanceof ProfileElements.Setting s && s.name().equals(name));
    }
    for (String name : change.dropProfiles()) {
      UUID id = references.profile(name, false);
      out.removeIf(e -> e instanceof ProfileElements.Inherit i && i.profile().equals(id));
    }
    for (ProfileElements.Element e : elements(change.add())) {
      put(e, out, false);
    }
    for (ProfileElements.Element e : elements(change.modify())) {
      put(e, out, true);
    }
    return new ProfileElements(out);
  }

  /**
   * Whether somebody may say that of settings: nothing beyond its own bounds.
   *
   * @param now the settings in force for who says it
   * @throws LonghouseException SETTING_CONSTRAINT_VIOLATION (452)
   */
  void check(
      List<SettingsElement> settings,
      @Nullable SettingsChange change,
      SettingsConstraints bounds,
      Settings now) {
    List<SettingsElement> said = new ArrayList<>(settings);
    if (change != null) {
      said.addAll(change.add());
      said.addAll(change.modify());
    }
    for (ProfileElements.Element e : elements(said)) {
      if (e instanceof ProfileElements.Setting s) {
        bounds.checkSaid(s, now);
      }
    }
  }

  private static void put(
      ProfileElements.Element e, List<ProfileElements.Element> out, boolean merge) {
    for (int i = 0; i < out.size(); i++) {
      if (out.get(i).equals(e)) {
        return;
      }
      if (e instanceof ProfileElements.Setting s
          && out.get(i) instanceof ProfileElements.Setting old
          && old.name().equals(s.name())) {
        out.set(i, merge ? merged(old, s) : s);
        return;
      }
    }
    out.add(e);
  }

  private static ProfileElements.Setting merged(
      ProfileElements.Setting old, ProfileElements.Setting now) {
    return new ProfileElements.Setting(
        now.name(),
        now.value() == null ? old.value() : now.value(),
        now.min() == null ? old.min() : now.min(),
        now.max() == null ? old.max() : now.max(),
        now.writability() == Writability.UNSPECIFIED ? old.writability() : now.writability());
  }

  private List<ProfileElements.Element> elements(List<SettingsElement> written) {
    List<ProfileElements.Element> out = new ArrayList<>();
    for (SettingsElement e : written) {
      switch (e) {
        case SettingsElement.None _ -> {}
        case SettingsElement.Inherit i ->
            out.add(new ProfileElements.Inherit(references.profile(i.profile(), i.isId())));
        case SettingsElement.Constraint c -> {
          String name = name(c.name());
          out.add(
              new ProfileElements.Setting(
                  name,
                  value(name, c.value()),
                  value(name, c.min()),
                  value(name, c.max()),
                  c.writability()));
        }
      }
    }
    return out;
  }

  private static String name(String written) {
    SettingTable.Definition d = Settings.table().find(written);
    if (d != null) {
      return d.name();
    }
    if (!Settings.isCustom(written)) {
      throw new LonghouseException(ErrorCode.UNKNOWN_SETTING, "Unknown setting '" + written + "'");
    }
    return written;
  }

  private static @Nullable String value(String name, @Nullable Expression written) {
    if (written == null) {
      return null;
    }
    SettingTable.Definition d = Settings.table().find(name);
    String text = SettingText.of(name, written);
    return d == null ? text : SettingTable.normalize(d, text);
  }

  // ---- Back

  static List<SettingsElement> ast(
      ProfileElements elements, Function<UUID, SettingsElement.Inherit> profile) {
    List<SettingsElement> out = new ArrayList<>();
    for (ProfileElements.Element e : elements.elements()) {
      out.add(
          switch (e) {
            case ProfileElements.Inherit i -> profile.apply(i.profile());
            case ProfileElements.Setting s ->
                new SettingsElement.Constraint(
                    s.name(),
                    literal(s.name(), s.value()),
                    literal(s.name(), s.min()),
                    literal(s.name(), s.max()),
                    s.writability());
          });
    }
    return out;
  }

  /** A value as ClickHouse writes it: numbers in digits, the rest in quotes. */
  private static @Nullable Literal literal(String name, @Nullable String value) {
    if (value == null) {
      return null;
    }
    SettingTable.Definition d = Settings.table().find(name);
    if (d == null) {
      if (value.startsWith("'")
          && Parser.parseExpression(value).bare() instanceof Literal.StringLiteral quoted) {
        return quoted;
      }
      return value.matches("0|[1-9]\\d{0,18}")
          ? NumberLiteral.unsigned(Long.parseLong(value))
          : Literal.of(value);
    }
    String type = d.type();
    if (type.equals("Bool")) {
      return value.equals("1") ? Literal.TRUE : Literal.FALSE;
    }
    boolean number =
        type.contains("Int")
            || type.contains("Float")
            || type.contains("Double")
            || type.contains("Seconds")
            || type.contains("Milliseconds")
            || type.equals("MaxThreads");
    if (!number || value.isEmpty()) {
      return Literal.of(value);
    }
    try {
      return value.startsWith("-")
          ? NumberLiteral.signed(Long.parseLong(value))
          : NumberLiteral.unsigned(Long.parseUnsignedLong(value));
    } catch (NumberFormatException e) {
      return fraction(value);
    }
  }

  private static Literal fraction(String value) {
    try {
      return NumberLiteral.of(Double.parseDouble(value));
    } catch (NumberFormatException e) {
      return Literal.of(value);
    }
  }
}
