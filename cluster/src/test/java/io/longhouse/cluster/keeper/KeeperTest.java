package io.longhouse.cluster.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.cluster.keeper.KeeperError.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One client, one server, and what can come between them. */
@Timeout(60)
class KeeperTest {
  @TempDir Path folder;
  private EmbeddedKeeper server;
  private Keeper keeper;
  private int port;

  @BeforeEach
  void open() {
    server = EmbeddedKeeper.start(folder, 0);
    port = server.port();
    keeper = Keeper.open(server.client().withTimeouts(2000, 3000));
  }

  @AfterEach
  void close() {
    keeper.close();
    server.close();
  }

  @Test
  void nodesAreMadeReadChangedAndRemoved() {
    keeper.createAll("/a/b");
    assertThat(keeper.create("/a/b/n-", "x", CreateMode.PERSISTENT_SEQUENTIAL))
        .isEqualTo("/a/b/n-0000000000");
    assertThat(keeper.create("/a/b/n-", "y", CreateMode.PERSISTENT_SEQUENTIAL))
        .isEqualTo("/a/b/n-0000000001");
    assertThat(keeper.children("/a/b")).containsExactlyInAnyOrder("n-0000000000", "n-0000000001");
    assertThat(keeper.set("/a/b/n-0000000001", "größer", 0)).isEqualTo(1);
    KeeperNode node = keeper.get("/a/b/n-0000000001");
    assertThat(node.text()).isEqualTo("größer");
    assertThat(node.stat().dataLength()).isEqualTo(8);
    assertThat(
            keeper.getAll(List.of("/a/b/n-0000000000", "/a/none", "/a")).stream()
                .map(n -> n == null ? "-" : n.text())
                .toList())
        .containsExactly("x", "-", "");
    assertThat(keeper.tryChildren("/none", null)).isNull();
    assertThat(keeper.createIfMissing("/a/b", "")).isFalse();
    keeper.removeAll("/a");
    assertThat(keeper.exists("/a")).isNull();
  }

  @Test
  void refusalsAreTyped() {
    keeper.create("/a", "");
    assertReason(() -> keeper.create("/a", ""), Reason.NODE_EXISTS);
    assertReason(() -> keeper.create("/b/c", ""), Reason.NO_NODE);
    assertReason(() -> keeper.get("/b"), Reason.NO_NODE);
    assertReason(() -> keeper.set("/a", "", 7), Reason.BAD_VERSION);
    keeper.create("/a/b", "");
    assertReason(() -> keeper.remove("/a"), Reason.NOT_EMPTY);
    keeper.create("/e", "", CreateMode.EPHEMERAL);
    assertReason(() -> keeper.create("/e/f", ""), Reason.NO_CHILDREN_FOR_EPHEMERALS);
    assertReason(() -> keeper.create("no slash", ""), Reason.BAD_ARGUMENTS);
    assertThatThrownBy(() -> keeper.get("/b")).hasMessageContaining("No node, path /b");
  }

  @Test
  void changesAreMadeTogetherOrNotAtAll() {
    keeper.create("/a", "");
    MultiResult refused =
        keeper.multi(
            List.of(Op.create("/x", "1"), Op.check("/a", 0), Op.create("/a", ""), Op.remove("/q")));
    assertThat(refused.failed(2, Reason.NODE_EXISTS)).isTrue();
    assertThat(keeper.exists("/x")).isNull();
    assertReason(refused::orThrow, Reason.NODE_EXISTS);
    MultiResult done =
        keeper.multi(
            List.of(
                Op.create("/x-", "1", CreateMode.PERSISTENT_SEQUENTIAL),
                Op.set("/a", "2", 0),
                Op.create("/y", "")));
    assertThat(done.orThrow().created(0)).isEqualTo("/x-0000000001");
    assertThat(keeper.text("/a")).isEqualTo("2");
  }

  @Test
  void watchesAreToldOnceAndMayAskThemselves() throws Exception {
    keeper.create("/a", "");
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    keeper.children("/a", () -> told.add("children " + keeper.children("/a")));
    keeper.exists("/b", () -> told.add("made " + keeper.text("/b")));
    keeper.tryGet("/none", () -> told.add("never"));
    keeper.create("/a/x", "");
    assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("children [x]");
    keeper.create("/a/y", "");
    keeper.create("/b", "hello");
    assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("made hello");
    keeper.create("/none", "");
    assertThat(told.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void anExpiredSessionIsFollowedByANewOneAndEverybodyHears() throws Exception {
    BlockingQueue<KeeperSession> sessions = new LinkedBlockingQueue<>();
    keeper.onNewSession(sessions::add);
    KeeperSession first = sessions.poll(5, TimeUnit.SECONDS);
    assertThat(first).isNotNull();
    first.create("/e", "", CreateMode.EPHEMERAL);
    var ended = new CountDownLatch(2);
    first.onEnd(ended::countDown);
    first.exists("/w", ended::countDown);
    server.expire(first.id());
    KeeperSession second = sessions.poll(5, TimeUnit.SECONDS);
    assertThat(second).isNotNull();
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exists("/e")).isNull();
    assertReason(() -> first.exists("/e"), Reason.SESSION_EXPIRED);
    keeper.create("/after", "");
  }

  @Test
  void aServerThatIsBackInTimeKeepsTheSession() throws Exception {
    keeper.create("/e", "", CreateMode.EPHEMERAL);
    long id = keeper.session().id();
    server.stop();
    Thread restart =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Thread.sleep(300);
                startOnSamePort();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(keeper.exists("/e")).isNotNull();
    restart.join();
    assertThat(keeper.session().id()).isEqualTo(id);
  }

  private void startOnSamePort() {
    server.close();
    server = EmbeddedKeeper.start(folder, port);
  }

  @Test
  void withoutAServerCallsEndByTheirDeadlineAndNameIt() throws Exception {
    BlockingQueue<Long> sessions = new LinkedBlockingQueue<>();
    keeper.onNewSession(s -> sessions.add(s.id()));
    assertThat(sessions.poll(5, TimeUnit.SECONDS)).isNotNull();
    keeper.create("/kept", "");
    server.stop();
    long start = System.nanoTime();
    List<Reason> reasons = new ArrayList<>();
    while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(6)) {
      long asked = System.nanoTime();
      assertThatThrownBy(() -> keeper.create("/never", ""))
          .isInstanceOfSatisfying(KeeperError.class, e -> reasons.add(e.reason()))
          .hasMessageContaining(":" + port);
      assertThat(System.nanoTime() - asked).isLessThan(TimeUnit.MILLISECONDS.toNanos(3500));
      Thread.sleep(100);
    }
    assertThat(reasons).contains(Reason.CONNECTION_LOSS).allMatch(Reason::isConnection);
    startOnSamePort();
    assertThat(sessions.poll(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(keeper.exists("/kept")).isNotNull();
  }

  @Test
  void aServerThatNoLongerAnswersIsLeftByTheDeadline() throws Exception {
    try (var proxy = new PausingProxy(port);
        var through =
            Keeper.open(KeeperConfig.of("127.0.0.1", proxy.port()).withTimeouts(2000, 1000))) {
      through.create("/p", "", CreateMode.EPHEMERAL);
      KeeperSession before = through.session();
      proxy.pause();
      long asked = System.nanoTime();
      assertReason(() -> before.create("/q", ""), Reason.TIMEOUT);
      assertThat(System.nanoTime() - asked).isLessThan(TimeUnit.MILLISECONDS.toNanos(2000));
      var ended = new CountDownLatch(1);
      before.onEnd(ended::countDown);
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
      proxy.resume();
      var again = new LinkedBlockingQueue<KeeperSession>();
      through.onNewSession(again::add);
      assertThat(again.poll(10, TimeUnit.SECONDS)).isNotNull().isNotSameAs(before);
      assertThat(through.exists("/p")).isNull();
    }
  }

  @Test
  void pathsLieBelowTheRootAndBelongToWhoMadeThem() {
    KeeperConfig plain = server.client();
    var own =
        new KeeperConfig(
            plain.hosts(), 5000, 5000, 1000, "/deep/root", "tom:secret", KeeperTls.NONE);
    try (var tom = Keeper.open(own)) {
      assertThat(tom.create("/a-", "", CreateMode.PERSISTENT_SEQUENTIAL))
          .isEqualTo("/a-0000000000");
      assertThat(tom.multi(List.of(Op.create("/b", ""))).created(0)).isEqualTo("/b");
      assertThat(tom.children("/")).containsExactlyInAnyOrder("a-0000000000", "b");
    }
    assertReason(() -> keeper.get("/deep/root/b"), Reason.NO_AUTH);
    assertReason(() -> keeper.children("/deep/root"), Reason.NO_AUTH);
    assertReason(() -> keeper.set("/deep/root/b", "mine"), Reason.NO_AUTH);
  }

  @Test
  void threeServersAgreeAndOneMayDie(@org.junit.jupiter.api.io.TempDir Path three)
      throws Exception {
    List<Integer> ports = FreePorts.of(9);
    List<KeeperServerConfig.Member> members = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      members.add(
          new KeeperServerConfig.Member(i + 1, "127.0.0.1", ports.get(3 + i), ports.get(6 + i)));
    }
    List<EmbeddedKeeper> servers = new ArrayList<>();
    List<KeeperConfig.Host> hosts = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        hosts.add(new KeeperConfig.Host("127.0.0.1", ports.get(i), false));
        servers.add(
            EmbeddedKeeper.start(
                new KeeperServerConfig(
                    ports.get(i),
                    List.of("127.0.0.1"),
                    i + 1,
                    members,
                    three.resolve("k" + i),
                    200,
                    400,
                    20_000)));
      }
      var config = new KeeperConfig(hosts, 5000, 10_000, 1000, "", "", KeeperTls.NONE);
      try (var client = Keeper.open(config)) {
        client.create("/q", "1");
        servers.get(2).stop();
        client.sync("/q");
        assertThat(client.set("/q", "2".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0))
            .isEqualTo(1);
        servers.get(2).startAgain();
        assertThat(servers.get(2).awaitServing(10_000)).isTrue();
      }
      try (var third = Keeper.open(servers.get(2).client())) {
        third.sync("/q");
        assertThat(third.text("/q")).isEqualTo("2");
      }
    } finally {
      servers.forEach(EmbeddedKeeper::close);
    }
  }

  private static void assertReason(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Reason reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KeeperError.class, e -> assertThat(e.reason()).as(e.message()).isEqualTo(reason));
  }
}
