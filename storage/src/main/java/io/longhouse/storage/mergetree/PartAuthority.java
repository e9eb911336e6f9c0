package io.longhouse.storage.mergetree;

import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who decides what becomes of the parts of a table: which numbers blocks get, what is merged, which
 * parts come and go. A plain table decides alone ({@link LocalAuthority}); the replicas of a table
 * decide together.
 *
 * <p>What is decided is carried out by {@link MergeTreeData}, {@link Merges}, {@link Mutations} and
 * {@link Partitions}, which are the same for all tables.
 */
public interface PartAuthority {
  /**
   * How long a statement waits for what it asks for.
   *
   * @param replicas 0: not at all, 1: until it is done here, 2: until it is done on all replicas
   * @param check throws when the wait is to end
   */
  record Waiting(long replicas, Runnable check) {
    public static final Waiting HERE = new Waiting(1, () -> {});
  }

  /** A part and what it was before it had a name. */
  record Committed(WrittenPart written, DataPart part) {}

  /**
   * Makes the rows of an INSERT parts of the table.
   *
   * @param written complete folders, one for each partition, which are not there afterwards unless
   *     this fails
   * @param level how often rows were merged: those of equal key may have become one already
   * @return the parts that are new; rows that have been inserted before are left out
   */
  List<Committed> commitInsert(List<WrittenPart> written, int level, InsertOptions options);

  /** Makes complete folders parts of the table. */
  List<DataPart> attach(List<String> folders, List<String> partitionIds);

  /**
   * Puts a part in the place of those that it was made of.
   *
   * @param folder the complete part
   * @return null if it is not wanted any more, when nothing was changed
   */
  @Nullable DataPart commitResult(String folder, PartName name, List<DataPart> sources);

  /** Merges or mutates some parts; false if there was nothing to do. */
  boolean workOnce();

  /** Forgets what is done for good. */
  default void tidy() {}

  /** Whether time alone can bring work, without a change of the parts. */
  boolean mayHaveWork();

  /**
   * Takes leave of parts that were replaced and that nobody reads any more.
   *
   * @return those whose files may be removed now
   */
  Collection<PartName> leave(Collection<PartName> parts);

  /** {@code OPTIMIZE TABLE}: see {@link Merges#optimize}. */
  boolean optimize(@Nullable String partitionId, OptimizeOptions options, Waiting waiting);

  /** Removes all parts of a partition, or keeps them in {@code detached/}. */
  void dropPartition(String partitionId, boolean detach, Waiting waiting);

  /**
   * Removes a part, or keeps it in {@code detached/}.
   *
   * @throws io.longhouse.sql.LonghouseException NO_SUCH_DATA_PART (232)
   */
  void dropPart(PartName part, boolean detach, Waiting waiting);

  /** Removes all parts. */
  void truncate(Waiting waiting);

  /** See {@link Partitions#attachFrom}. */
  void attachFrom(MergeTreeData other, String partitionId, boolean replace, Waiting waiting);

  /** {@code MOVE PARTITION ... TO TABLE}. */
  void moveTo(MergeTreeData other, String partitionId, Waiting waiting);

  /**
   * Notes a mutation.
   *
   * @param author who sees only some of the rows; null for others
   * @return its version
   */
  long mutate(List<MutationCommand> commands, @Nullable String author);

  /**
   * Waits until a mutation is done.
   *
   * @throws io.longhouse.sql.LonghouseException UNFINISHED (341) with the reason when it failed
   */
  void awaitMutation(long version, Waiting waiting);

  /**
   * Waits until the mutation of an author is done; it is given up when it fails.
   *
   * @throws io.longhouse.sql.LonghouseException UNFINISHED (341) when it was given up, with the
   *     reason if that is its own
   */
  void awaitMutationOfAuthor(long version, Waiting waiting);

  /** {@code KILL MUTATION}; false if there is no such mutation. */
  boolean killMutation(long version);
}
