package io.longhouse.cluster.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.cluster.TestServer;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code remote()} to the server itself is no way around the row policies of its tables. */
class RemoteToOneselfTest {
  private static final String REMOTE = "remote('127.0.0.1', 'default', 't')";

  private Engine engine;
  private Session owner;
  private Session member;

  @BeforeEach
  void open() {
    engine =
        Engine.open(
            new EngineConfig(null, 2, 0, null, Map.of(), Map.of(), Map.of("tcp_port", "9000")));
    owner = engine.login("default", "", ClientInfo.local());
    run(owner, "CREATE TABLE t (tenant UInt32, s String) ENGINE = MergeTree ORDER BY tenant");
    run(owner, "INSERT INTO t SELECT 1 + number % 3, toString(number) FROM numbers(300)");
    run(owner, "CREATE USER member");
    run(owner, "GRANT SELECT, INSERT, CREATE TABLE ON default.* TO member");
    run(owner, "GRANT READ, WRITE ON REMOTE TO member");
    run(owner, "GRANT CREATE TEMPORARY TABLE ON *.* TO member");
    run(owner, "CREATE ROW POLICY own ON t USING tenant = 1 TO member");
    member = engine.login("member", "", ClientInfo.local());
  }

  @AfterEach
  void close() {
    member.close();
    owner.close();
    engine.close();
  }

  private static List<String> run(Session session, String sql) {
    return TestServer.run(session, sql, Map.of());
  }

  @Test
  void whatIsReadAndCountedAreTheMembersRows() {
    assertThat(run(owner, "SELECT count() FROM " + REMOTE)).containsExactly("300");
    for (String from : List.of(REMOTE, "remote('127.0.0.1', default.t)")) {
      assertThat(run(member, "SELECT count(), uniq(tenant), max(tenant) FROM " + from))
          .containsExactly("100|1|1");
      assertThat(run(member, "SELECT sum(throwIf(tenant != 1)) FROM " + from)).containsExactly("0");
      assertThat(run(member, "SELECT DISTINCT tenant FROM " + from + " WHERE tenant != 1"))
          .isEmpty();
    }
    try (RunningQuery query = member.start(QueryRequest.of("SELECT sum(tenant) FROM " + REMOTE))) {
      while (!query.isFinished()) {
        query.next(1000);
      }
      assertThat(query.progress().readRows()).isEqualTo(100);
    }
  }

  @Test
  void whatIsWrittenIsTheMembersToo() {
    run(member, "CREATE TABLE fn AS " + REMOTE);
    for (String into : List.of("FUNCTION " + REMOTE, "fn")) {
      assertThatThrownBy(() -> run(member, "INSERT INTO " + into + " (tenant, s) VALUES (2, 'f')"))
          .hasMessageContaining("does not satisfy the row policies of default.t");
    }
    run(member, "INSERT INTO FUNCTION " + REMOTE + " (tenant, s) VALUES (1, 'mine')");
    assertThat(run(owner, "SELECT tenant, count() FROM t GROUP BY tenant ORDER BY tenant"))
        .containsExactly("1|101", "2|100", "3|100");
  }
}
