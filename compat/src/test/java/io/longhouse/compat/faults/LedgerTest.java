package io.longhouse.compat.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The checker sees each mistake that a cluster can make. */
class LedgerTest {
  private static final Ledger.Required NOTHING = new Ledger.Required(Map.of());

  private final Ledger ledger = new Ledger("t", 2);
  private final Ledger.Batch spread = ledger.attempt(5, 5, -1); // 5000 to 5004
  private final Ledger.Batch odd = ledger.attempt(6, 3, 1); // 6001, 6003, 6005

  @Test
  void rowsGoToTheShardOfTheirId() {
    assertThat(spread.values())
        .startsWith("(5000,'35000'),(5001,'35007'),")
        .endsWith("(5004,'35028')");
    assertThat(odd.values()).isEqualTo("(6001,'42007'),(6003,'42021'),(6005,'42035')");
  }

  @Test
  void allThatWasSentMayBeThereOrNotUntilItIsAcknowledged() {
    String all =
        "5\t0\t3\t3\t5000\t5004\t0\n5\t1\t2\t2\t5001\t5003\t0\n6\t1\t3\t3\t6001\t6005\t0\n";
    assertThat(ledger.audit(all, -1, NOTHING)).isEmpty();
    assertThat(ledger.audit("", -1, NOTHING)).isEmpty();
    spread.acknowledge(null);
    odd.acknowledge("s2r1");
    assertThat(ledger.audit(all, -1, ledger.acknowledged())).isEmpty();
    assertThat(ledger.audit("", -1, ledger.acknowledged())).hasSize(3);
    assertThat(ledger.audit("", 0, ledger.acknowledged()))
        .containsExactly("acknowledged rows are missing: batch 5, shard 0");
    assertThat(ledger.audit("", 1, ledger.readableAt("s2r1")))
        .containsExactly("acknowledged rows are missing: batch 6, shard 1");
    assertThat(ledger.audit("", 1, ledger.readableAt("s2r2"))).isEmpty();
    assertThat(ledger.acknowledgedRows()).isEqualTo(8);
  }

  @Test
  void mistakesAreNamed() {
    Map<String, String> mistakes =
        Map.of(
            "6\t1\t6\t3\t6001\t6005\t0", "more than once",
            "6\t1\t2\t2\t6001\t6003\t0", "in parts",
            "6\t1\t3\t3\t6001\t6007\t0", "other ids",
            "6\t1\t3\t3\t6001\t6005\t1", "damaged",
            "6\t0\t3\t3\t6000\t6004\t0", "wrong shard",
            "7\t0\t3\t3\t7000\t7004\t0", "nobody sent");
    mistakes.forEach((answer, problem) ->
        assertThat(ledger.audit(answer, -1, NOTHING))
            .as(answer)
            .singleElement()
            .asString()
            .contains(problem));
    assertThat(ledger.audit("6\t1\t3\t3\t6001\t6005\t0", 0, NOTHING))
        .singleElement()
        .asString()
        .contains("wrong shard");
  }

  @Test
  void aSeedGivesOneSchedule() {
    List<String> servers = List.of("s1r1", "s1r2", "s2r1", "s2r2");
    Schedule one = Schedule.draw(17, servers, List.of("keeper1"), servers, 60_000);
    assertThat(one).isEqualTo(Schedule.draw(17, servers, List.of("keeper1"), servers, 60_000));
    assertThat(one).isNotEqualTo(Schedule.draw(18, servers, List.of("keeper1"), servers, 60_000));
    assertThat(one.faults()).hasSizeGreaterThan(10);
  }
}
