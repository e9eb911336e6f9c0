package io.longhouse.cluster.distributed.insert;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import java.util.List;

/** A place in the queue on disk. */
final class QueuedTarget implements ShardTarget {
  private final InsertQueue.Written written;
  private final List<String> places;
  private final QueuedBlock about;
  private final Header header;

  /**
   * @param written what the INSERT as a whole has written
   * @param places the folders that each get the block
   * @param about the INSERT; its counts are those of no block
   */
  QueuedTarget(InsertQueue.Written written, List<String> places, QueuedBlock about, Header header) {
    this.written = written;
    this.places = places;
    this.about = about;
    this.header = header;
  }

  @Override
  public void write(Block block) {
    Block plain = new Block(java.util.Arrays.asList(block.columns()), block.rows());
    var counted =
        new QueuedBlock(
            about.query(),
            about.settings(),
            about.origin(),
            block.rows(),
            block.retainedBytes(),
            header);
    written.add(places, counted, header, plain);
  }

  /** The INSERT publishes what it has written as a whole. */
  @Override
  public void finish() {}

  @Override
  public void abort() {}
}
