package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.embedded.Longhouse;
import io.longhouse.embedded.LonghouseExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs that others wrote, against our ports. Those that are not installed are skipped. */
class RealClientsTest {
  @RegisterExtension
  static final LonghouseExtension EXTENSION =
      new LonghouseExtension(Longhouse.builder().ports().timeZone(ZoneId.of("UTC")));

  private static Program.Outcome client18(Longhouse db, String input, String query)
      throws Exception {
    return Program.run(
        input, "clickhouse-client", "--port", Integer.toString(db.tcpPort()), "--query", query);
  }

  @Test
  void clickhouseClient18(Longhouse db) throws Exception {
    Program.assumeRuns("clickhouse-client", "--version");
    assertThat(
            client18(db, "", "SELECT number, toString(number) FROM system.numbers LIMIT 2").out())
        .isEqualTo("0\t0\n1\t1\n");
    db.execute(
        "CREATE TABLE t (a UInt64, b Nullable(String), c Array(Float64), d LowCardinality(String),"
            + " e DateTime, f Enum8('x' = 1, 'y' = 2), g Decimal(9, 2)) ENGINE = Memory");
    String rows =
        "1\tone\t[1,2.5]\tl\t2020-01-02 03:04:05\ty\t1.25\n"
            + "2\t\\N\t[]\tm\t2001-01-01 00:00:00\tx\t-1\n";
    assertThat(client18(db, rows, "INSERT INTO t FORMAT TabSeparated").err()).isEmpty();
    Program.Outcome read = client18(db, "", "SELECT * FROM t ORDER BY a");
    assertThat(read.out()).isEqualTo(rows.replace("-1\n", "-1.00\n"));
    Program.Outcome wrong = client18(db, "", "SELECT * FROM nowhere");
    assertThat(wrong.status()).isEqualTo(60);
    assertThat(wrong.err()).contains("Code: 60. DB::Exception: Received from localhost:");
    assertThat(
            client18(db, "", "SELECT a % 2 AS k, count() FROM t GROUP BY k WITH TOTALS ORDER BY k")
                .out())
        .isEqualTo("0\t1\n1\t1\n\n0\t2\n");
  }

  @Test
  void clickhouseClient18ComputesDefaultsAndShowsTheServersLog(Longhouse db) throws Exception {
    Program.assumeRuns("clickhouse-client", "--version");
    db.execute(
        "CREATE TABLE defaults18 (a UInt8, b UInt16 DEFAULT a * 2, c String DEFAULT concat('x',"
            + " toString(b)), d String MATERIALIZED 'q') ENGINE = MergeTree ORDER BY a");
    String rows = "{\"a\":1}\n{\"a\":2,\"c\":\"z\"}\n";
    assertThat(client18(db, rows, "INSERT INTO defaults18 FORMAT JSONEachRow").err()).isEmpty();
    assertThat(client18(db, "", "SELECT *, d FROM defaults18 ORDER BY a").out())
        .isEqualTo("1\t2\tx2\tq\n2\t4\tz\tq\n");
    Program.Outcome o =
        Program.run(
            "",
            "clickhouse-client",
            "--port",
            Integer.toString(db.tcpPort()),
            "--send_logs_level=trace",
            "--query",
            "SELECT count() FROM defaults18 WHERE a > 1");
    assertThat(o.out()).isEqualTo("1\n");
    assertThat(o.err())
        .contains("<Debug> executeQuery: (from ")
        .contains("defaults18 (SelectExecutor): Parts: 1/1, Granules: 1/1, rows: 2")
        .contains("<Debug> executeQuery: Read 2 rows");
  }

  @Test
  void pythonDriver(Longhouse db) throws Exception {
    String program =
        """
        import sys
        from clickhouse_driver import Client
        c = Client('127.0.0.1', port=int(sys.argv[1]), compression=False)
        c.execute('CREATE TABLE p (a Int32, b String, c Array(UInt8)) ENGINE = Memory')
        print(c.execute('INSERT INTO p VALUES', [(1, 'x', [1, 2]), (-2, 'y', [])]))
        print(c.execute('SELECT a, b, c FROM p ORDER BY a'))
        print(c.execute('SELECT sum(x) FROM ext', external_tables=[
            {'name': 'ext', 'structure': [('x', 'Int32')], 'data': [{'x': 1}, {'x': 2}]}]))
        print(c.execute('SELECT %(v)s', {'v': "it's"}, settings={'max_threads': 1}))
        try:
            c.execute('SELECT * FROM nowhere')
        except Exception as e:
            print(e.code)
        print(c.execute('SELECT count() FROM numbers(100000)'))
        """;
    Program.Outcome o = Program.python(program, Integer.toString(db.tcpPort()));
    assertThat(o.err()).isEmpty();
    assertThat(o.out())
        .isEqualTo(
            "2\n[(-2, 'y', []), (1, 'x', [1, 2])]\n[(3,)]\n[(\"it's\",)]\n60\n[(100000,)]\n");
  }

  @Test
  void jdbcDriver(Longhouse db) throws Exception {
    Properties who = new Properties();
    who.put("user", "default");
    who.put("password", "");
    try (Connection c = DriverManager.getConnection(db.jdbcUrl() + "/default", who);
        Statement s = c.createStatement()) {
      s.execute("CREATE TABLE j (a UInt32, b Nullable(String), d Date) ENGINE = Memory");
      try (PreparedStatement insert = c.prepareStatement("INSERT INTO j VALUES (?, ?, ?)")) {
        for (int i = 0; i < 3; i++) {
          insert.setInt(1, i);
          insert.setString(2, i == 1 ? null : "it's " + i);
          insert.setDate(3, java.sql.Date.valueOf("2024-01-0" + (i + 1)));
          insert.addBatch();
        }
        assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
      }
      var rows = new StringBuilder();
      try (ResultSet r = s.executeQuery("SELECT a, b, d FROM j ORDER BY a")) {
        while (r.next()) {
          rows.append(r.getInt(1)).append(r.getString(2)).append(r.getDate(3)).append('\n');
        }
      }
      assertThat(rows.toString())
          .isEqualTo("0it's 02024-01-01\n1null2024-01-02\n2it's 22024-01-03\n");
      assertThatThrownBy(() -> s.executeQuery("SELECT * FROM nowhere"))
          .isInstanceOf(SQLException.class)
          .extracting(e -> ((SQLException) e).getErrorCode())
          .isEqualTo(60);
    }
  }

  @Test
  void nodeClient(Longhouse db) throws Exception {
    String program =
        """
        const {createClient} = require('@clickhouse/client');
        (async () => {
          const c = createClient({url: 'http://127.0.0.1:' + process.argv[2], compression: {request: true, response: true}});
          console.log((await c.ping()).success);
          await c.command({query: 'CREATE TABLE n (a UInt32, s String) ENGINE = Memory'});
          await c.insert({table: 'n', values: [{a: 1, s: 'x'}, {a: 2, s: 'y'}], format: 'JSONEachRow'});
          const r = await c.query({query: 'SELECT * FROM n WHERE a > {x:UInt8} ORDER BY a', query_params: {x: 1}, format: 'JSONEachRow'});
          console.log(JSON.stringify(await r.json()));
          try { await c.query({query: 'SELECT * FROM nowhere'}); } catch (e) { console.log(e.code, e.type); }
          await c.close();
        })();
        """;
    Program.Outcome o = Program.node(program, Integer.toString(db.httpPort()));
    assertThat(o.out()).as(o.err()).isEqualTo("true\n[{\"a\":2,\"s\":\"y\"}]\n60 UNKNOWN_TABLE\n");
  }

  @Test
  void clickHouse26AsAnInitiator(Longhouse db) throws Exception {
    Program.assumeRuns("node", "../compat/peers/chdb.mjs", "SELECT 1");
    db.execute(
        "CREATE TABLE r (a UInt64, d DateTime('UTC'), s LowCardinality(Nullable(String)), m"
            + " Map(String, UInt8), x Array(Tuple(n UInt8, t String))) ENGINE = Memory");
    db.execute("INSERT INTO r VALUES (2, '2020-01-01 00:00:01', NULL, {'k': 1}, [(1, 'z')])");
    String remote = "remote('127.0.0.1:" + db.tcpPort() + "', default.r)";
    Program.Outcome o =
        Program.run(
            "",
            "node",
            "../compat/peers/chdb.mjs",
            "SELECT * FROM " + remote,
            "INSERT INTO FUNCTION "
                + remote
                + " SELECT number + 10, toDateTime(number, 'UTC'), if(number % 2 = 0, 'r', NULL),"
                + " map('q', number), [(number, 'w')] FROM numbers(3)",
            "SELECT a, d, s, m, x FROM " + remote + " WHERE a >= 10 ORDER BY a LIMIT 2",
            "SELECT a % 2 AS k, count(), sum(a) FROM " + remote + " GROUP BY k ORDER BY k");
    assertThat(o.out())
        .as(o.err())
        .isEqualTo(
            "2\t2020-01-01 00:00:01\t\\N\t{'k':1}\t[(1,'z')]\n"
                + "10\t1970-01-01 00:00:00\tr\t{'q':0}\t[(0,'w')]\n"
                + "11\t1970-01-01 00:00:01\t\\N\t{'q':1}\t[(1,'w')]\n"
                + "0\t3\t24\n1\t1\t11\n");
  }
}
