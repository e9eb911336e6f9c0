package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.SettingsChange;
import io.longhouse.sql.ast.SettingsElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SETTINGS of users, roles and profiles. */
final class ProfileElements {
  private ProfileElements() {}

  /** {@code SETTINGS a = 1 MIN 0, PROFILE 'p'}. */
  static List<SettingsElement> list(Cursor c) {
    if (!c.accept("SETTINGS")) {
      c.expect("SETTING");
    }
    if (c.accept("NONE")) {
      return List.of(new SettingsElement.None());
    }
    return elements(c);
  }

  private static List<SettingsElement> elements(Cursor c) {
    var list = new ArrayList<SettingsElement>();
    do {
      list.add(element(c));
    } while (c.accept(TokenKind.COMMA));
    return List.copyOf(list);
  }

  private static SettingsElement element(Cursor c) {
    boolean named =
        switch (c.kind(1)) {
          case STRING, WORD, QUOTED_IDENTIFIER -> true;
          default -> false;
        };
    if (named && (c.accept("PROFILE") || c.accept("INHERIT"))) {
      String id = UserNames.tryId(c);
      if (id != null) {
        return new SettingsElement.Inherit(id, true);
      }
      return new SettingsElement.Inherit(Names.identifierOrString(c));
    }
    String name = Names.identifier(c);
    Expression value = null;
    Expression min = null;
    Expression max = null;
    var writability = SettingsElement.Writability.UNSPECIFIED;
    while (true) {
      if (value == null && c.accept(TokenKind.EQUALS)) {
        value = Settings.value(c);
      } else if (min == null && c.accept("MIN")) {
        c.accept(TokenKind.EQUALS);
        min = Settings.value(c);
      } else if (max == null && c.accept("MAX")) {
        c.accept(TokenKind.EQUALS);
        max = Settings.value(c);
      } else if (c.accept("CONST") || c.accept("READONLY")) {
        writability = SettingsElement.Writability.CONST;
      } else if (c.accept("WRITABLE")) {
        writability = SettingsElement.Writability.WRITABLE;
      } else if (c.accept("CHANGEABLE_IN_READONLY")) {
        writability = SettingsElement.Writability.CHANGEABLE_IN_READONLY;
      } else {
        return new SettingsElement.Constraint(name, value, min, max, writability);
      }
    }
  }

  /** What ALTER says about settings; null, with nothing skipped, when it says nothing. */
  static @Nullable SettingsChange tryChange(Cursor c) {
    if (c.at("SETTINGS") || c.at("SETTING")) {
      List<SettingsElement> elements = list(c);
      boolean none = elements.getFirst() instanceof SettingsElement.None;
      return new SettingsChange(
          true, true, List.of(), List.of(), none ? List.of() : elements, List.of());
    }
    boolean dropAll = false;
    boolean dropAllProfiles = false;
    var dropSettings = new ArrayList<String>();
    var dropProfiles = new ArrayList<String>();
    var add = new ArrayList<SettingsElement>();
    var modify = new ArrayList<SettingsElement>();
    boolean any = false;
    do {
      if (c.accept("DROP ALL SETTINGS")) {
        dropAll = true;
      } else if (c.accept("DROP ALL PROFILES")) {
        dropAllProfiles = true;
      } else if (c.accept("DROP SETTINGS") || c.accept("DROP SETTING")) {
        names(c, dropSettings);
      } else if (c.accept("DROP PROFILES") || c.accept("DROP PROFILE")) {
        names(c, dropProfiles);
      } else if (c.accept("ADD SETTINGS") || c.accept("ADD SETTING")) {
        add.addAll(elements(c));
      } else if (c.accept("MODIFY SETTINGS") || c.accept("MODIFY SETTING")) {
        modify.addAll(elements(c));
      } else if (c.accept("ADD PROFILES") || c.accept("ADD PROFILE")) {
        var profiles = new ArrayList<String>();
        names(c, profiles);
        profiles.forEach(p -> add.add(new SettingsElement.Inherit(p)));
      } else if (any) {
        throw c.fail("ADD", "MODIFY", "DROP");
      } else {
        return null;
      }
      any = true;
    } while (c.accept(TokenKind.COMMA));
    return new SettingsChange(
        dropAll,
        dropAllProfiles,
        List.copyOf(dropSettings),
        List.copyOf(dropProfiles),
        List.copyOf(add),
        List.copyOf(modify));
  }

  private static void names(Cursor c, List<String> names) {
    names.add(Names.identifierOrString(c));
    while (c.kind() == TokenKind.COMMA
        && !c.atAhead(1, "ADD")
        && !c.atAhead(1, "DROP")
        && !c.atAhead(1, "MODIFY")) {
      c.advance();
      names.add(Names.identifierOrString(c));
    }
  }
}
