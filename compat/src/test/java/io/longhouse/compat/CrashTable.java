package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A table whose server is killed, and what its batches of rows may look like.
 *
 * <p>A batch is inserted by one statement, changed by at most one other. It is {@code ABSENT},
 * {@code ORIGINAL} or {@code UPDATED}, always as a whole:
 *
 * <ul>
 *   <li>an answered INSERT is there, once; an unanswered one is there or not, and stays so;
 *   <li>an answered UPDATE or DELETE with {@code mutations_sync = 1} has been carried out, once;
 *   <li>one without waiting will be, an unanswered one may be; what was seen done stays done.
 * </ul>
 */
final class CrashTable {
  private static final int ROWS = 200;

  private enum State {
    ABSENT,
    ORIGINAL,
    UPDATED
  }

  /** A batch: what it may be now, and what it will be when all mutations are done. */
  private static final class Batch {
    private Set<State> now = EnumSet.of(State.ABSENT, State.ORIGINAL);
    private Set<State> finally_ = EnumSet.of(State.ABSENT, State.ORIGINAL);
    private boolean changed;
  }

  private final String name;
  private final String settings;
  private final Map<Integer, Batch> batches = new TreeMap<>();
  private final List<Integer> changeable = new ArrayList<>();
  private int nextBatch;
  private long answeredInserts;
  private long answeredChanges;

  CrashTable(String name, String settings) {
    this.name = name;
    this.settings = settings;
  }

  synchronized long answeredInserts() {
    return answeredInserts;
  }

  synchronized long answeredChanges() {
    return answeredChanges;
  }

  void create(ServerProcess server) throws IOException, InterruptedException {
    server.query(
        "CREATE TABLE "
            + name
            + " (batch UInt32, n UInt32, v UInt64, s String) ENGINE = MergeTree ORDER BY (batch, n)"
            + " PARTITION BY batch % 2 SETTINGS old_parts_lifetime = 1"
            + settings);
  }

  void insert(ServerProcess server, Random random) throws IOException, InterruptedException {
    int id;
    var batch = new Batch();
    synchronized (this) {
      id = nextBatch++;
      batches.put(id, batch);
    }
    HttpResponse<String> r =
        server.send(
            "INSERT INTO "
                + name
                + " (* EXCEPT x) SELECT "
                + id
                + ", number, number * 7, toString(number * 7) FROM numbers("
                + ROWS
                + ")"
                + (random.nextBoolean() ? " ORDER BY number DESC" : ""));
    if (r.statusCode() == 200) {
      synchronized (this) {
        batch.now = EnumSet.of(State.ORIGINAL);
        batch.finally_ = EnumSet.of(State.ORIGINAL);
        changeable.add(id);
        answeredInserts++;
      }
    }
  }

  void merge(ServerProcess server, Random random) throws IOException, InterruptedException {
    server.send("OPTIMIZE TABLE " + name + (random.nextInt(3) > 0 ? " FINAL" : ""));
  }

  /** Updates or deletes one batch that nothing else was done to. */
  void changeRows(ServerProcess server, Random random) throws IOException, InterruptedException {
    int id;
    Batch batch;
    synchronized (this) {
      if (changeable.isEmpty()) {
        return;
      }
      id = changeable.remove(random.nextInt(changeable.size()));
      batch = batches.get(id);
      batch.changed = true;
    }
    boolean wait = random.nextBoolean();
    int kind = random.nextInt(4);
    String where = " WHERE batch = " + id + " SETTINGS ";
    String sync = wait ? "1" : "0";
    String sql =
        switch (kind) {
          case 0, 1 ->
              "ALTER TABLE "
                  + name
                  + " UPDATE v = v + 1000000"
                  + where
                  + "mutations_sync = "
                  + sync;
          case 2 -> "ALTER TABLE " + name + " DELETE" + where + "mutations_sync = " + sync;
          default -> "DELETE FROM " + name + where + "lightweight_deletes_sync = " + sync;
        };
    State becomes = kind < 2 ? State.UPDATED : State.ABSENT;
    synchronized (this) {
      batch.now = EnumSet.of(State.ORIGINAL, becomes);
      batch.finally_ = EnumSet.of(State.ORIGINAL, becomes);
    }
    HttpResponse<String> r = server.send(sql);
    if (r.statusCode() == 200) {
      synchronized (this) {
        batch.finally_ = EnumSet.of(becomes);
        if (wait) {
          batch.now = EnumSet.of(becomes);
        }
        answeredChanges++;
      }
    }
  }

  /** Changes the column that the batches do not depend on, and one that they do by its name. */
  void changeColumns(ServerProcess server, Random random) throws IOException, InterruptedException {
    String sync = " SETTINGS alter_sync = " + random.nextInt(2);
    String change =
        switch (random.nextInt(7)) {
          case 0 -> "ADD COLUMN IF NOT EXISTS x UInt8 DEFAULT 5 FIRST";
          case 1 -> "DROP COLUMN IF EXISTS x";
          case 2 -> "MODIFY COLUMN v Int128";
          case 3 -> "MODIFY COLUMN v Int64";
          case 4 -> "MODIFY COLUMN v UInt64";
          case 5 -> "RENAME COLUMN IF EXISTS s TO t";
          default -> "RENAME COLUMN IF EXISTS t TO s";
        };
    server.send("ALTER TABLE " + name + " " + change + sync);
    Thread.sleep(random.nextInt(100));
  }

  void check(ServerProcess server, String when) throws IOException, InterruptedException {
    Map<Integer, State> found = states(server, when);
    batches.forEach((id, batch) -> {
      State state = found.getOrDefault(id, State.ABSENT);
      assertThat(batch.now).as("table %s, batch %d %s", name, id, when).contains(state);
      settle(batch, state);
    });
    assertThat(batches.keySet()).as("batches of %s %s", name, when).containsAll(found.keySet());
  }

  /** What was seen narrows what can be. */
  private static void settle(Batch batch, State seen) {
    boolean mutationMayCome = batch.changed && seen == State.ORIGINAL;
    if (!mutationMayCome) {
      batch.now = EnumSet.of(seen);
      batch.finally_ = EnumSet.of(seen);
    }
  }

  private Map<Integer, State> states(ServerProcess server, String when)
      throws IOException, InterruptedException {
    Map<Integer, State> found = new TreeMap<>();
    String whole = ROWS + "\t" + (ROWS * (ROWS - 1) / 2) + "\t" + ROWS + "\t" + ROWS + "\t";
    String text =
        server.query(
            "SELECT name FROM system.columns WHERE name IN ('s', 't') AND table = '" + name + "'");
    String rows =
        server.query(
            "SELECT batch, count(), sum(n), uniqExact(n), countIf(toString(n * 7) = "
                + text.strip()
                + "), countIf(v = n * 7), countIf(v = n * 7 + 1000000) FROM "
                + name
                + " GROUP BY batch");
    for (String line : rows.lines().toList()) {
      String[] f = line.split("\t", 2);
      State state =
          f[1].equals(whole + ROWS + "\t0")
              ? State.ORIGINAL
              : f[1].equals(whole + "0\t" + ROWS) ? State.UPDATED : null;
      assertThat(state).as("table %s, batch %s %s: %s", name, f[0], when, f[1]).isNotNull();
      found.put(Integer.parseInt(f[0]), state);
    }
    return found;
  }

  /** Waits for what is still to be done; nothing may be left over, broken or set aside. */
  void finish(ServerProcess server, String when) throws IOException, InterruptedException {
    check(server, when);
    long end = System.nanoTime() + 120_000_000_000L;
    String waiting =
        "SELECT count() FROM system.mutations WHERE NOT is_done AND table = '" + name + "'";
    while (!server.query(waiting).equals("0\n") && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    assertThat(
            server.query(
                "SELECT mutation_id, command, latest_fail_reason FROM system.mutations WHERE NOT"
                    + " is_done AND table = '"
                    + name
                    + "'"))
        .as("unfinished mutations of %s %s", name, when)
        .isEmpty();
    Map<Integer, State> found = states(server, when);
    batches.forEach((id, batch) ->
        assertThat(batch.finally_)
            .as("table %s, batch %d when all is done, %s", name, id, when)
            .contains(found.getOrDefault(id, State.ABSENT)));
    server.query("OPTIMIZE TABLE " + name + " FINAL");
    assertThat(states(server, when)).isEqualTo(found);
    assertThat(server.query("SELECT name, reason FROM system.detached_parts")).isEmpty();
    assertThat(
            server.query("CHECK TABLE " + name + " SETTINGS check_query_single_value_result = 1"))
        .isEqualTo("1\n");
    assertThat(Collections.max(batches.keySet())).isPositive();
  }
}
