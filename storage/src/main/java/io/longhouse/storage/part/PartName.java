package io.longhouse.storage.part;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a part says: {@code 202001_1_3_1_5}.
 *
 * @param mutation block number of the last mutation that was applied, 0 for none
 */
public record PartName(String partitionId, long minBlock, long maxBlock, int level, long mutation)
    implements Comparable<PartName> {
  /** The level of a name that stands for a whole range of blocks. */
  public static final int LEVEL_MAX = 999_999_999;

  /** What older servers write for it. */
  private static final long LEVEL_MAX_BEFORE = 4_294_967_295L;

  public static PartName of(String partitionId, long minBlock, long maxBlock, int level) {
    return new PartName(partitionId, minBlock, maxBlock, level, 0);
  }

  /** What a folder's name says, or null if it is not the name of a part. */
  public static @Nullable PartName tryParse(String folder) {
    int first = folder.indexOf('_');
    if (first <= 0) {
      return null;
    }
    String[] numbers = folder.substring(first + 1).split("_", -1);
    if (numbers.length != 3 && numbers.length != 4) {
      return null;
    }
    long[] n = new long[4];
    for (int i = 0; i < numbers.length; i++) {
      if (!numbers[i].matches("-?[0-9]{1,18}")) {
        return null;
      }
      n[i] = Long.parseLong(numbers[i]);
    }
    n[2] = n[2] == LEVEL_MAX_BEFORE ? LEVEL_MAX : n[2];
    boolean sane = n[0] <= n[1] && n[2] >= 0 && n[2] <= LEVEL_MAX && n[3] >= 0;
    return sane ? new PartName(folder.substring(0, first), n[0], n[1], (int) n[2], n[3]) : null;
  }

  /**
   * @throws LonghouseException BAD_DATA_PART_NAME (233)
   */
  public static PartName parse(String folder) {
    PartName name = tryParse(folder);
    if (name == null) {
      throw new LonghouseException(ErrorCode.BAD_DATA_PART_NAME, "Unexpected part name: " + folder);
    }
    return name;
  }

  /** Whether this part was made of the other one, or is it. */
  public boolean contains(PartName other) {
    return partitionId.equals(other.partitionId)
        && minBlock <= other.minBlock
        && maxBlock >= other.maxBlock
        && level >= other.level
        && mutation >= other.mutation;
  }

  /** Whether no block is in both. */
  public boolean isDisjoint(PartName other) {
    return !partitionId.equals(other.partitionId)
        || minBlock > other.maxBlock
        || maxBlock < other.minBlock;
  }

  /** The version of the data in it: mutations with higher numbers are still to be applied. */
  public long dataVersion() {
    return mutation != 0 ? mutation : minBlock;
  }

  public PartName withMutation(long version) {
    return new PartName(partitionId, minBlock, maxBlock, level, version);
  }

  /** By partition, then by first block, then the part that contains others first. */
  @Override
  public int compareTo(PartName o) {
    int c = partitionId.compareTo(o.partitionId);
    c = c != 0 ? c : Long.compare(minBlock, o.minBlock);
    c = c != 0 ? c : Long.compare(o.maxBlock, maxBlock);
    c = c != 0 ? c : Integer.compare(o.level, level);
    return c != 0 ? c : Long.compare(o.mutation, mutation);
  }

  @Override
  public String toString() {
    return partitionId
        + "_"
        + minBlock
        + "_"
        + maxBlock
        + "_"
        + level
        + (mutation == 0 ? "" : "_" + mutation);
  }
}
