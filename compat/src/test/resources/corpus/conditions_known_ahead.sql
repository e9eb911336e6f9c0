-- Conditions that are constant: the other arguments may be wrong or fail.
SELECT if(0, intDiv(1, 0), 5), if(1, 5, x), if(NULL, x, 6), if(1, 5, toUInt8('a')), if(1, 5, 'a');
SELECT if(1, 1, (SELECT number FROM numbers(3))), toTypeName(if(1, 5, -400));
SELECT if(1, x, 5);
SELECT if(1, sum(number), sum(sum(number))) FROM numbers(3);
SELECT multiIf(0, intDiv(1, 0), 7), multiIf(1, 5, intDiv(1, 0), 6, 7), multiIf(NULL, xyz, 7);
SELECT multiIf(number = 1, 5, 0, intDiv(1, 0), 7) FROM numbers(2);
SELECT CASE WHEN 0 THEN intDiv(1, 0) WHEN 1 THEN 4 ELSE intDiv(2, 0) END;
SELECT 0 AND throwIf(1), 0 AND intDiv(1, materialize(0));
SELECT 0 AND intDiv(1, 0);
SELECT if(number >= 0, 1, throwIf(1)) FROM numbers(2);
SELECT if(number >= 0, 1, intDiv(1, 0)) FROM numbers(2);
SELECT throwIf(1) WHERE 0;
SELECT throwIf(1);
SELECT multiIf(number = 0, 0, number = 1, intDiv(1, number), intDiv(2, number - 1)) FROM numbers(3);
