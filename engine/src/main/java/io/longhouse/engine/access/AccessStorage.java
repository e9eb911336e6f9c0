package io.longhouse.engine.access;

import io.longhouse.sql.ast.AccessEntityKind;
import java.util.Collection;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A place where entities are kept. Safe for many threads; a change is durable when it returns. */
public interface AccessStorage extends AutoCloseable {
  /** Called after each change with what was and what is; null for what is not there. */
  interface Listener {
    void changed(@Nullable AccessEntity before, @Nullable AccessEntity after);
  }

  /** As {@code system.user_directories} names it. */
  String name();

  String type();

  /** What it was made with, as JSON. */
  String parameters();

  boolean isReadOnly();

  @Nullable AccessEntity find(UUID id);

  /** By a name that is unique among entities of its kind. */
  @Nullable UUID find(AccessEntityKind kind, String name);

  /** The name of an entity, known without reading the entity itself. */
  @Nullable String nameOf(UUID id);

  Collection<UUID> ids(AccessEntityKind kind);

  /** Whether entities of a kind are to be found by whom they are about, out of memory. */
  default boolean isIndexed(AccessEntityKind kind) {
    return true;
  }

  /**
   * @throws io.longhouse.sql.LonghouseException ACCESS_ENTITY_ALREADY_EXISTS (493),
   *     ACCESS_STORAGE_READONLY (495)
   */
  void insert(AccessEntity entity);

  /**
   * Puts what {@code change} makes of an entity in its place; nothing else changes it meanwhile.
   *
   * @return whether the entity was there
   */
  boolean update(UUID id, UnaryOperator<AccessEntity> change);

  /** Whether it was there. */
  boolean remove(UUID id);

  /** Who wants to know of changes; one. */
  void listen(Listener listener);

  @Override
  default void close() {}
}
