package io.longhouse.tenancy;

import io.longhouse.sql.ast.AlterTable;

/**
 * A change of a space's table on its way to the tables of the tenants, in the order of their serial
 * numbers. Tenants that are made later begin with the changed table.
 *
 * @param alter of the space's table
 * @param templateDone whether the space's own table has changed
 * @param through the last tenant's serial number that it is for
 * @param done the last tenant's serial number that has it; 0 for none
 * @param total how many tenants it is for
 * @param finished how many of them have it
 * @param error what stopped it, empty while it goes on
 */
public record Rollout(
    AlterTable alter,
    boolean templateDone,
    long through,
    long done,
    long total,
    long finished,
    String error) {

  public Rollout templateDone(long lastTenant, long tenants) {
    return new Rollout(alter, true, lastTenant, 0, tenants, 0, "");
  }

  public Rollout advancedTo(long tenant) {
    return new Rollout(alter, templateDone, through, tenant, total, finished + 1, "");
  }

  public Rollout stopped(String message) {
    return new Rollout(alter, templateDone, through, done, total, finished, message);
  }
}
