package io.longhouse.cluster.access;

import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperService;
import io.longhouse.engine.access.AccessControl;
import io.longhouse.engine.access.AccessStorage;
import io.longhouse.engine.access.UserDirectory;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.tenancy.TenantStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code <user_directories><replicated>}: entities in Keeper. */
@Register(
    kind = UserDirectory.class,
    name = "replicated",
    doc = "Users, roles, policies, quotas and profiles in Keeper, for all servers.")
public final class ReplicatedDirectory implements UserDirectory {
  /** So long a server that starts waits for its Keeper, which may be starting too. */
  private static final long WAIT_MS = 60_000;

  @Override
  public AccessStorage open(String name, Map<String, String> parameters) {
    return new ReplicatedAccessStorage(name, parameters.getOrDefault("zookeeper_path", ""));
  }

  @Override
  public TenantStore tenants(Map<String, String> parameters) {
    return new KeeperTenantStore(parameters.getOrDefault("zookeeper_path", "") + "/tenants");
  }

  /**
   * Gives the storages in Keeper their Keeper.
   *
   * @throws LonghouseException NO_ZOOKEEPER (225), KEEPER_EXCEPTION (999)
   */
  public static void connect(AccessControl access, @Nullable Keeper keeper) {
    for (AccessStorage s : access.storages()) {
      if (s instanceof ReplicatedAccessStorage r) {
        if (keeper == null) {
          throw KeeperService.missing();
        }
        connect(() -> r.connect(keeper));
      }
    }
    if (keeper != null && access.tenants() instanceof KeeperTenantStore t) {
      connect(() -> t.connect(keeper));
    }
  }

  private static void connect(Runnable storage) {
    long startNs = System.nanoTime();
    while (true) {
      try {
        storage.run();
        return;
      } catch (KeeperError e) {
        long waitedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
        if (!e.isConnection() || waitedMs > WAIT_MS) {
          throw e;
        }
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LonghouseException(ErrorCode.ABORTED, "interrupted while starting", e);
      }
    }
  }

  /** Whether what statements about access change is changed for all servers. */
  public static boolean isUsed(AccessControl access) {
    return access.storages().stream()
        .filter(s -> !s.isReadOnly())
        .findFirst()
        .filter(ReplicatedAccessStorage.class::isInstance)
        .isPresent();
  }
}
