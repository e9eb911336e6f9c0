package io.longhouse.engine.tenancy.store;

import io.longhouse.sql.ByteText;
import io.longhouse.tenancy.TenantSpace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** All spaces, as they are at one moment. */
record Spaces(NavigableMap<String, TenantSpace> byName, Map<Long, TenantSpace> bySerial) {
  private static final Comparator<String> BY_BYTES =
      (a, b) -> Arrays.compareUnsigned(ByteText.encode(a), ByteText.encode(b));

  static final Spaces NONE = new Spaces(new TreeMap<>(BY_BYTES), Map.of());

  Spaces with(TenantSpace space) {
    Map<Long, TenantSpace> all = new HashMap<>(bySerial);
    all.put(space.serial(), space);
    return of(all);
  }

  Spaces without(long serial) {
    Map<Long, TenantSpace> all = new HashMap<>(bySerial);
    all.remove(serial);
    return of(all);
  }

  private static Spaces of(Map<Long, TenantSpace> all) {
    NavigableMap<String, TenantSpace> names = new TreeMap<>(BY_BYTES);
    all.values().forEach(s -> names.put(s.name(), s));
    return new Spaces(names, all);
  }
}
