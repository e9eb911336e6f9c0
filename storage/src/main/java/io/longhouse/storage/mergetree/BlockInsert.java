package io.longhouse.storage.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.Turns;
import io.longhouse.storage.part.DataPart;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the rows of a block, one part for each partition, and makes them visible together. The
 * table's columns stay as they are meanwhile.
 */
final class BlockInsert {
  private final MergeTreeData data;
  private final InsertOptions options;

  BlockInsert(MergeTreeData data, InsertOptions options) {
    this.data = data;
    this.options = options;
  }

  /**
   * Answers the new parts.
   *
   * @param block all stored columns of the table in their order
   */
  List<DataPart> write(Block block) {
    long start = System.nanoTime();
    MergeTreeMetadata current = data.metadata();
    List<PartitionSplit> splits = PartitionSplit.of(current, block);
    InsertLimits.checkPartitions(splits.size(), options);
    var builder = new PartBuilder(data.disk(), current, data.settings(), data.keyCounts());
    List<WrittenPart> written = new ArrayList<>();
    try {
      for (PartitionSplit s : splits) {
        WrittenPart part = Turns.take(s.block().rows(), () -> build(builder, s));
        if (part.rows() == 0) {
          data.disk().remove(part.folder());
        } else {
          written.add(part);
        }
      }
      builder.sync(written.stream().map(WrittenPart::folder).toList());
      int level = options.collapse() && data.mode().combines() ? 1 : 0;
      List<PartAuthority.Committed> committed =
          data.authority().commitInsert(written, level, options);
      committed.forEach(c -> data.keyCounts().put(c.part(), c.written().counts()));
      List<DataPart> parts = committed.stream().map(PartAuthority.Committed::part).toList();
      long ms = (System.nanoTime() - start) / 1_000_000;
      parts.forEach(
          p -> data.listener().on(MergeTreeListener.Event.added(p, ms, options.queryId())));
      return parts;
    } catch (RuntimeException | Error e) {
      written.forEach(w -> data.disk().remove(w.folder()));
      throw e;
    }
  }

  private WrittenPart build(PartBuilder builder, PartitionSplit s) {
    String to = data.temporaryFolder("insert", s.id());
    try {
      return builder.write(s, to, options.collapse() ? data.mode() : null);
    } catch (RuntimeException | Error e) {
      data.disk().remove(to);
      throw e;
    }
  }
}
