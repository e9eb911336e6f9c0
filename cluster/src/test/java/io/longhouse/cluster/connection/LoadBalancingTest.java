package io.longhouse.cluster.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.cluster.config.Replica;
import io.longhouse.cluster.config.Shard;
import io.longhouse.engine.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadBalancingTest {
  private static Replica replica(String host, int priority) {
    return new Replica(host, 9000, "default", "", false, true, priority, "", false, null);
  }

  private static Shard shard(Replica... replicas) {
    return new Shard(1, 1, true, "", List.of(replicas));
  }

  private static Settings settings(String... given) {
    var s = new Settings();
    for (int i = 0; i < given.length; i += 2) {
      s.set(given[i], given[i + 1]);
    }
    return s;
  }

  private static List<String> hosts(Connections c, Shard shard, Settings s) {
    return c.order(shard, s).stream().map(Replica::host).toList();
  }

  @Test
  void eachAlgorithmHasItsOrder() {
    var three = shard(replica("a", 1), replica("b", 1), replica("c", 1));
    try (var c = new Connections()) {
      assertThat(hosts(c, three, settings("load_balancing", "in_order")))
          .containsExactly("a", "b", "c");
      assertThat(
              hosts(
                      c,
                      three,
                      settings(
                          "load_balancing", "first_or_random", "load_balancing_first_offset", "2"))
                  .getFirst())
          .isEqualTo("c");
      List<String> firsts = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        firsts.add(hosts(c, three, settings("load_balancing", "round_robin")).getFirst());
      }
      assertThat(firsts).containsExactly("a", "b", "c", "a", "b", "c");
      Map<String, Integer> count = new HashMap<>();
      for (int i = 0; i < 6000; i++) {
        count.merge(hosts(c, three, settings()).getFirst(), 1, Integer::sum);
      }
      assertThat(count.values()).allSatisfy(n -> assertThat(n).isBetween(1800, 2200));
    }
  }

  @Test
  void errorsComeBeforePrioritiesAndDecay() {
    Replica near = replica("a", 1);
    Replica far = replica("b", 2);
    try (var c = new Connections()) {
      var s =
          settings(
              "distributed_replica_error_half_life", "1", "distributed_replica_error_cap", "3");
      assertThat(hosts(c, shard(far, near), s)).containsExactly("a", "b");
      for (int i = 0; i < 10; i++) {
        c.failed(near, s);
      }
      assertThat(c.errors(near).errors(1)).isEqualTo(3);
      assertThat(c.errors(near).recoverySec(1)).isBetween(1L, 2L);
      assertThat(hosts(c, shard(near, far), s)).containsExactly("b", "a");
      s.set("distributed_replica_max_ignored_errors", "3");
      assertThat(hosts(c, shard(near, far), s)).containsExactly("a", "b");
      s.set("distributed_replica_max_ignored_errors", "0");
      assertThat(c.errors(near).errors(0)).isZero();
      assertThat(hosts(c, shard(near, far), s)).containsExactly("a", "b");
    }
  }

  @Test
  void namesAreNearByTheirLetters() {
    assertThat(LoadBalancing.difference("shard1-r1", "shard1-r2")).isEqualTo(1);
    assertThat(LoadBalancing.difference("ab", "abcd")).isEqualTo(2);
    assertThat(LoadBalancing.levenshtein("kitten", "sitting")).isEqualTo(3);
    assertThat(LoadBalancing.levenshtein("", "abc")).isEqualTo(3);
  }
}
