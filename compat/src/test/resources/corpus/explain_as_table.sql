DROP TABLE IF EXISTS explained;
CREATE TABLE explained (a Int8, b String) ENGINE = MergeTree ORDER BY a;
INSERT INTO explained VALUES (1, 'x'), (2, 'y');
SELECT table, parts, rows, marks FROM (EXPLAIN ESTIMATE SELECT * FROM explained);
SELECT trim(explain) FROM viewExplain('EXPLAIN AST', '', (SELECT 'x')) WHERE explain LIKE '%Literal%';
SELECT count() > 0 FROM (EXPLAIN indexes = 1 SELECT * FROM explained WHERE a = 1) WHERE explain LIKE '%Granules%';
DESCRIBE TABLE (EXPLAIN ESTIMATE SELECT 1);
SELECT * FROM (EXPLAIN SELECT * FROM nowhere_at_all);
DROP TABLE explained;
