package io.longhouse.engine.tenancy.store;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.tenancy.Records;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import io.longhouse.tenancy.TenantStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Tenants and spaces in a file. Spaces are few and in memory as well; of tenants no more is than
 * the pages that were read last.
 *
 * <p>Changes are made one after the other under {@code changing}, each in all of its maps; a change
 * is made durable under {@code saving}, together with all that were made before it, so that many
 * threads share one sync of the disk. {@code saving} is taken before {@code changing}.
 */
public final class DiskTenantStore implements TenantStore {
  /** Serial numbers that are taken at once: what a crash leaves of them is never given out. */
  private static final long SERIALS_AT_ONCE = 1000;

  private static final String RESERVED = "reserved serial";

  private final Path path;

  /** Null as long as there was never anything to keep: who has no tenants pays nothing for them. */
  private volatile @Nullable TenantFile opened;

  private final Object changing = new Object();
  private final Object saving = new Object();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile Spaces spaces = Spaces.NONE;
  private volatile @Nullable RuntimeException broken;
  private long made;
  private long saved;
  private long nextSerial;
  private long reservedSerial;

  private DiskTenantStore(Path path) {
    this.path = path;
    this.nextSerial = 1;
    if (Files.exists(path)) {
      TenantFile file = TenantFile.open(path);
      opened = file;
      file.spaces().values().forEach(text -> spaces = spaces.with(Records.space(text)));
      Long reserved = file.numbers().get(RESERVED);
      reservedSerial = reserved == null ? 0 : reserved;
      nextSerial = reservedSerial + 1;
    }
  }

  /** The file, for a change of it. */
  private TenantFile file() {
    TenantFile file = opened;
    if (file == null) {
      try {
        Files.createDirectories(java.util.Objects.requireNonNull(path.getParent()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      file = TenantFile.open(path);
      opened = file;
    }
    return file;
  }

  /**
   * Opens the store in a folder, which is made when there is something to keep.
   *
   * @throws LonghouseException CANNOT_OPEN_FILE (76) when another process has it open,
   *     CORRUPTED_DATA (246)
   */
  public static DiskTenantStore open(Path folder) {
    return new DiskTenantStore(folder.resolve("tenants.mv"));
  }

  // ---- Finding

  @Override
  public @Nullable TenantSpace space(String name) {
    return spaces.byName().get(name);
  }

  @Override
  public @Nullable TenantSpace space(long serial) {
    return spaces.bySerial().get(serial);
  }

  @Override
  public List<TenantSpace> spaces() {
    return List.copyOf(spaces.byName().values());
  }

  @Override
  public @Nullable Tenant tenant(long serial) {
    return read(file -> parsed(file.tenants().get(serial)));
  }

  @Override
  public @Nullable Tenant tenant(long space, String name) {
    return read(file -> indexed(file, file.names(), IndexKey.of(space, name)));
  }

  @Override
  public @Nullable Tenant tenantById(long space, String idText) {
    return read(file -> indexed(file, file.ids(), IndexKey.of(space, idText)));
  }

  private static @Nullable Tenant indexed(TenantFile file, MVMap<byte[], Long> index, byte[] key) {
    Long serial = index.get(key);
    return serial == null ? null : parsed(file.tenants().get(serial));
  }

  private static @Nullable Tenant parsed(@Nullable String record) {
    return record == null ? null : Records.tenant(record);
  }

  @Override
  public List<Tenant> byName(long space, String after, int limit) {
    return behind(TenantFile::names, space, IndexKey.of(space, after), limit);
  }

  @Override
  public List<Tenant> bySerial(long space, long after, int limit) {
    return behind(TenantFile::serials, space, IndexKey.of(space, after), limit);
  }

  private List<Tenant> behind(
      Function<TenantFile, MVMap<byte[], Long>> of, long space, byte[] key, int limit) {
    List<Tenant> out = new ArrayList<>();
    read(file -> {
      MVMap<byte[], Long> index = of.apply(file);
      Iterator<byte[]> keys = index.keyIterator(IndexKey.after(key));
      while (out.size() < limit && keys.hasNext()) {
        byte[] next = keys.next();
        if (!IndexKey.isOf(space, next)) {
          break;
        }
        Tenant t = indexed(file, index, next);
        if (t != null) {
          out.add(t);
        }
      }
      return out;
    });
    return out;
  }

  @Override
  public long count(long space) {
    Long n = read(file -> file.counts().get(space));
    return n == null ? 0 : n;
  }

  private interface Reading<T> {
    @Nullable T read(TenantFile file);
  }

  private <T> @Nullable T read(Reading<T> reading) {
    checkSound();
    TenantFile file = opened;
    if (file == null) {
      return null;
    }
    try {
      return reading.read(file);
    } catch (MVStoreException e) {
      throw TenantFile.failed("read", e);
    }
  }

  // ---- Changing

  @Override
  public long nextSerial() {
    synchronized (changing) {
      if (nextSerial <= reservedSerial) {
        return nextSerial++;
      }
    }
    change(file -> {
      if (nextSerial > reservedSerial) {
        reservedSerial += SERIALS_AT_ONCE;
        file.numbers().put(RESERVED, reservedSerial);
      }
      return null;
    });
    return nextSerial();
  }

  @Override
  public void put(TenantSpace space) {
    TenantSpace before =
        change(file -> {
          file.spaces().put(space.serial(), Records.text(space));
          TenantSpace old = spaces.bySerial().get(space.serial());
          spaces = spaces.with(space);
          return old;
        });
    listeners.forEach(l -> l.spaceChanged(before, space));
  }

  @Override
  public void put(Tenant tenant) {
    Tenant before = change(file -> put(file, tenant));
    listeners.forEach(l -> l.tenantChanged(before, tenant));
  }

  /** Puts many at once, all or none: for taking tenants over from elsewhere. */
  public void putAll(List<Tenant> tenants) {
    List<@Nullable Tenant> before = new ArrayList<>();
    change(file -> {
      tenants.forEach(t -> before.add(put(file, t)));
      return null;
    });
    for (int i = 0; i < before.size(); i++) {
      for (Listener l : listeners) {
        l.tenantChanged(before.get(i), tenants.get(i));
      }
    }
  }

  private static @Nullable Tenant put(TenantFile file, Tenant tenant) {
    Tenant old = parsed(file.tenants().put(tenant.serial(), Records.text(tenant)));
    if (old != null) {
      removeFromIndices(file, old);
    }
    addToIndices(file, tenant);
    return old;
  }

  @Override
  public boolean removeSpace(long serial) {
    TenantSpace before =
        change(file -> {
          TenantSpace old = spaces.bySerial().get(serial);
          file.spaces().remove(serial);
          file.counts().remove(serial);
          spaces = spaces.without(serial);
          return old;
        });
    if (before != null) {
      listeners.forEach(l -> l.spaceChanged(before, null));
    }
    return before != null;
  }

  @Override
  public boolean removeTenant(long serial) {
    Tenant before =
        change(file -> {
          Tenant old = parsed(file.tenants().remove(serial));
          if (old != null) {
            removeFromIndices(file, old);
          }
          return old;
        });
    if (before != null) {
      listeners.forEach(l -> l.tenantChanged(before, null));
    }
    return before != null;
  }

  private static void addToIndices(TenantFile file, Tenant t) {
    file.names().put(IndexKey.of(t.space(), t.name()), t.serial());
    file.ids().put(IndexKey.of(t.space(), t.idText()), t.serial());
    file.serials().put(IndexKey.of(t.space(), t.serial()), t.serial());
    count(file, t.space(), 1);
  }

  private static void removeFromIndices(TenantFile file, Tenant t) {
    file.names().remove(IndexKey.of(t.space(), t.name()));
    file.ids().remove(IndexKey.of(t.space(), t.idText()));
    file.serials().remove(IndexKey.of(t.space(), t.serial()));
    count(file, t.space(), -1);
  }

  private static void count(TenantFile file, long space, long more) {
    file.counts().merge(space, more, Long::sum);
  }

  /** Makes a change and returns when it is on the disk. */
  private <T> @Nullable T change(Reading<T> change) {
    long mine;
    @Nullable T result;
    synchronized (changing) {
      checkSound();
      try {
        result = change.read(file());
      } catch (RuntimeException e) {
        throw broke(e);
      }
      mine = ++made;
    }
    synchronized (saving) {
      if (saved < mine) {
        checkSound();
        saved = save();
      }
    }
    return result;
  }

  /** Writes what was changed up to now; answers up to which change. */
  private long save() {
    try {
      long upTo;
      synchronized (changing) {
        upTo = made;
        file().write();
      }
      file().sync();
      return upTo;
    } catch (RuntimeException e) {
      throw broke(e);
    }
  }

  /** What is in memory may be more than what is on the disk: only a start can tell. */
  private RuntimeException broke(RuntimeException e) {
    broken = e;
    return e instanceof MVStoreException m ? TenantFile.failed("write", m) : e;
  }

  private void checkSound() {
    RuntimeException why = broken;
    if (why != null) {
      throw new LonghouseException(
          ErrorCode.CANNOT_WRITE_TO_FILE_DESCRIPTOR,
          "Tenants cannot be read or changed until the server is started again, since writing them"
              + " has failed: "
              + why.getMessage(),
          why);
    }
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    synchronized (saving) {
      synchronized (changing) {
        TenantFile file = opened;
        if (file != null) {
          file.close();
        }
      }
    }
  }
}
