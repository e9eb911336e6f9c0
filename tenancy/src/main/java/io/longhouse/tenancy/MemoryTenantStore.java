package io.longhouse.tenancy;

import io.longhouse.sql.ByteText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Spaces and tenants of an engine that keeps nothing on disk. */
public final class MemoryTenantStore implements TenantStore {
  private static final Comparator<String> BY_NAME =
      Comparator.comparing(ByteText::encode, Arrays::compareUnsigned);

  /** The tenants of one space. */
  private static final class Members {
    final NavigableMap<String, Tenant> byName = new TreeMap<>(BY_NAME);
    final NavigableMap<Long, Tenant> bySerial = new TreeMap<>();
    final Map<String, Tenant> byId = new HashMap<>();

    void put(Tenant t) {
      byName.put(t.name(), t);
      bySerial.put(t.serial(), t);
      byId.put(t.idText(), t);
    }

    void remove(Tenant t) {
      byName.remove(t.name());
      bySerial.remove(t.serial());
      byId.remove(t.idText());
    }
  }

  private final NavigableMap<String, TenantSpace> byName = new TreeMap<>(BY_NAME);
  private final Map<Long, TenantSpace> spaces = new HashMap<>();
  private final Map<Long, Members> members = new HashMap<>();
  private final Map<Long, Tenant> tenants = new HashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private long lastSerial;

  @Override
  public synchronized @Nullable TenantSpace space(String name) {
    return byName.get(name);
  }

  @Override
  public synchronized @Nullable TenantSpace space(long serial) {
    return spaces.get(serial);
  }

  @Override
  public synchronized List<TenantSpace> spaces() {
    return List.copyOf(byName.values());
  }

  @Override
  public synchronized @Nullable Tenant tenant(long serial) {
    return tenants.get(serial);
  }

  private Members of(long space) {
    return members.computeIfAbsent(space, _ -> new Members());
  }

  @Override
  public synchronized @Nullable Tenant tenant(long space, String name) {
    return of(space).byName.get(name);
  }

  @Override
  public synchronized @Nullable Tenant tenantById(long space, String idText) {
    return of(space).byId.get(idText);
  }

  @Override
  public synchronized List<Tenant> byName(long space, String after, int limit) {
    return first(of(space).byName.tailMap(after, false).values(), limit);
  }

  @Override
  public synchronized List<Tenant> bySerial(long space, long after, int limit) {
    return first(of(space).bySerial.tailMap(after, false).values(), limit);
  }

  private static List<Tenant> first(Iterable<Tenant> all, int limit) {
    List<Tenant> out = new ArrayList<>();
    for (Tenant t : all) {
      if (out.size() == limit) {
        break;
      }
      out.add(t);
    }
    return out;
  }

  @Override
  public synchronized long count(long space) {
    return of(space).bySerial.size();
  }

  @Override
  public synchronized long nextSerial() {
    return ++lastSerial;
  }

  @Override
  public void put(TenantSpace space) {
    TenantSpace before;
    synchronized (this) {
      before = spaces.put(space.serial(), space);
      if (before != null) {
        byName.remove(before.name());
      }
      byName.put(space.name(), space);
    }
    listeners.forEach(l -> l.spaceChanged(before, space));
  }

  @Override
  public void put(Tenant tenant) {
    Tenant before;
    synchronized (this) {
      before = tenants.put(tenant.serial(), tenant);
      if (before != null) {
        of(before.space()).remove(before);
      }
      of(tenant.space()).put(tenant);
    }
    listeners.forEach(l -> l.tenantChanged(before, tenant));
  }

  @Override
  public boolean removeSpace(long serial) {
    TenantSpace before;
    synchronized (this) {
      before = spaces.remove(serial);
      if (before == null) {
        return false;
      }
      byName.remove(before.name());
      members.remove(serial);
    }
    listeners.forEach(l -> l.spaceChanged(before, null));
    return true;
  }

  @Override
  public boolean removeTenant(long serial) {
    Tenant before;
    synchronized (this) {
      before = tenants.remove(serial);
      if (before == null) {
        return false;
      }
      of(before.space()).remove(before);
    }
    listeners.forEach(l -> l.tenantChanged(before, null));
    return true;
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }
}
