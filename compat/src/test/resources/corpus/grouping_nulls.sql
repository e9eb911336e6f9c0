-- group_by_use_nulls and grouping sets.
SELECT number % 2 AS k, sum(number), toTypeName(k) FROM numbers(5) GROUP BY ROLLUP(k) ORDER BY k NULLS LAST SETTINGS group_by_use_nulls = 1;
SELECT number % 2 AS k, number % 3 AS j, count() FROM numbers(6) GROUP BY CUBE(k, j) ORDER BY k, j SETTINGS group_by_use_nulls = 1;
SELECT number % 2 AS k, number % 3 AS j, count(), grouping(k), grouping(j) FROM numbers(6) GROUP BY GROUPING SETS ((k), (j), (k, j)) ORDER BY k, j, 3,4,5 SETTINGS group_by_use_nulls = 1;
SELECT toString(number % 2) AS k, count() FROM numbers(4) GROUP BY k WITH ROLLUP ORDER BY k SETTINGS group_by_use_nulls = 1;
SELECT number % 2 + 1 AS k, k * 10, if(k IS NULL, 'all', toString(k)) FROM numbers(4) GROUP BY k WITH ROLLUP ORDER BY k SETTINGS group_by_use_nulls = 1;
SELECT number % 2 AS k, sum(k) FROM numbers(5) GROUP BY ROLLUP(k) ORDER BY k SETTINGS group_by_use_nulls = 1;
SELECT number % 2 AS k FROM numbers(5) GROUP BY ROLLUP(k) HAVING k IS NULL SETTINGS group_by_use_nulls = 1;
