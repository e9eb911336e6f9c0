package io.longhouse.engine.access;

import io.longhouse.tenancy.TenantStore;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of {@code user_directories} that a module above the engine brings; registered under its
 * name in the configuration.
 */
public interface UserDirectory {
  /**
   * @param name of the storage
   * @param parameters what stands below it in the configuration
   */
  AccessStorage open(String name, Map<String, String> parameters);

  /** Where tenants are kept with it; null when they are where they are otherwise. */
  default @Nullable TenantStore tenants(Map<String, String> parameters) {
    return null;
  }
}
