package io.longhouse.engine.access;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Entities that are gone when the process ends. */
public class MemoryAccessStorage extends ListedAccessStorage {
  public MemoryAccessStorage(String storageName) {
    super(storageName);
  }

  @Override
  public String type() {
    return "memory";
  }

  @Override
  public final boolean isReadOnly() {
    return false;
  }

  @Override
  public synchronized void insert(AccessEntity e) {
    UUID same = find(e.kind(), e.name());
    if (same != null) {
      throw exists(e);
    }
    writing(null, e);
    know(e.id(), e.kind(), e.name(), e);
    tell(null, e);
  }

  private LonghouseException exists(AccessEntity e) {
    return new LonghouseException(
        ErrorCode.ACCESS_ENTITY_ALREADY_EXISTS,
        AccessControl.described(e.kind(), e.name())
            + ": cannot insert because "
            + AccessControl.described(e.kind(), e.name())
            + " already exists in `"
            + name()
            + "`");
  }

  @Override
  public synchronized boolean update(UUID id, UnaryOperator<AccessEntity> change) {
    AccessEntity before = find(id);
    if (before == null) {
      return false;
    }
    AccessEntity after = change.apply(before);
    if (after == before) {
      return true;
    }
    if (!after.name().equals(before.name())) {
      UUID other = find(after.kind(), after.name());
      if (other != null) {
        throw exists(after);
      }
    }
    writing(before, after);
    if (!after.name().equals(before.name())) {
      all(before.kind()).remove(before.name());
    }
    know(id, after.kind(), after.name(), after);
    tell(before, after);
    return true;
  }

  @Override
  public synchronized boolean remove(UUID id) {
    AccessEntity before = find(id);
    if (before == null) {
      return false;
    }
    writing(before, null);
    forget(id);
    tell(before, null);
    return true;
  }

  /** Makes a change durable; it does not happen if this fails. */
  void writing(@Nullable AccessEntity before, @Nullable AccessEntity after) {}
}
