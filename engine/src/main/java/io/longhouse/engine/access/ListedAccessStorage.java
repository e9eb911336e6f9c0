package io.longhouse.engine.access;

import io.longhouse.sql.ast.AccessEntityKind;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A storage that knows of each of its entities at least the kind and the name, in memory. */
public abstract class ListedAccessStorage implements AccessStorage {
  /** What is known of an entity: at least its kind and name. */
  private static final class Slot {
    final AccessEntityKind kind;
    final String name;
    volatile @Nullable AccessEntity entity;

    Slot(AccessEntityKind kind, String name, @Nullable AccessEntity entity) {
      this.kind = kind;
      this.name = name;
      this.entity = entity;
    }
  }

  private final String storageName;
  private final Map<UUID, Slot> slots = new ConcurrentHashMap<>();
  private final Map<AccessEntityKind, Map<String, UUID>> byName =
      new EnumMap<>(AccessEntityKind.class);
  private volatile Listener listener = (before, after) -> {};

  protected ListedAccessStorage(String storageName) {
    this.storageName = storageName;
    for (AccessEntityKind kind : AccessEntityKind.values()) {
      byName.put(kind, new ConcurrentHashMap<>());
    }
  }

  @Override
  public String name() {
    return storageName;
  }

  @Override
  public String parameters() {
    return "{}";
  }

  @Override
  public final @Nullable AccessEntity find(UUID id) {
    Slot slot = slots.get(id);
    if (slot == null) {
      return null;
    }
    AccessEntity e = slot.entity;
    if (e == null) {
      e = load(id);
      slot.entity = e;
    }
    return e;
  }

  /** Reads what only the name is known of. */
  AccessEntity load(UUID id) {
    throw new IllegalStateException("not loaded: " + id);
  }

  @Override
  public final @Nullable UUID find(AccessEntityKind kind, String name) {
    return names(kind).get(name);
  }

  private Map<String, UUID> names(AccessEntityKind kind) {
    return Objects.requireNonNull(byName.get(kind));
  }

  @Override
  public final @Nullable String nameOf(UUID id) {
    Slot slot = slots.get(id);
    return slot == null ? null : slot.name;
  }

  @Override
  public final Collection<UUID> ids(AccessEntityKind kind) {
    return List.copyOf(names(kind).values());
  }

  /** Names with their ids, for lists of them. */
  final Map<String, UUID> all(AccessEntityKind kind) {
    return names(kind);
  }

  /** Makes an entity known that is kept already. */
  protected final void know(
      UUID id, AccessEntityKind kind, String name, @Nullable AccessEntity entity) {
    slots.put(id, new Slot(kind, name, entity));
    names(kind).put(name, id);
  }

  /** Has what another has and nothing else, and tells of what is different. */
  final synchronized void become(ListedAccessStorage other) {
    for (UUID id : List.copyOf(slots.keySet())) {
      if (other.nameOf(id) == null) {
        AccessEntity before = find(id);
        forget(id);
        listener.changed(before, null);
      }
    }
    other
        .slots
        .keySet()
        .forEach(id -> {
          AccessEntity before = find(id);
          AccessEntity after = other.find(id);
          if (after != null && !after.equals(before)) {
            know(id, after.kind(), after.name(), after);
            listener.changed(before, after);
          }
        });
  }

  /** Makes an entity unknown that nobody else needs to hear of. */
  protected final void forget(UUID id) {
    Slot slot = slots.remove(id);
    if (slot != null) {
      names(slot.kind).remove(slot.name, id);
    }
  }

  /** Tells who wants to know. */
  protected final void tell(@Nullable AccessEntity before, @Nullable AccessEntity after) {
    listener.changed(before, after);
  }

  @Override
  public final void listen(Listener to) {
    listener = to;
  }
}
