-- What belongs to a definition and what follows it through changes of names.
DROP DATABASE IF EXISTS defs_a;
DROP DATABASE IF EXISTS defs_b;
CREATE DATABASE defs_a;
CREATE TABLE defs_a.t (a UInt32, f Nullable(Float64) DEFAULT 1.5, b String DEFAULT concat('x', toString(a)),
    INDEX i b TYPE bloom_filter GRANULARITY 4, CONSTRAINT pos CHECK a < 1000)
    ENGINE = MergeTree ORDER BY (a, b) PARTITION BY a % 3 COMMENT 'kept';
INSERT INTO defs_a.t (a) SELECT number FROM numbers(10);
INSERT INTO defs_a.t (a) VALUES (1000);
ALTER TABLE defs_a.t MODIFY COLUMN f Float32;
ALTER TABLE defs_a.t DROP COLUMN a;
CREATE TABLE defs_a.copy AS defs_a.t;
CREATE TABLE defs_a.other AS defs_a.t ENGINE = Memory;
SHOW CREATE TABLE defs_a.copy;
SHOW CREATE TABLE defs_a.other;
RENAME DATABASE defs_a TO defs_b;
SELECT sum(a), sum(f) FROM defs_b.t;
SELECT count() FROM defs_a.t;
CREATE DATABASE defs_a;
RENAME TABLE defs_b.t TO defs_a.moved;
INSERT INTO defs_b.copy (a) VALUES (7);
EXCHANGE TABLES defs_a.moved AND defs_b.copy;
SELECT (SELECT count() FROM defs_a.moved), (SELECT count() FROM defs_b.copy);
SELECT database, name, total_rows FROM system.tables WHERE database IN ('defs_a', 'defs_b') ORDER BY ALL;
CREATE MATERIALIZED VIEW defs_a.mv ENGINE = MergeTree ORDER BY a AS SELECT a, count() AS c FROM defs_b.copy GROUP BY a;
INSERT INTO defs_b.copy (a) VALUES (1), (1), (2);
SELECT * FROM defs_a.mv ORDER BY a;
SHOW CREATE TABLE defs_a.mv;
DROP TABLE defs_a.mv SYNC;
SELECT name FROM system.tables WHERE database = 'defs_a' ORDER BY name;
CREATE TABLE defs_a.bad (a Int8, a Int8) ENGINE = Memory;
CREATE TABLE defs_a.unsorted (a Int8) ENGINE = MergeTree;
SHOW CREATE TABLE defs_a.unsorted;
RENAME DATABASE defs_a TO defs_b;
DROP DATABASE defs_a;
DROP DATABASE defs_b;
DROP DATABASE defs_b;
