package io.longhouse.storage.mergetree;

import io.longhouse.column.Turns;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One merge from its sources to the part in their place.
 *
 * @param takesTurn whether writing takes its turn among other work; else the whole merge is part of
 *     work that did
 */
record MergeRun(MergeTreeData data, Merges merges, boolean takesTurn) {
  /**
   * Answers the new part, or null if another change was faster.
   *
   * @param sources in the order of their blocks
   */
  @Nullable DataPart merge(
      List<DataPart> sources, PartName name, MergeMode mode, MergeMode.Purpose purpose) {
    if (merges.isStopped()) {
      throw new LonghouseException(ErrorCode.ABORTED, "Cancelled merging parts");
    }
    var progress =
        new MergeProgress(
            data.table(),
            name,
            sources.stream().map(DataPart::name).toList(),
            false,
            sources.stream().mapToLong(DataPart::rows).sum(),
            sources.stream().mapToLong(DataPart::bytesOnDisk).sum());
    String folder = data.temporaryFolder("merge", name.toString());
    sources.forEach(DataPart::retain);
    merges.register(progress);
    data.listener()
        .on(
            MergeTreeListener.Event.begun(
                MergeTreeListener.Kind.MERGE_PARTS_START, progress, sources));
    Throwable failure = null;
    DataPart result = null;
    try {
      WrittenPart written = write(sources, mode, purpose, progress, folder);
      result = data.authority().commitResult(folder, name, sources);
      if (result == null) {
        data.disk().remove(folder);
      } else if (result.rows() > 0) {
        data.keyCounts().put(result, written.counts());
      }
      return result;
    } catch (RuntimeException | Error e) {
      failure = e;
      data.disk().remove(folder);
      throw e;
    } finally {
      merges.unregister(progress);
      sources.forEach(DataPart::release);
      data.listener()
          .on(
              MergeTreeListener.Event.ended(
                  MergeTreeListener.Kind.MERGE_PARTS, progress, sources, result, failure));
    }
  }

  private WrittenPart write(
      List<DataPart> sources,
      MergeMode mode,
      MergeMode.Purpose purpose,
      MergeProgress progress,
      String folder) {
    MergeTreeMetadata metadata = data.metadata();
    var builder = new PartBuilder(data.disk(), metadata, data.settings(), data.keyCounts());
    var merger =
        new PartMerger(
            data.disk(),
            metadata,
            mode,
            purpose,
            builder,
            progress,
            merges.limit(),
            data.mutations()::renamesFor);
    Supplier<WrittenPart> work = () -> merger.merge(sources, folder);
    return takesTurn ? Turns.take(work) : work.get();
  }
}
