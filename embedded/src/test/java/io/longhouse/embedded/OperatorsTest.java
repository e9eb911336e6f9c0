package io.longhouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Joins, windows and WITH FILL through SQL, against what ClickHouse 26.7 answered. */
@ExtendWith(LonghouseExtension.class)
class OperatorsTest {
  private record Case(String query, String answer) {}

  private static final List<Case> CASES =
      List.of(
          new Case(
              "SELECT number, sum(number) OVER (ORDER BY number), row_number() OVER (ORDER BY"
                  + " number DESC), count() OVER () FROM numbers(5) ORDER BY number",
              "0\t0\t5\t5\n1\t1\t4\t5\n2\t3\t3\t5\n3\t6\t2\t5\n4\t10\t1\t5\n"),
          new Case(
              "SELECT number % 3 AS p, number, sum(number) OVER (PARTITION BY number % 3 ORDER BY"
                  + " number ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM numbers(8) ORDER"
                  + " BY p, number",
              "0\t0\t0\n0\t3\t3\n0\t6\t9\n1\t1\t1\n1\t4\t5\n1\t7\t11\n2\t2\t2\n2\t5\t7\n"),
          new Case(
              "SELECT number, lagInFrame(number, 1, 99) OVER w, lead(number) OVER (ORDER BY"
                  + " number), ntile(2) OVER (ORDER BY number), rank() OVER w FROM numbers(4)"
                  + " WINDOW w AS (ORDER BY number) ORDER BY number",
              "0\t99\t1\t1\t1\n1\t0\t2\t1\t2\n2\t1\t3\t2\t3\n3\t2\t0\t2\t4\n"),
          new Case(
              "SELECT k, sum(x), sum(sum(x)) OVER (ORDER BY k) FROM (SELECT number % 3 AS k, number"
                  + " AS x FROM numbers(10)) GROUP BY k ORDER BY k",
              "0\t18\t18\n1\t12\t30\n2\t15\t45\n"),
          new Case(
              "SELECT number, first_value(number) OVER (ORDER BY number RANGE BETWEEN 2 PRECEDING"
                  + " AND 1 FOLLOWING), max(number) OVER (ORDER BY number RANGE BETWEEN 2 PRECEDING"
                  + " AND 1 FOLLOWING) FROM numbers(6) ORDER BY number",
              "0\t0\t1\n1\t0\t2\n2\t0\t3\n3\t1\t4\n4\t2\t5\n5\t3\t5\n"),
          new Case(
              "SELECT number FROM numbers(10) QUALIFY row_number() OVER (PARTITION BY number % 2"
                  + " ORDER BY number DESC) = 1 ORDER BY number",
              "8\n9\n"),
          new Case(
              "SELECT number, exponentialTimeDecayedSum(10)(number, number) OVER (ORDER BY number)"
                  + " FROM numbers(4) ORDER BY number",
              "0\t0\n1\t1\n2\t2.9048374180359593\n3\t5.628405589149901\n"),
          new Case(
              "SELECT n, s FROM (SELECT CAST(1 AS UInt8) AS n, CAST('a' AS String) AS s UNION ALL"
                  + " SELECT CAST(4 AS UInt8) AS n, CAST('b' AS String) AS s) ORDER BY n WITH FILL"
                  + " FROM 0 TO 7 INTERPOLATE (s AS concat(s, '!'))",
              "0\t!\n1\ta\n2\ta!\n3\ta!!\n4\tb\n5\tb!\n6\tb!!\n"),
          new Case(
              "SELECT n FROM (SELECT CAST(1 AS UInt8) AS n UNION ALL SELECT CAST(5 AS UInt8) AS n"
                  + " UNION ALL SELECT CAST(9 AS UInt8) AS n) ORDER BY n WITH FILL STALENESS 3",
              "1\n2\n3\n5\n6\n7\n9\n10\n11\n"),
          new Case(
              "SELECT d FROM (SELECT CAST('2020-01-31' AS Date) AS d UNION ALL SELECT"
                  + " CAST('2020-04-02' AS Date) AS d) ORDER BY d WITH FILL STEP INTERVAL 1 MONTH",
              "2020-01-31\n2020-02-29\n2020-03-29\n2020-04-02\n"),
          new Case(
              "SELECT a, b, x, y FROM (SELECT CAST(1 AS UInt8) AS a, CAST('l1' AS String) AS x"
                  + " UNION ALL SELECT CAST(2 AS UInt8) AS a, CAST('l2' AS String) AS x UNION ALL"
                  + " SELECT CAST(2 AS UInt8) AS a, CAST('l3' AS String) AS x) AS l FULL JOIN"
                  + " (SELECT CAST(2 AS UInt8) AS b, CAST('r2' AS String) AS y UNION ALL SELECT"
                  + " CAST(3 AS UInt8) AS b, CAST('r3' AS String) AS y) AS r ON a = b ORDER BY a,"
                  + " b, x, y",
              "0\t3\t\tr3\n1\t0\tl1\t\n2\t2\tl2\tr2\n2\t2\tl3\tr2\n"),
          new Case(
              "SELECT a, b FROM (SELECT CAST(1 AS UInt8) AS a UNION ALL SELECT CAST(2 AS UInt8) AS"
                  + " a UNION ALL SELECT CAST(3 AS UInt8) AS a) AS l LEFT JOIN (SELECT CAST(2 AS"
                  + " UInt8) AS b UNION ALL SELECT CAST(3 AS UInt8) AS b UNION ALL SELECT CAST(4 AS"
                  + " UInt8) AS b) AS r ON a = b AND a + b > 4 ORDER BY a SETTINGS join_use_nulls ="
                  + " 1",
              "1\t\\N\n2\t\\N\n3\t3\n"),
          new Case(
              "SELECT a, b FROM (SELECT CAST(1 AS UInt8) AS a UNION ALL SELECT CAST(2 AS UInt8) AS"
                  + " a UNION ALL SELECT CAST(3 AS UInt8) AS a) AS l ANTI LEFT JOIN (SELECT CAST(2"
                  + " AS UInt8) AS b UNION ALL SELECT CAST(3 AS UInt8) AS b UNION ALL SELECT CAST(4"
                  + " AS UInt8) AS b) AS r ON a = b ORDER BY a",
              "1\t0\n"),
          new Case(
              "SELECT a, t, u, v FROM (SELECT CAST(1 AS UInt8) AS a, CAST(5 AS UInt8) AS t UNION"
                  + " ALL SELECT CAST(1 AS UInt8) AS a, CAST(9 AS UInt8) AS t UNION ALL SELECT"
                  + " CAST(2 AS UInt8) AS a, CAST(3 AS UInt8) AS t) AS l ASOF LEFT JOIN (SELECT"
                  + " CAST(1 AS UInt8) AS b, CAST(4 AS UInt8) AS u, CAST('x' AS String) AS v UNION"
                  + " ALL SELECT CAST(1 AS UInt8) AS b, CAST(5 AS UInt8) AS u, CAST('y' AS String)"
                  + " AS v UNION ALL SELECT CAST(1 AS UInt8) AS b, CAST(8 AS UInt8) AS u, CAST('z'"
                  + " AS String) AS v UNION ALL SELECT CAST(2 AS UInt8) AS b, CAST(4 AS UInt8) AS"
                  + " u, CAST('w' AS String) AS v) AS r ON a = b AND t >= u ORDER BY a, t",
              "1\t5\t5\ty\n1\t9\t8\tz\n2\t3\t0\t\n"),
          new Case(
              "SELECT a, b FROM (SELECT CAST(1 AS Nullable(UInt8)) AS a UNION ALL SELECT CAST(NULL"
                  + " AS Nullable(UInt8)) AS a UNION ALL SELECT CAST(3 AS Nullable(UInt8)) AS a) AS"
                  + " l JOIN (SELECT CAST(1 AS Nullable(UInt8)) AS b UNION ALL SELECT CAST(NULL AS"
                  + " Nullable(UInt8)) AS b UNION ALL SELECT CAST(3 AS Nullable(UInt8)) AS b) AS r"
                  + " ON a = b ORDER BY a",
              "1\t1\n3\t3\n"),
          new Case(
              "SELECT count(), sum(a), sum(b) FROM (SELECT number % 100 AS a FROM numbers(1000)) AS"
                  + " l CROSS JOIN (SELECT number AS b FROM numbers(7)) AS r WHERE a > b",
              "6720\t345940\t19880\n"));

  @Test
  void answersLikeClickHouse(Longhouse db) {
    for (Case c : CASES) {
      assertThat(db.query(c.query).format("TSV")).as(c.query).isEqualTo(c.answer);
    }
  }
}
