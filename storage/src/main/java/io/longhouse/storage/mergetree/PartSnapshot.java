package io.longhouse.storage.mergetree;

import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts that are a table's data at one moment, in the order of their names. */
public record PartSnapshot(List<DataPart> parts) {
  static final PartSnapshot EMPTY = new PartSnapshot(List.of());

  public PartSnapshot {
    parts = List.copyOf(parts);
  }

  public long rows() {
    return parts.stream().mapToLong(DataPart::rows).sum();
  }

  public long bytesOnDisk() {
    return parts.stream().mapToLong(DataPart::bytesOnDisk).sum();
  }

  public List<DataPart> ofPartition(String partitionId) {
    return parts.stream().filter(p -> p.name().partitionId().equals(partitionId)).toList();
  }

  public List<String> partitionIds() {
    return parts.stream().map(p -> p.name().partitionId()).distinct().toList();
  }

  public @Nullable DataPart find(PartName name) {
    for (DataPart p : parts) {
      if (p.name().equals(name)) {
        return p;
      }
    }
    return null;
  }

  /** The active part that contains the named one, itself perhaps. */
  public @Nullable DataPart containing(PartName name) {
    for (DataPart p : parts) {
      if (p.name().contains(name)) {
        return p;
      }
    }
    return null;
  }

  /** The parts that have no block higher than that of their partition, if it has one. */
  PartSnapshot upTo(Map<String, Long> blocksMax) {
    return new PartSnapshot(
        parts.stream()
            .filter(p ->
                p.name().maxBlock()
                    <= blocksMax.getOrDefault(p.name().partitionId(), Long.MAX_VALUE))
            .toList());
  }

  /** Whether a partition has more than one part. */
  boolean hasSeveralInPartition() {
    for (int i = 1; i < parts.size(); i++) {
      if (parts.get(i).name().partitionId().equals(parts.get(i - 1).name().partitionId())) {
        return true;
      }
    }
    return false;
  }

  PartSnapshot with(Collection<DataPart> added, Collection<DataPart> removed) {
    List<DataPart> all = new ArrayList<>(parts);
    all.removeAll(removed);
    all.addAll(added);
    all.sort((a, b) -> a.name().compareTo(b.name()));
    return new PartSnapshot(all);
  }
}
