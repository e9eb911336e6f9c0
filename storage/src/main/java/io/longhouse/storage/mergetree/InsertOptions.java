package io.longhouse.storage.mergetree;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a query's settings say about an INSERT.
 *
 * @param partitionsMax {@code max_partitions_per_insert_block}; 0 for no limit
 * @param throwOnPartitions whether more of them are an error
 * @param collapse {@code optimize_on_insert}
 * @param queryId of the INSERT, for {@code system.part_log}
 * @param replicas what is asked of the replicas of a table
 */
public record InsertOptions(
    int partitionsMax,
    boolean throwOnPartitions,
    boolean collapse,
    String queryId,
    Replicas replicas) {
  public static final InsertOptions DEFAULT =
      new InsertOptions(100, true, true, "", Replicas.DEFAULT);

  /**
   * What an INSERT asks of the replicas of a table.
   *
   * @param deduplicates whether rows that were inserted before are left out
   * @param token what stands for the rows of this block; null for the rows themselves
   * @param quorum on how many replicas rows are to be before the INSERT ends; 0 and 1 for one, -1
   *     for more than half of them
   * @param quorumParallel whether several such INSERTs may be under way
   * @param check throws when the INSERT is to end
   * @param noted told of what stands for the rows of each part, if they are to be known again
   */
  public record Replicas(
      boolean deduplicates,
      @Nullable String token,
      long quorum,
      boolean quorumParallel,
      long quorumTimeoutMs,
      Runnable check,
      Consumer<String> noted) {
    static final Replicas DEFAULT = new Replicas(true, null, 0, true, 600_000, () -> {}, _ -> {});

    /** The same for one of several blocks of an INSERT, which the token tells apart. */
    public Replicas ofBlock(int number) {
      return token == null ? this : with(deduplicates, token + "_" + number, noted);
    }

    /** The same for rows that were made of others, for which a token stands; null if none does. */
    public Replicas madeOf(@Nullable String source) {
      return with(deduplicates && source != null, source, noted);
    }

    /** The same for somebody who wants to know what stands for the rows. */
    public Replicas noting(Consumer<String> who) {
      return with(deduplicates, token, who);
    }

    private Replicas with(boolean dedup, @Nullable String by, Consumer<String> who) {
      return new Replicas(dedup, by, quorum, quorumParallel, quorumTimeoutMs, check, who);
    }
  }

  /** The same with other wishes. */
  public InsertOptions with(Replicas wishes) {
    return new InsertOptions(partitionsMax, throwOnPartitions, collapse, queryId, wishes);
  }
}
