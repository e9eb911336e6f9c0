package io.longhouse.engine.access;

import java.util.List;

/**
 * What may be read without a grant: system tables that show everybody only what they may know,
 * those that a privilege of another name opens, and whatever the server's configuration leaves
 * open.
 */
final class OpenTables {
  private static final List<String> SYSTEM_TABLES =
      List.of(
          "one",
          "contributors",
          "licenses",
          "time_zones",
          "collations",
          "formats",
          "privileges",
          "data_type_families",
          "database_engines",
          "table_engines",
          "table_functions",
          "disk_types",
          "dictionary_layouts",
          "aggregate_function_combinators",
          "completions",
          "functions",
          "databases",
          "tables",
          "columns",
          "settings",
          "current_roles",
          "enabled_roles",
          "quota_usage",
          "processes",
          "mutations",
          "query_log",
          "errors",
          "session_log",
          "tenant_usage",
          "tenant_storage",
          "tenants",
          "tenant_spaces");

  private OpenTables() {}

  /** The rights with what follows from them and what is open besides; they are not changed. */
  static AccessRights added(AccessRights rights, AccessControl control) {
    AccessRights r = rights.withImplied();
    if (isOff(control, "select_from_system_db_requires_grant")) {
      r.grant(GrantElement.of(Privilege.SELECT.set(), "system"));
    } else {
      for (String table : SYSTEM_TABLES) {
        r.grant(GrantElement.of(Privilege.SELECT.set(), "system", table));
      }
      Privileges all = rights.anywhere();
      open(r, all, Privilege.SHOW_USERS, "users");
      open(r, all, Privilege.SHOW_ROLES, "roles");
      open(r, all, Privilege.SHOW_ROW_POLICIES, "row_policies");
      open(r, all, Privilege.SHOW_MASKING_POLICIES, "masking_policies");
      open(r, all, Privilege.SHOW_SETTINGS_PROFILES, "settings_profiles");
      open(r, all, Privilege.SHOW_QUOTAS, "quotas");
    }
    if (isOff(control, "select_from_information_schema_requires_grant")) {
      r.grant(GrantElement.of(Privilege.SELECT.set(), "information_schema"));
      r.grant(GrantElement.of(Privilege.SELECT.set(), "INFORMATION_SCHEMA"));
    }
    return r;
  }

  private static boolean isOff(AccessControl control, String key) {
    String v = control.configured("access_control_improvements." + key, "1");
    return v.equals("0") || v.equalsIgnoreCase("false");
  }

  private static void open(AccessRights r, Privileges all, Privilege needed, String table) {
    if (all.contains(needed)) {
      r.grant(GrantElement.of(Privilege.SELECT.set(), "system", table));
    }
  }
}
