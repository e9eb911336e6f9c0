package io.longhouse.engine.tenancy;

import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import io.longhouse.tenancy.TenantStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Which tenant a database or a table of a tenant's own belongs to. Only tenants with tables of
 * their own are in memory; they are looked for behind the start, and who asks before the end of
 * that waits.
 */
final class Homes implements TenantStore.Listener {
  private static final int PAGE = 10_000;

  private final TenantStore store;
  private final Map<String, Long> serials = new ConcurrentHashMap<>();
  private final CountDownLatch ready = new CountDownLatch(1);

  Homes(TenantStore store) {
    this.store = store;
    store.listen(this);
    if (store.spaces().isEmpty()) {
      ready.countDown();
    } else {
      Thread.ofVirtual().name("tenant-homes").start(this::read);
    }
  }

  private void read() {
    try {
      for (TenantSpace space : store.spaces()) {
        List<Tenant> page = store.bySerial(space.serial(), 0, PAGE);
        while (!page.isEmpty()) {
          page.forEach(t -> tenantChanged(null, t));
          page = store.bySerial(space.serial(), page.getLast().serial(), PAGE);
        }
      }
    } finally {
      ready.countDown();
    }
  }

  /** Null for what belongs to no tenant. */
  @Nullable Tenant tenant(String home) {
    try {
      ready.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
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
