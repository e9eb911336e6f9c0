package io.longhouse.storage.mergetree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code OPTIMIZE} asks for.
 *
 * @param isFinal merges all parts of each partition into one, however large, even a single part
 * @param skipsMerged with FINAL: a partition of one part that was merged before stays as it is
 * @param cleanup rows that mark their key as gone are left out
 * @param deduplicateBy places of the columns of {@code DEDUPLICATE BY}; null without DEDUPLICATE
 */
public record OptimizeOptions(
    boolean isFinal, boolean skipsMerged, boolean cleanup, @Nullable List<Integer> deduplicateBy) {
  /** Merges what is worth it. */
  public static final OptimizeOptions ANY = new OptimizeOptions(false, false, false, null);

  /** {@code OPTIMIZE TABLE ... FINAL}. */
  public static final OptimizeOptions FINAL = new OptimizeOptions(true, false, false, null);
}
