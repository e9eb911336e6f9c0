-- A materialized view's columns are those of its query; an INSERT into the view goes to the target by name.
CREATE TABLE src (a Int8) ENGINE = Memory;
CREATE TABLE tgt (k Int8 DEFAULT 7, b Int8, a Int8) ENGINE = Memory;
CREATE TABLE tgt2 (a Int8, b Int8) ENGINE = Memory;
CREATE MATERIALIZED VIEW mv TO tgt AS SELECT a, a AS b FROM src;
CREATE MATERIALIZED VIEW mv2 TO tgt2 AS SELECT a, b FROM tgt;
INSERT INTO mv VALUES (1, 5);
INSERT INTO src VALUES (2);
SELECT * FROM tgt ORDER BY a;
SELECT * FROM tgt2 ORDER BY a;
DESCRIBE TABLE mv;
-- NULL for a column that has none is its default.
CREATE TABLE d (a Int8 DEFAULT 5, b Int8) ENGINE = Memory;
INSERT INTO d SELECT NULL, NULL;
INSERT INTO d SELECT if(number = 0, NULL, number), number FROM numbers(2);
SELECT * FROM d ORDER BY ALL;
