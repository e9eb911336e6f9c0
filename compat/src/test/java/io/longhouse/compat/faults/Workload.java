package io.longhouse.compat.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writers and readers that go on through all faults.
 *
 * <p>{@code t} is written and read by itself and through the Distributed table {@code t_all};
 * {@code q}, where there are replicas, is written with a quorum and read sequentially consistent. A
 * batch that was not acknowledged is often sent again, to the same or to another replica, and then
 * must not be there twice.
 */
final class Workload implements AutoCloseable {
  private static final Map<String, String> QUORUM =
      Map.of("insert_quorum", "2", "insert_quorum_parallel", "0");
  private static final Map<String, String> SEQUENTIAL =
      Map.of("select_sequential_consistency", "1");
  private static final Map<String, String> FOREGROUND =
      Map.of("distributed_foreground_insert", "1");
  private static final int PAUSE_MS_MAX = 150;

  private final FaultyCluster cluster;
  private final Sql sql;
  private final Findings findings;
  private final Ledger plain;
  private final @Nullable Ledger quorum;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();

  Workload(
      FaultyCluster cluster, Sql sql, Findings findings, Ledger plain, @Nullable Ledger quorum) {
    this.cluster = cluster;
    this.sql = sql;
    this.findings = findings;
    this.plain = plain;
    this.quorum = quorum;
  }

  private interface Turn {
    void once(Random random, long number) throws InterruptedException;
  }

  /** Starts all of them. */
  void start(long seed) {
    var random = new Random(seed);
    List<Turn> turns =
        new ArrayList<>(
            List.of(
                this::writeToReplica,
                this::writeToReplica,
                this::writeForeground,
                this::readReplica,
                this::readReplica,
                this::readAll));
    if (quorum != null) {
      turns.addAll(List.of(this::writeBackground, this::writeQuorum, this::readQuorum));
    }
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      long firstNumber = (i + 1) * 1_000_000L;
      var own = new Random(random.nextLong());
      threads.add(
          Thread.ofVirtual().name("workload-" + i).start(() -> repeat(turn, own, firstNumber)));
    }
  }

  private void repeat(Turn turn, Random random, long firstNumber) {
    try {
      for (long n = firstNumber; !stopped.get(); n++) {
        turn.once(random, n);
        Thread.sleep(random.nextInt(PAUSE_MS_MAX));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      findings.wrong("the test itself failed: " + e);
    }
  }

  private void writeToReplica(Random random, long number) throws InterruptedException {
    int shard = random.nextInt(cluster.shards());
    write(plain, plain.attempt(number, 1 + random.nextInt(200), shard), "t", Map.of(), random);
  }

  private void writeQuorum(Random random, long number) throws InterruptedException {
    Ledger quorum = Objects.requireNonNull(this.quorum);
    int shard = random.nextInt(cluster.shards());
    write(quorum, quorum.attempt(number, 1 + random.nextInt(200), shard), "q", QUORUM, random);
  }

  private void writeForeground(Random random, long number) throws InterruptedException {
    write(plain, plain.attempt(number, 1 + random.nextInt(400), -1), "t_all", FOREGROUND, random);
  }

  private void writeBackground(Random random, long number) throws InterruptedException {
    write(plain, plain.attempt(number, 1 + random.nextInt(400), -1), "t_all", Map.of(), random);
  }

  private void write(
      Ledger ledger, Ledger.Batch batch, String table, Map<String, String> settings, Random random)
      throws InterruptedException {
    String statement = "INSERT INTO " + table + " VALUES " + batch.values();
    int attempts = quorum == null || random.nextInt(4) == 0 ? 1 : 8;
    for (int i = 0; i < attempts && !stopped.get(); i++) {
      Server to = any(batch.shard(), random);
      if (!to.node().isUp()) {
        Thread.sleep(50);
        continue;
      }
      try {
        sql.run(to, statement, settings);
        batch.acknowledge(i == 0 && batch.shard() >= 0 ? to.name() : null);
        answers.incrementAndGet();
        return;
      } catch (Sql.Refused e) {
        refused(to, "INSERT INTO " + table, e);
        Thread.sleep(random.nextInt(50, 400));
      }
    }
  }

  private Server any(int shard, Random random) {
    List<Server> of = shard < 0 ? cluster.servers() : cluster.of(shard);
    return of.get(random.nextInt(of.size()));
  }

  private void readReplica(Random random, long number) throws InterruptedException {
    Server at = any(-1, random);
    Ledger.Required required = plain.readableAt(at.name());
    read(at, plain, "t", at.shard(), required, Map.of());
  }

  private void readQuorum(Random random, long number) throws InterruptedException {
    Ledger quorum = Objects.requireNonNull(this.quorum);
    Server at = any(-1, random);
    Ledger.Required required = quorum.acknowledged();
    read(at, quorum, "q", at.shard(), required, SEQUENTIAL);
  }

  private void readAll(Random random, long number) throws InterruptedException {
    Server at = any(-1, random);
    if (random.nextBoolean()) {
      read(at, plain, "t_all", -1, new Ledger.Required(Map.of()), Map.of());
      return;
    }
    countAll(at);
  }

  private void countAll(Server at) throws InterruptedException {
    if (!at.node().isUp()) {
      return;
    }
    try {
      long count = Long.parseLong(sql.run(at, "SELECT count() FROM t_all").strip());
      long sent = plain.attemptedRows();
      if (count > sent) {
        findings.wrong(at.name() + " counts " + count + " rows where " + sent + " were sent");
      }
      answers.incrementAndGet();
    } catch (Sql.Refused e) {
      refused(at, "SELECT count() FROM t_all", e);
    }
  }

  private void read(
      Server at,
      Ledger ledger,
      String from,
      int shard,
      Ledger.Required required,
      Map<String, String> settings)
      throws InterruptedException {
    if (!at.node().isUp()) {
      return;
    }
    String query = ledger.auditQuery(from);
    try {
      String answer = sql.run(at, query, settings);
      for (String wrong : ledger.audit(answer, shard, required)) {
        findings.wrong(at.name() + " read from " + from + ": " + wrong);
      }
      answers.incrementAndGet();
    } catch (Sql.Refused e) {
      refused(at, query, e);
    }
  }

  private void refused(Server at, String what, Sql.Refused e) {
    refusals.incrementAndGet();
    findings.event(
        at.name() + " refused " + Sql.cut(what) + ": " + Sql.cut(String.valueOf(e.getMessage())));
  }

  int answers() {
    return answers.get();
  }

  int refusals() {
    return refusals.get();
  }

  /** Lets everybody end the statement that is under way. */
  @Override
  public void close() throws InterruptedException {
    stopped.set(true);
    for (Thread t : threads) {
      if (!t.join(Sql.DEADLINE.plus(Duration.ofSeconds(30)))) {
        findings.wrong(t.getName() + " does not end");
        t.interrupt();
      }
    }
  }
}
