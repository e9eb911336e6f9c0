package io.longhouse.engine.meter;

import static io.longhouse.engine.Statements.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.access.Account;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.session.Session;
import io.longhouse.engine.table.TableId;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user {@code ann} is limited; what is in {@code t} is hers. */
class InsertGateTest {
  private static final Account ANN = Account.ofUser("ann");

  @TempDir Path folder;

  private Engine engine;
  private Session root;
  private Session ann;

  @BeforeEach
  void open() {
    engine = Engine.open(EngineConfig.at(folder));
    ((LocalEngine) engine).meter().tenants(new OneTable());
    root = engine.login("default", "", ClientInfo.local());
    run(root, "CREATE USER ann");
    run(root, "GRANT ALL ON default.* TO ann");
    run(root, "CREATE TABLE t (x UInt64) ENGINE = MergeTree ORDER BY x");
    ann = engine.login("ann", "", ClientInfo.local());
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private void limit(AccountLimits.Limits limits) {
    ((LocalEngine) engine).meter().limits(a -> a.equals(ANN) ? limits : AccountLimits.Limits.NONE);
  }

  @Test
  void manyClientsTogetherKeepTheRate() throws Exception {
    limit(new AccountLimits.Limits(0, 2000, 0, 0));
    var inserted = new AtomicLong();
    var refused = new AtomicLong();
    long startNs = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        threads.submit(() -> {
          try (Session s = engine.login("ann", "", ClientInfo.local())) {
            run(s, "INSERT INTO t SELECT number FROM numbers(100)");
            inserted.addAndGet(100);
          } catch (LonghouseException e) {
            assertThat(e.errorCode()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
            refused.incrementAndGet();
          }
        });
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
    double seconds = (System.nanoTime() - startNs) / 1e9;
    assertThat(refused).hasValue(0);
    assertThat(run(root, "SELECT count() FROM t")).containsExactly("10000");
    // A second's worth at once, then so many a second, and what the last one brought.
    assertThat((double) inserted.get()).isLessThanOrEqualTo(2000 + 2000 * seconds + 100);
    assertThat(seconds).isGreaterThan(3.8);
  }

  @Test
  void whoWouldWaitTooLongIsToldWhenToComeBack() {
    limit(new AccountLimits.Limits(0, 10, 0, 0));
    run(ann, "INSERT INTO t SELECT number FROM numbers(200)");
    assertThatThrownBy(() -> run(ann, "INSERT INTO t VALUES (1)"))
        .isInstanceOfSatisfying(
            LonghouseException.class,
            e -> {
              assertThat(e.errorCode()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
              assertThat(e.retryAfterSec()).isEqualTo(19);
            })
        .hasMessageMatching(
            "Insert rate of `ann` has been exceeded: max_inserted_rows_per_second = 10, inserted"
                + " 1[89][0-9] too many\\. An INSERT may wait 10 seconds\\. Try again in 19"
                + " seconds");
    run(root, "INSERT INTO t VALUES (1)");
    limit(AccountLimits.Limits.NONE);
    run(ann, "INSERT INTO t VALUES (2)");
    assertThat(run(root, "SELECT count() FROM t")).containsExactly("202");
  }

  @Test
  void bytesOfConstantsCountForEachRow() {
    limit(new AccountLimits.Limits(0, 0, 1000, 0));
    run(ann, "INSERT INTO t SELECT toUInt64(7) FROM numbers(50000)");
    assertThatThrownBy(() -> run(ann, "INSERT INTO t VALUES (1)"))
        .hasMessageContaining("max_inserted_bytes_per_second = 1000, inserted 39");
  }

  @Test
  void anInsertSelectWaitsWithoutAThreadAndCanBeKilled() throws Exception {
    limit(new AccountLimits.Limits(0, 0, 8 * 1000, 0));
    Thread waiting =
        Thread.ofVirtual()
            .start(() ->
                assertThatThrownBy(() ->
                        run(
                            ann,
                            "INSERT INTO t SELECT number FROM numbers(100000) SETTINGS"
                                + " max_block_size = 2000"))
                    .hasMessageContaining("cancelled"));
    String kill = "KILL QUERY WHERE user = 'ann' SYNC";
    while (run(root, "SELECT 1 FROM system.processes WHERE user = 'ann' AND written_rows > 2000")
            .isEmpty()
        && waiting.isAlive()) {
      Thread.sleep(5);
    }
    // All threads are free for others.
    assertThat(run(root, "SELECT sum(number) FROM numbers(1000000)"))
        .containsExactly("499999500000");
    long startNs = System.nanoTime();
    run(root, kill);
    waiting.join();
    assertThat(System.nanoTime() - startNs).isLessThan(TimeUnit.SECONDS.toNanos(2));
  }

  @Test
  void storageAndPartsAreLimited() throws Exception {
    run(root, "SYSTEM STOP MERGES t");
    run(ann, "INSERT INTO t SELECT number FROM numbers(100000)");
    limit(new AccountLimits.Limits(100_000, 0, 0, 0));
    assertThatThrownBy(() -> run(ann, "INSERT INTO t VALUES (1)"))
        .hasMessageMatching(
            "Storage of `ann` has been exceeded: max_storage_bytes = 97\\.66 KiB, used [0-9.]+"
                + " KiB\\. Try again when rows have been deleted");
    run(ann, "TRUNCATE TABLE t");
    Thread.sleep(110);
    run(ann, "INSERT INTO t VALUES (1)");
    limit(new AccountLimits.Limits(0, 0, 0, 3));
    run(ann, "INSERT INTO t VALUES (2)");
    run(ann, "INSERT INTO t VALUES (3)");
    Thread.sleep(110);
    assertThatThrownBy(() -> run(ann, "INSERT INTO t VALUES (4)"))
        .isInstanceOfSatisfying(
            LonghouseException.class,
            e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.TOO_MANY_PARTS))
        .hasMessageContaining("max_parts = 3, there are 3");
    run(root, "SYSTEM START MERGES t");
    run(root, "OPTIMIZE TABLE t FINAL");
    Thread.sleep(110);
    run(ann, "INSERT INTO t VALUES (4)");
  }

  private static final class OneTable implements TenantKeys {
    @Override
    public @Nullable Owner ownerOf(TableId table) {
      return table.name().equals("t") ? new Owner.Whole(ANN) : null;
    }

    @Override
    public Account accountOf(String space, String key) {
      return new Account(space, key);
    }

    @Override
    public @Nullable String keyOf(Account account) {
      return null;
    }

    @Override
    public List<TableId> tablesOf(Account account) {
      return account.equals(ANN) ? List.of(TableId.of("default", "t")) : List.of();
    }
  }
}
