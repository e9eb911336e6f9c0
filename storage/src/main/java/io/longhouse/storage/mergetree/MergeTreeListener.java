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
    DOWNLOAD_PART,
    MUTATE_PART_START,
    MUTATE_PART,
    MOVE_PART
  }

  /**
   * One event.
   *
   * @param part that came to be, null when it failed to, or when it only begins to
   * @param sources parts it was made of
   * @param work the merge or mutation, null for other events
   * @param queryId of the INSERT, empty for other events
   * @param failure why it failed
   */
  record Event(
      Kind kind,
      String partName,
      @Nullable DataPart part,
      List<DataPart> sources,
      long durationMs,
      @Nullable MergeProgress work,
      String queryId,
      @Nullable Throwable failure) {
    /** A part came to be by an INSERT or ATTACH. */
    public static Event added(DataPart part, long durationMs, String queryId) {
      return new Event(
          Kind.NEW_PART, part.toString(), part, List.of(), durationMs, null, queryId, null);
    }

    /** A part was copied from another replica. */
    public static Event fetched(DataPart part, long durationMs) {
      return new Event(
          Kind.DOWNLOAD_PART, part.toString(), part, List.of(), durationMs, null, "", null);
    }

    static Event removed(String name, @Nullable DataPart part) {
      return new Event(Kind.REMOVE_PART, name, part, List.of(), 0, null, "", null);
    }

    static Event begun(Kind kind, MergeProgress work, List<DataPart> sources) {
      return new Event(kind, work.result().toString(), null, sources, 0, work, "", null);
    }

    static Event ended(
        Kind kind,
        MergeProgress work,
        List<DataPart> sources,
        @Nullable DataPart part,
        @Nullable Throwable failure) {
      return new Event(
          kind, work.result().toString(), part, sources, work.elapsedMs(), work, "", failure);
    }
  }

  void on(Event event);
}
