select * from {T} order by id limit 20
select * from {T} order by id desc limit 5 offset 7
select id, s from {T} where id in (1,5,4999,77) order by id
select count() from {T}
select count() from {T} where u8 = 3 and lc = 'lc4'
select count(), sum(id), min(dt), max(dt64) from {T} where dt > '2021-03-28 03:00:00' and d between '2020-02-01' and '2020-03-01'
select count() from {T} where dtz > toDateTime('2021-03-14 03:00:00', 'America/New_York')
select count() from {T} where dt64z >= toDateTime64('2020-02-02 03:00:00.5', 6, 'UTC')
select count() from {T} where dec > toDecimal32(50.5, 2) and dec64 < 100.25
select count() from {T} where dec128 = toDecimal128('1.015625', 6)
select count() from {T} where e = 'b'
select count() from {T} where e in ('a','c')
select count() from {T} where ip = toIPv4('10.0.1.1')
select count() from {T} where ip6 in (toIPv6('::1'), toIPv6('::55'))
select count() from {T} where uu = toUUID('00000000-0000-0000-0000-000000000007')
select count() from {T} where i128 > toInt128('1000000007000') and u256 < toUInt256('500000')
select count() from {T} where f64 = -0. or f64 = 1.25
select count() from {T} where f32 > 1.1 and f64 < 3.3e1
select count() from {T} where has(arr, 3)
select count() from {T} where arr = [0,1,2]
select count() from {T} where tup = (1,'t1')
select count() from {T} where tup.1 = 2 and tup.b = 't2'
select count() from {T} where m['k1'] = 4
select count() from {T} where m = map('k1', toUInt32(4))
select count() from {T} where b
select count() from {T} where not b and fs = '12'
select count() from {T} where n is null
select count() from {T} where n is not null and n > 5
select count() from {T} where n in (1,2,null)
select count() from {T} where lcn = 'x3'
select count() from {T} where ns in ('1','2')
select count() from {T} where (u8, lc) in ((1,'lc1'),(2,'lc2'),(3,'lc99'))
select count() from {T} where (u8, lc) in (select k, lk from dim)
select count() from {T} where u8 in (select k from dim)
select count() from {T} where u8 not in (select k from dim)
select count() from {T} where u8 global in (select k from dim)
select count() from {T} where u8 global not in (select k from dim where k > 1)
select count() from {T} where toUInt64(u8) in (select toUInt8(k) from dim)
select count() from {T} where lc in (select lk from dim)
select count() from {T} where n in (select k from dim)
select count() from {T} where n not in (select k from dim)
select count() from {T} where id in (select number * 3 from numbers(1000))
select count() from {T} where id global in (select number * 3 from numbers(1000))
select count() from {T} where id in (select arrayJoin([1,2,3]))
select u8 in (select k from dim) as x, count() from {T} group by x order by x
select lc, count() c from {T} group by lc order by c desc, lc
select lc, lcn, count() c, sum(id) from {T} group by lc, lcn order by lc, lcn
select toStartOfMonth(d) m, count(), avg(f64) from {T} group by m order by m
select toStartOfHour(dt) h, count() from {T} group by h order by h
select toStartOfInterval(dt, interval 15 minute) h, count() from {T} group by h order by h limit 10
select dateDiff('day', d, toDate('2021-01-01')) x, count() from {T} group by x order by x limit 7
select d + interval 1 month as x, count() from {T} group by x order by x limit 7
select d + toIntervalDay(u8) as x, count() from {T} group by x order by x limit 7
select n, count() from {T} group by n order by n nulls first
select n, count() from {T} group by n order by n desc nulls last
select ns, uniqExact(id) from {T} group by ns order by ns
select e, count() from {T} group by e order by e
select uu, count() from {T} group by uu order by uu limit 5
select ip, count() from {T} group by ip order by ip limit 5
select ip6, count() from {T} group by ip6 order by ip6 limit 5
select arr, count() from {T} group by arr order by arr
select tup, count() from {T} group by tup order by tup
select m, count() from {T} group by m order by toString(m) limit 5
select b, count() from {T} group by b order by b
select fs, count() from {T} group by fs order by fs limit 4
select dec, count() from {T} group by dec order by dec limit 4
select dt64, count() from {T} group by dt64 order by dt64 limit 4
select dtz, toTypeName(dtz) from {T} order by id limit 3
select toTypeName(*) from {T} limit 1
select 'const' as k, count() from {T} group by k
select 1 as k, count() from {T} where id > 1000000 group by k
select count() from {T} where id > 1000000
select u8, 'x' as c, count() from {T} group by u8, c order by u8
select 1 from {T} limit 3
select 1, 2, 'a' from {T} where id < 3
select null, id from {T} where id < 3 order by id
select [1,2,3], (1,'a'), map('a',1), id from {T} where id < 2 order by id
select now() > toDateTime('2020-01-01 00:00:00') x, count() from {T} group by x
select id, id, id+1, id+1 from {T} order by id limit 2
select u8 % 2 as k, sum(u16) as s, count() c, s / c from {T} group by k having c > 10 order by k
select u8, sum(id) over (partition by u8) from {T} where id < 20 order by id
select id, row_number() over (order by id) from {T} order by id limit 5
select u8, lc, sum(f64) s, rank() over (partition by u8 order by s desc, lc) r from {T} group by u8, lc order by u8, r limit 20
select id, lagInFrame(id) over (order by id) from {T} where id < 10 order by id
select u8, count() from {T} group by u8 with totals order by u8
select u8, lc, count() from {T} group by u8, lc with rollup order by u8, lc, 3
select u8, lc, count() from {T} group by u8, lc with cube order by u8, lc, 3
select u8, lc, count() from {T} group by rollup(u8, lc) with totals order by u8, lc, 3
select u8, lc, count(), grouping(u8, lc) from {T} group by grouping sets ((u8), (lc), ()) order by u8, lc, 3
select u8, lc, sum(id), avg(f64) from {T} group by u8, lc with totals having sum(id) > 10000 order by u8, lc limit 10
select u8, count() c from {T} group by u8 with totals having c > 714 order by u8 settings totals_mode='before_having'
select u8, count() c from {T} group by u8 with totals having c > 714 order by u8 settings totals_mode='after_having_exclusive'
select u8, count() from {T} group by u8 order by u8 settings extremes=1
select distinct u8 from {T} order by u8
select distinct u8, lc from {T} order by u8, lc limit 10
select distinct u8 % 3 from {T} order by 1
select count(distinct u8, lc) from {T}
select countDistinct(lc), uniq(id), uniqExact(s), uniqHLL12(id), uniqCombined(id), uniqTheta(id) from {T}
select distinct on (u8) u8, id from {T} order by u8, id
select u8, id from {T} order by u8, id limit 2 by u8
select u8, id from {T} order by u8, id limit 1, 2 by u8
select u8, id from {T} order by id limit 1 by u8 limit 3
select u8, lc, id from {T} order by id desc limit 1 by u8, lc limit 20
select u8, count() c from {T} group by u8 order by c desc, u8 limit 1 with ties
select u8, f64 from {T} order by f64, u8 limit 3 with ties
select id, arrayJoin(arr) a from {T} order by id, a limit 10
select id, a from {T} array join arr as a order by id, a limit 10
select id, a, i from {T} array join arr as a, arrayEnumerate(arr) as i where a > 1 order by id, a limit 10
select id, a from {T} left array join arr as a order by id, a limit 10
select a, count() from {T} array join arr as a group by a order by a
select arrayMap(x -> x + u8, arr) from {T} order by id limit 5
select arrayFilter((x, y) -> x > y, arr, arrayEnumerate(arr)) x from {T} order by id limit 5
select sum(arraySum(x -> x * u8, arr)) from {T}
select countIf(arrayExists(x -> x = u8, arr)) from {T}
select arrayMap(x -> arrayMap(y -> x * y + u8, arr), arr) x from {T} order by id limit 6
select id from {T} where arrayAll(x -> x < 3, arr) and length(arr) > 2 order by id limit 3
select if(u8 > 3, 'big', 'small') x, count() from {T} group by x order by x
select multiIf(u8 = 1, 'one', u8 = 2, 'two', null) x, count() from {T} group by x order by x
select case u8 when 1 then 'one' when 2 then 'two' else 'many' end x, count() from {T} group by x order by x
select transform(u8, [1,2], ['a','b'], 'z') x, count() from {T} group by x order by x
select s like '%r1%' x, count() from {T} group by x order by x
select match(s, 'r[0-3]$') x, count() from {T} group by x order by x
select replaceRegexpOne(s, 'str(\\d)', 'x\\1') x, count() from {T} group by x order by x limit 5
select s || '\'\\\n\t\0' as x from {T} order by id limit 2
select count() from {T} where s != 'a\'b\\c\n'
select concat('юникод ', s) x from {T} order by id limit 2
select cityHash64(s, id) % 10 x, count() from {T} group by x order by x
select formatDateTime(dt, '%Y-%m-%d %H') x, count() from {T} group by x order by x limit 5
select toDate(dt) x, count() from {T} group by x order by x limit 5
select toString(dt64) x from {T} order by id limit 3
select date_trunc('month', d) x, count() from {T} group by x order by x limit 3
select round(f64, 1) x, count() from {T} group by x order by x limit 3
select CAST(f64 as Decimal(18,2)) x from {T} order by id limit 3
select CAST(u8 as Nullable(String)) x, count() from {T} group by x order by x
select (select max(id) from {T}) - id from {T} order by id desc limit 2
select id from {T} where id = (select max(id) from {T})
select id from {T} where id > (select avg(id) from {T}) order by id limit 2
select exists(select 1 from {T} where id = 4999)
select * from (select u8, sum(id) s from {T} group by u8) where s > 100 order by u8
select max(s) from (select u8, sum(id) s from {T} group by u8)
select avg(c) from (select lc, count() c from {T} where u8 in (1,2) group by lc)
select u8, lc, c from (select u8, lc, count() c from {T} group by u8, lc) order by c desc, u8, lc limit 5
select * from (select id, s from {T} order by id limit 5) order by id desc
select count() from (select distinct s from {T})
select count() from (select id from {T} limit 10)
with x as (select u8, count() c from {T} group by u8) select * from x order by u8
with 3 as k select count() from {T} where u8 = k
with (select max(u8) from {T}) as mx select count() from {T} where u8 = mx
with x as (select id, u8 from {T} where u8 < 3) select a.u8, count() from x a join x b on a.id = b.id group by a.u8 order by a.u8 settings distributed_product_mode='global'
with recursive r as (select 1 as n union all select n + 1 from r where n < 5) select n, (select count() from {T}) from r order by n
select u8 from {T} union distinct select toUInt8(k) from dim order by 1
select u8 from {T} intersect select k from dim order by 1
select id, name from {T} join dim on u8 = k order by id limit 5
select count(), uniq(name) from {T} join dim on u8 = k
select count(), countIf(name = '') from {T} left join dim on u8 = k
select count(), countIf(name is null) from {T} left join dim on u8 = k settings join_use_nulls=1
select count() from {T} any left join dim on u8 = k
select count() from {T} semi left join dim on u8 = k
select count() from {T} anti left join dim on u8 = k
select name, count() from {T} inner join dim on u8 = k group by name order by name
select name, count() from {T} t inner join dim d on t.u8 = d.k where t.id > 100 and d.name != 'dim2' group by name order by name
select name, t.lc, count() c from {T} t left join dim d on t.u8 = d.k and t.lc = d.lk group by name, lc order by name, lc
select count() from {T} cross join dim
select count() from {T}, dim where u8 = k and id > 10
select count() from {T} t join dim d on t.u8 = d.k join dim d2 on d.k = d2.k
select count() from {T} global join dim on u8 = k
select name, count() from {T} global left join dim on u8 = k group by name order by name
select count() from {T} global any join (select k, name from dim where k < 3) x on u8 = x.k
select count() from {T} t1 global join {T} t2 on t1.id = t2.id
select t1.u8, count() from {T} t1 global join {T} t2 on t1.id = t2.id where t2.lc = 'lc1' group by t1.u8 order by 1
select count() from dim join {T} on u8 = k
select name, count() from dim left join {T} on u8 = k group by name order by name
select count() from {T} join (select number as k, number * 2 as v from numbers(4)) x on u8 = x.k
select sum(v) from {T} left join (select number as k, number * 2 as v from numbers(4)) x on u8 = x.k
select id from {T} where id global in (select id from {T} where u8 = 1 and lc = 'lc1') order by id limit 4
select count() from {T} where id in (select id from {T} where u8 = 1) settings distributed_product_mode='global'
select count() from {T} a join {T} b on a.id = b.id settings distributed_product_mode='global'
select count() from {T} where id in (select id from {T} where u8 = 1) settings prefer_global_in_and_join=1
select id from {T} prewhere u8 = 1 where lc = 'lc1' order by id limit 3
select count() from {T} prewhere u8 = 1
select count() from {T} final
select count() from {T} sample 1/2
select sum(if(u8 = 1, id, 0)), sumIf(id, u8 = 1), countIf(u8 > 2), avgIf(f64, n is not null) from {T}
select quantile(0.5)(id), quantiles(0.1, 0.9)(f64), median(u16), quantileExact(id) from {T}
select quantileExactWeighted(0.5)(u16, u8), quantileTiming(u16) from {T}
select groupArraySorted(5)(id), arraySort(groupUniqArray(lc)), groupBitAnd(u8), groupBitOr(u8), groupBitXor(id) from {T}
select length(groupArray(id)), arraySort(groupArray(10000)(u8))[100] from {T}
select sumMap([u8], [id]), minMap(map(u8, id)), maxMap([u8],[id]) from {T}
select argMin(id, (u8, id)), argMax(s, id), min(s), max(lc), any(z), anyLast(z) from {T}
select corr(f64, id), covarPop(f64, u8), covarSamp(f64, u8), varPop(f64), stddevSamp(i32), skewPop(i32), kurtPop(i32) from {T}
select sumForEach(arr), avgForEach(arr), minForEach(arr) from {T}
select sumArray(arr), uniqArray(arr), countArray(arr) from {T}
select sumOrNull(id), sumOrDefault(id), avgOrNull(f64) from {T} where id > 10000000
select sumResample(0, 5, 1)(id, u8) from {T}
select sumDistinct(u8), countDistinct(u8), avgDistinct(u8) from {T}
select finalizeAggregation(sumState(id)), hex(sumState(u8)) from {T}
select uniqMerge(x) from (select u8, uniqState(id) x from {T} group by u8)
select sumMerge(x), avgMerge(y) from (select u8, sumState(id) x, avgState(f64) y from {T} group by u8 having u8 > 2)
select retention(u8 = 1, u8 = 2, u8 = 3), windowFunnel(1000)(dt, u8 = 1, u8 = 2), sequenceCount('(?1)(?2)')(dt, u8 = 1, u8 = 2) from {T}
select entropy(u8), simpleLinearRegression(id, f64), rankCorr(id, i32), mannWhitneyUTest(u16, u8 > 3) from {T}
select topK(3)(z), topKWeighted(2)(z, 1), approx_top_k(2)(z) from {T}
select sumWithOverflow(u8), sumKahan(f64), sumCount(f64), deltaSum(z) from {T}
select max(u8) as u8 from {T}
select u8 as x, x + 1 as y, y * 2 as z1 from {T} order by id limit 3
select t.id, t.s from {T} as t where t.u8 = 1 order by t.id limit 2
select * except (arr, m) from {T} order by id limit 1
select columns('^u') from {T} order by id limit 2
select * replace (u8 + 1 as u8) from {T} order by id limit 1
select id from {T} order by u8 desc, lc asc, id desc limit 4
select id from {T} order by lcn desc nulls first, id limit 4
select id from {T} order by f64 asc, s collate 'en', id limit 4
select id, f64 from {T} order by -f64, id limit 2
select id from {T} order by tup, id limit 4
select id from {T} order by arr desc, id limit 4
select u8, id from {T} order by u8 with fill from 0 to 10, id limit 3
select u8, count() from {T} where u8 in (1, 4) group by u8 order by u8 with fill
select d, count() from {T} where u8 = 1 and d < '2020-01-20' group by d order by d with fill step 1
select id from {T} order by id limit -3
select id from {T} order by id limit 0.001
select id from {T} where id % 1000 = 1 order by id offset 1 row fetch first 2 rows only
select count() from {T} where 0
select count() from {T} where 1
select id from {T} where 0
select id from {T} limit 0
select count() from {T} where null
select sum(u8) from {T} where ignore(id) = 0
select identity(u8) x, count() from {T} group by x order by x
select materialize(1) x, count() from {T} group by x
select toUInt8(u8) in (1,2) and lc in ('lc1') as x, count() from {T} group by x order by x
select tuple(u8, lc) x, count() from {T} group by x order by x limit 3
select (u8, lc) x, count() from {T} group by u8, lc order by x limit 3
select count() c, u8 from {T} group by all order by all
select u8, lc, sum(id) from {T} group by 1, 2 order by 1, 2 limit 3
select toString(count()) || 'x', u8 + sum(id) from {T} group by u8 order by u8
select u8, sum(id) as s from {T} group by u8 having s > 1 and max(id) > 4990 order by s
select avg(x) from (select sum(id) x from {T} group by u8, lc)
select any(u) from (select u8 u from {T} where u8 = 3)
select length(s) l, count() from {T} group by l order by l
select count() from {T} where length(arr) = 2 and arr[1] = 0
select sum(arr[1]), sum(length(arrs)) from {T}
select arrayStringConcat(arrs, ',') x, count() from {T} group by x order by x
select mapKeys(m) k, sum(m['k1']) from {T} group by k order by k
select tup.a, tup.2, count() from {T} group by tup.a, tup.2 order by 1, 2
select untuple(tup) from {T} order by id limit 2
select runningAccumulate(x) from (select u8, sumState(id) x from {T} group by u8 order by u8)
select neighbor(id, 1) from (select id from {T} order by id limit 3)
select rand() > 0 or 1 x, count() from {T} group by x
select count() from {T} where rand() >= 0
select bitAnd(id, 3) x, bitShiftLeft(u8, 2) y, count() from {T} group by x, y order by x, y limit 5
select greatest(u8, 3) x, count() from {T} group by x order by x
select coalesce(n, 100) x, count() from {T} group by x order by x
select ifNull(ns, 'none') x, assumeNotNull(n) y, count() from {T} group by x, y order by x, y limit 4
select nullIf(u8, 1) x, count() from {T} group by x order by x
select n + 1 x, count() from {T} group by x order by x
select sum(n), avg(n), count(n), max(n), uniq(n), quantile(n) from {T}
select min(ns), max(lcn), count(lcn), uniqExact(lcn) from {T}
select lower(lc) x, count() from {T} group by x order by x
select toTypeName(lc), toTypeName(lower(lc)), toTypeName(any(lc)) from {T} group by lc limit 1
select toTypeName(sum(u8)), toTypeName(avg(u8)), toTypeName(uniqState(u8)), toTypeName(groupArray(n)) from {T}
select extractAll(s, '\\d+') x, count() from {T} group by x order by x limit 3
select splitByChar('r', s)[2] x, count() from {T} group by x order by x limit 3
select hex(id) x from {T} order by id limit 20, 2
select JSONExtractInt(concat('{"a":', toString(u8), '}'), 'a') x, count() from {T} group by x order by x
select toStartOfWeek(d, 1) x, count() from {T} group by x order by x limit 3
select toTimeZone(dt, 'Asia/Tokyo') x from {T} order by id limit 2
select dt + 3600, d - 1, dt64 - interval 5 second from {T} order by id limit 2
select i64 % 7 x, intDiv(i32, 100) y, count() from {T} group by x, y order by x, y limit 4
select negate(i8) x, abs(i8) y, count() from {T} group by x, y order by x, y limit 4
select u8 = 1 and u16 > 5 or not (lc = 'lc1') x, count() from {T} group by x order by x
select u8 between 2 and 3 x, count() from {T} group by x order by x
select throwIf(u8 > 100) x, count() from {T} group by x
select throwIf(u8 = 3, 'oops') x, count() from {T} group by x
select nosuch from {T}
select sum(nosuch) from {T}
select nofunction(u8) from {T}
select id from {T} where s = 5
select sum(s) from {T}
select intDiv(1, u8) from {T}
select u8, count() from {T}
select id, (select count() from dim where k = t.u8) c from {T} t order by id limit 8
select count() from {T} t where exists (select 1 from dim where k = t.u8)
select count() from (select * from {T} union all select * from {T})
select count() from {T} where (id, u8) global in (select id, u8 from {T} where lc = 'lc2')
select sum(id) from {T} where lc = (select max(lk) from dim)
select u8, groupArraySorted(3)(id) from {T} group by u8 order by u8
select quantileDeterministic(0.5)(u16, id), quantileBFloat16(f64), quantileDD(0.01, 0.5)(u16 + 1) from {T}
select toInt8(u8) x, max(x) over () from {T} order by id limit 2
select groupBitmap(u8), bitmapToArray(groupBitmapState(u8)) from {T}
select min2, max(id) from {T} group by u8 % 2 as min2 order by min2
select cutToFirstSignificantSubdomain(concat('http://', s, '.com')) x, count() from {T} group by x order by x limit 2
select geoDistance(u8, u8, 0, 0) x, count() from {T} group by x order by x limit 2
select tumbleStart(dt, interval '1' hour) x, count() from {T} group by x order by x limit 3
select arrayReduce('sum', arr) x, count() from {T} group by x order by x
select arrayReduce('quantile(0.5)', arr) x, count() from {T} group by x order by x
select sum(number) from numbers(10) where number in (select u8 from {T})
select number, c from numbers(9) left join (select u8, count() c from {T} group by u8) x on number = x.u8 order by number
select count() from {T} where u8 in (1, 2) and u8 in (select k from dim where k > 1)
select u8 in (1,2) ? 'in' : 'out' x, count() from {T} group by x order by x
select count() from {T} where lc like 'lc1%' settings optimize_move_to_prewhere=0
select u8, count() from {T} group by u8 order by u8 settings max_threads=1, max_block_size=100
select u8, count() from {T} group by u8 order by u8 settings group_by_two_level_threshold=1
select count() from {T} where id = 18446744073709551615
select count() from {T} where i64 > -9223372036854775808 and i64 < 9223372036854775807
select count() from {T} where u256 < toUInt256('115792089237316195423570985008687907853269984665640564039457584007913129639935')
select [id, 18446744073709551615] from {T} order by id limit 1
select [toInt64(-1), 9223372036854775807], id from {T} where has([toInt64(-1), toInt64(5), 9223372036854775807], i64) or id = 1 order by id
select map(1, 'a', 2, null)[u8], id from {T} order by id limit 3
select toDateTime64('2020-01-01 00:00:00.123456789', 9, 'UTC') + u8 x from {T} order by id limit 2
select tuple() x, id from {T} order by id limit 1
select [] x, id from {T} order by id limit 1
select nan, inf, -inf, -0.0, id from {T} order by id limit 1
select isNaN(f64 / nan) x, count() from {T} group by x
select arr || [toUInt16(7)] from {T} order by id limit 2
select toLowCardinality('abc') x, toNullable(5) y, id from {T} order by id limit 1
