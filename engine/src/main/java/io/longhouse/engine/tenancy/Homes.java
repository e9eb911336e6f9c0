package io.longhouse.engine.tenancy;

import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import io.longhouse.tenancy.TenantStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which tenant a database or a table of a tenant's own belongs to. Only tenants with tables of
 * their own are in memory; they are looked for when somebody asks for the first time.
 */
final class Homes implements TenantStore.Listener {
  private static final int PAGE = 10_000;

  private final TenantStore store;
  private final Map<String, Long> serials = new ConcurrentHashMap<>();
  private boolean read;

  Homes(TenantStore store) {
    this.store = store;
    store.listen(this);
  }

  private synchronized void read() {
    for (TenantSpace space : read ? List.<TenantSpace>of() : store.spaces()) {
      List<Tenant> page = store.bySerial(space.serial(), 0, PAGE);
      while (!page.isEmpty()) {
        page.forEach(t -> tenantChanged(null, t));
        page = store.bySerial(space.serial(), page.getLast().serial(), PAGE);
      }
    }
    read = true;
  }

  /** Null for what belongs to no tenant. */
  @Nullable Tenant tenant(String home) {
    read();
    Long serial = serials.get(home);
    Tenant tenant = serial == null ? null : store.tenant(serial);
    return tenant != null && tenant.home().equals(home) ? tenant : null;
  }

  @Override
  public void spaceChanged(@Nullable TenantSpace before, @Nullable TenantSpace after) {
    // the names of tables are made of the tenant's home
  }

  @Override
  public void tenantChanged(@Nullable Tenant before, @Nullable Tenant after) {
    if (after != null && !after.home().isEmpty()) {
      serials.put(after.home(), after.serial());
    } else if (before != null && !before.home().isEmpty()) {
      serials.remove(before.home(), before.serial());
    }
  }
}
