package io.longhouse.compat.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * What was sent to a table and what was acknowledged, known outside of the cluster. Rows come in
 * batches of up to 1000 ids that follow each other; {@code id % shards} says to which shard (from
 * 0) a row belongs. A batch's rows of one shard are one block: they are there all together or not
 * at all, and never twice.
 */
final class Ledger {
  static final int BATCH_IDS = 1000;

  private final String table;
  private final int shards;
  private final ConcurrentSkipListMap<Long, Batch> batches = new ConcurrentSkipListMap<>();

  Ledger(String table, int shards) {
    this.table = table;
    this.shards = shards;
  }

  /** Rows that are sent together. */
  final class Batch {
    private final long number;
    private final int rows;
    private final int shard;
    private volatile boolean acknowledged;
    private volatile @Nullable String readableAt;

    private Batch(long number, int rows, int shard) {
      this.number = number;
      this.rows = rows;
      this.shard = shard;
    }

    /** The statement's rows, which are the same each time it is sent. */
    String values() {
      var out = new StringBuilder();
      for (int i = 0; i < rows; i++) {
        long id = number * BATCH_IDS + (shard < 0 ? i : (long) i * shards + shard);
        out.append(i == 0 ? "" : ",")
            .append('(')
            .append(id)
            .append(",'")
            .append(id * 7)
            .append("')");
      }
      return out.toString();
    }

    int shard() {
      return shard;
    }

    private int rowsIn(int of) {
      return shard < 0 ? (rows - of + shards - 1) / shards : shard == of ? rows : 0;
    }

    /**
     * @param at the server that took the rows at the first attempt, whose own table has them from
     *     now on; null when several were tried or it passed them on
     */
    void acknowledge(@Nullable String at) {
      readableAt = at;
      acknowledged = true;
    }
  }

  String table() {
    return table;
  }

  /**
   * A batch that is about to be sent.
   *
   * @param number nobody else gives
   * @param shard from 0; -1 for rows of all shards
   */
  Batch attempt(long number, int rows, int shard) {
    if (rows * (shard < 0 ? 1 : shards) > BATCH_IDS) {
      throw new IllegalArgumentException(rows + " rows do not fit a batch");
    }
    var batch = new Batch(number, rows, shard);
    batches.put(number, batch);
    return batch;
  }

  long attemptedRows() {
    return batches.values().stream().mapToLong(b -> b.rows).sum();
  }

  long acknowledgedRows() {
    return batches.values().stream().filter(b -> b.acknowledged).mapToLong(b -> b.rows).sum();
  }

  int acknowledgedBatches() {
    return (int) batches.values().stream().filter(b -> b.acknowledged).count();
  }

  /** Batches and the shards (from 0) whose rows an answer must hold. */
  record Required(Map<Long, Integer> shardOf) {}

  /** What has been acknowledged until now: -1 stands for all shards. */
  Required acknowledged() {
    return required(null);
  }

  /** What a server's own table was said to hold until now. */
  Required readableAt(String server) {
    return required(server);
  }

  private Required required(@Nullable String server) {
    Map<Long, Integer> out = new TreeMap<>();
    for (Batch b : batches.values()) {
      if (b.acknowledged && (server == null || server.equals(b.readableAt))) {
        out.put(b.number, b.shard);
      }
    }
    return new Required(out);
  }

  /** The query whose answer {@link #audit} understands. */
  String auditQuery(String from) {
    return "SELECT intDiv(id, %d) AS b, id %% %d AS s, count(), uniqExact(id), min(id), max(id), countIf(text != toString(id * 7)) FROM %s GROUP BY b, s FORMAT TSV"
        .formatted(BATCH_IDS, shards, from);
  }

  /**
   * Compares an answer with what was sent.
   *
   * @param answer of {@link #auditQuery}
   * @param shard the one that was asked, from 0; -1 for all
   * @param required what must be in it
   * @return what is wrong; empty when nothing is
   */
  List<String> audit(String answer, int shard, Required required) {
    List<String> wrong = new ArrayList<>();
    Map<Long, boolean[]> seen = new HashMap<>();
    for (String line : answer.lines().toList()) {
      String[] f = line.split("\t");
      long number = Long.parseLong(f[0]);
      int of = Integer.parseInt(f[1]);
      Batch batch = batches.get(number);
      if (batch == null) {
        wrong.add("rows that nobody sent: " + line);
        continue;
      }
      seen.computeIfAbsent(number, _ -> new boolean[shards])[of] = true;
      String problem = problem(batch, of, shard, f);
      if (problem != null) {
        wrong.add(
            problem
                + " of batch "
                + number
                + ", shard "
                + of
                + " (count, distinct, min, max, damaged): "
                + line);
      }
    }
    required
        .shardOf()
        .forEach((number, of) -> {
          boolean[] there = seen.getOrDefault(number, new boolean[shards]);
          for (int s = 0; s < shards; s++) {
            boolean wanted = (shard < 0 || shard == s) && (of < 0 || of == s);
            if (wanted && !there[s] && batches.get(number).rowsIn(s) > 0) {
              wrong.add("acknowledged rows are missing: batch " + number + ", shard " + s);
            }
          }
        });
    return wrong;
  }

  private @Nullable String problem(Batch batch, int of, int asked, String[] f) {
    int rows = batch.rowsIn(of);
    long count = Long.parseLong(f[2]);
    if (rows == 0 || asked >= 0 && asked != of) {
      return "rows in the wrong shard";
    }
    if (Long.parseLong(f[3]) < count) {
      return "rows more than once";
    }
    if (count != rows) {
      return "a block in parts, " + count + " of " + rows + " rows";
    }
    int first = batch.shard < 0 ? of : batch.shard;
    long from = batch.number * BATCH_IDS + first;
    if (Long.parseLong(f[4]) != from || Long.parseLong(f[5]) != from + (long) (rows - 1) * shards) {
      return "other ids";
    }
    return f[6].equals("0") ? null : "damaged values";
  }
}
