CREATE TABLE events
(
    tenant_id UInt32,                 -- Tenant identifier
    id UUID,                    -- Unique event ID
    type LowCardinality(String), -- Type of event
    timestamp DateTime('UTC'),          -- Timestamp of the event
    user_id UInt32,               -- ID of the user who triggered the event
    data String,                 -- Event data
)
ORDER BY (tenant_id, timestamp);
INSERT INTO events (tenant_id, id, type, timestamp, user_id, data)
VALUES
(1, '7b7e0439-99d0-4590-a4f7-1cfea1e192d1', 'user_login', '2025-03-19 08:00:00', 1001, '{"device": "desktop", "location": "LA"}'),
(1, '846aa71f-f631-47b4-8429-ee8af87b4182', 'purchase', '2025-03-19 08:05:00', 1002, '{"item": "phone", "amount": 799}'),
(2, '7162f8ea-8bfd-486a-a45e-edfc3398ca93', 'user_login', '2025-03-19 08:12:00', 2001, '{"device": "mobile", "location": "SF"}');
SELECT * FROM events WHERE tenant_id = 1 ORDER BY timestamp FORMAT PrettyCompact SETTINGS output_format_pretty_color = 0;
SELECT type, count() FROM events GROUP BY type ORDER BY type;
CREATE TABLE d (a UInt8, b UInt16 DEFAULT a * 2, c String MATERIALIZED toString(b), e UInt32 ALIAS a + b) ENGINE = MergeTree ORDER BY a PARTITION BY a % 2;
INSERT INTO d (a) SELECT number FROM numbers(6);
INSERT INTO d (a, b) SELECT 101, 7;
INSERT INTO d VALUES (100, 1 + 1);
SELECT * FROM d ORDER BY a;
SELECT a, b, c, e FROM d WHERE a > 3 ORDER BY a;
SELECT count(), sum(b) FROM d WHERE a BETWEEN 2 AND 100;
CREATE VIEW v AS SELECT a, b FROM d WHERE a < 3;
SELECT * FROM v ORDER BY a;
CREATE TABLE src (k UInt8, n UInt32) ENGINE = Null;
CREATE MATERIALIZED VIEW mv ENGINE = Memory AS SELECT k, sum(n) AS s FROM src GROUP BY k;
INSERT INTO src SELECT number % 2, number FROM numbers(10);
SELECT * FROM mv ORDER BY k;
RENAME TABLE d TO d2;
SELECT count() FROM d2;
SELECT count() FROM d;
TRUNCATE TABLE d2;
SELECT count() FROM d2;
DROP TABLE d2;
DROP TABLE d2;
CREATE TABLE bad (a Foo) ENGINE = Memory;
