package io.longhouse.tenancy;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import org.jspecify.annotations.Nullable;

/**
 * The names of what is generated. A space's name has no dot, so that the first dot ends it and a
 * name can be read back.
 */
public final class Names {
  private static final String SPACE_ROLE = "tenant_space:";
  private static final String TENANT_ROLE = "tenant:";
  private static final String SETTING = "SQL_tenant_";
  private static final int LENGTH_MAX = 120;

  private Names() {}

  /** A space and, unless it is the space's own, a tenant. */
  public record Owner(String space, @Nullable String tenant) {}

  /** The role that holds the grants on a space's shared tables. */
  public static String spaceRole(String space) {
    return SPACE_ROLE + space;
  }

  /** The role of a tenant, which is also the name of its quota. */
  public static String tenantRole(String space, String tenant) {
    return TENANT_ROLE + space + "." + tenant;
  }

  /** The policy that opens a shared table to members. */
  public static String openingPolicy(String space) {
    return SPACE_ROLE + space;
  }

  /** The policy that leaves a member the rows of its own tenant. */
  public static String tenantPolicy(String space) {
    return SPACE_ROLE + space + ":rows";
  }

  /** The setting that has the value of a member's tenant key. */
  public static String setting(String space) {
    return SETTING + space;
  }

  /** As {@code Account.name()} of a member's session. */
  public static String workload(String space, String tenant) {
    return space + "." + tenant;
  }

  /** Whose role or quota has this name; null when it is no generated name. */
  public static @Nullable Owner owner(String name) {
    if (name.startsWith(SPACE_ROLE)) {
      return new Owner(name.substring(SPACE_ROLE.length()), null);
    }
    if (name.startsWith(TENANT_ROLE)) {
      return ofWorkload(name.substring(TENANT_ROLE.length()));
    }
    return null;
  }

  /** Whose workload has this name; null when it is not {@code SPACE.TENANT}. */
  public static @Nullable Owner ofWorkload(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? null : new Owner(name.substring(0, dot), name.substring(dot + 1));
  }

  /**
   * @throws LonghouseException BAD_ARGUMENTS (36)
   */
  public static void checkSpace(String name) {
    boolean plain = name.length() <= LENGTH_MAX && name.matches("[A-Za-z_][A-Za-z0-9_]*");
    if (!plain) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "The name of a tenant space is part of names of settings and databases: it consists of at"
              + " most "
              + LENGTH_MAX
              + " letters, digits and underscores, found '"
              + name
              + "'");
    }
  }

  /**
   * @throws LonghouseException BAD_ARGUMENTS (36)
   */
  public static void checkTenant(String name) {
    if (name.isEmpty() || name.length() > LENGTH_MAX || name.chars().anyMatch(c -> c < ' ')) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "The name of a tenant has 1 to " + LENGTH_MAX + " characters and no control characters");
    }
  }
}
