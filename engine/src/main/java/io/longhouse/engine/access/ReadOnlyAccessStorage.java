package io.longhouse.engine.access;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A storage whose entities follow from something else and cannot be changed by themselves. */
interface ReadOnlyAccessStorage extends AccessStorage {
  @Override
  default boolean isReadOnly() {
    return true;
  }

  /** What the refusal of a change ends with. */
  default String reason() {
    return "";
  }

  @Override
  default void insert(AccessEntity e) {
    throw refusal("insert", e);
  }

  @Override
  default boolean update(UUID id, UnaryOperator<AccessEntity> change) {
    return refuse("update", id);
  }

  @Override
  default boolean remove(UUID id) {
    return refuse("remove", id);
  }

  private boolean refuse(String what, UUID id) {
    AccessEntity e = find(id);
    if (e == null) {
      return false;
    }
    throw refusal(what, e);
  }

  private LonghouseException refusal(String what, AccessEntity e) {
    return new LonghouseException(
        ErrorCode.ACCESS_STORAGE_READONLY,
        "Cannot "
            + what
            + " "
            + AccessControl.described(e.kind(), e.name())
            + " in `"
            + name()
            + "` because this storage is readonly"
            + reason());
  }
}
