package io.longhouse.storage.mergetree;

import io.longhouse.storage.part.DataPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hears what happens to the parts of a table, for {@code system.part_log} and the like. */
public interface MergeTreeListener {
  /** Hears nothing. */
  MergeTreeListener NONE = event -> {};

  /** What happened; the names are those of {@code system.part_log}. */
  enum Kind {
    NEW_PART,
    MERGE_PARTS_START,
    MERGE_PARTS,
    REMOVE_PART,
    MUTATE_PART_START,
    MUTATE_PART,
    MOVE_PART
  }

  /**
   * One event.
   *
   * @param part that came to be, null when it failed to
   * @param sources parts it was made of
   * @param failure why it failed
   */
  record Event(
      Kind kind,
      String partName,
      @Nullable DataPart part,
      List<DataPart> sources,
      long durationMs,
      @Nullable Throwable failure) {}

  void on(Event event);
}
