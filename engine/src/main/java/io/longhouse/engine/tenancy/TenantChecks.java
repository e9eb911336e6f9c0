package io.longhouse.engine.tenancy;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.settings.SettingTable;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.SettingsChange;
import io.longhouse.sql.ast.SettingsElement;
import io.longhouse.sql.ast.TenantLimits;
import io.longhouse.tenancy.Limits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the statements about tenants ask before they do anything. */
final class TenantChecks {
  private static final String RESERVED = "SQL_tenant_";

  private TenantChecks() {}

  static SessionAccess access(StatementContext context) {
    return context.query().require(SessionAccess.class);
  }

  /**
   * @throws LonghouseException ACCESS_DENIED (497)
   */
  static void may(StatementContext context, Privilege... needed) {
    SessionAccess access = access(context);
    for (Privilege p : needed) {
      access.check(p);
    }
  }

  static Limits limits(Limits old, boolean modify, @Nullable TenantLimits clause) {
    return clause == null ? old : old.changed(modify, clause);
  }

  /**
   * @throws LonghouseException UNKNOWN_SETTING (115), BAD_ARGUMENTS (36)
   */
  static List<SettingsElement> settings(List<SettingsElement> written) {
    List<SettingsElement> out = new ArrayList<>();
    for (SettingsElement e : written) {
      switch (e) {
        case SettingsElement.None _ -> {}
        case SettingsElement.Inherit _ ->
            throw new LonghouseException(
                ErrorCode.BAD_ARGUMENTS,
                "A tenant has settings of its own and inherits no profile: give its members the"
                    + " profile");
        case SettingsElement.Constraint c -> {
          check(c.name());
          out.removeIf(x -> x instanceof SettingsElement.Constraint o && same(o.name(), c.name()));
          out.add(c);
        }
      }
    }
    return out;
  }

  private static void check(String name) {
    if (name.equals("workload") || name.startsWith(RESERVED)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "The setting " + name + " of a tenant follows from its name");
    }
    if (Settings.table().find(name) == null && !Settings.isCustom(name)) {
      throw new LonghouseException(ErrorCode.UNKNOWN_SETTING, "Unknown setting '" + name + "'");
    }
  }

  private static boolean same(String a, String b) {
    SettingTable.Definition x = Settings.table().find(a);
    SettingTable.Definition y = Settings.table().find(b);
    return x == null || y == null ? a.equals(b) : x.name().equals(y.name());
  }

  /** What a change makes of settings. */
  static List<SettingsElement> settings(
      List<SettingsElement> old, @Nullable SettingsChange change) {
    if (change == null) {
      return old;
    }
    List<SettingsElement> all =
        new ArrayList<>(change.dropAllSettings() ? List.<SettingsElement>of() : old);
    for (String name : change.dropSettings()) {
      all.removeIf(x -> x instanceof SettingsElement.Constraint c && same(c.name(), name));
    }
    all.addAll(change.add());
    all.addAll(change.modify());
    return settings(all);
  }
}
