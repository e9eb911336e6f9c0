-- Parameterized views, FROM (VALUES ...), EXPLAIN AST.
CREATE VIEW pv AS SELECT number, {s:String} AS s FROM numbers(10) WHERE number < {n:UInt64};
SELECT * FROM pv(n = 3, s = 'x') ORDER BY number;
SELECT * FROM pv(n = 2);
SELECT * FROM pv;
SELECT count() FROM pv(n = 1 + 2, s = 'y') AS p WHERE p.number > 0;
SELECT * FROM pv(n = 'abc', s = 'x');
DESCRIBE TABLE pv;
SELECT * FROM pv(n = 2, s = 'x', q = 4);
SELECT * FROM (VALUES (1,2),(3,4));
SELECT * FROM (VALUES (1,'a'),(2,'b')) AS t (id, name);
SELECT toTypeName(c1), toTypeName(c2) FROM (VALUES (1,'a'),(-2,NULL));
EXPLAIN AST SELECT 1;
EXPLAIN AST SELECT a, b + 1 AS c FROM t WHERE a > 1 GROUP BY b ORDER BY c LIMIT 3;
EXPLAIN AST INSERT INTO t VALUES (1);
EXPLAIN AST optimize = 1 SELECT 1;
