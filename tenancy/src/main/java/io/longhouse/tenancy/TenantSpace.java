package io.longhouse.tenancy;

import io.longhouse.sql.ast.CreateTenantSpace;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Isolation;
import io.longhouse.sql.ast.SettingsElement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tenants share: the tables, the column of each that says whose a row is, and what a tenant
 * has that says nothing else.
 *
 * @param serial never used again; names may change, this does not
 * @param tables all in one database, at least one
 * @param isolation of tenants that name none
 * @param settings of every member
 * @param pending serial numbers of tenants whose own tables are being made or dropped: what a start
 *     after a crash has to look at
 * @param rollout an ALTER TABLE that has not reached all tenants yet; null for none
 */
public record TenantSpace(
    long serial,
    String name,
    List<Table> tables,
    Isolation isolation,
    Limits limits,
    List<SettingsElement> settings,
    String comment,
    List<Long> pending,
    @Nullable Rollout rollout) {
  public TenantSpace {
    pending = List.copyOf(pending);
    tables = List.copyOf(tables);
    settings = List.copyOf(settings);
  }

  /**
   * A table of the space.
   *
   * @param number unique within the space
   * @param key the column that has the tenant's id
   */
  public record Table(int number, String database, String name, String key) {
    public Identifier identifier() {
      return Identifier.of(database, name);
    }
  }

  /** The database of the space's tables. */
  public String database() {
    return tables.getFirst().database();
  }

  /** The table of that name; null when it is not the space's. */
  public @Nullable Table table(String database, String name) {
    for (Table t : tables) {
      if (t.database().equals(database) && t.name().equals(name)) {
        return t;
      }
    }
    return null;
  }

  public TenantSpace withName(String changed) {
    return new TenantSpace(
        serial, changed, tables, isolation, limits, settings, comment, pending, rollout);
  }

  public TenantSpace withTables(List<Table> changed) {
    return new TenantSpace(
        serial, name, changed, isolation, limits, settings, comment, pending, rollout);
  }

  public TenantSpace withIsolation(Isolation changed) {
    return new TenantSpace(
        serial, name, tables, changed, limits, settings, comment, pending, rollout);
  }

  public TenantSpace withLimits(Limits changed) {
    return new TenantSpace(
        serial, name, tables, isolation, changed, settings, comment, pending, rollout);
  }

  public TenantSpace withSettings(List<SettingsElement> changed) {
    return new TenantSpace(
        serial, name, tables, isolation, limits, changed, comment, pending, rollout);
  }

  public TenantSpace withComment(String changed) {
    return new TenantSpace(
        serial, name, tables, isolation, limits, settings, changed, pending, rollout);
  }

  public TenantSpace withPending(List<Long> changed) {
    return new TenantSpace(
        serial, name, tables, isolation, limits, settings, comment, changed, rollout);
  }

  public TenantSpace withRollout(@Nullable Rollout changed) {
    return new TenantSpace(
        serial, name, tables, isolation, limits, settings, comment, pending, changed);
  }

  /** The statement that makes it again. */
  public CreateTenantSpace statement() {
    return new CreateTenantSpace(
        false,
        false,
        name,
        null,
        tables.stream()
            .map(t -> new CreateTenantSpace.SpaceTable(t.identifier(), t.key()))
            .toList(),
        isolation,
        limits.clause(),
        settings,
        comment.isEmpty() ? null : comment);
  }
}
