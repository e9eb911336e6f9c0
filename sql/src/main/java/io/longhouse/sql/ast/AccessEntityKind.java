package io.longhouse.sql.ast;

/** What access control knows. */
public enum AccessEntityKind {
  USER("USER", "USERS"),
  ROLE("ROLE", "ROLES"),
  SETTINGS_PROFILE("SETTINGS PROFILE", "SETTINGS PROFILES"),
  ROW_POLICY("ROW POLICY", "ROW POLICIES"),
  QUOTA("QUOTA", "QUOTAS"),
  MASKING_POLICY("MASKING POLICY", "MASKING POLICIES");

  private final String sql;
  private final String plural;

  AccessEntityKind(String sql, String plural) {
    this.sql = sql;
    this.plural = plural;
  }

  public String sql() {
    return sql;
  }

  public String plural() {
    return plural;
  }
}
