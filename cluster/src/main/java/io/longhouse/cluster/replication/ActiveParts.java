package io.longhouse.cluster.replication;

import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Names of parts none of which contains another: of a part and what it was made of, the part. Not
 * for several threads at once.
 */
final class ActiveParts {
  /** By partition, then by first block. */
  private final Map<String, TreeMap<Long, PartName>> parts = new HashMap<>();

  ActiveParts() {}

  ActiveParts(Collection<PartName> all) {
    all.forEach(this::add);
  }

  /** The same names once more. */
  ActiveParts copy() {
    var copy = new ActiveParts();
    parts.forEach((id, of) -> copy.parts.put(id, new TreeMap<>(of)));
    return copy;
  }

  /** Adds a part in the place of those that it contains, unless it is contained itself. */
  void add(PartName part) {
    if (containing(part) != null) {
      return;
    }
    TreeMap<Long, PartName> of = parts.computeIfAbsent(part.partitionId(), _ -> new TreeMap<>());
    of.subMap(part.minBlock(), true, part.maxBlock(), true).values().removeIf(part::contains);
    // Where a range was dropped something may begin at the same block without containing it.
    of.merge(part.minBlock(), part, (a, b) -> a.maxBlock() > b.maxBlock() ? a : b);
  }

  /** Removes a part of exactly that name. */
  boolean remove(PartName part) {
    TreeMap<Long, PartName> of = parts.get(part.partitionId());
    return of != null && of.remove(part.minBlock(), part);
  }

  /** The part that contains another, or is it; null if there is none. */
  @Nullable PartName containing(PartName part) {
    TreeMap<Long, PartName> of = parts.get(part.partitionId());
    Map.Entry<Long, PartName> e = of == null ? null : of.floorEntry(part.minBlock());
    return e != null && e.getValue().contains(part) ? e.getValue() : null;
  }

  /** Parts all of whose blocks are in a range. */
  List<PartName> within(String partitionId, long minBlock, long maxBlock) {
    TreeMap<Long, PartName> of = parts.get(partitionId);
    return of == null || minBlock > maxBlock
        ? List.of()
        : of.subMap(minBlock, true, maxBlock, true).values().stream()
            .filter(p -> p.maxBlock() <= maxBlock)
            .toList();
  }

  /** All of a partition by their first block. */
  Collection<PartName> ofPartition(String partitionId) {
    TreeMap<Long, PartName> of = parts.get(partitionId);
    return of == null ? List.of() : of.values();
  }

  List<PartName> all() {
    List<PartName> all = new ArrayList<>();
    parts.values().forEach(of -> all.addAll(of.values()));
    return all;
  }
}
