package io.longhouse.tenancy;

import io.longhouse.sql.ast.AlterTenantSpace;

/**
 * A change of a space's tables on its way to the tables of the tenants, in the order of their
 * serial numbers. Every step is noted before it is done, with what the table was before, so that
 * after a crash one can tell whether it was done.
 *
 * @param action ALTER TABLE, ADD TABLE or DROP TABLE
 * @param templateDone whether the space's own table has changed
 * @param through the last tenant's serial number that it is for; later ones begin with the change
 * @param done the last tenant's serial number that has it; 0 for none
 * @param at the tenant's serial number that may have it; 0 for the space's own table
 * @param before a digest of the table's definition before that step; empty between steps
 * @param total how many tenants it is for
 * @param finished how many of them have it
 * @param error what stopped it, empty while it goes on
 */
public record Rollout(
    AlterTenantSpace.Action action,
    boolean templateDone,
    long through,
    long done,
    long at,
    String before,
    long total,
    long finished,
    String error) {

  public static Rollout of(AlterTenantSpace.Action action) {
    return new Rollout(action, false, Long.MAX_VALUE, 0, 0, "", 0, 0, "");
  }

  /** A step is about to be done. */
  public Rollout before(long tenant, String digest) {
    return new Rollout(action, templateDone, through, done, tenant, digest, total, finished, "");
  }

  /** The space's own table has changed. */
  public Rollout templateDone(long lastTenant) {
    return new Rollout(action, true, lastTenant, 0, 0, "", 0, 0, "");
  }

  /** So many tenants are to have the change. */
  public Rollout ofTenants(long tenants) {
    return new Rollout(action, templateDone, through, done, at, before, tenants, finished, error);
  }

  /** A tenant has the change. */
  public Rollout advancedTo(long tenant) {
    long more = finished + 1;
    return new Rollout(
        action, templateDone, through, tenant, 0, "", Math.max(total, more), more, "");
  }

  public Rollout stopped(String message) {
    return new Rollout(action, templateDone, through, done, at, before, total, finished, message);
  }
}
