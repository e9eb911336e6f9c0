package io.longhouse.engine.access;

import io.longhouse.registry.Registry;
import io.longhouse.tenancy.TenantStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code <user_directories>}: where users and the like are kept, in the order in which they are
 * looked for. The configuration's own users come first where it is not said, and a folder or memory
 * last where nothing can be written otherwise.
 *
 * @param tenants where tenants are kept; null for where they are otherwise
 */
public record UserDirectories(List<AccessStorage> storages, @Nullable TenantStore tenants) {
  private static final String AT = "user_directories.";

  /**
   * @param root the data directory; null keeps everything in memory
   * @param keys the configuration, flattened
   */
  public static UserDirectories open(@Nullable Path root, Map<String, String> keys) {
    List<AccessStorage> storages = new ArrayList<>();
    TenantStore tenants = null;
    boolean writable = false;
    for (Map.Entry<String, Map<String, String>> d : listed(keys).entrySet()) {
      String kind = d.getKey().replaceAll("\\[\\d+]$", "");
      Map<String, String> parameters = d.getValue();
      switch (kind) {
        case "users_xml" -> storages.add(new ConfigAccessStorage(keys));
        case "memory" -> storages.add(new MemoryAccessStorage("memory"));
        case "local_directory" -> storages.add(own(root, parameters.getOrDefault("path", "")));
        default -> {
          UserDirectory other = Registry.of(UserDirectory.class).find(kind);
          if (other == null) {
            continue; // tokens have a storage of their own; LDAP has none
          }
          storages.add(other.open(kind, parameters));
          TenantStore with = other.tenants(parameters);
          tenants = tenants == null ? with : tenants;
        }
      }
    }
    if (storages.stream().noneMatch(ConfigAccessStorage.class::isInstance)) {
      storages.addFirst(new ConfigAccessStorage(keys));
    }
    for (AccessStorage s : storages) {
      writable |= !s.isReadOnly();
    }
    if (!writable) {
      storages.add(own(root, keys.getOrDefault("access_control_path", "")));
    }
    return new UserDirectories(storages, tenants);
  }

  private static AccessStorage own(@Nullable Path root, String folder) {
    String written = folder.strip();
    return !written.isEmpty()
        ? DiskAccessStorage.open(Path.of(written))
        : root == null
            ? new MemoryAccessStorage("memory")
            : DiskAccessStorage.open(root.resolve("access"));
  }

  /** By the element's name, with a number behind its repetition: what stands below it. */
  private static Map<String, Map<String, String>> listed(Map<String, String> keys) {
    Map<String, Map<String, String>> out = new LinkedHashMap<>();
    keys.forEach((key, value) -> {
      if (key.startsWith(AT)) {
        String rest = key.substring(AT.length());
        int dot = rest.indexOf('.');
        Map<String, String> below =
            out.computeIfAbsent(
                dot < 0 ? rest : rest.substring(0, dot), _ -> new LinkedHashMap<>());
        if (dot > 0) {
          below.put(rest.substring(dot + 1), value.strip());
        }
      }
    });
    return out;
  }
}
