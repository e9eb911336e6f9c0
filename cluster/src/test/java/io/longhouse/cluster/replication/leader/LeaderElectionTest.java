package io.longhouse.cluster.replication.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.EmbeddedKeeper;
import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.sql.LonghouseException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replicas of several ages, of which the old ones are nodes as they write them. */
@Timeout(60)
class LeaderElectionTest {
  private static final String LEADERS = "/t/leader_election";

  @TempDir Path folder;
  private EmbeddedKeeper server;
  private Keeper keeper;
  private final Semaphore changes = new Semaphore(0);

  @BeforeEach
  void open() {
    server = EmbeddedKeeper.start(folder, 0);
    keeper = Keeper.open(server.client());
    keeper.createAll("/t/replicas");
    keeper.createAll(LEADERS);
  }

  @AfterEach
  void close() {
    keeper.close();
    server.close();
  }

  private void replica(String name, boolean old) {
    keeper.create("/t/replicas/" + name, "");
    if (!old) {
      keeper.create("/t/replicas/" + name + "/metadata_version", "0");
    }
  }

  private LeaderElection join(String replica) {
    return new LeaderElection(
        keeper.session(), "/t", replica, true, new OldReplicas("/t"), changes::release);
  }

  private String oldNode(String data) {
    return keeper.create(LEADERS + "/leader_election-", data, CreateMode.EPHEMERAL_SEQUENTIAL);
  }

  private static void await(BooleanSupplier what) throws InterruptedException {
    for (int i = 0; i < 500 && !what.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(what.getAsBoolean()).isTrue();
  }

  @Test
  void amongNewReplicasAllLead() {
    replica("a", false);
    replica("b", false);
    try (var a = join("a");
        var b = join("b")) {
      assertThat(a.isLeader()).isTrue();
      assertThat(b.isLeader()).isTrue();
      assertThat(b.isSingle()).isFalse();
      assertThat(keeper.children(LEADERS)).containsExactly("leader_election-0");
      assertThat(keeper.text(LEADERS + "/leader_election-0"))
          .isEqualTo("all (multiple leaders Ok)");
    }
    assertThat(keeper.children(LEADERS)).as("it stays").containsExactly("leader_election-0");
  }

  @Test
  void anOldReplicaLeadsAloneUntilItGoes() throws InterruptedException {
    replica("old", true);
    replica("a", false);
    replica("b", false);
    String theirs = oldNode("old");
    try (var a = join("a");
        var b = join("b")) {
      assertThat(a.isLeader()).isFalse();
      assertThat(b.isLeader()).isFalse();
      assertThat(a.isSingle()).isTrue();
      assertThat(a.leader()).isEqualTo("old");
      keeper.remove(theirs);
      await(a::isLeader);
      assertThat(b.isLeader()).isFalse();
      assertThat(b.leader()).as("by its bare name, which old replicas look for").isEqualTo("a");
      assertThat(changes.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
      String again = oldNode("old");
      a.close();
      await(b::isLeader);
      assertThat(keeper.exists(again)).isNotNull();
    }
    assertThat(keeper.children(LEADERS)).as("only the old one's node is left").hasSize(1);
  }

  @Test
  void anOldReplicaThatIsAwayIsExpectedBack() {
    replica("old", true);
    replica("a", false);
    try (var a = join("a")) {
      assertThat(a.isLeader()).isTrue();
      assertThat(a.isSingle()).isTrue();
      assertThat(keeper.children(LEADERS)).doesNotContain("leader_election-0");
    }
  }

  @Test
  void replicasOf206MakeAllLead() {
    replica("a", false);
    oldNode("b (multiple leaders Ok)");
    try (var a = join("a")) {
      assertThat(a.isLeader()).isTrue();
      assertThat(a.isSingle()).isFalse();
      assertThat(keeper.children(LEADERS)).contains("leader_election-0");
    }
  }

  @Test
  void anOldReplicaThatComesLaterIsSeen() throws InterruptedException {
    replica("a", false);
    var old = new OldReplicas("/t");
    try (var a = new LeaderElection(keeper.session(), "/t", "a", true, old, changes::release)) {
      assertThat(a.isLeader()).isTrue();
      assertThat(old.any()).isFalse();
      replica("old", true);
      await(old::any);
      assertThat(a.isLeader()).as("what is decided for good stays").isTrue();
      keeper.removeAll("/t/replicas/old");
      await(() -> !old.any());
    }
  }

  @Test
  void whoMayNotLeadDoesNot() {
    replica("a", false);
    try (var a =
        new LeaderElection(
            keeper.session(), "/t", "a", false, new OldReplicas("/t"), changes::release)) {
      assertThat(a.isLeader()).isFalse();
    }
  }

  @Test
  void withoutASessionNobodyLeads() throws InterruptedException {
    replica("old", true);
    replica("a", false);
    try (var a = join("a")) {
      assertThat(a.isLeader()).isTrue();
      keeper.session().expire();
      await(() -> !a.isLeader());
      assertThatThrownBy(a::leader).isInstanceOf(LonghouseException.class);
    }
  }
}
