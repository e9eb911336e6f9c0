package io.longhouse.cluster.distributed.insert;

import io.longhouse.cluster.config.Shard;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.function.scalar.Rows;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which shard a row belongs to: the remainder of its sharding key over the total weight falls into
 * the interval of one shard, the shards' intervals following each other with their weights as
 * lengths.
 */
final class ShardSlots {
  private static final int TOTAL_WEIGHT_MAX = 1 << 20;

  /** By remainder: the shard's place in the cluster. */
  private final int[] slots;

  private final int shards;

  /**
   * @throws LonghouseException BAD_ARGUMENTS (36) when no shard takes rows
   */
  ShardSlots(List<Shard> shards) {
    long total = shards.stream().mapToLong(Shard::weight).sum();
    if (total <= 0 || total > TOTAL_WEIGHT_MAX) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "The weights of the cluster's shards sum up to "
              + total
              + "; expected 1 to "
              + TOTAL_WEIGHT_MAX);
    }
    this.shards = shards.size();
    this.slots = new int[(int) total];
    int at = 0;
    for (int s = 0; s < shards.size(); s++) {
      for (int w = 0; w < shards.get(s).weight(); w++) {
        slots[at++] = s;
      }
    }
  }

  /**
   * The type of a sharding key, without LowCardinality.
   *
   * @throws LonghouseException TYPE_MISMATCH (53)
   */
  static IntegerType keyType(DataType type, String text) {
    DataType plain = type instanceof LowCardinalityType l ? l.nested() : type;
    if (plain instanceof IntegerType i && i.bytes() <= Long.BYTES) {
      return i;
    }
    throw new LonghouseException(
        ErrorCode.TYPE_MISMATCH,
        "Sharding expression "
            + text
            + " has type "
            + type.name()
            + ", but should be one of integer type");
  }

  /** The shard of a single key. */
  int shardOf(long key, IntegerType type) {
    return slots[(int) Long.remainderUnsigned(unsigned(key, type), slots.length)];
  }

  /** Any shard, by weight. */
  int random() {
    return slots[ThreadLocalRandom.current().nextInt(slots.length)];
  }

  /** Negative keys are taken as unsigned numbers, of 32 bits if they have no more. */
  private static long unsigned(long key, IntegerType type) {
    return type.bytes() < Long.BYTES ? key & 0xFFFF_FFFFL : key;
  }

  /** The rows of each shard, in their order; null where a shard gets none. */
  int[][] rows(Column key, IntegerType type, int rows) {
    int[][] members = new int[shards][];
    if (key instanceof NullableColumn) {
      throw new IllegalArgumentException("a sharding key is not Nullable");
    }
    long[] keys = Rows.longs(key, type.signed());
    if (key instanceof ConstColumn) {
      int[] all = new int[rows];
      for (int r = 0; r < rows; r++) {
        all[r] = r;
      }
      members[shardOf(keys[0], type)] = all;
      return members;
    }
    int[] shardOfRow = new int[rows];
    int[] counts = new int[shards];
    long mask = type.bytes() < Long.BYTES ? 0xFFFF_FFFFL : -1L;
    int total = slots.length;
    for (int r = 0; r < rows; r++) {
      int s = slots[(int) Long.remainderUnsigned(keys[r] & mask, total)];
      shardOfRow[r] = s;
      counts[s]++;
    }
    for (int s = 0; s < shards; s++) {
      members[s] = counts[s] == 0 ? null : new int[counts[s]];
      counts[s] = 0;
    }
    for (int r = 0; r < rows; r++) {
      int s = shardOfRow[r];
      members[s][counts[s]++] = r;
    }
    return members;
  }
}
