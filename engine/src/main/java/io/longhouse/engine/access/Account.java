package io.longhouse.engine.access;

/**
 * Whom work is charged to and scheduled as: a tenant of a space, else the user itself.
 *
 * @param space the tenant space; empty without a tenant
 * @param tenant the tenant's name; the user's name without a tenant, empty for the engine itself
 */
public record Account(String space, String tenant) {
  /** The work of the engine itself. */
  public static final Account ENGINE = new Account("", "");

  public static Account ofUser(String user) {
    return user.isEmpty() ? ENGINE : new Account("", user);
  }

  /** Whether it is a tenant's, not merely a user's. */
  public boolean isTenant() {
    return !space.isEmpty();
  }

  /** {@code SPACE.TENANT}, or the user's name. */
  public String name() {
    return space.isEmpty() ? tenant : space + "." + tenant;
  }
}
