package io.longhouse.engine.system;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.meter.TenantStorage;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code system.tenant_storage}: what tenants have on disk now. Who may not SELECT from it sees the
 * rows of the session's own tenant.
 */
@Register(
    kind = SystemTable.class,
    name = "tenant_storage",
    doc = "What each tenant has on disk, by table.")
final class TenantStorageTable extends SystemTable<TenantStorage.Stored> {
  TenantStorageTable() {
    super(
        "tenant_storage",
        new SystemColumns<TenantStorage.Stored>()
            .text("tenant_space", s -> s.account().space())
            .text("tenant", s -> s.account().tenant())
            .text("database", s -> s.table().database())
            .text("table", s -> s.table().name())
            .number("rows", TenantStorage.Stored::rows)
            .number("bytes_on_disk", TenantStorage.Stored::bytes)
            .number("parts", TenantStorage.Stored::parts));
  }

  @Override
  protected Iterable<TenantStorage.Stored> rows(QueryContext context) {
    SessionAccess access = context.require(SessionAccess.class);
    TenantStorage storage = context.require(LocalEngine.class).meter().storage();
    boolean all =
        access.isUnrestricted()
            || access.granted().isGranted(Privilege.SELECT, "system", "tenant_storage");
    if (!all) {
      return storage.of(access.account());
    }
    List<TenantStorage.Stored> rows = new ArrayList<>();
    storage.all(rows::add);
    return rows;
  }
}
