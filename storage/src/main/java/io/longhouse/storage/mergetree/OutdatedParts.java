package io.longhouse.storage.mergetree;

import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Parts of one table that were replaced and are still on disk, until they are old enough and nobody
 * reads them.
 */
final class OutdatedParts {
  private static final System.Logger LOG = System.getLogger(OutdatedParts.class.getName());

  private final MergeTreeData data;

  /** Their folders are removed under its monitor. */
  private final Map<PartName, Outdated> parts = new ConcurrentHashMap<>();

  private volatile boolean kept;

  /** A part that was replaced: since when, in milliseconds since 1970; null if never opened. */
  private record Outdated(long sinceMs, @Nullable DataPart part) {}

  OutdatedParts(MergeTreeData data) {
    this.data = data;
  }

  /** Notes parts that were on disk at the start. */
  void found(Collection<PartName> names) {
    long now = System.currentTimeMillis();
    names.forEach(n -> parts.put(n, new Outdated(now, null)));
  }

  /** Notes parts that another one took the place of. */
  void replaced(List<DataPart> sources) {
    long now = System.currentTimeMillis();
    sources.forEach(s -> parts.put(s.name(), new Outdated(now, s)));
  }

  /** Notes parts that nobody wants any more. */
  void unwanted(List<DataPart> gone) {
    gone.forEach(s -> parts.put(s.name(), new Outdated(0, s)));
  }

  /** Notes that parts need not grow old. */
  void hurry(Collection<PartName> names) {
    names.forEach(n -> parts.computeIfPresent(n, (_, o) -> new Outdated(0, o.part)));
  }

  List<PartName> names() {
    return List.copyOf(parts.keySet());
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Whether all stay on disk from now on. */
  void keep(boolean keep) {
    kept = keep;
  }

  /** A part that is still there, not to be removed before the caller releases it; or null. */
  @Nullable DataPart retained(PartName name) {
    synchronized (parts) {
      Outdated entry = parts.get(name);
      if (entry == null) {
        return null;
      }
      DataPart part = entry.part();
      if (part == null) {
        String folder = data.folder() + "/" + name;
        part = DataPart.open(data.disk(), folder, name, data.metadata().partSchema());
        parts.put(name, new Outdated(entry.sinceMs(), part));
      }
      part.retain();
      return part;
    }
  }

  /** Opens some to be active again; one that is damaged is removed and missing from the answer. */
  List<DataPart> recall(Collection<PartName> names) {
    List<DataPart> back = new ArrayList<>();
    synchronized (parts) {
      for (PartName n : names) {
        if (parts.remove(n) == null) {
          continue;
        }
        try {
          String folder = data.folder() + "/" + n;
          back.add(DataPart.openChecked(data.disk(), folder, n, data.metadata().partSchema()));
        } catch (LonghouseException e) {
          LOG.log(
              System.Logger.Level.WARNING,
              "{0}: part {1} cannot be taken back: {2}",
              data.table(),
              n,
              e.message());
          data.eraseFolder(n);
        }
      }
    }
    return back;
  }

  /** Removes one at once. */
  void erase(PartName name) {
    synchronized (parts) {
      if (parts.remove(name) != null) {
        data.eraseFolder(name);
      }
    }
  }

  /** Removes those that parts were made of. */
  void eraseIn(List<DataPart> results) {
    synchronized (parts) {
      for (PartName n : parts.keySet()) {
        if (results.stream().anyMatch(p -> p.name().contains(n))) {
          data.eraseFolder(n);
          parts.remove(n);
        }
      }
    }
  }

  /**
   * Removes those that nobody reads and that were replaced long enough ago.
   *
   * @param ageMsMin how long ago at least; negative for all
   * @return how many
   */
  int remove(long ageMsMin) {
    if (kept) {
      return 0;
    }
    long now = System.currentTimeMillis();
    Map<PartName, Outdated> old = new HashMap<>();
    for (var e : parts.entrySet()) {
      DataPart part = e.getValue().part();
      boolean isOld = now - e.getValue().sinceMs() >= ageMsMin;
      if (isOld && (part == null || !part.isInUse())) {
        old.put(e.getKey(), e.getValue());
      }
    }
    int removed = 0;
    for (PartName n : old.isEmpty() ? List.<PartName>of() : data.authority().leave(old.keySet())) {
      Outdated entry = Objects.requireNonNull(old.get(n));
      if (erase(n, entry)) {
        removed++;
        data.listener().on(MergeTreeListener.Event.removed(n.toString(), entry.part()));
      }
    }
    return removed;
  }

  /** Nobody who waits for the folder to be gone sees it half removed. */
  private boolean erase(PartName name, Outdated entry) {
    synchronized (parts) {
      DataPart part = entry.part();
      boolean ours = (part == null || !part.isInUse()) && parts.remove(name, entry);
      if (ours) {
        data.eraseFolder(name);
      }
      return ours;
    }
  }

  /** Removes those of some parts that nobody reads, at once. */
  void erase(Collection<PartName> names) {
    for (PartName n : names) {
      Outdated entry = parts.get(n);
      DataPart part = entry == null ? null : entry.part();
      boolean free = entry != null && (part == null || !part.isInUse());
      if (entry != null && free && erase(n, entry)) {
        data.listener().on(MergeTreeListener.Event.removed(n.toString(), part));
      }
    }
  }

  /** The table's files go all together. */
  void forget() {
    parts.clear();
  }
}
