-- GROUP BY and ORDER BY that put aside on disk what is too much for their share of memory.
SET max_bytes_before_external_group_by = 200000, max_bytes_before_external_sort = 100000;
SELECT count(), sum(k), sum(c), sum(length(s)), max(u) FROM (SELECT number % 30000 AS k, count() AS c, anyLast(toString(number % 30000)) AS s, uniq(number) AS u FROM numbers(100000) GROUP BY k);
SELECT count(), sum(cityHash64(k)), sum(c) FROM (SELECT toString(number % 40000) AS k, count() AS c FROM numbers_mt(100000) GROUP BY k);
SELECT count(), sum(cityHash64(k, j)), sum(c), sum(length(g)) FROM (SELECT toString(number % 5000) AS k, number % 7 AS j, count() AS c, groupArray(number) AS g FROM numbers_mt(100000) GROUP BY k, j);
SELECT number % 30000 AS k, sum(number) AS c FROM numbers_mt(100000) GROUP BY k WITH TOTALS HAVING c > 200000 ORDER BY c DESC, k LIMIT 3;
SELECT k, j, count() FROM (SELECT number % 30000 AS k, number % 2 AS j FROM numbers(100000)) GROUP BY ROLLUP(j, k) ORDER BY j, k, count() LIMIT 5;
SELECT groupArray(x) = arraySort(groupArray(x)) FROM (SELECT toString(number * 7919 % 100003) AS x FROM numbers_mt(100000) ORDER BY x);
SELECT x, y FROM (SELECT number % 10 AS x, number AS y, toString(number) AS s FROM numbers_mt(100000) ORDER BY x DESC, y) LIMIT 9999, 3;
SELECT n, s FROM (SELECT if(number % 3 = 0, NULL, number) AS n, toLowCardinality(toString(number % 5)) AS s FROM numbers(100000) ORDER BY n DESC NULLS FIRST, s) LIMIT 33333, 3;
